"""What a household usually spends beside what recurs: the median over as many days as lie ahead, with the band that holds four in five.

The sums run over every stretch of that length in the last half year, refunds deducted. It is a forecast and is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring

LOOK_BACK_DAYS = 182
LEAST_DAYS = 28


@dataclass(frozen=True, slots=True)
class Usual:
    """`low_minor` and `high_minor` hold the middle 80 % of the stretches."""

    middle_minor: int
    low_minor: int
    high_minor: int
    days: int


def usual_spending(
    payments: Iterable[Payment], recurring: Iterable[Recurring], accounts: frozenset[UUID], today: date, days: int
) -> Usual | None:
    """For so many days, from the accounts named; None where the records are too short to say."""
    regular = {payment.id for one in recurring for payment in one.payments}
    by_day: dict[int, int] = {}
    first = today.toordinal()
    for payment in payments:
        if payment.account_id not in accounts:
            continue
        first = min(first, payment.booked_on.toordinal())
        if payment.flow in ("spending", "refund") and payment.id not in regular:
            by_day[payment.booked_on.toordinal()] = by_day.get(payment.booked_on.toordinal(), 0) - payment.amount_minor
    end = (today - timedelta(days=1)).toordinal()
    start = max(first, end - LOOK_BACK_DAYS + 1)
    if days < 1:
        return Usual(0, 0, 0, 0)
    if end - start + 1 < max(LEAST_DAYS, 2 * days):
        return None
    sums = _stretches([by_day.get(day, 0) for day in range(start, end + 1)], days)
    return Usual(max(_quantile(sums, 50), 0), max(_quantile(sums, 10), 0), max(_quantile(sums, 90), 0), days)


def _stretches(daily: Sequence[int], days: int) -> list[int]:
    total = sum(daily[:days])
    found = [total]
    for place in range(days, len(daily)):
        total += daily[place] - daily[place - days]
        found.append(total)
    return sorted(found)


def _quantile(ordered: Sequence[int], percent: int) -> int:
    return ordered[(len(ordered) - 1) * percent // 100]
