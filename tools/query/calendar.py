"""Calendar arithmetic of the query: whole days, weeks from Monday, months, quarters, years."""

from __future__ import annotations

from datetime import date, timedelta

from tools.query.model import Dimension, Per

_MONTHS = {Dimension.MONTH: 1, Dimension.QUARTER: 3, Dimension.YEAR: 12}
TIMES = frozenset({Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR})
_DIMENSION_OF = {Per.WEEK: Dimension.WEEK, Per.MONTH: Dimension.MONTH, Per.YEAR: Dimension.YEAR}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def start_of(dimension: Dimension, day: date) -> date:
    """The first day of the unit that holds a day."""
    if dimension is Dimension.DAY:
        return day
    if dimension is Dimension.WEEK:
        return day - timedelta(days=day.weekday())
    months = _MONTHS[dimension]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def next_start(dimension: Dimension, start: date) -> date:
    """The first day of the unit after the one that starts on `start`."""
    if dimension in (Dimension.DAY, Dimension.WEEK):
        return start + timedelta(days=1 if dimension is Dimension.DAY else 7)
    month = start.month - 1 + _MONTHS[dimension]
    return date(start.year + month // 12, month % 12 + 1, 1)


def units(dimension: Dimension, first: date, last: date) -> list[tuple[date, date]]:
    """Start and end of each unit that touches first..last."""
    found = []
    start = start_of(dimension, first)
    while start <= last:
        after = next_start(dimension, start)
        found.append((start, after - timedelta(days=1)))
        start = after
    return found


def label_of(dimension: Dimension, start: date) -> str:
    """How a unit is spoken in English: "May 2026", "week of 4 May 2026", "Q2 2026"."""
    if dimension is Dimension.MONTH:
        return f"{start:%B} {start.year}"
    if dimension is Dimension.QUARTER:
        return f"Q{(start.month + 2) // 3} {start.year}"
    if dimension is Dimension.YEAR:
        return str(start.year)
    day = f"{start.day} {start:%B} {start.year}"
    return f"week of {day}" if dimension is Dimension.WEEK else day


def complete_units(per: Per, first: date, last: date, first_fact: date, today: date) -> list[tuple[date, date]]:
    """The complete calendar units within first..last that have ended and lie after the first fact."""
    dimension = _DIMENSION_OF[per]
    return [(start, end) for start, end in units(dimension, first, last) if start >= max(first, first_fact) and end <= last and end < today]
