"""All insights of a customer, each with the facts behind it: agreements, single payments, the pace, and money running short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from risk.behaviour.insight import Found, Insight, ranked
from risk.behaviour.outlook import expected, next_pay, running
from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring
from risk.behaviour.recurring_insights import recurring_insights
from risk.behaviour.spending_insights import spending_insights, spent
from risk.behaviour.usual import usual_spending


@dataclass(frozen=True, slots=True)
class Hand:
    """What is at hand today, in which accounts; None where it is not wholly known."""

    balance_minor: int | None
    accounts: frozenset[UUID]


def insights(payments: Sequence[Payment], recurring: Sequence[Recurring], hand: Hand, today: date) -> list[Found]:
    """The weightiest first."""
    found = [
        *_low_balance(payments, recurring, hand, today),
        *recurring_insights(payments, recurring, today),
        *spending_insights(spent(payments, recurring, today)),
    ]
    return ranked(found, today)


def _low_balance(payments: Sequence[Payment], recurring: Sequence[Recurring], hand: Hand, today: date) -> Iterator[Found]:
    """Known bills, or usual spending beside them, take more than is at hand before the next pay."""
    pay = next_pay(recurring, today)
    if pay is None or hand.balance_minor is None or hand.balance_minor < 0:
        return
    until = pay[1] - timedelta(days=1)
    events = expected(recurring, today, until)
    usual = usual_spending(payments, recurring, hand.accounts, today, (until - today).days + 1)
    left = hand.balance_minor + sum(event.amount_minor for event in events) - (0 if usual is None else usual.middle_minor)
    lowest = min([left, *running(hand.balance_minor, events)])
    if lowest < 0:
        yield Found(
            Insight.LOW_BALANCE, (pay[0].id.hex, pay[1].isoformat()), today, -lowest, -lowest,
            tuple(event.recurring.last.id for event in events if event.amount_minor < 0), before_minor=hand.balance_minor, since=today,
            until=until, recurring_ids=tuple(dict.fromkeys(event.recurring.id for event in events if event.amount_minor < 0)),
        )  # fmt: skip
