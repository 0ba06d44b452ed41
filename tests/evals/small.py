"""Books small enough to add up by hand, an import that got them right, and an answer that can be broken in one place."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from tests.evals.answer import Answer
from tests.evals.books import Account, Budget, Fact, Flow, Household
from tests.evals.matching import Imported, Seen
from tests.evals.meanings import Turn

TODAY = date(2026, 6, 17)  # a Wednesday


def _fact(day: str, amount_minor: int, account: str, merchant: str, category: str | None, flow: Flow = Flow.SPENDING, **more: Any) -> Fact:
    return Fact(date.fromisoformat(f"2026-{day}"), amount_minor, account, merchant, merchant.upper(), category, flow, **more)


BOOKS = Household(
    name="small",
    person="Ada Small",
    about="",
    timezone="Europe/Berlin",
    currency="EUR",
    categorised=True,
    today=TODAY,
    accounts=(
        Account("Current", "checking", "", 100_000, True),
        Account("Saver", "savings", "", 50_000, True),
        Account("Card", "card", "", -10_000, False),
        Account("Tin", "cash", "", 0, False, told=False),
    ),
    budgets=(Budget("Food", 5_000, "month"), Budget("Car", 8_000, "month")),
    facts=(
        _fact("03-02", 200_000, "Current", "Acme", "Wages", Flow.INCOME),
        _fact("03-05", -3_000, "Current", "Lidl", "Food"),
        _fact("04-01", 200_000, "Current", "Acme", "Wages", Flow.INCOME),
        _fact("04-10", -5_000, "Current", "Lidl", "Food"),
        _fact("04-12", -2_500, "Card", "Cafe 21", "Eating"),
        _fact("05-01", 210_000, "Current", "Acme", "Wages", Flow.INCOME),
        _fact("05-04", -4_000, "Current", "Lidl", "Food"),
        _fact("05-09", -6_000, "Card", "Zara", "Clothes"),
        _fact("05-16", 6_000, "Card", "Zara", "Clothes", Flow.REFUND),
        _fact("05-20", -30_000, "Current", "Saver", None, Flow.TRANSFER, pair="p1"),
        _fact("05-20", 30_000, "Saver", "Current", None, Flow.TRANSFER, pair="p1"),
        _fact("05-31", 150, "Saver", "Bank", "Interest", Flow.INCOME, side=True),
        _fact("06-01", 210_000, "Current", "Acme", "Wages", Flow.INCOME),
        _fact("06-02", -1_500, "Current", "Lidl", "Food"),
        _fact("06-10", -9_000, "Card", "Garage", "Car"),
    ),
)

ACCOUNT_IDS = {account.name: f"acc_{number}" for number, account in enumerate(BOOKS.accounts)}
IMPORTED = Imported(
    BOOKS,
    tuple(
        Seen(f"txn_{number}", fact.merchant, fact.text, fact.category or "", ACCOUNT_IDS[fact.account], fact.flow)
        for number, fact in enumerate(BOOKS.facts)
    ),
    ACCOUNT_IDS,
)

MAY = {"start_on": "2026-05-01", "end_on": "2026-05-31", "label": "in May 2026"}
LIDL_IN_MAY = Turn.model_validate(
    {
        "text": "what did I spend at lidl in may?",
        "skill": "merchant",
        "expect": {"meaning": {"measure": "spending", "where": {"merchant": "Lidl"}, "period": {"month": 5}}},
    }
)
_RIGHT: dict[str, Any] = {
    "answer": "You spent €40.00 at Lidl in May 2026, in 1 payment.",
    "status": "answered",
    "partial": False,
    "blocks": [{"type": "text", "text": "You spent €40.00 at Lidl in May 2026, in 1 payment."}],
    "tool_calls": [
        {
            "name": "query",
            "args": {"measure": "spending", "statistic": "total", "period": MAY, "include": {"merchants": ["Lidl"]}},
            "result": {"amount_minor": 4_000, "count": 1, "currency": "EUR", "period": MAY},
        }
    ],
    "figures": [
        {"id": "f1", "text": "€40.00", "value": 4_000, "unit": "EUR", "kind": "money", "source": {"tool_call": 0, "path": "/amount_minor"}},
        {"id": "f2", "text": "1", "value": 1, "unit": "", "kind": "count", "source": {"tool_call": 0, "path": "/count"}},
    ],
    "proposals": [],
}


def right_turn() -> dict[str, Any]:
    """The answer to LIDL_IN_MAY, to be broken."""
    return deepcopy(_RIGHT)


def said(turn: dict[str, Any], text: str) -> Answer:
    """The same turn with other words."""
    return Answer({**turn, "answer": text, "blocks": [{"type": "text", "text": text}]})
