"""From what a clause names to what is measured and which figure of it is wanted: cue words first, then the router's guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.slots.concepts import concepts
from assistant.slots.frame import Frame
from assistant.slots.grouping import TIMES
from tools.query.model import COMPUTED, SINGLE_FACTS, STOCKS, AccountKind, Dimension, Measure, Order, Per, Statistic

SURE, LIKELY = 0.55, 0.35
_QUITE_SURE = 0.9
_PLURAL_LIMIT = 5
_MONTH_DAYS = 31
_HABIT = re.compile(r"\b(?:do|does) (?:(?:i|we|it|my|the)\b|[\ue000-\ue006])|\b(?:is|are) (?:my|that|this|it)\b")
_PUT_ON = re.compile(
    r"\b(?:put|puts|gone|went|go|goes|stuck|ran up|run up|rack(?:ed)? up|paid|pay)\b(?! (?:off|down|"
    r"back))[^?]{0,30}? (?:on|onto|with|by|using|through) (?:my |the |our )?$"
)
_DEBTS = re.compile(r"\b(?:debts?|owe|loans?)\b")  # taken off a net worth as it is
_FACT = re.compile(r"\b(?:payments?|charges?|transactions?|purchases?|bills?|debits?|bookings?|deposits?|credits?)\b")
_FLOWS_FROM = re.compile(r"\b(?:from|with|using|via|out of|through|into|onto) (?:(?:my|our|the) )?\ue002|\bmov(?:e|ed|ing)\b")
_SPENT = re.compile(r"\b(?:spen[dt]|spending|bought|buy|cost)\b")
_VAGUE_FLOWS = frozenset({Measure.SPENDING, Measure.MOVEMENTS})  # what is left to say of a payer's money when no word names its way
_INCOMES = concepts().closure({"income"})


@dataclass(frozen=True)
class Prior:
    """What the router takes the need for, and with which probability; `query` is what such a need asks of the books by default."""

    intent: str = ""
    probability: float = 0.0
    query: Mapping[str, Any] | None = None

    def default(self, field: str, least: float) -> Any:
        return self.query.get(field) if self.query is not None and self.probability >= least else None


@dataclass
class Figure:
    """Which figure is wanted. `ask` is empty, "yes_no" or "usual"."""

    measure: Measure = Measure.SPENDING
    statistic: Statistic = Statistic.TOTAL
    per: Per | None = None
    group_by: Dimension | None = None
    order: Order = Order.NATURAL
    limit: int | None = None
    habit: bool = False
    sure: bool = True  # a cue said what is measured


def measure_of(frame: Frame, prior: Prior) -> tuple[Measure, bool]:
    """What is measured, and whether a word said so."""
    named = frame.measures
    routed = prior.default("measure", SURE if frame.include.names_facts() else LIKELY)
    if not named and _is_of_an_account(frame):
        return Measure.BALANCE, True
    if named and named[0][0] is Measure.NET_CASH_FLOW and named[0][1] == 4 and _is_of_an_account(frame):
        return Measure.BALANCE, True  # "what have I put by in the house pot"
    if frame.is_paid_by and (not named or (named[0][0] in _VAGUE_FLOWS and not _SPENT.search(frame.view))):
        return Measure.INCOME, True
    if frame.subjects and only_incomes(frame) and (not named or named[0][1] < 5):
        return Measure.INCOME, True
    if not named and frame.grouping.dimension is Dimension.ACCOUNT and frame.grouping.order is not Order.NATURAL:
        return Measure.BALANCE, True
    if named:
        measure, strength = named[0]
        if measure is Measure.TRANSFERS and _put_on_a_card(frame):
            return Measure.SPENDING, True
        if measure is Measure.BALANCE and strength == 3 and _is_spent_on_card(frame, prior):
            return Measure.SPENDING, True
        if strength <= 2 and measure is not Measure.MOVEMENTS and routed and prior.probability >= SURE and Measure(routed) is not measure:
            return Measure(routed), True
        if measure is Measure.BALANCE and strength == 3 and (Measure.SPENDING, 4) in named:
            return Measure.SPENDING, True
        if measure is Measure.INVESTMENTS and AccountKind.BROKERAGE in frame.include.kinds and (Measure.BALANCE, 5) in named:
            return Measure.BALANCE, True
        return measure, strength > 1
    return (Measure(routed), prior.probability >= SURE) if routed else (Measure.SPENDING, False)


def _is_spent_on_card(frame: Frame, prior: Prior) -> bool:
    """ "how much on my card this month" is what was spent with it."""
    kinds = {*frame.include.kinds, *(account.kind for account in frame.own_accounts if account.id in frame.include.accounts)}
    return kinds == {AccountKind.CARD} and bool(frame.periods) and prior.default("measure", SURE) != Measure.BALANCE


def _is_of_an_account(frame: Frame) -> bool:
    """An account that is no card, and nothing else: what stands on it is meant, unless money is said to have left it."""
    kinds = {*frame.include.kinds, *(account.kind for account in frame.own_accounts if account.id in frame.include.accounts)}
    bare = not (frame.include.names_facts() or frame.include.weekdays or frame.amounts or frame.statistics_of_facts)
    return bare and bool(kinds) and AccountKind.CARD not in kinds and not _FLOWS_FROM.search(frame.view)


def _put_on_a_card(frame: Frame) -> bool:
    """ "what did I put on the credit card": spent with it, where "put into" and "paid off" fill it."""
    kinds = {account.id: account.kind for account in frame.own_accounts}
    return any(
        AccountKind.CARD in {span.kind, *(kinds.get(one) for one in span.ids)} and _PUT_ON.search(frame.view[: span.start])
        for span in frame.accounts
    )


def only_incomes(frame: Frame) -> bool:
    named = [span.match.concepts for span in frame.subjects if span.match.kind == "C"]
    return bool(named) and all(own and own <= _INCOMES for own in named)


def figure_of(frame: Frame, prior: Prior) -> Figure:
    """The figure that a clause asks for, by itself."""
    measure, sure = measure_of(frame, prior)
    figure = Figure(measure, sure=sure)
    _choose_statistic(figure, frame, prior)
    _choose_groups(figure, frame, prior)
    _reconcile(figure, frame)
    if figure.measure is Measure.NET_WORTH and (_DEBTS.search(frame.view) or set(frame.exclude.kinds) == {AccountKind.CARD}):
        frame.exclude.kinds, frame.exclude.accounts = [], []
        frame.include.kinds, frame.include.accounts = [], []
    return figure


def _is_a_payment_of(frame: Frame) -> bool:
    """ "the 45.20 payment", "payments of exactly 12.99": facts, not their sum."""
    asks_sum = any(cue.statistic is Statistic.TOTAL for cue in frame.statistics)
    return not asks_sum and any(span.kind == "exact" for span in frame.amounts) and bool(_FACT.search(frame.view))


def _choose_statistic(figure: Figure, frame: Frame, prior: Prior) -> None:
    cues = [cue for cue in frame.statistics if cue.statistic is not Statistic.TOTAL]
    routed = prior.default("statistic", SURE)
    if routed in (Statistic.LATEST, Statistic.EARLIEST) and prior.probability < _QUITE_SURE and not frame.comparing.yes_no:
        routed = None  # "paid to the landlord this year?": no word asks for the latest
    cue = cues[0] if cues else None
    if cue and cue.statistic is Statistic.LIST and len(cues) > 1:
        cue = cues[1]
    if cue and cue.statistic is Statistic.LIST and (frame.grouping.dimension or frame.grouping.over_time or frame.grouping.breakdown):
        cue = None
        routed = None
    if cue:
        figure.statistic = cue.statistic
        figure.limit = cue.limit or (_PLURAL_LIMIT if cue.plural and cue.statistic in _EXTREMES else None)
    elif frame.grouping.asked and frame.grouping.often and frame.grouping.dimension is not None:
        figure.statistic = Statistic.COUNT
    elif _is_a_payment_of(frame) or (frame.amounts and re.search(r"\b(?:anything|something|everything)\b", frame.view)):
        figure.statistic = Statistic.LIST
    elif routed and not any(cue.statistic is Statistic.TOTAL for cue in frame.statistics) and not frame.grouping.asked:
        figure.statistic = Statistic(routed)
        figure.per = Per(prior.query["per"]) if prior.query and figure.statistic is Statistic.AVERAGE and "per" in prior.query else None


_EXTREMES = frozenset({Statistic.LARGEST, Statistic.SMALLEST, Statistic.LATEST, Statistic.EARLIEST})


def _choose_groups(figure: Figure, frame: Frame, prior: Prior) -> None:
    grouping = frame.grouping
    dimension = grouping.dimension
    if figure.statistic in (Statistic.LATEST, Statistic.EARLIEST) and dimension is Dimension.DAY and grouping.order is Order.NATURAL:
        return  # "what day did we last": the day of the fact
    if dimension is not None and grouping.asked:
        figure.group_by, figure.order = dimension, grouping.order
        figure.limit = grouping.limit if grouping.limit is not None or grouping.order is Order.NATURAL else _plural_limit(frame, dimension)
        if figure.statistic in SINGLE_FACTS:
            figure.statistic = Statistic.TOTAL
    elif dimension is not None:
        figure.group_by = dimension
    elif grouping.over_time:
        figure.group_by = Dimension.MONTH
    elif grouping.breakdown and figure.statistic not in _EXTREMES:
        figure.group_by = Dimension.MERCHANT if frame.include.categories else Dimension.CATEGORY
    elif not frame.statistics and (routed := prior.default("group_by", SURE)):
        split = Dimension(routed)
        figure.group_by = None if (split is Dimension.WEEKDAY and frame.include.weekdays) or _is_of_one_day(split, frame) else split
        if figure.group_by is Dimension.CATEGORY and frame.include.categories:
            figure.group_by = Dimension.MERCHANT
        figure.order, figure.limit = Order((prior.query or {}).get("order", "natural")), (prior.query or {}).get("limit")
    _choose_per(figure, frame)


def _is_of_one_day(split: Dimension, frame: Frame) -> bool:
    """ "the balance on January 1st" has no course over time."""
    return split in TIMES and bool(frame.periods) and all(span.when.start == span.when.end for span in frame.periods)


def _plural_limit(frame: Frame, dimension: Dimension) -> int:
    """One where one is asked for, a handful where several are."""
    plural = {
        Dimension.CATEGORY: "categories|things",
        Dimension.MERCHANT: "merchants|shops|stores|places|companies|retailers|payees|people",
    }
    words = plural.get(dimension, f"{dimension}s")
    return _PLURAL_LIMIT if re.search(rf"\b(?:{words})\b", frame.view) else 1


def _choose_per(figure: Figure, frame: Frame) -> None:
    """ "a month": an average where a habit or an average is asked for, else one figure for each month."""
    grouping = frame.grouping
    apart = figure.statistic in (Statistic.COUNT, Statistic.LIST) or figure.statistic in _EXTREMES
    single = grouping.per is Per.TRANSACTION and not apart
    habitual = bool(_HABIT.search(frame.view)) and grouping.habit and not frame.periods and figure.statistic is Statistic.TOTAL
    if figure.statistic is not Statistic.AVERAGE and not habitual and not single:
        if grouping.per and grouping.habit and figure.group_by is None and figure.statistic is Statistic.TOTAL:
            figure.statistic, figure.per = Statistic.AVERAGE, grouping.per
        return
    if figure.measure in STOCKS:
        return
    figure.statistic = Statistic.AVERAGE
    times = [dimension for dimension in (grouping.dimension, grouping.second) if dimension in TIMES]
    others = [dimension for dimension in (grouping.dimension, grouping.second) if dimension is not None and dimension not in TIMES]
    if grouping.per is None and times and str(times[0]) in {str(per) for per in Per} and not grouping.asked:
        figure.per = Per(str(times[0]))
    else:
        figure.per = grouping.per or figure.per or _usual_per(frame)
    if not grouping.asked:
        figure.group_by = others[0] if others else None


def _usual_per(frame: Frame) -> Per:
    """Of a month; over one month, which has no average month, the average of what was named is that of its payments."""
    if frame.include.weekdays:
        return Per.WEEK
    days = [(span.when.end - span.when.start).days for span in frame.periods]
    return Per.TRANSACTION if frame.include.names_facts() and days and max(days) <= _MONTH_DAYS else Per.MONTH


def _reconcile(figure: Figure, frame: Frame) -> None:
    """Makes the parts fit each other as the typed query demands."""
    if figure.measure in STOCKS:
        if figure.statistic in (Statistic.LARGEST, Statistic.SMALLEST) and figure.group_by is None:
            figure.group_by, figure.limit = Dimension.ACCOUNT, 1
            figure.order = Order.DESCENDING if figure.statistic is Statistic.LARGEST else Order.ASCENDING
        figure.statistic, figure.per = Statistic.TOTAL, None
        if figure.group_by in (Dimension.CATEGORY, Dimension.MERCHANT, Dimension.WEEKDAY):
            figure.group_by = Dimension.ACCOUNT
    if figure.measure in COMPUTED and figure.statistic not in (Statistic.TOTAL, Statistic.AVERAGE, Statistic.LIST):
        figure.statistic, figure.limit = Statistic.TOTAL, None
    if figure.measure is Measure.SAVINGS_RATE:
        figure.statistic, figure.per = Statistic.TOTAL, None
    if figure.measure is Measure.MOVEMENTS and figure.statistic is not Statistic.LIST:
        facts = frame.include.names_facts() or figure.statistic not in (Statistic.COUNT, Statistic.LATEST, Statistic.EARLIEST)
        figure.measure = Measure.SPENDING if facts else Measure.MOVEMENTS
    if figure.statistic in SINGLE_FACTS:
        figure.group_by, figure.order = None, Order.NATURAL
    if figure.statistic is not Statistic.AVERAGE:
        figure.per = None
    if figure.group_by is None and figure.statistic not in SINGLE_FACTS:
        figure.limit = None
