"""Puts a clause's figure, subject and periods together into typed queries, with the reading taken where people mean two things."""

from __future__ import annotations

import re
from typing import Any

from assistant.plan import Choice
from assistant.reading.against import compare
from assistant.reading.decide import Figure, only_incomes
from assistant.reading.fields import Composed, bounds_fields, build, figure_fields, subject_fields
from assistant.reading.leftovers import EMPLOYER
from assistant.reading.times import WHAT_IS_MY, periods_of
from assistant.slots.frame import Frame
from assistant.slots.when import When
from tools.query.model import SINGLE_FACTS, STOCKS, AccountKind, Dimension, Measure, Statistic, Subject
from tools.vocabulary import Vocabulary

_SALARY = re.compile(rf"\b(?:salary|salaries|wages?|pay ?che(?:ck|que)s?|payroll|my pay)\b|{EMPLOYER}")

_MY_ACCOUNT = re.compile(
    r"\b(?:in|on|of|at|into) (?:my|our|the) (?:bank )?account\b|\b(?:my|the|"
    r"our) (?:bank )?account(?: balance)?[ ?.!]*$|\baccount balance[ ?.!]*$"
)
_WIDER_MAX = 3
_EACH = re.compile(r"\b(?:each|respectively|separately|apiece|individually)\b(?! (?:day|week|month|quarter|year|time|visit|weekend))")
_APART_MAX = 4


def compose(frame: Frame, figure: Figure, vocabulary: Vocabulary) -> Composed:
    """The queries of one clause that stands by itself."""
    composed = Composed()
    _narrow_income(frame, figure, vocabulary)
    of_account = _everyday_account(frame, figure, composed, vocabulary)
    fields = subject_fields(frame, figure)
    fields |= figure_fields(figure)
    fields |= bounds_fields(frame, figure, composed)
    whens, reading = periods_of(frame, figure, composed, vocabulary)
    reading = of_account or reading
    _offer_wider(frame, composed)
    _read_yes_no(frame, figure, fields, composed)
    if compare(frame, figure, fields, whens, reading, composed, vocabulary):
        return composed
    if (
        frame.comparing.share
        and not frame.include.is_empty()
        and figure.statistic in (Statistic.TOTAL, Statistic.COUNT)
        and figure.group_by is None
    ):
        if frame.comparing.of_income and not _are_payers(frame, vocabulary):
            return _share_of_income(fields, whens, reading, composed, vocabulary)
        if frame.comparing.of_income:
            fields["measure"] = Measure.INCOME
        if frame.include.categories and frame.include.merchants:
            whole = {**fields, "include": frame.include.subject().model_copy(update={"merchants": ()})}
            composed.queries += [(build(one, whens[0], vocabulary), reading) for one in (fields, whole)]
            return composed
        fields["share"] = True
    for variant in _variants(frame, figure, fields):
        composed.queries += [(build(variant, when, vocabulary), reading) for when in whens]
    return composed


def _everyday_account(frame: Frame, figure: Figure, composed: Composed, vocabulary: Vocabulary) -> str:
    """ "my account" of somebody who has several: the only everyday one, with the others offered; its reading."""
    if figure.measure is not Measure.BALANCE or frame.accounts or figure.group_by is not None or not _MY_ACCOUNT.search(frame.view):
        return ""
    everyday = [account for account in vocabulary.accounts if account.kind == AccountKind.CHECKING]
    if len(everyday) != 1 or len(vocabulary.accounts) < 2:
        return ""
    frame.include.accounts.append(everyday[0].id)
    others = [account.name for account in vocabulary.accounts if account.id != everyday[0].id]
    composed.choices += [Choice(label=name, text=f"What is the balance of {name}?") for name in others[:2]]
    composed.choices.append(Choice(label="All accounts together", text="What is the balance of all my accounts together?"))
    return f"“my account” as {everyday[0].name}"


def _offer_wider(frame: Frame, composed: Composed) -> None:
    """The categories that lie under a word, where the very one was taken."""
    for span in frame.subjects:
        under = frame.names.of_concepts(span.match.concepts) if span.match.how == "concept" and span.match.names else ()
        if len(span.match.names) < len(under) <= _WIDER_MAX:
            named = " and ".join(under)
            said = frame.utterance.said(span.start, span.end)
            composed.choices.append(Choice(label=named, text=frame.utterance.raw.replace(said, named, 1)))


