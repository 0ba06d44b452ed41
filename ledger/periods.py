"""Periods of any length that tile time: days, weeks, months, quarters, years from an anchor, or from pay to pay.

Pure calendar arithmetic on whole days. A month's period starts on the anchor's day of the month, or on the last day where a month is
shorter; it is always counted from the anchor itself, so that the 31st comes back after February. Pay periods start on the days on
which pay came; where no pay is known they are calendar months.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

from kit.errors import FieldError, Invalid

UNITS = ("day", "week", "month", "quarter", "year", "payday")
MOST = {"day": 366, "week": 53, "month": 24, "quarter": 8, "year": 2, "payday": 12}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
CALENDAR_ANCHOR = date(2001, 1, 1)  # a Monday, and the first of a month, a quarter and a year
_LEAST_GAP = 5  # days: pay that comes in two parts within a week is one pay


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included."""

    start_on: date
    end_on: date

    @property
    def days(self) -> int:
        return (self.end_on - self.start_on).days + 1

    def elapsed(self, day: date) -> int:
        """How many of its days have begun by a day that lies in it, that day included."""
        return min((day - self.start_on).days + 1, self.days)


@dataclass(frozen=True, slots=True)
class Cadence:
    """`every` units from `anchor_on`, forwards and backwards."""

    unit: str
    every: int = 1
    anchor_on: date = CALENDAR_ANCHOR

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise Invalid("period_is_unknown", f"period must be one of {', '.join(UNITS)}", [FieldError("/period", "unknown")])
        if not 1 <= self.every <= MOST[self.unit]:
            detail = f"every must lie between 1 and {MOST[self.unit]} for a {self.unit}"
            raise Invalid("period_is_too_long", detail, [FieldError("/period/every", detail)])
        if not 1900 <= self.anchor_on.year <= 2200:
            raise Invalid("anchor_is_out_of_range", "anchor_on must lie between 1900 and 2200", [FieldError("/period/anchor_on", "range")])


def span_around(cadence: Cadence, day: date, paydays: Sequence[date] = (), waited_to: date | None = None) -> Span:
    """The period that holds a day. `paydays` in order; late pay is waited for up to `waited_to`, by default that day."""
    if cadence.unit == "payday" and paydays:
        return _pay_span(cadence, day, paydays, waited_to or day)
    step = _steps_before(cadence, day)
    return Span(_start(cadence, step), _start(cadence, step + 1) - timedelta(days=1))


def spans_between(cadence: Cadence, first: date, last: date, paydays: Sequence[date] = ()) -> Iterator[Span]:
    """The periods that touch first..last, in order, without gap or overlap."""
    day = first
    while day <= last:
        span = span_around(cadence, day, paydays, last)
        yield span
        day = span.end_on + timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day of a later or earlier month, or its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(first: date, last: date) -> int:
    """How many whole months lie between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (add_months(first, months) > last)


def _steps_before(cadence: Cadence, day: date) -> int:
    """The number of the period that holds a day, counted from the anchor's."""
    if cadence.unit in _DAYS:
        return (day - cadence.anchor_on).days // (_DAYS[cadence.unit] * cadence.every)
    return whole_months(cadence.anchor_on, day) // (_MONTHS.get(cadence.unit, 1) * cadence.every)


def _start(cadence: Cadence, step: int) -> date:
    if cadence.unit in _DAYS:
        return cadence.anchor_on + timedelta(days=step * cadence.every * _DAYS[cadence.unit])
    return add_months(cadence.anchor_on, step * cadence.every * _MONTHS.get(cadence.unit, 1))


def merged_paydays(days: Sequence[date]) -> list[date]:
    """Paydays in order, those that follow within a few days taken for parts of one pay."""
    found: list[date] = []
    for day in sorted(set(days)):
        if not found or (day - found[-1]).days >= _LEAST_GAP:
            found.append(day)
    return found


def _pay_span(cadence: Cadence, day: date, paydays: Sequence[date], waited_to: date) -> Span:
    """From pay to the day before a later pay. Before and after those on record, pay comes at the usual gap."""
    gap = _usual_gap(paydays)
    if day < paydays[0]:
        length = gap * cadence.every
        start = paydays[0] - timedelta(days=-((paydays[0] - day).days // -length) * length)
        return Span(start, start + timedelta(days=length - 1))
    anchored = max(bisect_right(paydays, cadence.anchor_on) - 1, 0)
    first = anchored + (bisect_right(paydays, day) - 1 - anchored) // cadence.every * cadence.every
    start, after = paydays[max(first, 0)], first + cadence.every
    if after < len(paydays):
        return Span(start, paydays[after] - timedelta(days=1))
    expected = paydays[-1] + timedelta(days=gap * (after - len(paydays) + 1))
    return Span(start, max(expected - timedelta(days=1), waited_to))


def _usual_gap(paydays: Sequence[date]) -> int:
    gaps = [(after - before).days for before, after in pairwise(paydays)]
    return median_low(gaps) if gaps else 30
