"""Months and days of a made-up life."""

from __future__ import annotations

import calendar
from datetime import date

MONTHS = 18  # how far the books reach back on the first load


def month_after(first: date, months: int) -> date:
    """The first day of the month so many months later, or earlier."""
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def months_between(begin: date, end: date) -> list[date]:
    """The first days of all months from `begin`'s to `end`'s."""
    return [month_after(begin, index) for index in range((end.year - begin.year) * 12 + end.month - begin.month + 1)]


def days_of(first: date) -> list[date]:
    return [first.replace(day=day) for day in range(1, calendar.monthrange(first.year, first.month)[1] + 1)]


def on_day(first: date, day: int) -> date:
    """That day of the month, or its last one."""
    return first.replace(day=min(day, calendar.monthrange(first.year, first.month)[1]))


def beginning(known: date | None, today: date) -> date:
    """The month that the books begin with, so that what was drawn stays what it was; at first, eighteen months ago."""
    return known.replace(day=1) if known else month_after(today, -MONTHS)