def _variants(frame: Frame, figure: Figure, fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Things named side by side: of one kind they are one sum with its parts, of two kinds a query each."""
    include: Subject = fields["include"]
    kinds = [kind for kind in ("categories", "merchants", "text") if getattr(include, kind)]
    if frame.joined and len(kinds) > 1:
        apart = [{other: () for other in kinds if other != kind} for kind in kinds]
        return [{**fields, "include": include.model_copy(update=emptied)} for emptied in apart]
    if _EACH.search(frame.view) and figure.group_by is None and not fields.get("share") and not _is_judged(frame):
        for kind, name in (("C", "categories"), ("M", "merchants")):
            spans = [span for span in frame.subjects if span.match.kind == kind and span.match.names]
            if 1 < len(spans) <= _APART_MAX and len(kinds) == 1 and _all_included(frame, kind):
                return [{**fields, "include": include.model_copy(update={name: span.match.names})} for span in spans]
    if (
        figure.group_by is None
        and figure.statistic in (Statistic.TOTAL, Statistic.COUNT)
        and not fields.get("share")
        and not _is_judged(frame)
    ):
        for kind, dimension in (("C", Dimension.CATEGORY), ("M", Dimension.MERCHANT)):
            if len([span for span in frame.subjects if span.match.kind == kind and span.match.names]) > 1 and _all_included(frame, kind):
                return [{**fields, "group_by": dimension}]
    return [fields]


def _is_judged(frame: Frame) -> bool:
    return frame.comparing.yes_no or frame.comparing.compare


def _all_included(frame: Frame, kind: str) -> bool:
    named = {name for span in frame.subjects if span.match.kind == kind for name in span.match.names}
    return named <= set(frame.include.categories if kind == "C" else frame.include.merchants) and len(named) > 1


def _narrow_income(frame: Frame, figure: Figure, vocabulary: Vocabulary) -> None:
    """ "salary" is the category of that meaning where there is one."""
    if figure.measure is Measure.INCOME and _SALARY.search(frame.view) and not frame.include.names_facts():
        frame.include.categories.extend(frame.names.of_concepts(frozenset({"salary"})))
        if (
            frame.include.categories
            and not frame.periods
            and figure.statistic is Statistic.TOTAL
            and figure.group_by is None
            and WHAT_IS_MY.search(frame.view)
        ):
            figure.statistic = Statistic.LATEST


def _read_yes_no(frame: Frame, figure: Figure, fields: dict[str, Any], composed: Composed) -> None:
    comparing = frame.comparing
    if composed.form or not comparing.yes_no:
        fields.update(figure_fields(figure))
        return
    if figure.measure is Measure.NET_CASH_FLOW and figure.group_by is None:
        lost = re.search(r"\bspen[dt]\b[^?]* more than\b|\bred\b|\bdeficit\b|\bbeyond\b|\boverspen[dt]", frame.view) and not re.search(
            r"\bearn(?:ed)? more\b", frame.view
        )
        composed.form, composed.slots = "yes_no", {"claim": "below" if lost else "above", "threshold_minor": 0}
    elif (
        not comparing.compare
        and figure.group_by is None
        and figure.measure not in STOCKS
        and figure.statistic in (Statistic.TOTAL, *SINGLE_FACTS)
    ):
        if figure.statistic is Statistic.TOTAL and any(cue.statistic is Statistic.TOTAL for cue in frame.statistics):
            fields.update(figure_fields(figure))
            return
        if figure.statistic is Statistic.TOTAL:
            figure.statistic = Statistic.LATEST
        composed.form, composed.slots = "yes_no", {"claim": "any"}
    fields.update(figure_fields(figure))


def _are_payers(frame: Frame, vocabulary: Vocabulary) -> bool:
    """Whether what is named brings money in: a payer, a category of income."""
    payers = {name.casefold() for name in vocabulary.payers}
    named = frame.include.merchants
    return only_incomes(frame) if not named else any(name.casefold() in payers for name in named)


def _share_of_income(
    fields: dict[str, Any], whens: list[When | None], reading: str, composed: Composed, vocabulary: Vocabulary
) -> Composed:
    """A part of income spent: both figures, over one period."""
    income = {"measure": Measure.INCOME}
    composed.form = "ratio"
    composed.queries += [
        (build({**fields, "measure": Measure.SPENDING}, whens[0], vocabulary), reading),
        (build(income, whens[0], vocabulary), ""),
    ]
    return composed
