"""A stretch of whole days, as an utterance means it, and the arithmetic of calendars."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tools.query.model import Period

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True)
class When:
    """`label` is how it is spoken where the dates alone would not do; `reading` and `other` say which of two meanings was taken and offer
    the other one's words. `unit` is what it is a whole one of (month, ...), so that "the one before" can be found."""

    start: date
    end: date
    label: str = ""
    reading: str = ""
    other: str = ""
    unit: str = ""
    dated: bool = True  # a year was said, or can be no other

    def period(self) -> Period:
        return Period(start_on=self.start, end_on=self.end, label=self.label)


def day(on: date, label: str = "") -> When:
    return When(on, on, label, unit="day")


def days(start: date, end: date, label: str = "") -> When:
    return When(start, end, label)


def month(year: int, number: int, *, dated: bool = True) -> When:
    return When(date(year, number, 1), date(year, number, monthrange(year, number)[1]), unit="month", dated=dated)


def quarter(year: int, number: int, *, dated: bool = True) -> When:
    first = 3 * number - 2
    return replace(months_from(date(year, first, 1), 3), unit="quarter", dated=dated)


def year_of(year: int) -> When:
    return When(date(year, 1, 1), date(year, 12, 31), unit="year")


def week_of(on: date) -> When:
    monday = on - timedelta(days=on.weekday())
    return When(monday, monday + timedelta(days=6), unit="week")


def months_from(first: date, number: int) -> When:
    """Whole months from one that begins on `first`."""
    return When(first, shifted(first, number) - timedelta(days=1))


def shifted(on: date, months: int) -> date:
    """The same day some months on; the last of the month where there is no such day. Clipped to years that exist."""
    index = on.year * 12 + on.month - 1 + months
    year, number = min(max(index // 12, 1), 9998), index % 12 + 1
    return date(year, number, min(on.day, monthrange(year, number)[1]))


def ago(on: date, number_of_days: int) -> date:
    try:
        return on - timedelta(days=number_of_days)
    except OverflowError:
        return date(1, 1, 1)


def unit_of(on: date, unit: str) -> When:
    """The whole day, week, month, quarter or year that holds a day."""
    if unit == "week":
        return week_of(on)
    if unit == "month":
        return month(on.year, on.month)
    if unit == "quarter":
        return quarter(on.year, (on.month + 2) // 3)
    return year_of(on.year) if unit == "year" else day(on)


def before(when: When, number: int = 1) -> When:
    """The stretch of the same kind that many before: whole units for whole units, else as many days."""
    found = when
    for _ in range(min(number, 1200)):
        if found.start.year <= 2:
            break
        end = found.start - timedelta(days=1)
        if found.unit:
            found = unit_of(end, found.unit)
        elif _whole_months(found):
            size = (found.end.year - found.start.year) * 12 + found.end.month - found.start.month + 1
            found = months_from(shifted(found.start, -size), size)
        else:
            found = When(ago(found.start, (found.end - found.start).days + 1), end)
    return found


def year_earlier(when: When) -> When:
    start, end = shifted(when.start, -12), shifted(when.end, -12)
    if _whole_months(when):
        end = date(end.year, end.month, monthrange(end.year, end.month)[1])
    return When(start, end, unit=when.unit if _whole_months(when) else "")


def _whole_months(when: When) -> bool:
    return when.start.day == 1 and (when.end + timedelta(days=1)).day == 1


def of_period(period: Period) -> When:
    """A query's period as a stretch, its kind told from its ends."""
    start, end = period.start_on, period.end_on
    for unit in ("day", "week", "month", "quarter", "year"):
        whole = unit_of(start, unit)
        if (whole.start, whole.end) == (start, end):
            return replace(whole, label=period.label)
    return When(start, end, period.label)


def elapsed_part(of: When, today: date, like: When) -> When:
    """As much of `of` as has elapsed of `like` today."""
    if not like.start <= today < like.end:
        return of
    if like.start.day == 1:
        gone = shifted(of.start, (today.year - like.start.year) * 12 + today.month - like.start.month)
        last = monthrange(gone.year, gone.month)[1]
        return When(of.start, min(date(gone.year, gone.month, min(today.day, last)), of.end))
    return When(of.start, min(of.start + (today - like.start), of.end))
