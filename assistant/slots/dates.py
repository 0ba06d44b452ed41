"""Single days and named stretches of the calendar: "2026-05-03", "3 May", "May 2025", "Q1", "last Tuesday", "over the summer"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from assistant.slots.numbers import SMALL, small
from assistant.slots.when import MONTHS, WEEKDAYS, When, ago, before, day, days, month, months_from, quarter, unit_of, week_of, year_of

Reader = Callable[[re.Match[str], "Calendar"], When | None]

_SHORT = {name[:3]: at for at, name in enumerate(MONTHS, 1)} | {"sept": 9}
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|"
    r"mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)"
YEAR = r"(?:19|20)\d\d\b"
_DAY = r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "fall": (9, 3), "winter": (12, 3)}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_FEASTS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "xmas": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new years eve": (12, 31),
    "new years day": (1, 1),
    "new year": (1, 1),
    "new years": (1, 1),
    "halloween": (10, 31),
    "valentines day": (2, 14),
}


class Calendar:
    """What a date's meaning hangs on: today, and whether the day or the month comes first."""

    def __init__(self, today: date, *, month_first: bool = False) -> None:
        self.today, self.month_first = today, month_first

    def latest(self, number: int) -> When:
        """The latest such month that has begun."""
        return month(self.today.year - (number > self.today.month), number, dated=False)


def month_number(text: str) -> int:
    return _SHORT[text.strip(" .")[:3]]


def weekday_number(text: str) -> int:
    """ISO: Monday is 1."""
    return next(at for at, name in enumerate(WEEKDAYS, 1) if name.startswith(text[:3]))


def named(text: str, at: int, calendar: Calendar) -> tuple[When, int] | None:
    """The date or named stretch that stands at this place, and where it ends: the longest."""
    found = [(when, match.end()) for pattern, read in _NAMED if (match := pattern.match(text, at)) and (when := read(match, calendar))]
    return max(found, key=lambda pair: pair[1], default=None)


def _safe(year: int, number: int, on: int) -> date | None:
    try:
        return date(year, number, on)
    except ValueError:
        return None


def _iso(match: re.Match[str], calendar: Calendar) -> When | None:
    found = _safe(int(match["year"]), int(match["month"]), int(match["day"]))
    return day(found) if found else None


def _iso_month(match: re.Match[str], calendar: Calendar) -> When | None:
    return month(int(match["year"]), int(match["month"])) if 1 <= int(match["month"]) <= 12 else None


def _numeric(match: re.Match[str], calendar: Calendar) -> When | None:
    first, second, year = int(match["one"]), int(match["two"]), match["year"]
    on, number = (second, first) if calendar.month_first else (first, second)
    if number > 12 >= on:
        on, number = number, on
    return _dated(on, number, _full_year(year) if year else None, calendar)


def _full_year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _dated(on: int, number: int, year: int | None, calendar: Calendar) -> When | None:
    """A day of a month; without a year the latest that has come."""
    if not 1 <= number <= 12:
        return None
    found = _safe(year or calendar.today.year, number, on)
    if year is None and (found is None or found > calendar.today):
        found = next((past for back in range(1, 9) if (past := _safe(calendar.today.year - back, number, on))), None)
    return replace(day(found), dated=year is not None) if found else None


def _written(match: re.Match[str], calendar: Calendar) -> When | None:
    return _dated(int(match["day"]), month_number(match["month"]), int(match["year"]) if match["year"] else None, calendar)


def _month(match: re.Match[str], calendar: Calendar) -> When | None:
    number = month_number(match["month"])
    if match["which"]:
        back = int(match["which"].split()[0] == "last" and number < calendar.today.month)
        return calendar.latest(number) if not back else month(calendar.today.year, number, dated=False)
    return month(_full_year(match["year"].lstrip("'")), number) if match["year"] else calendar.latest(number)


def _month_relative_year(match: re.Match[str], calendar: Calendar) -> When | None:
    if match["earlier"]:
        latest = calendar.latest(month_number(match["month"])).start
        return month(latest.year - 1, latest.month)
    return month(calendar.today.year - (match["which"] != "this"), month_number(match["month"]))


def _part_of_month(match: re.Match[str], calendar: Calendar) -> When | None:
    """ "the first half of May", "the beginning of May", "end of May", "mid-May"."""
    whole = _month(match, calendar)
    if whole is None:
        return None
    return part_of(whole, match["part"])


