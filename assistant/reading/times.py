"""Which periods a clause asks about, and which one is meant where it names none."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

from assistant.plan import Choice
from assistant.reading.decide import Figure
from assistant.reading.fields import Composed
from assistant.slots.frame import Frame
from assistant.slots.grouping import TIMES
from assistant.slots.periods import PeriodSpan
from assistant.slots.relative import to_date
from assistant.slots.when import When, before, day, elapsed_part, unit_of, year_earlier
from tools.query.model import STOCKS, Dimension, Measure, Per, Statistic
from tools.vocabulary import Vocabulary

_HABITUAL = re.compile(r"\bhow much (?:money )?(?:do|does|am|is) (?:i|we|it|my)\b|\bwhat (?:do|does) (?:i|we|it|my)\b")
_BEGINNING = re.compile(r"\b(?:start|beginning|outset) of\b")
_ALTOGETHER = re.compile(r"\b(?:altogether|all told|in all|overall|in total|all in all|to date)\b")
WHAT_IS_MY = re.compile(r"\b(?:what|how (?:much|high|big)) (?:is|are) (?:my|our)\b|^my\b")


def periods_of(frame: Frame, figure: Figure, composed: Composed, vocabulary: Vocabulary) -> tuple[list[When | None], str]:
    spans = frame.periods
    if figure.measure in STOCKS:
        return [_stock_day(spans[0], frame, figure, vocabulary) if spans else None], ""
    if not spans:
        return _default_period(frame, figure, composed)
    whens = [anchored(span, None, frame) for span in spans]
    if len(whens) > 1 and not frame.comparing.compare and (joint := _joint(whens)):
        if figure.group_by is None and figure.statistic is Statistic.TOTAL and joint[1]:
            figure.group_by = Dimension(joint[1])
        return [joint[0]], ""
    _offer_other(frame, spans[0].when, composed)
    return list(whens), spans[0].when.reading


def _stock_day(span: PeriodSpan, frame: Frame, figure: Figure, vocabulary: Vocabulary) -> When | None:
    """A stock is read on one day: the period's last, or its first where its beginning was said. Along time it needs the whole stretch."""
    when = span.when
    if figure.group_by in TIMES:
        return when if when.label != "all" else None
    if when.label != "all" and _BEGINNING.search(frame.utterance.text[span.start : span.end]):
        return day(when.start)
    return None if when.end >= vocabulary.today else day(when.end, when.label)


def _joint(whens: list[When]) -> tuple[When, str] | None:
    """Neighbouring stretches of one kind as one, and the unit to split it by: "in May and June"."""
    ordered = sorted(whens, key=lambda when: when.start)
    for one, two in pairwise(ordered):
        if one.unit != two.unit or one.unit not in ("month", "quarter", "year", "week", "day") or one.end + timedelta(days=1) != two.start:
            return None
    return When(ordered[0].start, ordered[-1].end), ordered[0].unit


def _offer_other(frame: Frame, when: When, composed: Composed) -> None:
    if when.other:
        span = frame.periods[0]
        raw = frame.utterance.raw
        start, end = frame.utterance.origin[span.start], frame.utterance.origin[span.end - 1] + 1
        said = f"{raw[:start]}{'' if start == 0 or raw[start - 1].isspace() else ' '}{when.other}{raw[end:]}"
        composed.choices.append(Choice(label=when.other[:1].upper() + when.other[1:], text=said.strip()))


def _is_latest_of(frame: Frame, figure: Figure) -> bool:
    """ "what is my rent?": the last one."""
    return bool(WHAT_IS_MY.search(frame.view)) and not frame.measures and len(frame.include.categories) == 1 and not frame.grouping.habit


def _default_period(frame: Frame, figure: Figure, composed: Composed) -> tuple[list[When | None], str]:
    """No time was said: sums of this month, single facts and counts of everything on record; what a habit costs, by the month."""
    if figure.statistic is not Statistic.TOTAL or figure.group_by in TIMES or frame.amounts or frame.comparing.share:
        return [None], ""
    if figure.group_by is None and _is_latest_of(frame, figure):
        figure.statistic = Statistic.LATEST
        return [None], ""
    asks = frame.utterance.raw.rstrip(" ?.!")
    habitual = _HABITUAL.search(frame.view) or (figure.measure is Measure.INCOME and WHAT_IS_MY.search(frame.view))
    if (
        habitual
        and not frame.include.text
        and figure.group_by is None
        and figure.measure in (Measure.SPENDING, Measure.INCOME, Measure.NET_CASH_FLOW)
    ):
        figure.statistic, figure.per = Statistic.AVERAGE, Per.MONTH
        composed.choices.append(Choice(label="This month", text=f"{asks} this month?"))
        return [None], "the average of a month"
    if _ALTOGETHER.search(frame.view):
        composed.choices.append(Choice(label="This month", text=f"{asks} this month?"))
        return [None], "everything on record"
    compared = frame.comparing.compare and not frame.other.is_empty()
    seldom = figure.measure is Measure.REFUNDS or figure.group_by is Dimension.WEEKDAY
    if (
        compared
        or seldom
        or frame.grouping.asked
        or figure.measure is Measure.SAVINGS_RATE
        or frame.include.merchants
        or frame.include.text
    ):
        composed.choices.append(Choice(label="This month", text=f"{asks} this month?"))
        return [None], "everything on record"
    composed.choices.append(Choice(label="All records", text=f"{asks} in all my records?"))
    return [to_date(frame.calendar, "month")], "this month, as you named no time"


def anchored(span: PeriodSpan, main: When | None, frame: Frame) -> When:
    """A period that leans on another: the one before, or the same a year earlier."""
    if not span.relation or span.relation == "payday":
        return span.when
    anchor = main or to_date(frame.calendar, "month")
    whole = unit_of(anchor.start, anchor.unit) if anchor.unit else anchor
    if span.relation == "year_earlier":
        return elapsed_part(year_earlier(whole), frame.calendar.today, whole)
    return before(whole)
