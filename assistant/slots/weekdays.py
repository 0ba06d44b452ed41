"""Days of the week as a filter ("on weekends", "on Mondays", "during the week"), which a single day ("on Monday") is not."""

from __future__ import annotations

import re

from assistant.slots.dates import WEEKDAY, weekday_number
from assistant.slots.text import WEEKDAY as MARK
from assistant.slots.text import Utterance

_PLURAL = rf"{WEEKDAY}s?\b"
_MONDAY_TO_FRIDAY = r"mon(?:day)?s?(?: to| through| till| until| ?-)? ?fri(?:day)?s?\b"
_LEAD = r"(?:(?:on|at|over|during|for) )?(?:the )?"
_FILTERS: list[tuple[re.Pattern[str], tuple[int, ...]]] = [
    (
        re.compile(
            rf"\b{_LEAD}(?:week ?days(?! (?:do|did|am))|work(?:ing)? ?days|"
            rf"business days)\b(?:,? {_MONDAY_TO_FRIDAY})?|\b{_MONDAY_TO_FRIDAY}|"
            rf"\bduring the (?:working )?week\b(?! of)|\bweekday(?= (?:spend(?:ing|s)?|expenses|purchases|"
            rf"lunch|shopping))|\bon a weekday\b"
        ),
        (1, 2, 3, 4, 5),
    ),
    (
        re.compile(
            rf"\b{_LEAD}(?:week ?ends\b|(?:every|each|a) weekend\b)|"
            rf"(?:(?<=average )|(?<=typical )|(?<=normal )|(?<=usual ))weekend\b|\bweekend(?= (?:spend(?:ing|s)?|expenses|purchases|"
            rf"shopping|trips|splurges?))|\bsaturdays? and sundays?\b"
        ),
        (6, 7),
    ),
]
_NAMED = re.compile(
    rf"\b(?:on |every |each |all )*(?P<days>(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|"
    rf"(?<=every ){WEEKDAY}\b|(?<=each ){WEEKDAY}\b|(?<=typical ){WEEKDAY}\b|(?<=average ){WEEKDAY}\b|"
    rf"(?<=normal ){WEEKDAY}\b|(?<=usual ){WEEKDAY}\b)(?:(?:,| and|, and| or) {_PLURAL})*)(?! ago)"
)


_HABIT = re.compile(r"\b(?:do|does) (?:i|we|my)\b|\b(?:usually|normally|typically|generally|average|tend)\b")
_THE_WEEKEND = re.compile(r"\b(?:on|at|over) the weekend\b")


def find_weekdays(utterance: Utterance) -> list[tuple[int, int, tuple[int, ...]]]:
    """ISO weekdays with the spans that named them, painted over the text."""
    found = []
    for pattern, numbers in _FILTERS:
        for match in pattern.finditer(utterance.view):
            found.append((*match.span(), numbers))
            utterance.paint(*match.span(), MARK)
    for match in _NAMED.finditer(utterance.view):
        days = tuple(dict.fromkeys(weekday_number(day) for day in re.findall(WEEKDAY, match["days"])))
        found.append((*match.span(), days))
        utterance.paint(*match.span(), MARK)
    if _HABIT.search(utterance.view) and (habitual := _THE_WEEKEND.search(utterance.view)) and utterance.free(*habitual.span()):
        found.append((*habitual.span(), (6, 7)))
        utterance.paint(*habitual.span(), MARK)
    return sorted(found)
