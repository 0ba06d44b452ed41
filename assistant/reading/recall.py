"""What "both of them", "how much was that?" and "the Fuel one" mean after earlier turns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.plan import Plan, Step
from assistant.reading.heard import Heard
from assistant.reading.wishes import budget_from, period_said
from assistant.slots.frame import Frame
from tools.query.model import SINGLE_FACTS, Query, Statistic, Subject

_BOTH = re.compile(
    r"\b(?:both|the two|all three|the three)\b|\b(?:them|those|these|they|it all) (?:all )?(?:together|combined|added up|in total)\b|"
    r"^(?:and )?(?:all )?(?:together|combined|added up|the lot)[ ?.!]*$"
)
_REPEATED = re.compile(
    r"^(?:(?:and|so|ok|right),? )*(?:how (?:much|big|large|high)|what|where|when|(?:to |for |"
    r"from )?whom?|(?:at |in |to |from )?which (?:shop|merchant|place|store|company|day|"
    r"date|category|month))(?: exactly)? "
    r"(?:was|is|were|did) (?:that|it|this|those|they)(?: (?:one|exactly|for|from|to|with|on|at|come to|amount to|"
    r"add up to|cost|go to|get|take|receive|charge|total))?"
    r"(?:,? (?:and|or) (?:when|where|who|how much)(?: was (?:it|that))?)*[ ?.!]*$"
)
_CHANGE = re.compile(
    r"^(?:(?:please|and|ok|okay|then|so|now|can you|could you|would you|just|let us|right|well|yes|fine|"
    r"great|thanks|you|i want to|i would like to),? )*"
    r"(?:change|raise|lower|increase|decrease|reduce|bump|put|set|make|cut|drop|move|bring|up|take|adjust|push|extend|double|turn)\b"
)
_MEANT = re.compile(r"\b(?:it|that|this|there|one|limit|budget|cap|same)\b")
_STANDING = re.compile(r"\b(?:left|over|under|limit|remaining|track|still|spare|room)\b")
_REMAINDER = re.compile(
    r"^(?:and |so |then )*(?:how much|what)(?: is| do i have| have i got)?(?: still)? (?:left|remaining|remains)(?: over)?[ ?.!]*$"
)
_ON_IT = re.compile(
    r"\b(?:on|with|from|off|via|through|to|into|in) (?:it|that one|that card|that account|this one|the same (?:card|account))\b|\bthere\b"
)
_FRESH = re.compile(r"\b(?:spen[dt]|cost|paid|pay|earn\w*|balance|list|show|average|biggest|largest|when|transfer\w*)\b")


def widened(base: Query, frame: Frame, before: Sequence[Plan]) -> Query:
    """The query that a follow-up leans on; of "both" it holds what was asked for last and before."""
    if frame.include.names_facts() or not _BOTH.search(frame.view):
        return base
    if base.compare_include is not None:
        return base.model_copy(update={"include": _joined(base.include, base.compare_include), "compare_include": None, "group_by": None})
    other = next((query for query in _queries(before) if query.include != base.include and query.measure is base.measure), None)
    return base if other is None else base.model_copy(update={"include": _joined(other.include, base.include)})


def speaks_of_both(frame: Frame) -> bool:
    return bool(_BOTH.search(frame.view)) and not (frame.include.names_facts() or frame.accounts)


def repeats(base: Query, frame: Frame) -> bool:
    """Whether "how much was that?" asks for what the last answer has already found: a single fact, or the first of a ranking."""
    found = base.statistic in SINGLE_FACTS - {Statistic.LIST} or (base.group_by is not None and base.limit is not None)
    return found and bool(_REPEATED.search(frame.view))


def _queries(before: Sequence[Plan]) -> Iterator[Query]:
    for plan in reversed(before):
        for step in reversed(plan.steps):
            if step.tool == "query":
                yield Query.model_validate(step.arguments)


def _joined(one: Subject, two: Subject) -> Subject:
    return Subject(**{name: tuple(dict.fromkeys((*getattr(one, name), *getattr(two, name)))) for name in Subject.model_fields})


def budget_recalled(heard: Heard) -> Plan | None:
    """After an answer about budgets: another one's state ("and Fuel?"), or another limit for one ("make it 200")."""
    frame = heard.frame
    last = next((plan for plan in reversed(heard.before) if plan.steps), None)
    step = last.steps[-1] if last else None
    if last is None or step is None or step.tool not in ("budgets", "propose_budget") or frame.accounts or frame.include.merchants:
        return None
    category = next(iter(frame.include.categories), step.arguments.get("category"))
    if category and frame.amounts and not frame.amounts[0].currency and _CHANGE.search(frame.view):
        pending = {"tool": "propose_budget", "currency": heard.vocabulary.currency, "period": period_said(frame.view)}
        return budget_from(heard, pending | {"category": category, "amount_minor": frame.amounts[0].minor}, heard.top.probability)
    meant = (
        frame.include.categories
        or re.search(r"\b(?:each|every|them|those|they)\b", frame.view)
        or (_MEANT.search(frame.view) and _STANDING.search(frame.view))
        or _REMAINDER.search(frame.view)
    )
    if not meant or frame.amounts or frame.periods or _FRESH.search(frame.view) or len(frame.view.split()) > 8:
        return None
    if not frame.include.categories and re.search(r"\b(?:which|any)\b", frame.view):
        category = None
    arguments = {"category": category} if category else {}
    if not frame.include.categories and last.text and re.search(r"\b(?:each|every|all)\b", frame.view):
        arguments = dict(step.arguments) if step.tool == "budgets" else {}
    same = last.intent == "budgets" and frame.include.categories and not _STANDING.search(frame.view)
    kept: dict[str, Any] = {"form": last.form, "slots": last.slots} if same else {"form": "budget_left"}
    return heard.plan("answered", intent="budgets", steps=(Step(tool="budgets", arguments=arguments),), **kept)


def with_its_account(heard: Heard) -> None:
    """ "the biggest charge on it": of the account that was spoken of just before."""
    frame = heard.frame
    last = next((plan for plan in reversed(heard.before) if plan.steps), None)
    if last is None or last.steps[-1].tool != "query" or frame.accounts or frame.include.names_facts() or not _ON_IT.search(frame.view):
        return
    include = Query.model_validate(last.steps[-1].arguments).include
    frame.include.accounts.extend(include.accounts)
    frame.include.kinds.extend(str(kind) for kind in include.account_kinds)


def account_recalled(heard: Heard) -> str | None:
    """The account that "it" is, just after an answer about one."""
    last = next((plan for plan in reversed(heard.before) if plan.steps), None)
    if last is None or last.steps[-1].tool != "query" or not re.search(r"\b(?:it|that|there)\b", heard.frame.view):
        return None
    accounts = Query.model_validate(last.steps[-1].arguments).include.accounts
    return accounts[0] if len(accounts) == 1 else None
