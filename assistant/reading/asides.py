"""What is no question to the typed query: small talk, wishes to act, look-ups, and what is not answered at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.plan import Plan, Step
from assistant.reading.aims import goal_plan, is_goal_wish
from assistant.reading.decide import SURE
from assistant.reading.exchange import is_of_rates
from assistant.reading.follow import REMAINS
from assistant.reading.general import away_plan, is_concept, is_general, searched
from assistant.reading.heard import Heard
from assistant.reading.lookups import looked_up
from assistant.reading.recall import account_recalled, budget_recalled
from assistant.reading.scope import OUT_OF_SCOPE, barred
from assistant.reading.sorting import is_sorting_wish, sorting_plan
from assistant.reading.wishes import budget_plan, is_budget_question, is_budget_wish, is_transfer_wish, limited_category, transfer_plan
from assistant.slots.frame import Frame
from tools.query.model import Order

TALK = frozenset({"greeting", "thanks", "goodbye", "help", "identity", "explain"})
_WHY = re.compile(r"^(?:but |and )?(?:why|how come|really|sure|are you sure|says who|how so)[ ?.!]*$")
_YES_OR_NO = re.compile(r"^(?:yes|yep|yeah|no|nope|sure|maybe|either|both|ok(?:ay)? then)[ ?.!]*$")
_ACCOUNTS = re.compile(r"\b(?:what|which|how many|list|show|see|name)\b.* accounts?\b|\b(?:my|all|list of|connected|linked) accounts\b")
_OVER = re.compile(r"\b(?:over|exceed(?:ed)?|bust|blown?|blew|overspen[dt]|above|beyond|broke)\b")
_ON_TRACK = re.compile(r"\b(?:on track|within|stick(?:ing)?|stay(?:ing)?|inside|keeping|under|ok)\b")


def aside(heard: Heard) -> Plan | None:
    """The plan of a clause that asks nothing of the query; None where it does."""
    frame = heard.frame
    if plan := _talk(heard):
        return plan
    away = barred(frame, heard.guesses)
    if away is None and (recalled := budget_recalled(heard)):
        return recalled
    if away is None or away.status == OUT_OF_SCOPE or away.intent == "act_refused":
        if is_sorting_wish(frame):
            return sorting_plan(heard)
        if is_goal_wish(frame):
            return goal_plan(heard)
    if away is None and is_budget_wish(frame):
        return budget_plan(heard)
    if (away is None or away.status == OUT_OF_SCOPE) and (not is_concept(heard) or is_of_rates(heard)) and (plan := looked_up(heard)):
        return plan
    if away is None and is_transfer_wish(frame):
        return transfer_plan(heard, account_recalled(heard)) or heard.plan("refused", intent="act_refused", form="refused_act")
    if away is not None:
        return searched(heard, away) if away.status == OUT_OF_SCOPE and is_general(heard) else away_plan(heard, away)
    if is_general(heard):
        return searched(heard)
    if is_budget_question(frame, heard.vocabulary):
        return _budgets(heard)
    ranked = frame.grouping.order is not Order.NATURAL
    if not ranked and _ACCOUNTS.search(frame.view) and heard.top.intent.form == "accounts" and heard.top.probability >= 0.4:
        kinds = list(dict.fromkeys(frame.include.kinds))
        return heard.plan("answered", intent="accounts", steps=(Step(tool="accounts", arguments={"kinds": kinds} if kinds else {}),))
    if other := next((span.currency for span in frame.amounts if span.currency), ""):
        return heard.plan("clarify", question="other_currency", slots={"currency": heard.vocabulary.currency, "other": other})
    return None


def _talk(heard: Heard) -> Plan | None:
    frame, top = heard.frame, heard.top
    if _YES_OR_NO.search(frame.view):
        return heard.plan("clarify", intent="unclear", question="unclear")
    wonders = bool(_WHY.search(frame.view))
    form = "explain" if wonders else top.intent.form
    if REMAINS.search(frame.view) or form not in TALK or not (wonders or top.probability >= SURE) or not _is_talk(frame, form):
        return None
    if form == "explain":
        steps = _last_steps(heard.before)
        return heard.plan("answered", intent="explain", form="explain" if steps else "help", steps=steps)
    return heard.plan("answered", intent=form, form=form)


def _is_talk(frame: Frame, form: str) -> bool:
    if form in ("explain", "help"):
        return not frame.include.names_facts() and not frame.periods
    return not (frame.periods or frame.amounts or frame.include.names_facts() or any(strength >= 3 for _, strength in frame.measures))


def _last_steps(before: Sequence[Plan]) -> tuple[Step, ...]:
    return next((plan.steps for plan in reversed(before) if plan.steps and plan.status == "answered"), ())


def _budgets(heard: Heard) -> Plan:
    frame = heard.frame
    category = limited_category(frame, heard.vocabulary)
    form, slots = "budget_left", {}
    if frame.comparing.yes_no and not re.search(r"\b(?:going to|will)\b", frame.view):
        if _OVER.search(frame.view):
            form, slots = "yes_no", {"claim": "over"}
        elif _ON_TRACK.search(frame.view):
            form, slots = "yes_no", {"claim": "on_track"}
    step = Step(tool="budgets", arguments={"category": category} if category else {})
    return heard.plan("answered", intent="budgets", form=form, slots=slots, steps=(step,))
