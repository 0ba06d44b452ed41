"""The days ahead: what is expected to come and to go, on which day, and what is then at hand.

Money at hand is that of current accounts and cash less what is owed on cards. Savings are left out: an order that moves money to them
takes it from what is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from risk.behaviour.cadence import Cadence
from risk.behaviour.kinds import Kind
from risk.behaviour.recurring import Recurring

AT_HAND = frozenset({"checking", "cash", "card"})
LONGEST_DAYS = 62


@dataclass(frozen=True, slots=True)
class Expected:
    """`amount_minor` is signed."""

    on: date
    amount_minor: int
    recurring: Recurring


def moves_money_at_hand(one: Recurring) -> bool:
    """Not what moves between two accounts that are at hand, such as the pay-off of a card."""
    last = one.last
    return last.account_kind in AT_HAND and not (last.flow == "transfer" and last.linked_kind in AT_HAND)


def main_income(recurring: Iterable[Recurring]) -> Recurring | None:
    """The income that brings most: whose day is pay day."""
    paid = [one for one in recurring if _is_pay(one)]
    return max(paid, key=lambda one: (one.monthly_minor, one.id.int), default=None)


def _is_pay(one: Recurring) -> bool:
    often = one.cadence in (Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.FOUR_WEEKLY, Cadence.MONTHLY)
    return one.active and not one.hidden and one.kind is Kind.INCOME and often and one.last.account_kind in AT_HAND


def next_pay(recurring: Iterable[Recurring], today: date) -> tuple[Recurring, date] | None:
    """The main income and the next day that it is expected on; a late one is expected tomorrow."""
    pay = main_income(recurring)
    if pay is None or pay.next_on is None:
        return None
    return pay, max(pay.next_on, today + timedelta(days=1))


def expected(recurring: Iterable[Recurring], first: date, last: date) -> list[Expected]:
    """Everything known from `first` to `last`, in order; on one day income comes before what is paid."""
    found = [
        Expected(on, one.amount_minor if one.inflow else -one.amount_minor, one)
        for one in recurring
        if one.active and not one.hidden and moves_money_at_hand(one)
        for on in one.due(first, last)
    ]
    return sorted(found, key=lambda event: (event.on, -event.amount_minor, event.recurring.merchant, event.recurring.id))


def running(balance_minor: int, events: Sequence[Expected]) -> list[int]:
    """What is at hand after each event."""
    found = []
    for event in events:
        balance_minor += event.amount_minor
        found.append(balance_minor)
    return found
