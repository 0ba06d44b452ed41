"""Stretches told from today: "this month", "last week", "the last 30 days", "the month before last", "year to date", "lately"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from assistant.slots.dates import Calendar, Reader, part_of
from assistant.slots.numbers import SMALL, small
from assistant.slots.when import When, ago, before, day, days, months_from, shifted, unit_of, week_of

_UNIT = r"(?P<unit>day|week|month|quarter|year)"
_PAST = r"(?:last|past|previous|preceding|prior|latest|trailing)"
_ROLLING_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
_COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 12: "twelve"}


def relative(text: str, at: int, calendar: Calendar) -> tuple[When, int] | None:
    """The stretch told from today that stands at this place, and where it ends: the longest."""
    found = [(when, match.end()) for pattern, read in _RELATIVE if (match := pattern.match(text, at)) and (when := read(match, calendar))]
    return max(found, key=lambda pair: pair[1], default=None)


def to_date(calendar: Calendar, unit: str, label: str = "") -> When:
    """The current unit up to today."""
    whole = unit_of(calendar.today, unit)
    return When(whole.start, calendar.today, label or f"this {unit}", unit=unit)


def _this(match: re.Match[str], calendar: Calendar) -> When:
    return to_date(calendar, match["unit"])


def _to_date(match: re.Match[str], calendar: Calendar) -> When:
    return to_date(calendar, match["unit"] or {"ytd": "year", "mtd": "month", "qtd": "quarter", "wtd": "week"}[match["short"]])


def _last(match: re.Match[str], calendar: Calendar) -> When:
    unit = match["unit"]
    whole = before(unit_of(calendar.today, unit))
    return replace(whole, label=f"last {unit}" if unit != "day" else "yesterday")


def _rolling(match: re.Match[str], calendar: Calendar) -> When:
    """ "the past month": a month's worth of days; the calendar's is offered."""
    unit = match["unit"]
    if unit == "year":
        return _months_back(calendar, 12, "the past year")
    number = _ROLLING_DAYS[unit]
    found = _days_back(calendar, number)
    return replace(found, reading=f"the {number} days up to today", other=f"last {unit}")


def _before_last(match: re.Match[str], calendar: Calendar) -> When:
    return replace(before(unit_of(calendar.today, match["unit"]), 2), label="")


def _several(match: re.Match[str], calendar: Calendar) -> When | None:
    number, unit = small(match["number"]), match["unit"]
    if number == 0:
        return None
    if unit == "day":
        return _days_back(calendar, number)
    if unit == "fortnight":
        return _days_back(calendar, 14 * number)
    if unit == "weekend":
        return None
    if unit == "month":
        return _months_back(calendar, number, "")
    if number == 1:
        return replace(before(unit_of(calendar.today, unit)), label=f"last {unit}")
    first, last = before(unit_of(calendar.today, unit), number), before(unit_of(calendar.today, unit))
    rough = {"week": 7, "quarter": 91, "year": 365}[unit] * number
    reading = f"the {_COUNTS.get(number, number)} calendar {unit}s before this one"
    return When(first.start, last.end, "", reading, f"the last {rough} days")


def _months_back(calendar: Calendar, number: int, label: str) -> When:
    first = shifted(calendar.today.replace(day=1), -number)
    if number == 1:
        return replace(before(unit_of(calendar.today, "month")), label="last month")
    reading = f"the {_COUNTS.get(number, number)} calendar months before this one"
    return replace(months_from(first, number), label=label, reading=reading, other=f"the last {number * 30 if number != 12 else 365} days")


def _days_back(calendar: Calendar, number: int) -> When:
    start = ago(calendar.today, number - 1)
    return When(start, calendar.today, f"in the last {number} days" if number > 1 else "today", unit="day" if number == 1 else "")


def _weekend(match: re.Match[str], calendar: Calendar) -> When:
    """ "last weekend" is over; "this" or "the" one is the latest that has begun."""
    saturday = week_of(calendar.today).start + timedelta(days=5)
    over = match["which"] in ("last", "past", "previous")
    if saturday > calendar.today or over:
        saturday -= timedelta(days=7)
    if match["which"] == "previous":
        return days(saturday, saturday + timedelta(days=1))
    return days(saturday, saturday + timedelta(days=1), "last weekend" if over else "at the weekend")


_DAYS_BACK = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "now": 0, "at present": 0, "yesterday": 1, "last night": 1,
}  # fmt: skip


def _named_day(match: re.Match[str], calendar: Calendar) -> When:
    number = _DAYS_BACK.get(match["which"], 2)
    return day(ago(calendar.today, number), "today" if number == 0 else "yesterday" if number == 1 else "")


def _lately(match: re.Match[str], calendar: Calendar) -> When:
    return replace(_days_back(calendar, 30), reading="the 30 days up to today", other="this month")


def _fortnight(match: re.Match[str], calendar: Calendar) -> When:
    return _days_back(calendar, 14)


def _same_last_year(match: re.Match[str], calendar: Calendar) -> When:
    """ "this time last year": as much of that month as has gone of this one."""
    start, end = calendar.today.replace(day=1), calendar.today
    return When(shifted(start, -12), shifted(end, -12), "", "the same part of the month a year ago", "same month last year in full")


def _part_of_unit(match: re.Match[str], calendar: Calendar) -> When:
    unit = match["unit"]
    whole = unit_of(calendar.today, unit)
    if (match["which"] or "").startswith(("last", "previous")):
        whole = before(whole)
    return part_of(replace(whole, unit=unit), match["part"])


def _everything(match: re.Match[str], calendar: Calendar) -> When:
    return When(date.min, date.max, "all")


def _turn(match: re.Match[str], calendar: Calendar) -> When:
    """ "the beginning of the year": a day to count from."""
    which = match["which"] or "this"
    whole = unit_of(calendar.today, match["unit"])
    if which.startswith("last"):
        whole = before(whole)
    return day(whole.start if match["edge"] in ("beginning", "start") else min(whole.end, calendar.today))


def _relative_patterns() -> Iterator[tuple[str, Reader]]:
    yield rf"(?:(?:this|the current|current|the present|the ongoing) {_UNIT}s?)(?: so far| to date| until now| up to now)?\b", _this
    yield rf"(?:so far (?:this|in the current)|all|throughout the|all through the) {_UNIT}(?: long)?\b(?! \d| of| before| ago)", _this
    yield (
        (
            r"(?:(?<!last )(?<!this )(?:the )?(?:(?:whole|entire|full) (?:of the )?)?(?P<unit>week|month|quarter|"
            r"year)(?:[ -]to[ -]date| so far| until now)|(?P<short>ytd|mtd|qtd|wtd))\b"
        ),
        _to_date,
    )
    yield (
        (
            rf"(?:last|the last|the previous|previous|prior|the prior|the preceding) (?:full |complete |whole |"
            rf"entire |calendar )?{_UNIT}s?\b"
        ),
        _last,
    )
    yield rf"(?:the |this )?past (?:full |whole )?{_UNIT}s?\b", _rolling
    yield rf"(?:the )?{_UNIT} before (?:last|the last(?: one)?|previous)\b", _before_last
    yield (
        (
            rf"(?:(?:these|the|my|these) )?{_PAST} (?P<number>{SMALL}) (?:full |complete |whole |"
            rf"calendar )?(?P<unit>day|week|month|quarter|year|fortnight)s?\b"
        ),
        _several,
    )
    yield (
        (
            rf"(?:(?:the|these) )?(?P<number>{SMALL}) (?:last|past|previous|most recent) (?P<unit>day|week|month|"
            rf"quarter|year|fortnight)s\b"
        ),
        _several,
    )
    yield r"(?:these|those) (?:last|past) (?P<unit>day|week|month)s\b(?P<number>)", _lately
    yield r"(?<=for )the (?P<unit>week|month|quarter|year)\b(?! (?:before|after|ended|ending|to|of))", _this
    yield r"(?:the )?(?:last|past|previous) fortnight\b", _fortnight
    yield r"(?:(?P<which>this|last|past|previous|the|this past) )weekend\b", _weekend
    yield (
        r"(?P<which>today|tonight|at present|this morning|this afternoon|this evening|yesterday|last night|"
        r"(?:the )?day before yesterday)\b",
        _named_day,
    )
    yield r"(?:lately|recently|of late|these days|in recent (?:weeks|days|times)|nowadays)\b", _lately
    yield r"(?:this time|the same time|same time|this point|this day) last year\b", _same_last_year
    part = r"(?P<part>first half|second half|first part|latter half|middle)"
    yield rf"(?:the )?{part} of (?P<which>this |the |last |previous |the last )?{_UNIT}\b", _part_of_unit
    yield rf"(?:the )?(?P<edge>beginning|start|end) of (?:(?P<which>this|the|last|the last) )?{_UNIT}\b", _turn
    yield (
        (
            r"(?:all time|all[- ]time|ever|until now|up to now|up until now|till now|thus far|to date|until today|"
            r"up to today|of all time|since (?:the )?(?:beginning|start)(?! of)(?: of (?:time|"
            r"records?))?|since records began|in total ever|in my whole history|all my records|on record|"
            r"all dates|any time|over all the years|from the (?:very )?(?:beginning|start)(?! of)|"
            r"across all (?:time|years)|overall history|in all my records|all records|of my entire history|"
            r"my whole history|entire history|all the time you (?:have|ve)(?: got)?(?: on (?:file|record))?|on file)\b"
        ),
        _everything,
    )


_RELATIVE: list[tuple[re.Pattern[str], Reader]] = [(re.compile(rf"\b{source}"), read) for source, read in _relative_patterns()]
