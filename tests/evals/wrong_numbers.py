"""Figures that stand on nothing, or on something else than was asked: the check that makes a right answer by luck a wrong one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from tests.evals.answer import MISSING, Answer, Figure, Json, kind_of
from tests.evals.books import DIGITS
from tests.evals.claims import agrees, claimed, meant
from tests.evals.matching import Imported
from tests.evals.meanings import STOCKS, Meaning
from tests.evals.numerals import amount, day_phrases, left_over, masked, masked_days, shown_digits
from tools.query.model import Query

NAMES = frozenset({"label", "name", "merchant", "category", "account", "description", "key"})
OF_THE_RECORDS = re.compile(r"/(first_on|last_on|periods_count|groups_count|whole_minor|start_on|end_on)$")
UNSOLICITED = ("/comparison/",)


def wrong_numbers(imported: Imported, question: str, answer: Answer, meanings: Sequence[Meaning], proposing: bool) -> list[str]:
    """One line for each. Without meanings a figure may only say that there is nothing, unless a proposal is `proposing` its own."""
    found = [f"{figure.place} {figure.text!r}: {fault}" for figure in answer.figures() if (fault := unsound(answer, figure, imported))]
    found += [f"unbound {number!r} in {text[:80]!r}" for text, number in _unbound(imported, question, answer)]
    if not proposing:
        sound = [figure for figure in answer.figures() if not unsound(answer, figure, imported)]
        found += [f"{figure.place} {figure.text!r}: {fault}" for figure in sound if (fault := _astray(imported, answer, figure, meanings))]
    return list(dict.fromkeys(found))


def unsound(answer: Answer, figure: Figure, imported: Imported) -> str:
    """Why the figure does not stand on its source, if it does not."""
    if not isinstance(figure.source, dict):
        return "has no source"
    if "formula" in figure.source:
        fault = _formula_fault(answer, figure, imported)
    else:
        value = answer.resolve(figure.source)
        kind = kind_of(str(figure.source.get("path", "")))
        if value is MISSING:
            return "its source is not there"
        if figure.kind == "point":
            digits = 10 ** DIGITS[imported.books.currency] if kind == "money" else 1
            fault = "" if _equal(figure.value, value) or _equal(_times(figure.value, digits), value) else f"its source says {value}"
            return fault or (_text_fault(figure.text, kind, value, imported.books.currency) if re.search(r"\d", figure.text) else "")
        if kind and kind != figure.kind:
            return f"is called {figure.kind}, its source is {kind}"
        fault = "" if _equal(figure.value, value) else f"its source says {value}"
    return fault or _text_fault(figure.text, figure.kind, figure.value, imported.books.currency)


def _times(value: Json, digits: int) -> Json:
    return value * digits if isinstance(value, int | float) else value


def _equal(one: Json, other: Json) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return bool(one == other)


def _formula_fault(answer: Answer, figure: Figure, imported: Imported) -> str:
    inputs = answer.inputs(figure.source)
    values: list[Fraction] = []
    for given in inputs:
        if given is None or (given.id and unsound(answer, given, imported)):
            return "an input of its formula is not there"
        values += [Fraction(str(given.value))] if isinstance(given.value, int | float) else []
    if isinstance(figure.value, int | float) and not any(
        abs(Fraction(str(figure.value)) - way) <= Fraction(1, 10**6) for way in _ways(values)
    ):
        return f"{figure.value} does not follow from {[str(value) for value in values]}"
    return ""


def _ways(values: list[Fraction]) -> Iterator[Fraction]:
    """What plain arithmetic makes of the inputs: sum, mean, and of two difference, quotient and relative change (rounded or not)."""
    if not values:
        return
    exact = [sum(values, Fraction(0)), sum(values, Fraction(0)) / len(values), *values[: len(values) == 1]]
    if len(values) == 2:
        for first, second in (values, values[::-1]):
            exact += [first - second, *([first / second, (first - second) / second] if second else [])]
    for value in exact:
        yield from (value, -value, Fraction(round(value)))
        yield from (Fraction(round(value, places)) for places in range(1, 7))


def _text_fault(text: str, kind: str, value: Json, currency: str) -> str:
    """Why the text does not say the value, if it does not."""
    if kind == "date":
        phrases = day_phrases(text)
        return "" if not phrases or phrases[0].fits([date.fromisoformat(str(value))]) else f"does not say {value}"
    read, places = amount(text), shown_digits(text)
    if read is None or not isinstance(value, int | float):
        return ""  # "nothing", "none", "twice": words
    exact = abs(Decimal(str(value)))
    if kind == "money":
        exact = exact.scaleb(-DIGITS[currency])
    elif kind == "ratio" and "%" in text:
        exact *= 100
    half = Decimal(5).scaleb(-places - 1)
    if kind in ("ratio", "count") or places == 0:
        return "" if abs(read - exact) <= half else f"does not say {value}"
    return "" if read == exact else f"does not say {value}"


def _unbound(imported: Imported, question: str, answer: Answer) -> Iterator[tuple[str, str]]:
    """Numbers of the prose, and of cells that are no figures, which nothing accounts for."""
    numeric = {id(column) for table in answer.tables() for column in table.get("columns") or () if column.get("kind") not in (None, "text")}
    cells = [
        str(cell.get("text") or cell.get("value") or "") for row in answer.table_rows() for column, cell in row if id(column) not in numeric
    ]
    phrases, days = _echoes(imported, answer), _days(imported, answer)
    for text in dict.fromkeys([*answer.prose(), *cells]):
        quoted = [words for words in re.findall(r"[\"“'‘](.+?)[\"”'’]", text) if words.lower() in question.lower()]
        rest = masked_days(masked(text, [figure.text for figure in answer.figures() if figure.source]), days)
        yield from ((text, number) for number in left_over(masked_days(masked(rest, [*phrases, *quoted]), days)))


def _echoes(imported: Imported, answer: Answer) -> set[str]:
    """Phrases with digits that an answer may repeat: names in the books, labels and bounds of the calls, arguments of proposals."""
    books = imported.books
    phrases = {fact.merchant for fact in books.facts} | {fact.text for fact in books.facts} | {account.name for account in books.accounts}
    phrases |= {seen.merchant for seen in imported.seen if seen} | {seen.description for seen in imported.seen if seen}
    given = [call.get("args") for call in answer.tool_calls] + [proposal.get("arguments") for proposal in answer.proposals]
    for key, value in _leaves([*given, *(call.get("result") for call in answer.tool_calls)]):
        if key in NAMES and isinstance(value, str) and re.search(r"[^\W\d]", value):
            phrases.add(value)
    for key, value in _leaves(given):
        if key == "limit" and isinstance(value, int):
            phrases.add(str(value))
        elif key.endswith("_minor") and isinstance(value, int):
            phrases |= _written(value, DIGITS[books.currency])
    return phrases


def _written(amount_minor: int, digits: int) -> set[str]:
    exact = Decimal(amount_minor).scaleb(-digits)
    whole = [f"{exact:,.{digits}f}", *([f"{exact:,.0f}"] if exact == exact.to_integral_value() else [])]
    return {form.replace(",", mark) for form in whole for mark in (",", "", "'", "’", " ", "\u00a0", "\u202f")}


def _days(imported: Imported, answer: Answer) -> set[date]:
    """Days that the calls and their results are about. Whole months between two of them may be named too."""
    days = {imported.books.today}
    for _, value in _leaves([[call.get("args"), call.get("result")] for call in answer.tool_calls]):
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            days.add(date.fromisoformat(value))
    return days


def _leaves(document: Json, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(document, dict):
        for name, value in document.items():
            yield from _leaves(value, name)
    elif isinstance(document, list | tuple):
        for value in document:
            yield from _leaves(value, key)
    else:
        yield key, document


def _astray(imported: Imported, answer: Answer, figure: Figure, meanings: Sequence[Meaning]) -> str:
    """Why a sound figure is not about what was asked, if it is not."""
    sources = [given.source for given in answer.inputs(figure.source) if given] if "formula" in figure.source else [figure.source]
    for source in sources:
        if "formula" not in source and (fault := _source_astray(imported, answer, source, meanings, figure)):
            return fault
    return ""


def _source_astray(imported: Imported, answer: Answer, source: Json, meanings: Sequence[Meaning], figure: Figure) -> str:
    call, path = answer.tool_calls[source["tool_call"]], str(source["path"])
    if OF_THE_RECORDS.search(path) or kind_of(path) == "date":
        return ""
    if call["name"] != "query":
        return "" if _of_noun(imported, call, path, meanings) else f"stands on {call['name']}{path}, which was not asked"
    try:
        query = Query.model_validate_json(json.dumps(call.get("args")))
    except ValidationError as error:
        return f"its call is no query: {error.errors()[0]['msg']}"
    claims = claimed(imported, query, call.get("result"), path)
    if path.startswith(UNSOLICITED) and not any(meaning.compare for meaning in meanings):
        claims = claimed(imported, query, call.get("result"), "")
    if any(agrees(imported, claim, meaning, allowed) for meaning in meanings for allowed in meant(imported, meaning) for claim in claims):
        return ""
    if figure.value in (0, None) and not any(_chosen(imported, meaning) for meaning in meanings):
        return ""
    return f"is about something else: {json.dumps(call.get('args'), ensure_ascii=False, default=str)}"


def _chosen(imported: Imported, meaning: Meaning) -> bool:
    return any(claim.picked or claim.accounts for claim in meant(imported, meaning))


def _of_noun(imported: Imported, call: dict[str, Json], path: str, meanings: Iterable[Meaning]) -> bool:
    """A cell of the tools `budgets` and `accounts`, whose rows name what they are about."""
    row = _row_of(call.get("result"), path)
    for meaning in meanings:
        if call["name"] == "budgets" and meaning.measure == "budget":
            names = {name.lower() for category in meaning.where.category for name in imported.category_names(category)}
            fits = not names or str(row.get("category", "")).lower() in names
        elif call["name"] == "accounts" and (meaning.measure in STOCKS or meaning.measure == "accounts"):
            fits = meaning.at is None and (
                "name" not in row or any(row["name"] in allowed.accounts for allowed in meant(imported, meaning))
            )
        else:
            fits = False
        if fits:
            return True
    return False


def _row_of(result: Json, path: str) -> dict[str, Json]:
    """The innermost element of a list on the way to the cell."""
    row: dict[str, Json] = {}
    for part in path.split("/")[1:]:
        inside = isinstance(result, list)
        result = result[int(part)] if inside else result.get(part)
        row = result if inside and isinstance(result, dict) else row
    return row
