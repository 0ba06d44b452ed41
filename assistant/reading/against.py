"""One figure set against another: two periods, two subjects, money in and out, or what is usual."""

from __future__ import annotations

import re
from typing import Any

from assistant.reading.decide import Figure
from assistant.reading.fields import Composed, build, closed, figure_fields
from assistant.reading.times import anchored
from assistant.slots.comparing import Comparing
from assistant.slots.frame import Frame
from assistant.slots.grouping import TIMES
from assistant.slots.relative import to_date
from assistant.slots.when import When, before, day, unit_of, year_earlier
from tools.query.model import SINGLE_FACTS, STOCKS, Measure, Order, Per, Statistic
from tools.vocabulary import Vocabulary


def compare(
    frame: Frame, figure: Figure, fields: dict[str, Any], whens: list[When | None], reading: str, composed: Composed, vocabulary: Vocabulary
) -> bool:
    """Fills `composed` where one figure is set against another."""
    comparing = frame.comparing
    fields |= figure_fields(figure)
    if frame.pair and figure.measure is not Measure.NET_CASH_FLOW and figure.statistic is Statistic.TOTAL and not frame.comparing.share:
        grouped = figure.group_by if frame.grouping.dimension else None
        for measure in frame.pair:
            composed.queries.append(
                (
                    build({**fields, "measure": measure, "limit": None, "order": Order.NATURAL, "group_by": grouped}, whens[0], vocabulary),
                    reading,
                )
            )
        composed.form = "difference" if grouped is None and comparing.compare else ""
        return True
    if comparing.usual:
        return _against_usual(frame, fields, composed, vocabulary)
    if not comparing.compare or figure.statistic in SINGLE_FACTS:
        return False
    _set_apart(frame)
    if not frame.other.is_empty():
        fields |= {
            "include": frame.include.subject(),
            "compare_include": frame.other.subject(),
            "group_by": None,
            "limit": None,
            "order": Order.NATURAL,
        }
        return _compared(comparing, fields, whens[0], reading, composed, vocabulary)
    pair = _two_periods(frame, figure, whens)
    if pair is None:
        return False
    main, other, pair_reading = pair
    fields["compare_period"] = closed(other, vocabulary).period()
    composed.choices = [] if frame.periods == [] else composed.choices
    if figure.group_by in TIMES:
        fields |= {"group_by": None, "limit": None, "order": Order.NATURAL}
    return _compared(comparing, fields, main, pair_reading, composed, vocabulary)


def _set_apart(frame: Frame) -> None:
    """ "compare groceries and eating out": the second of two named side by side is the other side."""
    if (
        not frame.other.is_empty()
        or frame.periods[1:]
        or frame.other_periods
        or not re.search(r"\b(?:compare|comparison|difference|versus|vs)\b", frame.view)
    ):
        return
    for kind, field_name in (("C", "categories"), ("M", "merchants")):
        spans = [span for span in frame.subjects if span.match.kind == kind and span.match.names]
        if len(spans) == 2 and len(frame.subjects) == 2:
            setattr(frame.include, field_name, list(spans[0].match.names))
            setattr(frame.other, field_name, list(spans[1].match.names))


def _compared(
    comparing: Comparing, fields: dict[str, Any], main: When | None, reading: str, composed: Composed, vocabulary: Vocabulary
) -> bool:
    if comparing.either:
        composed.form, composed.slots = "", {}
    elif comparing.yes_no and (comparing.more or comparing.less) and not composed.form:
        composed.form, composed.slots = "yes_no", {"claim": "more" if comparing.more else "less"}
    elif composed.form == "yes_no" and composed.slots.get("claim") == "any":
        composed.form, composed.slots = "", {}
    composed.queries.append((build(fields, main, vocabulary), reading))
    return True


def _two_periods(frame: Frame, figure: Figure, whens: list[When | None]) -> tuple[When, When, str] | None:
    """The period asked about and the one it is set against, and the reading where one of them was understood."""
    said = [when for when in whens if when is not None] if frame.periods else []
    if frame.other_periods:
        span = frame.other_periods[0]
        if said:
            return said[0], _like(said[0], anchored(span, said[0], frame)), ""
        if figure.measure in STOCKS:
            return day(frame.calendar.today), anchored(span, None, frame), ""
        main = to_date(
            frame.calendar, span.when.unit if not span.relation and span.when.unit in ("day", "week", "quarter", "year") else "month"
        )
        return main, anchored(span, main, frame), f"{main.label} so far" if main.label else ""
    if len(said) == 2:
        later, earlier = sorted(said, key=lambda when: when.start, reverse=True)
        return (said[0], said[1], "") if re.search(r"\bor\b", frame.view) else (later, earlier, "")
    since = next((span.base for span in frame.periods if span.base is not None), None)
    if since is not None:
        if figure.measure in STOCKS:
            return day(frame.calendar.today), day(since.start), ""
        current = to_date(frame.calendar, since.unit if since.unit in ("day", "week", "month", "quarter", "year") else "month")
        return current, since, f"{current.label} so far"
    if (figure.group_by in TIMES or frame.grouping.over_time) or not re.search(
        r"\b(?:drop\w*|chang\w*|increas\w*|decreas\w*|gr[eo]w\w*|rise\w*|rose|risen|fell|fall\w*|up|down|differ\w*|improv\w*|reduc\w*|"
        r"worse)\b",
        frame.view,
    ):
        return None
    if said and (halves := _halves(said[0])):
        return (*halves, "")
    main = said[0] if said else to_date(frame.calendar, "month")
    whole = unit_of(main.start, main.unit) if main.unit else main
    return main, before(whole), "a comparison with the stretch before"


def _like(main: When, other: When) -> When:
    """ "January to March against last year" is against January to March of last year."""
    part = other.unit == "year" and main.unit != "year" and main.start.year == main.end.year == other.start.year + 1
    return year_earlier(main) if part else other


def _halves(when: When) -> tuple[When, When] | None:
    """ "from May to June" as two months set against each other: the later, the earlier."""
    for unit in ("month", "quarter", "year", "week"):
        first, last = unit_of(when.start, unit), unit_of(when.end, unit)
        if (first.start, last.end) == (when.start, when.end) and first != last:
            return last, first
    return None


def _against_usual(frame: Frame, fields: dict[str, Any], composed: Composed, vocabulary: Vocabulary) -> bool:
    """This month and an average month, as two figures."""
    main = frame.periods[0].when if frame.periods else to_date(frame.calendar, "month")
    per = Per.WEEK if main.unit == "week" else Per.YEAR if main.unit == "year" else Per.MONTH
    plain = {**fields, "group_by": None, "limit": None, "order": Order.NATURAL}
    composed.queries.append((build({**plain, "statistic": Statistic.TOTAL, "per": None}, main, vocabulary), ""))
    composed.queries.append((build({**plain, "statistic": Statistic.AVERAGE, "per": per}, None, vocabulary), f"an average {per}"))
    composed.form, composed.slots = "difference", {}
    return True
