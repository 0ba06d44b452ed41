"""Follow-ups: what an utterance leaves out is taken from the query before it ("and in May?", "the biggest of those")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.plan import Plan
from assistant.reading.decide import Figure
from assistant.reading.fields import closed, subject_fields
from assistant.reading.recall import speaks_of_both
from assistant.slots.comparing import Comparing
from assistant.slots.frame import Frame
from assistant.slots.grouping import TIMES
from assistant.slots.relative import to_date
from assistant.slots.when import When, before, day, elapsed_part, of_period, unit_of, year_earlier
from tools.query.model import COMPUTED, SINGLE_FACTS, STOCKS, Dimension, Measure, Order, Per, Period, Query, Statistic, Subject
from tools.vocabulary import Vocabulary

_STARTER = re.compile(
    r"^(?:ok(?:ay)?|right|hm+|so|well|now|great|thanks|cool)?[ ,]*(?:and|but|what about|how about|what if|"
    r"only|just|also|same|no\b|nope|not|sorry|i mean|i meant|meant|by how|at present|at the moment|"
    r"actually|instead|rather|make (?:it|that)|"
    r"then|or|plus|without|excluding|except|split|break|group|sort|per|by|compared|compare (?:it|that|"
    r"this|them)|versus|vs|than|in total|on average)\b"
)
_ANAPHORA = re.compile(
    r"\b(?:those|them|that|these|it|there|of which|the same|the rest|this one|that one|they|one of|ones)\b(?! (?:is|was) my\b)"
)
_RESTRICTING = re.compile(r"\b(?:only|just|of those|of them|of that|of these|of which|restrict|limit(?:ed)? to|filter)\b")
_OWN = re.compile(r"\b(?:i|we|my|our|all|ever|any|every|each|me)\b")
REMAINS = re.compile(
    r"^(?:(?:and|so|then|ok|well) )*(?:what|how much|anything)\b.{0,20}\b(?:remain(?:s|ed|ing)?|leave|"
    r"left(?: over)?)(?: (?:me|us|over|then))*[ ?.!]*$"
)
_LAST_TIME = re.compile(
    r"\b(?:last|first|latest|most recent) time\b|\bwhen (?:did|was|have|were)\b[^?]*\b(?:last|first|most recently|ever)\b"
)
_MONTH_DAYS = 31
_CORRECTION = re.compile(r"^(?:no|nope|not|sorry|actually|i mean|i meant|meant)\b")
_THAT_ACCOUNT = re.compile(r"\b(?:that|this) (?:one|account)\b")
_BY_HOW_MUCH = re.compile(r"^(?:and |so |ok )?by (?:how (?:much|many)|what)\b")
_DAY_ALONE = re.compile(r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! of\b| (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))")
_WHOLE = re.compile(r"\b(?:how (?:much|many|often)|what|which|when|where|show|list|did|do|am|is|are|have|who|give|tell)\b")


def last_query(previous: Sequence[Plan]) -> Query | None:
    """The query that a follow-up leans on: the last one that was asked."""
    for plan in reversed(previous):
        for step in reversed(plan.steps):
            if step.tool == "query":
                return Query.model_validate(step.arguments)
        if plan.steps:
            return None
    return None


def leans(frame: Frame) -> bool:
    """Whether a clause needs the one before it to mean anything."""
    view = frame.view
    if REMAINS.search(view) and not frame.periods:
        return True
    if speaks_of_both(frame) or _names_only_a_statistic(frame):
        return True
    if _STARTER.search(view):
        return not (_is_complete(frame) and _is_of_a_stock(frame))
    if _THAT_ACCOUNT.search(view) and not frame.accounts:
        return True
    if _ANAPHORA.search(view):
        return not (frame.periods and _is_complete(frame))
    return not _is_complete(frame) and len(view.split()) <= 8


def _is_of_a_stock(frame: Frame) -> bool:
    """ "and what is on my current account?": whole by itself, whatever was asked before."""
    stock = any(measure in STOCKS or measure is Measure.SAVINGS_RATE for measure, _ in frame.measures[:1])
    return stock and bool(_WHOLE.search(frame.view)) and bool(frame.accounts or re.search(r"\b(?:my|our)\b", frame.view))


def _names_only_a_statistic(frame: Frame) -> bool:
    """ "how many visits", "list the payments": of what was asked for before."""
    bare = not (frame.include.names_facts() or frame.accounts or frame.periods or frame.amounts or frame.grouping.asked)
    flows = {Measure.SPENDING, Measure.MOVEMENTS, Measure.MONEY_OUT}
    said = any(cue.statistic is not Statistic.TOTAL for cue in frame.statistics)
    return bare and said and {measure for measure, _ in frame.measures} <= flows and not _OWN.search(frame.view)


def _is_complete(frame: Frame) -> bool:
    """Says itself what is measured."""
    strong = any(strength >= 2 for _, strength in frame.measures)
    return strong or (bool(frame.include.names_facts()) and bool(_WHOLE.search(frame.view)) and bool(frame.periods))


def merged(base: Query, frame: Frame, figure: Figure, vocabulary: Vocabulary) -> tuple[Query, str, dict[str, Any]]:
    """The earlier query with what the follow-up changes; also its form and slots."""
    fields: dict[str, Any] = {name: getattr(base, name) for name in Query.model_fields}
    fields |= {"compare_period": None, "compare_include": None, "share": base.share}
    _change_figure(fields, base, frame, figure)
    _change_subject(fields, base, frame, figure)
    _change_amounts(fields, frame)
    form, slots = _change_period(fields, base, frame, vocabulary)
    if frame.comparing.share:
        fields |= {"share": not fields["include"].is_empty(), "group_by": None, "limit": None}
    return Query.model_validate(_valid(fields)), form, slots


def _change_figure(fields: dict[str, Any], base: Query, frame: Frame, figure: Figure) -> None:
    said = [cue for cue in frame.statistics if cue.statistic is not Statistic.TOTAL]
    total = any(cue.statistic is Statistic.TOTAL for cue in frame.statistics)
    named = [measure for measure, strength in frame.measures if strength >= 3 or (strength == 2 and not said and _WHOLE.search(frame.view))]
    measure = figure.measure if named else base.measure
    if named and measure is Measure.MOVEMENTS:
        measure = base.measure
    generic = named and measure is Measure.SPENDING and base.measure not in STOCKS and said and not re.search(r"\bspen[dt]", frame.view)
    fields["measure"] = base.measure if generic else measure
    if said or frame.grouping.asked or figure.statistic is Statistic.AVERAGE:
        fields |= {"statistic": figure.statistic, "per": _per(base, frame, figure), "limit": figure.limit}
    elif total and (base.statistic in SINGLE_FACTS | {Statistic.COUNT} or base.per is Per.TRANSACTION):
        fields |= {"statistic": Statistic.TOTAL, "limit": None}
    elif fields["measure"] is not base.measure:
        fields |= {"statistic": Statistic.TOTAL if fields["measure"] in STOCKS else base.statistic}
    if (bare := _bare_dimension(frame)) and figure.group_by is None:
        figure.group_by = bare
        fields |= {"group_by": bare, "statistic": Statistic.TOTAL if base.statistic in SINGLE_FACTS else fields["statistic"]}
    elif frame.grouping.dimension or frame.grouping.over_time or frame.grouping.breakdown:
        fields |= {"group_by": figure.group_by, "order": figure.order, "limit": figure.limit}
        if figure.group_by is not None and not said:
            fields |= {"statistic": Statistic.TOTAL if base.statistic in SINGLE_FACTS else base.statistic}
    elif said or total:
        fields |= {"group_by": None, "order": Order.NATURAL, "limit": figure.limit if said else None}
    elif base.statistic in SINGLE_FACTS and figure.limit:
        fields["limit"] = figure.limit


def _per(base: Query, frame: Frame, figure: Figure) -> Per | None:
    """ "and on average?" after a count, or after one month: of a single payment."""
    if figure.statistic is not Statistic.AVERAGE or frame.grouping.per or frame.periods or frame.grouping.dimension in TIMES:
        return figure.per
    short = base.period is not None and (base.period.end_on - base.period.start_on).days <= _MONTH_DAYS
    return Per.TRANSACTION if base.statistic is Statistic.COUNT or (short and not base.include.is_empty()) else figure.per


def _bare_dimension(frame: Frame) -> Dimension | None:
    """ "how about categories instead?" """
    if frame.grouping.dimension or frame.statistics or frame.periods:
        return None
    match = re.search(
        (
            r"\b(?:(categor(?:y|ies))|(merchants?|shops|stores)|(months?)|(weeks?)|(accounts)|"
            r"(weekdays?))[ ?.!]*(?:instead|then|please)?[ ?.!]*$"
        ),
        frame.view,
    )
    names = (Dimension.CATEGORY, Dimension.MERCHANT, Dimension.MONTH, Dimension.WEEK, Dimension.ACCOUNT, Dimension.WEEKDAY)
    return next((name for name, found in zip(names, match.groups(), strict=True) if found), None) if match else None


def _change_subject(fields: dict[str, Any], base: Query, frame: Frame, figure: Figure) -> None:
    said = subject_fields(frame, figure)
    include, exclude = said["include"], said["exclude"]
    keeps = _RESTRICTING.search(frame.view) and not _CORRECTION.search(frame.view)
    old = base.include
    if frame.include.names_facts() and not (keeps or _other_field(old, include, frame)):
        old = old.model_copy(update={"categories": (), "merchants": (), "text": ()})
    changed = {name: getattr(include, name) for name in Subject.model_fields if getattr(include, name)}
    if include.accounts or include.account_kinds:
        changed = {"accounts": (), "account_kinds": ()} | changed
    fields["include"] = old.model_copy(update=changed)
    if fields["measure"] in COMPUTED and base.measure not in COMPUTED:
        fields["include"] = include
    if fields["measure"] in STOCKS and base.measure not in STOCKS:
        fields |= {"include": Subject(accounts=include.accounts, account_kinds=include.account_kinds), "period": None}
    elif fields["measure"] in STOCKS:
        fields["include"] = Subject(accounts=fields["include"].accounts, account_kinds=fields["include"].account_kinds)
    if _CORRECTION.search(frame.view) and frame.include.names_facts():
        exclude = Subject()  # "I meant Boots, not Amazon": the one in place of the other
    added = {name: (*getattr(base.exclude, name), *getattr(exclude, name)) for name in Subject.model_fields if getattr(exclude, name)}
    fields["exclude"] = base.exclude.model_copy(update=added)
    if "direction" in said:
        fields["direction"] = said["direction"]
    if fields["group_by"] is Dimension.CATEGORY and changed.get("categories"):
        fields |= {"group_by": None, "order": Order.NATURAL, "limit": None}
    if fields["group_by"] is Dimension.MERCHANT and changed.get("merchants"):
        fields |= {"group_by": None, "order": Order.NATURAL, "limit": None}


def _other_field(old: Subject, new: Subject, frame: Frame) -> bool:
    """ "groceries ... at Aldi": a place within a category restricts it, when it is said with "at" or "from"."""
    return bool(
        old.categories and not old.merchants and new.merchants and re.match(r"^(?:and )?(?:at|from) ", frame.view) and not new.categories
    )


def _change_amounts(fields: dict[str, Any], frame: Frame) -> None:
    if frame.amounts:
        low, high = frame.amounts[0].bounds()
        fields |= {"amount_min_minor": low, "amount_max_minor": high}


def _change_period(fields: dict[str, Any], base: Query, frame: Frame, vocabulary: Vocabulary) -> tuple[str, dict[str, Any]]:
    comparing, today = frame.comparing, frame.calendar.today
    main = of_period(base.period) if base.period else None
    spans = [*frame.periods, *frame.other_periods]
    against = comparing.compare and not (frame.periods and frame.other_periods)
    if against and spans and fields["statistic"] not in SINGLE_FACTS:
        main = main or to_date(frame.calendar, "month")
        other = _leaning(spans[0].when, spans[0].relation, main, frame)
        fields |= {
            "period": main.period(),
            "compare_period": closed(other, vocabulary).period(),
            "group_by": None,
            "limit": None,
            "order": Order.NATURAL,
        }
        return _claim(comparing)
    if comparing.compare and not frame.other.is_empty():
        fields["compare_include"] = frame.other.subject()
    if comparing.compare and not spans and main and frame.other.is_empty() and not frame.include.is_empty() and not base.include.is_empty():
        fields |= {"compare_include": fields["include"], "include": base.include, "group_by": None, "limit": None, "order": Order.NATURAL}
        return _claim(comparing)
    if not spans and (_BY_HOW_MUCH.search(frame.view) or _RESTRICTING.search(frame.view)):
        fields |= {"compare_period": base.compare_period, "compare_include": base.compare_include}
    if not spans and _LAST_TIME.search(frame.view):
        fields["period"] = None
    if spans:
        when = _leaning(spans[0].when, spans[0].relation, main, frame)
        fields["period"] = None if when.label == "all" else closed(when, vocabulary).period()
        if fields["measure"] in STOCKS and when.end >= today and fields["group_by"] not in TIMES:
            fields["period"] = None
    return "", {}


def _leaning(when: When, relation: str, main: When | None, frame: Frame) -> When:
    if (alone := _DAY_ALONE.search(frame.utterance.text)) and when.unit == "day" and main is not None and main.unit in ("day", "month"):
        last = unit_of(main.start, "month").end.day
        return day(main.start.replace(day=min(int(alone["day"]), last)))  # "and on the 8th?": of the month just spoken of
    if not relation or relation == "payday":
        return _in_same_year(when, main)
    anchor = main or to_date(frame.calendar, "month")
    whole = unit_of(anchor.start, anchor.unit) if anchor.unit else anchor
    return elapsed_part(year_earlier(whole), frame.calendar.today, whole) if relation == "year_earlier" else before(whole)


def _in_same_year(when: When, main: When | None) -> When:
    """ "and in June?" after May 2025 is June 2025."""
    if when.dated or when.unit != "month" or main is None or main.unit != "month":
        return when
    same = unit_of(when.start.replace(year=main.start.year), "month")
    return same if same.start <= when.start else when


def _claim(comparing: Comparing) -> tuple[str, dict[str, Any]]:
    if comparing.yes_no and (comparing.more or comparing.less):
        return "yes_no", {"claim": "more" if comparing.more else "less"}
    return "", {}


def _valid(fields: dict[str, Any]) -> dict[str, Any]:
    """Drops what the changed figure cannot carry."""
    if fields["measure"] in STOCKS:
        fields |= {"statistic": Statistic.TOTAL, "share": False, "amount_min_minor": None, "amount_max_minor": None}
        if fields["group_by"] in (Dimension.CATEGORY, Dimension.MERCHANT, Dimension.WEEKDAY):
            fields["group_by"] = None
    if fields["statistic"] is Statistic.AVERAGE:
        fields["per"] = fields["per"] or Per.MONTH
    else:
        fields["per"] = None
    if fields["statistic"] in SINGLE_FACTS:
        fields |= {"group_by": None, "share": False, "compare_period": None, "compare_include": None, "order": Order.NATURAL}
    if fields["measure"] in (Measure.NET_CASH_FLOW, Measure.SAVINGS_RATE) and fields["statistic"] not in (
        Statistic.TOTAL,
        Statistic.AVERAGE,
        Statistic.LIST,
    ):
        fields["measure"] = Measure.SPENDING
    if fields["measure"] is not Measure.TRANSFERS:
        fields["direction"] = None
    if fields["group_by"] is None and fields["statistic"] not in SINGLE_FACTS:
        fields["limit"] = None
    if isinstance(fields["period"], When):
        fields["period"] = Period.model_validate(fields["period"].period())
    return fields
