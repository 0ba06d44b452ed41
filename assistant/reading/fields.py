"""The parts of a typed query: its subject, its figure, its bounds; and what a clause comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.plan import Choice
from assistant.reading.decide import Figure
from assistant.slots.accounts import AccountSpan
from assistant.slots.frame import Frame
from assistant.slots.when import When
from tools.query.model import SINGLE_FACTS, STOCKS, AccountKind, Measure, Query, Statistic
from tools.vocabulary import Vocabulary

_THRESHOLD = re.compile(
    r"\b(?:spen[dt]|pay|paid|earn(?:ed)?|make|made|saved?|have|had|cost|get|got|go|gone|went|"
    r"exceed(?:ed)?|is|was|are|were|receive[d]?|owe|total(?:led)?|been|balance|spending|income|"
    r"\ue002+)(?: me| us)? \ue004+"
)
_FROM_ONE, _TO_ONE = (re.compile(rf"\b(?:{word}) (?:my |the |our )?$") for word in ("from|out of|off", "to|into|onto|for|in"))
_SINGLE_ITEM = re.compile(
    r"\b(?:payments?|purchases?|transactions?|charges?|anything|something|any|single|bills?|item|items|orders?|deposits?|things?)\b"
)


@dataclass
class Composed:
    """Queries to run, in order; `form` and `slots` for the template that speaks, `choices` to offer."""

    queries: list[tuple[Query, str]] = field(default_factory=list)
    form: str = ""
    slots: dict[str, Any] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)


def figure_fields(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure,
        "statistic": figure.statistic,
        "per": figure.per,
        "group_by": figure.group_by,
        "order": figure.order,
        "limit": figure.limit,
    }


def build(fields: dict[str, Any], when: When | None, vocabulary: Vocabulary) -> Query:
    """A valid query: a period without a start begins with the records, one without an end is everything."""
    return Query.model_validate({**fields, "period": closed(when, vocabulary).period() if when and when.label != "all" else None})


def closed(when: When, vocabulary: Vocabulary) -> When:
    if when.start == date.min:
        first = min(vocabulary.first_on or when.end, when.end)
        return When(first, when.end)
    return when


def subject_fields(frame: Frame, figure: Figure) -> dict[str, Any]:
    include, exclude = frame.include, frame.exclude
    fields: dict[str, Any] = {}
    if figure.measure in STOCKS:
        for parts in (include, exclude):
            parts.categories, parts.merchants, parts.text, parts.weekdays = [], [], [], []
        if (
            figure.measure is Measure.BALANCE
            and not include.kinds
            and not include.accounts
            and re.search(r"\b(?:owe|owing|owed|debts?)\b", frame.view)
        ):
            include.kinds.append(AccountKind.CARD)
    if figure.measure is Measure.TRANSFERS and (reached := _reached(frame)):
        include.accounts, include.kinds = list(reached.ids), [str(reached.kind)] if reached.kind else []
        fields["direction"] = "in"
    elif figure.measure is Measure.TRANSFERS and (include.accounts or include.kinds):
        fields["direction"] = "out" if re.search(r"\b(?:from|out of) (?:my |the |our )?\ue002", frame.view) else "in"
    return fields | {"include": include.subject(), "exclude": exclude.subject()}


def _reached(frame: Frame) -> AccountSpan | None:
    """The account that money moved to, where the one that it left is named as well."""
    known = [span for span in frame.accounts if span.known]
    left = any(_FROM_ONE.search(frame.view[: span.start]) for span in known)
    return next((span for span in known if left and _TO_ONE.search(frame.view[: span.start])), None)


def bounds_fields(frame: Frame, figure: Figure, composed: Composed) -> dict[str, Any]:
    """Bounds on single facts; "did I spend more than 100 on ..." bounds the sum instead."""
    if not frame.amounts:
        return {}
    first = frame.amounts[0]
    low, high = first.bounds()
    summed = frame.comparing.yes_no and first.kind in ("over", "least", "under", "most")
    if figure.measure in STOCKS or (summed and not _SINGLE_ITEM.search(frame.view)):
        if figure.statistic in SINGLE_FACTS:
            figure.statistic = Statistic.TOTAL
        claim = "above" if first.kind in ("over", "least") else "below"
        composed.form, composed.slots = "yes_no", {"claim": claim, "threshold_minor": first.minor}
        return {}
    for further in frame.amounts[1:]:
        other_low, other_high = further.bounds()
        low, high = low if low is not None else other_low, high if high is not None else other_high
    if low is not None and high is not None and low > high:
        low, high = high, low
    return {"amount_min_minor": low, "amount_max_minor": high}
