"""The beats at which money comes and goes, and the day that a beat names.

A beat counts in days (weekly, fortnightly, four-weekly) or in months. A month's beat names a day of the month, the 31st being the last
one of a short month, and moves off weekends as its payments have been seen to do.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

SATURDAY = 5


class Cadence(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Beat:
    """`slack_days`: how far off its day a payment may lie; `grace_days`: how long a missing one is only late."""

    cadence: Cadence
    per_year: int
    days: int  # the usual distance
    months: int  # 0: it counts in days
    slack_days: int
    grace_days: int


BEATS = (
    Beat(Cadence.WEEKLY, 52, 7, 0, 2, 6),
    Beat(Cadence.FORTNIGHTLY, 26, 14, 0, 3, 9),
    Beat(Cadence.FOUR_WEEKLY, 13, 28, 0, 4, 12),
    Beat(Cadence.MONTHLY, 12, 30, 1, 7, 14),
    Beat(Cadence.BIMONTHLY, 6, 61, 2, 9, 20),
    Beat(Cadence.QUARTERLY, 4, 91, 3, 12, 25),
    Beat(Cadence.HALF_YEARLY, 2, 183, 6, 16, 35),
    Beat(Cadence.YEARLY, 1, 365, 12, 20, 45),
)
BEAT = {beat.cadence: beat for beat in BEATS}


class Shift(StrEnum):
    """Where a payment goes that would fall on a weekend."""

    STAY = "stay"
    FORWARD = "forward"
    BACK = "back"


@cache
def month(index: int) -> tuple[int, int]:
    """The ordinal of the first day of a month (year * 12 + month - 1), and the month's length."""
    year, place = divmod(index, 12)
    return date(year, place + 1, 1).toordinal(), monthrange(year, place + 1)[1]


@lru_cache(maxsize=1 << 14)
def month_of(ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


def in_month(index: int, day: int) -> int:
    """The ordinal of a day of a month; the last one where the month is shorter."""
    first, length = month(index)
    return first + min(day, length) - 1


def weekday(ordinal: int) -> int:
    return (ordinal + 6) % 7


def off_weekend(ordinal: int, shift: Shift) -> int:
    """The day to which a beat's day moves."""
    beyond = weekday(ordinal) - SATURDAY
    if beyond < 0 or shift is Shift.STAY:
        return ordinal
    return ordinal + 2 - beyond if shift is Shift.FORWARD else ordinal - 1 - beyond


def per_month_minor(amount_minor: int, cadence: Cadence) -> int:
    """Amount x payments per year / 12, halves away from zero."""
    return rounded(amount_minor * BEAT[cadence].per_year, 12)


def rounded(numerator: int, denominator: int) -> int:
    """An integer quotient, halves away from zero."""
    quotient, rest = divmod(abs(numerator), denominator)
    quotient += 2 * rest >= denominator
    return quotient if numerator >= 0 else -quotient