def part_of(whole: When, part: str) -> When:
    """The first or second half, or the beginning, middle or end, of a stretch."""
    words = set(part.split())
    length = (whole.end - whole.start).days + 1
    if whole.unit == "year" and words & {"half"}:
        return months_from(whole.start if words & {"first", "1st"} else date(whole.start.year, 7, 1), 6)
    if words & {"half"}:
        middle = whole.start + timedelta(days=15 if whole.unit == "month" else length // 2)
        return days(whole.start, middle - timedelta(days=1)) if words & {"first", "1st"} else days(middle, whole.end)
    third = timedelta(days=length // 3)
    if words & {"beginning", "start", "early"}:
        return days(whole.start, whole.start + third - timedelta(days=1))
    if words & {"mid", "middle"}:
        return days(whole.start + third, whole.end - third)
    return days(whole.end - third + timedelta(days=1), whole.end)


def _day_of(match: re.Match[str], calendar: Calendar) -> When | None:
    """ "the 3rd", "the 15th of last month"."""
    first = calendar.today.replace(day=1)
    if match["which"] == "last":
        first = (first - timedelta(days=1)).replace(day=1)
    found = _safe(first.year, first.month, int(match["day"]))
    if found and found > calendar.today:
        earlier = (first - timedelta(days=1)).replace(day=1)
        found = _safe(earlier.year, earlier.month, int(match["day"]))
    return day(found) if found else None


def _quarter(match: re.Match[str], calendar: Calendar) -> When | None:
    number = int(match["number"]) if match["number"] else _ORDINALS[match["ordinal"]]
    year = match["year"]
    if match["ordinal"] == "last" and not year:
        return None
    if year and year.lstrip("'").isdigit():
        return quarter(_full_year(year.lstrip("'")), number)
    if year:
        return quarter(calendar.today.year - (year == "last year"), number)
    current = (calendar.today.month + 2) // 3
    return quarter(calendar.today.year - (number > current), number, dated=False)


def _half(match: re.Match[str], calendar: Calendar) -> When | None:
    first = match["which"] in ("first", "1st", "h1", "1")
    year = match["year"]
    if year and year.isdigit():
        number = _full_year(year)
    elif year:
        number = calendar.today.year - year.startswith(("last", "previous"))
    else:
        number = calendar.today.year - (not first and calendar.today.month < 7)
    return part_of(year_of(number), "first half" if first else "second half")


def _year(match: re.Match[str], calendar: Calendar) -> When | None:
    """A bare number is a year where books may reach it."""
    year = int(match["year"])
    return year_of(year) if match[0].startswith("the year") or abs(year - calendar.today.year) <= 30 else None


def _season(match: re.Match[str], calendar: Calendar) -> When | None:
    first, length = _SEASONS[match["season"]]
    if match["year"]:
        return replace(months_from(date(int(match["year"]), first, 1), length), label=f"in {match['season']} {match['year']}")
    start = date(calendar.today.year, first, 1)
    whole = months_from(start, length)
    if start > calendar.today or (match["which"] == "last" and whole.end >= calendar.today):
        whole = months_from(date(start.year - 1, first, 1), length)
    reading = f"the months {MONTHS[first - 1].title()} to {MONTHS[(first + length - 2) % 12].title()}"
    return replace(whole, label=f"over the {match['season']}", reading=reading, dated=False)


def _feast(match: re.Match[str], calendar: Calendar) -> When | None:
    number, on = _FEASTS[match["feast"]]
    return _dated(on, number, int(match["year"]) if match["year"] else None, calendar)


def _easter(match: re.Match[str], calendar: Calendar) -> When | None:
    year = int(match["year"]) if match["year"] else calendar.today.year
    found = easter(year)
    return replace(day(found if match["year"] or found <= calendar.today else easter(year - 1)), dated=bool(match["year"]))


def easter(year: int) -> date:
    """Easter Sunday, by Gauss's rule as Butcher wrote it down."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _weekday(match: re.Match[str], calendar: Calendar) -> When | None:
    """ "last Tuesday" lies before today; "on Tuesday" may be today."""
    number, which = weekday_number(match["weekday"]), match["which"] or ""
    back = (calendar.today.isoweekday() - number) % 7
    if back == 0 and ((match["after"] or "").endswith(("gone", "past")) or "last" in which or "past" in which or "previous" in which):
        back = 7
    if "week" in (match["after"] or ""):
        monday = week_of(calendar.today).start - timedelta(days=7 if "last" in match["after"] else 0)
        return day(monday + timedelta(days=number - 1))
    return day(ago(calendar.today, back))


def _days_back(match: re.Match[str], calendar: Calendar) -> When | None:
    number, unit = small(match["number"]) if match["number"] not in ("a", "an") else 1, match["unit"]
    if unit == "day":
        return day(ago(calendar.today, number))
    if unit == "fortnight":
        return unit_of(ago(calendar.today, 14 * number), "week")
    if unit == "week":
        return unit_of(ago(calendar.today, 7 * number), "week")
    return before(unit_of(calendar.today, unit), number)


def _named_patterns() -> Iterator[tuple[str, Reader]]:
    year = rf"(?:,? (?:of |in )?(?P<year>{YEAR}))?"
    yield r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)\b", _iso
    yield r"(?P<year>(?:19|20)\d\d)[-/](?P<month>\d\d?)\b(?![-/]\d)", _iso_month
    yield r"(?P<month>\d\d?)[/](?P<year>(?:19|20)\d\d)\b", _iso_month
    yield r"(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)\b", _numeric
    yield r"(?P<one>\d{1,2})\.(?P<two>\d{1,2})\.(?P<year>(?!.))?(?!\d)", _numeric
    yield r"(?P<one>\d{1,2})[/](?P<two>\d{1,2})\b(?P<year>(?!.))?", _numeric
    yield rf"(?:{WEEKDAY},? )?{_DAY} (?:of )?(?P<month>{MONTH}){year}", _written
    yield rf"(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d){year}", _written
    yield rf"(?P<which>)(?P<month>{MONTH})(?:,? (?:of |in )?(?P<year>{YEAR}|'\d\d))?", _month
    yield rf"(?P<which>last|this|this past|past) (?P<month>{MONTH})(?P<year>(?!.))?", _month
    yield (
        (
            rf"(?:the )?(?P<month>{MONTH}) (?:of )?(?:(?P<which>last|this|the previous) year|"
            rf"(?P<earlier>a year (?:ago|earlier|before)|one year ago|before(?= ?(?:[,.?!]|$| (?:that|last|did|do|"
            rf"was|were|had|have|how|what|and)\b))))"
        ),
        _month_relative_year,
    )
    yield (
        (
            rf"(?:the )?(?P<part>first half|second half|beginning|start|end|middle|mid|early|"
            rf"late)[ -](?:of )?(?P<which>)(?P<month>{MONTH}){year}"
        ),
        _part_of_month,
    )
    yield r"the (?P<day>\d{1,2})(?:st|nd|rd|th)(?: (?:of )?(?P<which>this|last) month|(?P<none>(?! of)))", _day_of
    q_year = r"(?:,? (?:of |in )?(?P<year>(?:19|20)\d\d|this year|last year|the year|'?\d\d)\b)?"
    yield rf"(?:the )?(?:q(?P<number>[1-4])|(?P<ordinal>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter){q_year}", _quarter
    yield rf"(?:the )?(?:(?P<which>first|second|1st|2nd) half(?: of(?: the)? (?P<year>{YEAR}|this year|last year|year))?)", _half
    yield rf"(?P<which>h[12])(?:,? (?:of )?(?P<year>{YEAR}|this year|last year))?\b", _half
    yield rf"(?:the year )?(?P<year>{YEAR})(?![-/]\d)", _year
    yield (
        (
            rf"(?:the )?(?:(?P<which>last|this|this past|past) )?(?P<season>spring|summer|autumn|fall|"
            rf"winter)(?! (?:house|cottage|home|cabin|coat|jacket|boots|tyres|tires|"
            rf"clothes|cleaning|camp|job|school|sales?|party|games)\b)(?: (?:quarter|months|season|term))?(?: (?:of )?(?P<year>{YEAR}))?\b"
        ),
        _season,
    )
    feasts = "|".join(sorted(_FEASTS, key=len, reverse=True))
    yield rf"(?:last )?(?P<feast>{feasts})(?: (?P<year>{YEAR}))?\b", _feast
    yield rf"(?:last )?easter(?: sunday)?(?: (?P<year>{YEAR}))?\b", _easter
    yield (
        (
            rf"(?P<which>(?:this past|last|this|past|previous|on) )?(?P<weekday>{WEEKDAY})\b"
            rf"(?P<after>,? (?:of )?(?:last|this) week| (?:just |that is just )?(?:gone|past))?(?!s)"
        ),
        _weekday,
    )
    yield rf"(?P<number>{SMALL}|an?) (?P<unit>day|week|fortnight|month|quarter|year)s? ago\b", _days_back


_NAMED: list[tuple[re.Pattern[str], Reader]] = [(re.compile(rf"\b{source}"), read) for source, read in _named_patterns()]
