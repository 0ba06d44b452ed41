"""Made-up results of the typed query for tests of answers: small numbers, one household in euros."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.answers import Answers
from assistant.calls import Call
from assistant.grounding import Fault, Grounds, faults
from assistant.plan import Choice, Plan, Step
from assistant.render import Rendered, render
from assistant.speech import Books, Speech
from assistant.wording import Wording
from tools.query.model import Comparison, Dimension, Fact, Measure, Period, Query, Result, Row, Statistic, Subject

WORDING = Wording.load()
ACCOUNTS = {"acc_" + "1" * 32: "Everyday", "acc_" + "2" * 32: "Visa", "acc_" + "3" * 32: "Nest egg"}
BOOKS = Books("EUR", date(2026, 11, 21), ACCOUNTS, frozenset({"Groceries", "Eating out", "Rent", "Aldi", "Lidl", "7-Eleven"}))
MAY = Period(start_on=date(2026, 5, 1), end_on=date(2026, 5, 31), label="in May 2026")
APRIL = Period(start_on=date(2026, 4, 1), end_on=date(2026, 4, 30), label="in April 2026")
FIRST, LAST = date(2025, 1, 3), date(2026, 11, 20)


def query(**fields: Any) -> Query:
    return Query.model_validate({"period": MAY, **fields})


def groceries(**fields: Any) -> Query:
    return query(include=Subject(categories=("Groceries",)), **fields)


def result(asked: Query, **cells: Any) -> Result:
    """A result of a query as the tool would shape it."""
    shown: dict[str, Any] = {
        "measure": asked.measure,
        "statistic": asked.statistic,
        "currency": "EUR",
        "period": asked.period,
        "per": asked.per,
        "group_by": asked.group_by,
        "first_on": FIRST,
        "last_on": LAST,
        "amount_minor": 8420,
        "count": 12,
    }
    return Result.model_validate({**shown, **cells})


def fact(on: date = date(2026, 5, 12), merchant: str = "Aldi", minor: int = -2310, **fields: Any) -> Fact:
    named = {"description": f"{merchant} thanks you", "category": "Groceries", "account": "Everyday", "account_id": "acc_" + "1" * 32}
    shown = {"id": "txn_" + "a" * 32, "booked_on": on, "merchant": merchant, "flow": "spending", "amount_minor": minor, **named}
    return Fact.model_validate({**shown, "magnitude_minor": abs(minor), **fields})


def call(asked: Query, answered: Result, index: int = 0) -> Call:
    args = asked.model_dump(mode="json", exclude_defaults=True)
    return Call(index, "query", args, answered.model_dump(mode="json"))


def plan(*calls: Call, text: str = "", **fields: Any) -> Plan:
    steps = tuple(Step(tool=c.name, arguments=c.args) for c in calls)
    return Plan.model_validate({"text": text, "intent": "test", "confidence": 1, "status": "answered", "steps": steps, **fields})


def speak(made: Plan, *calls: Call, books: Books = BOOKS) -> Rendered:
    """The rendered answer of the templates."""
    draft = Answers(WORDING).draft(made, calls, books)
    return render(draft, calls, made.model_dump(mode="json"), books.currency, "en")


def check(rendered: Rendered, made: Plan, *calls: Call, foreign: bool = False, books: Books = BOOKS) -> list[Fault]:
    return faults(rendered, Grounds(calls, made, books, Speech(WORDING, books), foreign))


def said(asked: Query, answered: Result, **fields: Any) -> str:
    """The text of the answer to one query, which must hold no unbound figure."""
    made = call(asked, answered)
    whole = plan(made, **fields)
    rendered = speak(whole, made)
    assert check(rendered, whole, made) == []
    return rendered.answer


__all__ = [
    "ACCOUNTS",
    "APRIL",
    "BOOKS",
    "MAY",
    "WORDING",
    "Choice",
    "Comparison",
    "Dimension",
    "Measure",
    "Period",
    "Query",
    "Row",
    "Statistic",
    "Subject",
    "call",
    "check",
    "fact",
    "groceries",
    "plan",
    "query",
    "result",
    "said",
    "speak",
]  # fmt: skip
