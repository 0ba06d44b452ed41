"""Finds an utterance's periods: single ones, and ranges put together from them ("since March", "from May to July", "between A and B")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.slots.adjoining import one_period
from assistant.slots.dates import MONTH, YEAR, Calendar, month_number, named
from assistant.slots.relative import relative
from assistant.slots.stretches import stretch
from assistant.slots.text import Utterance
from assistant.slots.when import MONTHS, When, ago, day, shifted

_LEAD = (
    r"(?:(?:all |right )?(?:(?:on|at|by) the (?:evening|night|close) of|in|on|during|over|for|within|throughout|through|of|across|at|"
    r"as of|as at|"
    r"inside|around|by|back in|the whole of|all of|the entire|the whole)(?: the (?:course|month|year|week(?! of (?:the )?\d)|"
    r"quarter) of)? )"
)
_OPEN = re.compile(
    r"\b(?P<word>ever since|starting (?:from|in|on)|beginning (?:in|on)|since|as from|from|after|before|"
    r"until|till|up to|up until|prior to)(?: the)? "
)
_PAIR = re.compile(r"\b(?:from|between) (?:the )?")
_UNTIL = ("until", "till", "up to", "up until")
_END_OF = re.compile(r"(?:and including )?(?:the )?end of (?:the )?")
_JOIN = re.compile(r"(?: ?- ?| (?:to|until|till|through|and|up to|up until|thru) )(?:the )?(?:(?:end of|middle of) )?")
_NEXT_MONTH = re.compile(rf" (?={MONTH})")
_ONWARD = re.compile(r" (?:onwards?|on|until now|until today|to date|to now|to today|up to now|till now|through today)\b")
_BEGAN = re.compile(r" (?:started|began|starts|begins|kicked off)\b(?: on| in| with)?(?: the)? ?")
_DAY_RANGE = re.compile(
    rf"(?P<one>\d{{1,2}})(?:st|nd|rd|th)?(?: ?- ?| (?:to|and|until|till|"
    rf"through) )(?:the )?(?P<two>\d{{1,2}})(?:st|nd|rd|"
    rf"th)? (?:of )?(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?"
)
_DAY_RANGE_US = re.compile(
    rf"(?P<month>{MONTH}) (?P<one>\d{{1,2}})(?:st|nd|rd|th)?(?: ?- ?| (?:to|and|until|till|"
    rf"through) )(?P<two>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (?P<year>{YEAR}))?"
)
_INCLUDED = re.compile(r" (?:(?:is|being|also|itself) )*(?:included|inclusive|incl|counted)\b")
_FROM_THE_FIRST = re.compile(
    r"\b(?:from|since) (?:the )?(?:very )?(?:first|earliest|oldest|beginning|start|outset)\b"
    rf"(?! of (?:the |this |last )?(?:year|month|week|quarter|{MONTH}))"
    r"(?:(?! (?:through|up|to|until|till)\b) [^\W\d_]+){0,6} (?:through|up to|to|until|till|up until)(?: and including)? "
    r"(?:the )?(?:end of )?(?:the )?"
)
_PAYDAY = re.compile(
    r"\b(?:since|after|from) (?:my |our |the )?(?:last |latest |most recent |previous )?(?:time )?"
    r"(?:(?!(?:last|next|this|first)\b)[^\W\d_]+ (?=(?:pay|salary|wages?) (?:came|landed|arrived|hit|went|was)\b))?"
    r"(?:pay ?day|pay ?che(?:ck|que)|"
    r"pay packet|payslip|(?:pay|salary|wages?)(?!\w)(?: (?:came in|came through|landed|arrived|came|hit|was paid|went in|day))?|"
    r"(?:i|we) (?:last )?(?:got|was|were) (?:last )?paid|getting paid|being paid|(?:[^\W\d_]+ ){1,3}last paid (?:me|us)|(?:i|"
    r"we) (?:last )?got (?:my |our )?(?:salary|pay|wages?))"
    r"(?: last)?\b"
)
_PAYDAY_TO_NOW = re.compile(
    r"\b(?:between|from) (?:my |the )?(?:last )?(?:pay ?day|pay ?che(?:ck|que)|salary|wages) (?:and|to|until|till) (?:now|today)\b"
)
_SAME = r"(?:in |of |during |for )?(?:the )?same (?:month|period|time|week|quarter|days?|part|stretch|span)?(?: of| in)?"
_RELATIONS = {
    "payday": _PAYDAY,
    "year_earlier": re.compile(
        rf"\b(?:{_SAME} ?(?:(?:this|the|that|current) (?:week|month|quarter|year) )?(?:last year|"
        rf"(?:the )?(?:year before|previous year|prior year)|(?:a|one) year (?:ago|"
        rf"earlier|before))|(?:a|one) year earlier)\b"
    ),
    "before": re.compile(
        r"\b(?:in |of |during |for )?the (?:(?:day|week|month|quarter|year|period|one) before(?: that)?|"
        r"(?:previous|preceding|prior) (?:one|period|day|week|month|quarter|year))\b(?! (?:last|yesterday))"
    ),
}
# Words that are months or days only where the sentence says so.
_MODAL = re.compile(r"may (?:i|you|we|he|she|it|they|be|have)\b")
_SHY = re.compile(r"(?:may|march|mar|sat|sun|mon|wed|fall|spring|dec|jan|sep|fri|second half|first half)\b(?! (?:of )?\d)")
_SHY_BEFORE = re.compile(
    r"(?:\b(?:in|on|since|from|to|until|till|of|and|or|than|last|this|past|through|between|for|during|vs|"
    r"versus|with|before|after|by|about|meant|over|all|only|early|late|mid|just|every|compare|against|my|"
    r"our|for|to|comparing|first|whole|entire|all of|throughout)|^|,|&) $|^$"
)


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """`relation`: "payday" begins with the last income, whose day is not known here; "before" and "year_earlier" lean on another period."""

    start: int
    end: int
    when: When
    relation: str = ""
    base: When | None = None  # what a "since" counts from


def find_periods(utterance: Utterance, calendar: Calendar) -> list[PeriodSpan]:
    """All periods from left to right, painted over the text by whoever uses them."""
    text, at = utterance.view, 0
    found: list[PeriodSpan] = []
    while at < len(text):
        span = _span_at(text, at, calendar) if at == 0 or not text[at - 1].isalnum() else None
        if span and utterance.free(span.start, span.end):
            _add(found, span, text, calendar)
            at = span.end
        else:
            at += 1
    return found


def _add(found: list[PeriodSpan], span: PeriodSpan, text: str, calendar: Calendar) -> None:
    """Puts a period behind the others, or together with the last of them where both are one."""
    last = found[-1] if found else None
    plain = last is not None and not last.relation and not span.relation
    between = text[last.end : span.start] if last else ""
    if included := _INCLUDED.match(text, span.end):
        between, span = " including ", replace(span, end=included.end())
    joined = one_period(last.when, between, span.when, calendar) if last and plain else None
    if last and joined:
        found[-1] = PeriodSpan(last.start, span.end, joined)
    else:
        found.append(span)


def _from_payday(text: str, at: int, calendar: Calendar) -> PeriodSpan | None:
    """ "between payday and now"."""
    match = _PAYDAY_TO_NOW.match(text, at)
    return PeriodSpan(at, match.end(), day(calendar.today), "payday") if match else None


def _span_at(text: str, at: int, calendar: Calendar) -> PeriodSpan | None:
    if span := _from_payday(text, at, calendar):
        return span
    for relation, pattern in _RELATIONS.items():
        if match := pattern.match(text, at):
            return PeriodSpan(at, match.end(), day(calendar.today), relation)
    for read in (_from_the_first, _pair, _opened, _led):
        if span := read(text, at, calendar):
            return span
    return None


def _atom(text: str, at: int, calendar: Calendar) -> tuple[When, int] | None:
    """One period without anything before it."""
    for pattern in (_DAY_RANGE, _DAY_RANGE_US):
        if (match := pattern.match(text, at)) and (when := _day_range(match, calendar)):
            return when, match.end()
    found = [one for one in (named(text, at, calendar), relative(text, at, calendar), stretch(text, at, calendar)) if one]
    return max(found, key=lambda pair: pair[1], default=None)


def _atom_behind(text: str, at: int, calendar: Calendar) -> tuple[When, int] | None:
    """The one that stands here, with or without the article that was read before it."""
    found = _atom(text, at, calendar)
    return found or (_atom(text, at - 4, calendar) if text[:at].endswith("the ") else None)


def _day_range(match: re.Match[str], calendar: Calendar) -> When | None:
    number = month_number(match["month"])
    year = int(match["year"]) if match["year"] else calendar.latest(number).start.year
    try:
        first, last = date(year, number, int(match["one"])), date(year, number, int(match["two"]))
    except ValueError:
        return None
    return When(first, last) if first <= last else None


def _led(text: str, at: int, calendar: Calendar) -> PeriodSpan | None:
    """A period with or without its preposition; then "A to B" without a "from"."""
    lead = re.compile(_LEAD).match(text, at)
    start = lead.end() if lead else at
    skipped = re.compile("the ").match(text, start)
    for place in (start, skipped.end() if skipped else None, at if lead else None):
        if place is None or not (found := _atom(text, place, calendar)):
            continue
        if _MODAL.match(text, place) or (_SHY.match(text, place) and not _SHY_BEFORE.search(text[max(0, place - 12) : place])):
            continue
        when, end = found
        join = _JOIN.match(text, end) or _NEXT_MONTH.match(text, end)
        other = _atom(text, join.end(), calendar) if join and " and " not in join[0] else None
        joined = _joined(when, other[0], calendar) if other else None
        return PeriodSpan(at, other[1], joined) if other and joined else PeriodSpan(at, end, when)
    return None


def _from_the_first(text: str, at: int, calendar: Calendar) -> PeriodSpan | None:
    """ "from the first thing on file through the end of March"."""
    lead = _FROM_THE_FIRST.match(text, at)
    found = _atom(text, lead.end(), calendar) if lead else None
    return PeriodSpan(at, found[1], When(date.min, found[0].end, "until")) if found else None


def _pair(text: str, at: int, calendar: Calendar) -> PeriodSpan | None:
    """ "from May to July", "between 3 March and Easter"."""
    lead = _PAIR.match(text, at)
    if not lead:
        return None
    for pattern in (_DAY_RANGE, _DAY_RANGE_US):
        if (match := pattern.match(text, lead.end())) and (when := _day_range(match, calendar)):
            return PeriodSpan(at, match.end(), when)
    first = _atom_behind(text, lead.end(), calendar)
    join = _JOIN.match(text, first[1]) if first else None
    if not first or not join:
        return None
    now = re.compile(r"(?:now|today|date)\b").match(text, join.end())
    second = (day(calendar.today), now.end()) if now else _atom_behind(text, join.end(), calendar)
    joined = _joined(first[0], second[0], calendar) if second else None
    return PeriodSpan(at, second[1], joined) if second and joined else None


def _joined(first: When, last: When, calendar: Calendar) -> When | None:
    """From the first's start to the last's end; a start that lacks its year takes the one that precedes the end."""
    if first.unit == last.unit == "day" and first.dated and first.start > last.start and first.start.day <= last.start.day:
        first = day(last.start.replace(day=first.start.day))  # "from the 1st to the 15th of last month"
    if not first.dated and first.start > last.start:
        first = _back_a_year(first)
    if not first.dated and last.dated and last.unit in ("day", "month", "quarter"):
        while first.start < last.start and shifted(first.start, 12) <= last.start:
            first = replace(first, start=shifted(first.start, 12), end=shifted(first.end, 12))
    return When(first.start, last.end) if first.start <= last.end else None


def _back_a_year(when: When) -> When:
    return replace(when, start=shifted(when.start, -12), end=shifted(when.end, -12))


def _opened(text: str, at: int, calendar: Calendar) -> PeriodSpan | None:
    """ "since March", "after Easter", "before June", "from 3 May on"."""
    lead = _OPEN.match(text, at)
    edge = _END_OF.match(text, lead.end()) if lead and lead["word"] in _UNTIL else None
    found = _atom(text, edge.end() if edge else lead.end(), calendar) if lead else None
    if not lead or not found or found[0].label == "all":
        return None
    when, end = found
    word, today = lead["word"], calendar.today
    if word in ("before", "prior to"):
        return PeriodSpan(at, end, When(date.min, ago(when.start, 1), "before"))
    if word in _UNTIL:
        return PeriodSpan(at, end, When(date.min, when.end, "until"))
    if word == "after":
        start = when.end if when.end < today else today
        return PeriodSpan(at, end, When(shifted(start, 0) if start == today else _next(start), today))
    if began := _BEGAN.match(text, end):
        end = began.end()
        if told := _atom(text, end, calendar):
            when, end = told
    onward = _ONWARD.match(text, end)
    if word == "from" and not onward:
        return None
    start = min(when.start, today)
    return PeriodSpan(at, onward.end() if onward else end, When(start, today, _since(start)), base=when)


def _next(on: date) -> date:
    return date.fromordinal(on.toordinal() + 1)


def _since(start: date) -> str:
    return f"since {start.day} {MONTHS[start.month - 1].title()} {start.year}"
