"""Periods and days as symbols (those of QUESTIONS.md), and what they come to on a given day, as the definitions read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)
UNITS = ("day", "week", "weekend", "month", "quarter", "year")
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


class NoSuchPeriod(ValueError):
    """A symbol that says nothing, or nothing that has begun."""


@dataclass(frozen=True)
class Span:
    """Whole days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def clipped(self, first: date, last: date) -> Span:
        return Span(max(self.start, first), min(self.end, last))

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Almanac:
    """What the meaning of a symbol depends on."""

    today: date
    first_on: date
    payday: date | None = None

    def period(self, symbol: Any) -> Span:
        """The period up to now; everything on record for None and `all`."""
        whole = self._whole(symbol)
        if whole.start > self.today or whole.end < whole.start:
            raise NoSuchPeriod(f"{symbol} has not begun or is empty")
        return Span(whole.start, min(whole.end, self.today))

    def day(self, symbol: Any) -> date:
        if symbol == "today":
            return self.today
        if symbol == "yesterday":
            return self.today - DAY
        if symbol == "payday" and self.payday:
            return self.payday
        if isinstance(symbol, str) and len(symbol) == 5:
            return self._latest(int(symbol[:2]), int(symbol[3:]))
        match symbol:
            case {"days_ago": int(count)}:
                return self.today - count * DAY
            case {"weekday": int(number)}:
                return self.today - ((self.today.isoweekday() - number - 1) % 7 + 1) * DAY
            case {"start_of": inner}:
                return self.period(inner).start
            case {"end_of": inner}:
                return self.period(inner).end
        raise NoSuchPeriod(f"no day: {symbol}")

    def _latest(self, month: int, day: int) -> date:
        this_year = date(self.today.year, month, day)
        return this_year if this_year <= self.today else date(self.today.year - 1, month, day)

    def _whole(self, symbol: Any) -> Span:
        if symbol is None or symbol == "all":
            return Span(self.first_on, self.today)
        for reading in (_counted, _named, _bounded):
            if (span := reading(self, symbol)) is not None:
                return span
        raise NoSuchPeriod(f"no period: {symbol}")

    def ends(self, symbol: Any) -> Span:
        """A day or a period, as a span."""
        try:
            day = self.day(symbol)
        except NoSuchPeriod:
            return self._whole(symbol)
        return Span(day, day)


def _counted(almanac: Almanac, symbol: Any) -> Span | None:
    today = almanac.today
    match symbol:
        case {"last": int(count), "unit": str(unit)}:
            return Span(unit_span(today, unit, count).start, unit_span(today, unit, 1).end)
        case {"ago": int(count), "unit": str(unit)}:
            return unit_span(today, unit, count)
        case {"this": "weekend"}:
            latest = unit_span(today, "weekend", 0)
            return latest if latest.start <= today else unit_span(today, "weekend", 1)
        case {"this": str(unit)}:
            return unit_span(today, unit, 0)
        case {"last": "weekend"}:
            latest = unit_span(today, "weekend", 0)
            return latest if latest.end < today else unit_span(today, "weekend", 1)
        case {"last": str(unit)}:
            return unit_span(today, unit, 1)
        case {"days": int(count)}:
            return Span(today - (count - 1) * DAY, today)
    return None


def _named(almanac: Almanac, symbol: Any) -> Span | None:
    months: dict[str, Callable[[int], tuple[int, int]]] = {
        "month": lambda number: (number, 1),
        "quarter": lambda number: (3 * number - 2, 3),
        "half": lambda number: (6 * number - 5, 6),
    }
    if not isinstance(symbol, dict):
        return None
    for name, first_and_length in months.items():
        if name in symbol and set(symbol) <= {name, "year"}:
            month, length = first_and_length(int(symbol[name]))
            in_year = date(almanac.today.year + int(symbol.get("year", 0)), month, 1)
            start = in_year if "year" in symbol else almanac._latest(month, 1)
            return Span(start, add_months(start, length) - DAY)
    if set(symbol) == {"year"}:
        return unit_span(almanac.today, "year", -int(symbol["year"]))
    return None


def _bounded(almanac: Almanac, symbol: Any) -> Span | None:
    match symbol:
        case {"on": day}:
            return almanac.ends(day)
        case {"week_of": day}:
            return unit_span(almanac.day(day), "week", 0)
        case {"since": start}:
            return Span(almanac.ends(start).start, almanac.today)
        case {"from": start, "to": end}:
            last, first = almanac.ends(end).end, almanac.ends(start).start
            return Span(first if first <= last else add_months(first, -12), last)
        case {"until": end}:
            return Span(almanac.first_on, almanac.ends(end).end)
        case {"before": end}:
            return Span(almanac.first_on, almanac.ends(end).start - DAY)
        case {"year_before": inner}:
            span = almanac.period(inner)
            whole = almanac._whole(inner)
            ends_a_month = span == whole and (whole.end + DAY).day == 1
            end = add_months(whole.end + DAY, -12) - DAY if ends_a_month else add_months(span.end, -12)
            return Span(add_months(span.start, -12), end)
        case {"elapsed": inner, "of": current}:
            opening = almanac._whole(inner)
            return Span(opening.start, min(opening.end, opening.start + (almanac.period(current).days - 1) * DAY))
    return None


def unit_span(day: date, unit: str, back: int) -> Span:
    """The unit around the day, or the one so many before."""
    if unit == "day":
        return Span(day - back * DAY, day - back * DAY)
    if unit in ("week", "weekend"):
        monday = day - (day.isoweekday() - 1 + 7 * back) * DAY
        return Span(monday if unit == "week" else monday + 5 * DAY, monday + 6 * DAY)
    if unit not in MONTHS_IN:
        raise NoSuchPeriod(f"no unit: {unit}")
    length = MONTHS_IN[unit]
    start = add_months(date(day.year, (day.month - 1) // length * length + 1, 1), -length * back)
    return Span(start, add_months(start, length) - DAY)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last one that the month has."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    length = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    return date(year, month, min(day.day, length))


def complete_units(span: Span, unit: str, almanac: Almanac) -> list[Span]:
    """Those that lie wholly in the span, after the first fact, and are over."""
    found, day = [], span.start
    while day <= span.end:
        whole = unit_span(day, unit, 0)
        if whole.start >= span.start and whole.end <= span.end and whole.end < almanac.today and whole.start >= almanac.first_on:
            found.append(whole)
        day = whole.end + DAY
    return found
