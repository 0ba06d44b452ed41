"""Days to come, which the books' own periods never are: "by Friday", "in the next ten days", "by June", "before Christmas"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.slots.frame import Frame
from assistant.slots.numbers import SMALL, small
from assistant.slots.when import MONTHS, WEEKDAYS

DAYS_DEFAULT = 30
_DAYS_MAX = 366
_MONTH = "|".join(MONTHS)
_COUNTED = re.compile(
    rf"\b(?:next|coming|following|within|in|over the next|in the next) (?P<number>\d+|{SMALL}|a few|a couple of) (?P<unit>day|week|"
    rf"month|year)s?\b"
)
_DATED = re.compile(rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{_MONTH})(?:,? (?P<year>20\d\d))?\b")
_NTH = re.compile(r"\b(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)\b")
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SEASONS = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "fall": (11, 30), "winter": (2, 28)}


def use_days(frame: Frame) -> None:
    """Marks what tells a day to come as read."""
    for cue in (_COUNTED, _DATED, _NTH):
        for match in cue.finditer(frame.utterance.text):
            frame.utterance.use(*match.span())


def days_ahead(frame: Frame) -> int:
    """How many days from today a clause looks ahead; thirty where it does not say."""
    until = day_to_come(frame)
    return DAYS_DEFAULT if until is None else max(0, min((until - frame.calendar.today).days, _DAYS_MAX))


def until_when(frame: Frame) -> str | None:
    """As the cash-flow tool names it: "payday", "month_end", or an ISO day; None where nothing is said."""
    text = frame.utterance.text
    if re.search(r"\bpay ?day\b|\bpaid\b|\bnext (?:pay|salary|wages?)\b", text):
        return "payday"
    if re.search(r"\b(?:end of (?:the|this) month|month s end|month ?end|this month)\b", text):
        return "month_end"
    day = day_to_come(frame)
    return None if day is None else day.isoformat()


def day_to_come(frame: Frame) -> date | None:
    """The last day that a clause names ahead of today."""
    text, today = frame.utterance.text, frame.calendar.today
    if match := _COUNTED.search(text):
        return today + timedelta(days=min(_number(match["number"]) * _UNIT_DAYS[match["unit"]], 3650))
    for words, day in _named(today):
        if re.search(words, text):
            return day
    if match := _DATED.search(text):
        return _dated(match, today)
    for place, weekday in enumerate(WEEKDAYS):
        if re.search(rf"\b{weekday}\b", text):
            return today + timedelta(days=(place - today.weekday() - 1) % 7 + 1)
    if (match := _NTH.search(text)) and 1 <= int(match["day"]) <= 31:
        return _next_such_day(int(match["day"]), today)
    return None


def _named(today: date) -> list[tuple[str, date]]:
    sunday = today + timedelta(days=6 - today.weekday())
    month_end = _month_end(today.year, today.month)
    next_month = _month_end(month_end.year + month_end.month // 12, month_end.month % 12 + 1)
    found = [
        (r"\btoday\b|\btonight\b", today),
        (r"\btomorrow\b", today + timedelta(days=1)),
        (r"\bnext weekend\b", sunday + timedelta(days=7)),
        (r"\b(?:this|the|coming) weekend\b|\bthis week\b|\bend of the week\b|\bthe week\b", sunday),
        (r"\bnext week\b", sunday + timedelta(days=7)),
        (r"\bend of next month\b|\bnext month\b", next_month),
        (r"\b(?:this|the|end of the|end of this) month\b|\bmonth ?end\b", month_end),
        (r"\b(?:end of (?:the|this) year|year s end|year ?end|new year s?(?: eve)?|this year)\b", date(today.year, 12, 31)),
        (r"\b(?:end of )?next year\b", date(today.year + 1, 12, 31)),
        (r"\bchristmas\b|\bxmas\b", date(today.year + (today > date(today.year, 12, 24)), 12, 24)),
    ]
    for season, (month, day) in _SEASONS.items():
        ends = date(today.year, month, day)
        found.append((rf"\b(?:next |this |the )?{season}\b", ends if ends > today else ends.replace(year=today.year + 1)))
    return found


def _dated(match: re.Match[str], today: date) -> date | None:
    month = MONTHS.index(match["month"]) + 1
    year = int(match["year"]) if match["year"] else today.year
    try:
        day = date(year, month, int(match["day"])) if match["day"] else _month_end(year, month)
    except ValueError:
        return None
    if day < today and not match["year"]:
        day = _month_end(year + 1, month) if not match["day"] else date(year + 1, month, int(match["day"]))
    return day if day >= today else None


def _next_such_day(day: int, today: date) -> date | None:
    for ahead in range(_DAYS_MAX):
        found = today + timedelta(days=ahead)
        if found.day == day:
            return found
    return None


def _month_end(year: int, month: int) -> date:
    return (date(year, month, 1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _number(said: str) -> int:
    return int(said) if said.isdigit() else {"a few": 3, "a couple of": 2}.get(said) or small(said)
