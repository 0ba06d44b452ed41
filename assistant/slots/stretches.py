"""Stretches told from another one: "the week of 5 October", "the first week of May", "the first six months of 2026"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from assistant.slots.dates import MONTH, WEEKDAY, Calendar, month_number, named, weekday_number
from assistant.slots.numbers import SMALL, small
from assistant.slots.relative import relative
from assistant.slots.when import When, ago, before, day, days, month, months_from, shifted, unit_of, week_of

Rest = Callable[[re.Match[str], When, Calendar], When | None]

_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = ["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"]
_WORDS = [*_ONES, *_TEENS, "twentieth", *(f"twenty {word}" for word in _ONES), "thirtieth", "thirty first"]
_ORDINALS = {word: at for at, word in enumerate(_WORDS, 1)}
_ORDINAL = "|".join(word.replace(" ", "[ -]") for word in sorted(_ORDINALS, key=len, reverse=True))
_DAY_IN_WORDS = re.compile(
    rf"(?:the )?(?P<day>{_ORDINAL})(?: day)? of (?:(?P<month>{MONTH})|(?P<which>the|this|"
    rf"last) month\b)(?:,? (?P<year>(?:19|20)\d\d)\b)?"
)
_GONE = re.compile(
    r"(?:the )?(?P<unit>week|weekend|month|quarter|year) (?:that has |that )?(?:just |now )?(?:gone|past|"
    r"ended|finished)(?: by)?\b"
)
_NUMBERED = re.compile(
    r"(?:the )?(?:calendar |iso )?(?:week|kw|wk) (?:number |no )?(?P<number>\d{1,2})\b(?:,? (?:of |in )?(?P<year>(?:19|20)\d\d)\b)?"
)
_SO_MANY_AGO = re.compile(rf"(?P<number>{SMALL}) (?P<weekday>{WEEKDAY})s? ago\b")
_WEEKENDS = re.compile(rf"(?:(?:the )?(?P<before>weekend before last)|(?P<number>{SMALL}|a|an) (?:weekends|weekend) ago)\b")

_UNIT = re.compile(r"(?:month|quarter|year)\b")


def stretch(text: str, at: int, calendar: Calendar) -> tuple[When, int] | None:
    """The stretch of that kind that stands at this place, and where it ends."""
    for pattern, read in ((_DAY_IN_WORDS, _day_in_words), (_GONE, _just_gone), (_WEEKENDS, _weekends_back), *_COUNTED):
        if (match := pattern.match(text, at)) and (when := read(match, calendar)):
            return when, match.end()
    for pattern, rest in _OF:
        if not (match := pattern.match(text, at)):
            continue
        found = [one for one in (named(text, match.end(), calendar), relative(text, match.end(), calendar)) if one]
        if unit := _UNIT.match(text, match.end()):
            found.append((unit_of(calendar.today, unit[0]), unit.end()))
        whole = max(found, key=lambda pair: pair[1], default=None)
        if whole and (when := rest(match, whole[0], calendar)):
            return when, whole[1]
    return None


def _day_in_words(match: re.Match[str], calendar: Calendar) -> When | None:
    on = _ORDINALS[match["day"].replace("-", " ")]
    first = calendar.today.replace(day=1)
    if match["month"]:
        first = calendar.latest(month_number(match["month"])).start
    elif match["which"] == "last":
        first = shifted(first, -1)
    year = int(match["year"]) if match["year"] else first.year
    try:
        found = date(year, first.month, on)
    except ValueError:
        return None
    if found > calendar.today and not match["year"]:
        found = shifted(found, -12 if match["month"] else -1)
    return replace(day(found), dated=bool(match["year"]))


def _just_gone(match: re.Match[str], calendar: Calendar) -> When | None:
    if match["unit"] == "weekend":
        return _weekend(calendar, 1)
    return replace(before(unit_of(calendar.today, match["unit"])), label=f"last {match['unit']}")


def _weekends_back(match: re.Match[str], calendar: Calendar) -> When | None:
    return _weekend(calendar, 2 if match["before"] else 1 if match["number"] in ("a", "an") else small(match["number"]))


def _weekend(calendar: Calendar, back: int) -> When:
    """One that is over: today's, where it is one, is not."""
    saturday = ago(week_of(calendar.today).start, 7 * back - 5)
    return days(saturday, saturday + timedelta(days=1), "last weekend" if back == 1 else "")


