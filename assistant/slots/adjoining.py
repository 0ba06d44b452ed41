"""Periods that stand side by side and are one: a part within a whole, a bound on it, a correction of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from assistant.slots.dates import Calendar
from assistant.slots.when import When, shifted

_SIDE = re.compile(r"[ ,(]*(?:(?:in|on|during|of|but|only|and|so far|until now|to date|just) )*")
_INCLUDING = re.compile(
    r"[ ,(]*(?:including|include|inclusive of|incl|counting|with|and including|up to and including|ending|"
    r"ending on|up to|to) "
)
_CORRECTING = re.compile(
    r"[ ,.;:(-]*(?:no|sorry|i mean|i meant|or rather|rather|make that|that is|ie|i e|actually|correction|"
    r"scratch that|wait)(?:[ ,]+(?:no|sorry|i mean|i meant|rather|make that|that is|in))*[ ,]+"
)


def one_period(first: When, between: str, second: When, calendar: Calendar) -> When | None:
    """The one period that two neighbours tell together; None where they are two."""
    if "all" in (first.label, second.label):
        return (first if second.label == "all" else second) if _SIDE.fullmatch(between) else None
    between = f"{between} " if not between.endswith(" ") else between
    if _CORRECTING.fullmatch(between):
        return second
    if _INCLUDING.fullmatch(between) and _holds(first, second):
        return first
    if not _SIDE.fullmatch(between) or re.search(r"\band\b", between):
        return None
    if first.label in ("before", "until") or second.label in ("before", "until") or second.end == calendar.today != first.end:
        return _overlap(first, second) if _is_open(first, calendar) or _is_open(second, calendar) else None
    whole, part = (first, second) if first.end - first.start > second.end - second.start else (second, first)
    if whole.unit == "year" and not part.dated and not _holds(whole, part):
        part = _within_year(part, whole)
    return part if _holds(whole, part) and whole.unit in ("year", "quarter", "month", "week") and whole != part else None


def _holds(whole: When, part: When) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _is_open(when: When, calendar: Calendar) -> bool:
    return when.start == date.min or when.label.startswith("since ")


def _overlap(first: When, second: When) -> When | None:
    start, end = max(first.start, second.start), min(first.end, second.end)
    return When(start, end) if start <= end else None


def _within_year(part: When, year: When) -> When:
    months = 12 * (year.start.year - part.start.year)
    start, end = shifted(part.start, months), shifted(part.end, months)
    return replace(part, start=start, end=end, dated=True)
