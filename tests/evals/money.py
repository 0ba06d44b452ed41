"""`make evals NAME=money`: every question of every household put to a whole Steward, one chat at a time, and judged by the oracle.

The last line is `EVAL money right= wrong= clarify= wrong_numbers= p95_ms=`: parts of all questions (a dialogue's turns are questions
too), the number of wrong numbers, and what 95 of 100 customers waited at most.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.evals.answer import Answer
from tests.evals.books import Household
from tests.evals.desk import Desk, desk, steward
from tests.evals.household import household, names
from tests.evals.judge import Judgement, judge
from tests.evals.matching import Imported
from tests.evals.meanings import Turn
from tests.evals.oracle import expected
from tests.evals.questions import ROOT, Case, cases, holds, spoken

REPORT = Path("var/evals/money.json")
MODELS = Path("var/models")
VERDICTS = ("right", "wrong", "clarify", "declined")


@dataclass(frozen=True)
class Outcome:
    """One question, answered and judged."""

    id: str
    household: str
    skill: str
    question: str
    verdict: str
    wrong_numbers: tuple[str, ...]
    missing: tuple[str, ...]
    status: str
    answer: str
    expected: tuple[str, ...]
    args: tuple[Any, ...]
    latency_ms: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--only", help="ids that contain this")
    arguments.add_argument("--household", choices=names(), help="this household only")
    arguments.add_argument("--files", type=Path, default=ROOT, help="a folder with questions/ and dialogues/ of its own")
    arguments.add_argument("--answers", action="store_true", help="print right answers too")
    given = arguments.parse_args()
    asked = [name for name in names() if given.household in (None, name)]
    with steward(MODELS) as (settings, address):
        outcomes: list[Outcome] = []
        for name in asked:
            books = household(name, datetime.now(ZoneInfo(_zone(name))).date())
            with desk(settings, address, books) as seat:
                held = [case for case in cases(books.today, given.files) if case.household == name and (given.only or "") in case.id]
                today = [case for case in held if holds(books, case)]
                if len(today) < len(held):
                    print(f"{name}: {len(held) - len(today)} of {len(held)} conversations have no answer on this day and are left out")
                outcomes += interviewed(seat, books, today)
    report(outcomes, given.answers)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps([asdict(outcome) for outcome in outcomes], indent=1, ensure_ascii=False, default=str))
    print(last_line(outcomes))


def _zone(name: str) -> str:
    return household(name, datetime.now(ZoneInfo("UTC")).date()).timezone


def interviewed(seat: Desk, books: Household, held: Sequence[Case]) -> list[Outcome]:
    """Hands in the household's files and asks: each question in a conversation of its own, a dialogue's turns in one."""
    imported = seat.hand_in(books)
    for fault in imported.faults():
        print(f"{books.name}: {fault}")
    seat.ask(seat.conversation(), "hello")  # what is loaded on the first turn is no customer's wait
    return [outcome for case in held for outcome in _asked(seat, imported, case)]


def _asked(seat: Desk, imported: Imported, case: Case) -> Iterator[Outcome]:
    conversation = seat.conversation()
    for number, turn in enumerate(case.turns, 1):
        answer = seat.ask(conversation, turn.text)
        identity = case.id if len(case.turns) == 1 else f"{case.id}/{number}"
        yield _outcome(identity, imported, turn, answer, judge(imported, turn, answer))


def _outcome(identity: str, imported: Imported, turn: Turn, answer: Answer, judgement: Judgement) -> Outcome:
    return Outcome(
        id=identity,
        household=imported.books.name,
        skill=turn.skill,
        question=turn.text,
        verdict=judgement.verdict,
        wrong_numbers=judgement.wrong_numbers,
        missing=judgement.missing,
        status=answer.status,
        answer="\n".join(answer.prose()),
        expected=tuple(spoken(value) for meaning in turn.meanings() for value in expected(imported.books, meaning)),
        args=tuple({call["name"]: call["args"]} for call in answer.tool_calls),
        latency_ms=round(answer.latency_ms, 1),
    )


def report(outcomes: Sequence[Outcome], with_right: bool) -> None:
    """Each question that is not right, then the table by skill."""
    for outcome in outcomes:
        if with_right or outcome.verdict != "right" or outcome.wrong_numbers:
            _print_outcome(outcome)
    by_skill: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_skill[outcome.skill].append(outcome)
    print(f"\n{'skill':<18}{'asked':>6}" + "".join(f"{verdict:>10}" for verdict in VERDICTS) + f"{'wrong numbers':>15}")
    for skill, held in sorted(by_skill.items()):
        numbers = sum(len(outcome.wrong_numbers) for outcome in held)
        print(f"{skill:<18}{len(held):>6}" + "".join(f"{_number(held, verdict):>10}" for verdict in VERDICTS) + f"{numbers:>15}")


def _number(outcomes: Sequence[Outcome], verdict: str) -> int:
    return sum(outcome.verdict == verdict for outcome in outcomes)


def _print_outcome(outcome: Outcome) -> None:
    print(f"\n{outcome.verdict.upper()} {outcome.id} [{outcome.skill}] {outcome.question!r}")
    print(f"  answer ({outcome.status}): {outcome.answer}")
    print(f"  expected: {'; '.join(outcome.expected) or 'no figure'}")
    for line in outcome.missing:
        print(f"  missing: {line}")
    for line in outcome.wrong_numbers:
        print(f"  wrong number: {line}")
    for call in outcome.args:
        print(f"  args: {json.dumps(call, ensure_ascii=False, default=str)}")


def last_line(outcomes: Sequence[Outcome]) -> str:
    parts = {verdict: _number(outcomes, verdict) / max(1, len(outcomes)) for verdict in ("right", "wrong", "clarify")}
    wrong_numbers = sum(len(outcome.wrong_numbers) for outcome in outcomes)
    said = " ".join(f"{verdict}={part:.3f}" for verdict, part in parts.items())
    return f"EVAL money {said} wrong_numbers={wrong_numbers} p95_ms={percentile([outcome.latency_ms for outcome in outcomes], 95):.1f}"


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0


if __name__ == "__main__":
    main()