def _week_by_number(match: re.Match[str], calendar: Calendar) -> When | None:
    """By ISO 8601; without a year the latest that has begun."""
    number, today = int(match["number"]), calendar.today
    year = int(match["year"]) if match["year"] else today.isocalendar().year - (number > today.isocalendar().week)
    try:
        return week_of(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None


def _weekdays_back(match: re.Match[str], calendar: Calendar) -> When | None:
    number = weekday_number(match["weekday"])
    back = (calendar.today.isoweekday() - number) % 7 or 7
    return day(ago(calendar.today, back + 7 * (small(match["number"]) - 1)))


_COUNTED = ((_NUMBERED, _week_by_number), (_SO_MANY_AGO, _weekdays_back))


def _week_of(match: re.Match[str], whole: When, calendar: Calendar) -> When | None:
    if whole.unit not in ("day", ""):
        return None
    if match["edge"] == "ending":
        return days(ago(whole.end, 6), whole.end)
    return replace(week_of(whole.start), dated=whole.dated)


def _weekend_of(match: re.Match[str], whole: When, calendar: Calendar) -> When | None:
    if whole.unit != "day":
        return None
    saturday = week_of(whole.start).start + timedelta(days=5)
    return days(saturday, saturday + timedelta(days=1))


def _numbered_week(match: re.Match[str], whole: When, calendar: Calendar) -> When | None:
    """The first week of a month is its first seven days; the last one its last seven."""
    if whole.unit != "month":
        return None
    full = month(whole.start.year, whole.start.month)
    if match["which"] == "last":
        return days(ago(full.end, 6), full.end)
    start = full.start + timedelta(days=7 * (_ORDINALS[match["which"]] - 1))
    return replace(days(start, start + timedelta(days=6)), reading="seven days counted from the month's first")


def _day_of_stretch(match: re.Match[str], whole: When, calendar: Calendar) -> When | None:
    """ "the last day of August"."""
    full = unit_of(whole.start, whole.unit) if whole.unit else whole
    return replace(day(full.start if match["which"] in ("first", "opening") else full.end), dated=whole.dated)


def _first_of(match: re.Match[str], whole: When, calendar: Calendar) -> When | None:
    """ "the first six months of the year", "the last ten days of May"."""
    number, unit = small(match["number"]), match["unit"]
    full = unit_of(whole.start, whole.unit) if whole.unit else whole
    if number == 0:
        return None
    if unit in ("month", "quarter"):
        size = number * (3 if unit == "quarter" else 1)
        start = full.start if match["which"] == "first" else shifted(full.end + timedelta(days=1), -size)
        return months_from(start.replace(day=1), size) if full.start <= start else None
    size = number * (7 if unit == "week" else 1)
    start = full.start if match["which"] == "first" else ago(full.end, size - 1)
    end = start + timedelta(days=size - 1)
    return days(start, end) if full.start <= start and end <= full.end else None


def _leading_to(match: re.Match[str], whole: When, calendar: Calendar) -> When | None:
    """ "the three months to October", October included."""
    number = small(match["number"])
    if whole.unit != match["unit"] or number == 0:
        return None
    last = unit_of(whole.start, whole.unit)
    return days(before(last, number - 1).start, last.end)


def _of_patterns() -> Iterator[tuple[str, Rest]]:
    of = r"(?:of|in) (?:the )?"
    began = (
        r"(?:of|(?P<edge>ending|beginning|starting|commencing)(?: on| with)?|containing|that (?:began|started|"
        r"begins|starts)(?: on)?|from)"
    )
    yield rf"(?:the )?week {began} (?:the (?!\d))?", _week_of
    yield r"(?:the )?weekend (?:of|around) (?:the )?", _weekend_of
    yield rf"(?:the )?(?P<which>first|second|third|fourth|last) (?:full )?week {of}", _numbered_week
    yield rf"(?:the )?(?:very )?(?P<which>first|opening|last|final|closing) day {of}", _day_of_stretch
    until = r"(?:up )?(?:to|until|till|ending(?: in| with)?) (?:the end of )?"
    yield rf"(?:the )?(?P<number>{SMALL}) (?P<unit>month|week|quarter)s {until}", _leading_to
    yield rf"(?:the )?(?P<which>first|last) (?P<number>{SMALL}) (?P<unit>day|week|month|quarter)s? {of}", _first_of


_OF: list[tuple[re.Pattern[str], Rest]] = [(re.compile(rf"\b{source}"), rest) for source, rest in _of_patterns()]
