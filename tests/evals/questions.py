"""The questions and dialogues on file, read strictly. `python -m tests.evals.questions --check` says what is wrong with them."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml
from pydantic import ValidationError

from tests.evals import household
from tests.evals.books import Household
from tests.evals.meanings import Dialogue, Expectation, Meaning, Proposal, Question, Sheet, Turn, Which
from tests.evals.oracle import Expected, Unanswerable, expected
from tests.evals.periods import NoSuchPeriod

ROOT = Path(__file__).parent
PAGE = ROOT / "QUESTIONS.md"


class Loader(yaml.SafeLoader):
    """YAML in which `yes`, `no` and `on` are words."""


Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def read(path: Path) -> Sheet:
    return Sheet.model_validate(yaml.load(path.read_text(), Loader))


@dataclass(frozen=True)
class Case:
    """One conversation with one customer: a question is one of a single turn."""

    id: str
    household: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Problem:
    where: str
    text: str


def sheets(root: Path = ROOT) -> Iterator[tuple[Path, Sheet]]:
    for path in sorted([*root.glob("questions/*.yaml"), *root.glob("dialogues/*.yaml")]):
        yield path, read(path)


def cases(today: date, root: Path = ROOT) -> list[Case]:
    """Every conversation on file, questions first."""
    found = [case for _, sheet in sheets(root) for case in _cases(sheet, today)]
    return sorted(found, key=lambda case: (len(case.turns) > 1, case.household))


def _cases(sheet: Sheet, today: date) -> Iterator[Case]:
    for question in sheet.questions:
        yield Case(question.id, sheet.household, (_dated(question, today),))
    for dialogue in sheet.dialogues:
        yield Case(dialogue.id, sheet.household, tuple(_dated(turn, today) for turn in dialogue.turns))


def _dated(turn: Turn, today: date) -> Turn:
    text = turn.text.replace("{this_year}", str(today.year)).replace("{last_year}", str(today.year - 1))
    return turn.model_copy(update={"text": text})


def skills() -> frozenset[str]:
    """Those that QUESTIONS.md names."""
    return frozenset(re.findall(r"`([a-z_]+)`", PAGE.read_text().split("## Skills to cover")[1].split("Use these names")[0]))


def problems(today: date, root: Path = ROOT) -> Iterator[Problem]:
    seen: set[str] = set()
    for path in sorted([*root.glob("questions/*.yaml"), *root.glob("dialogues/*.yaml")]):
        try:
            sheet = read(path)
        except (yaml.YAMLError, ValidationError) as error:
            yield Problem(path.name, str(error))
            continue
        if sheet.household not in household.names():
            yield Problem(path.name, f"no household {sheet.household}")
            continue
        books = household.household(sheet.household, today)
        entries: list[Question | Dialogue] = [*sheet.questions, *sheet.dialogues]
        for entry in entries:
            if entry.id in seen:
                yield Problem(entry.id, "the id is taken")
            seen.add(entry.id)
            yield from (Problem(entry.id, text) for text in _faults(books, entry))


def holds(books: Household, case: Case) -> bool:
    """Whether every turn has an answer today: "the first half of this year" has none in January."""
    for meaning in (meaning for turn in case.turns for form in turn.expect for meaning in form.meaning):
        try:
            expected(books, meaning)
        except (Unanswerable, NoSuchPeriod):
            return False
    return True


def _faults(books: Household, entry: Question | Dialogue) -> Iterator[str]:
    for turn in entry.turns if isinstance(entry, Dialogue) else (entry,):
        if turn.skill not in skills():
            yield f"no skill {turn.skill}"
        if re.search(r"\b20\d\d\b", turn.text):
            yield "a year in the text: write {this_year} or {last_year}"
        for form in turn.expect:
            yield from (f"{turn.text!r}: {fault}" for fault in _form_faults(books, form))


def _form_faults(books: Household, form: Expectation) -> Iterator[str]:
    for meaning in form.meaning:
        yield from _unknown_names(books, meaning)
        try:
            expected(books, meaning)
        except (Unanswerable, NoSuchPeriod, ValueError, ArithmeticError) as error:
            yield f"{type(error).__name__}: {error}"
    if form.propose:
        yield from _unknown_in_proposal(books, form.propose)


def _unknown_names(books: Household, meaning: Meaning) -> Iterator[str]:
    sides = [meaning.where, meaning.leave_out, (meaning.compare.where if meaning.compare else None) or Which()]
    known = {
        "category": books.categories(),
        "merchant": books.merchants(),
        "account": tuple(account.name for account in books.accounts),
        "kind": ("checking", "savings", "card", "cash"),
    }
    for side in sides:
        for field, names in known.items():
            yield from (f"no {field} {name}" for name in getattr(side, field) if name not in names)
    if meaning.by == "category" and not books.categorised and "rows" in meaning.asks:
        yield "a breakdown by category where the bank names none: nobody knows the whole of it"


def _unknown_in_proposal(books: Household, wish: Proposal) -> Iterator[str]:
    names = {account.name for account in books.accounts}
    yield from (f"no account {name}" for name in (wish.source, wish.target) if name and name not in names)
    if wish.kind == "budget" and wish.category not in books.categories():
        yield f"no category {wish.category}"


def spoken(value: Expected) -> str:
    """For the reader of a report; money in minor units."""
    if isinstance(value.value, Fraction):
        return f"{value.ask} {float(value.value):.4f}"
    if value.kind == "rows":
        return f"{value.ask} " + ", ".join(f"{cell.key}: {cell.value}" for cell in value.value)  # type: ignore[attr-defined]
    if isinstance(value.value, tuple):
        return f"{value.ask} " + ", ".join(" ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value.value)
    return f"{value.ask} {value.value}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="report faults only")
    arguments.add_argument("--household", help="print only this one's")
    given = arguments.parse_args()
    today = date.today()
    found = list(problems(today))
    for problem in found:
        print(f"{problem.where}: {problem.text}")
    if found:
        sys.exit(1)
    held = [case for case in cases(today) if given.household in (None, case.household)]
    for case in held:
        for turn in case.turns:
            values = [
                spoken(value) for meaning in turn.meanings() for value in expected(household.household(case.household, today), meaning)
            ]
            print(f"{case.id} [{turn.skill}] {turn.text!r}: {' / '.join(turn.expect[0].status)} {'; '.join(values)}")
    print(f"{sum(len(case.turns) == 1 for case in held)} questions, {sum(len(case.turns) > 1 for case in held)} dialogues, no faults")


if __name__ == "__main__":
    main()
