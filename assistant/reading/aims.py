"""Savings goals: how they stand, and the wish to have one."""

from __future__ import annotations

import re
from typing import Any

from assistant.plan import Choice, Plan
from assistant.reading.ahead import Wanted
from assistant.reading.coming import day_to_come
from assistant.reading.heard import Heard
from assistant.reading.wishes import ask_for, proposed
from assistant.slots.frame import Frame
from assistant.slots.text import fold

_GOAL = re.compile(r"\b(?:(?:savings?|money) )?(?:goals?|targets?)\b(?! (?:weight|price|date))|\bsaving (?:up )?(?:for|towards)\b")
_STANDS = re.compile(
    r"\b(?:how|what|when|am i|are we|will i|is|are|show|list|which|far|close|on track|reach|left|to go|still|status|progress|saved|"
    r"doing|need|there|put)\b"
)
_SAVED_FOR = re.compile(
    r"\b(?:saved|put (?:aside|away|by)|got|have|set aside|to go|left|close|far|reach|afford|progress|towards?|track|need|save|missing|"
    r"short|done|there)\b"
)
_WISH = re.compile(
    r"\b(?:want|would like|like|need|plan(?:ning)?|try(?:ing)?|aim(?:ing)?|help me|let us|going|hope|hoping|start|wish) (?:me |"
    r"us )?(?:to )?(?:start )?(?:to )?"
    r"(?:sav(?:e|ing)|put(?:ting)? (?:aside|away|by)|set(?:ting)? aside|have)\b|\b(?:set|create|make|add|start|open|new|establish|"
    r"change|raise|lower|update)\b[^?]*\b"
    r"(?:goal|target)\b|\b(?:goal|target) (?:of|for|to)\b|^(?:please |and )?sav(?:e|ing) (?:up )?(?:for\b|\ue004)"
)
_ASKED = re.compile(
    r"^(?:(?:and|so|ok|hey|but|please) )*(?:how|what|when|where|which|did|do|does|have|am|is|are|will|show|list|should|can i)\b"
)
_NAMED = re.compile(
    r"\b(?:for|towards?|called|named) (?:(?:my|our|a|an|the|some|buying|getting|going (?:on|to)|"
    r"new) )*(?P<name>[^\W\d_][^,.;?!\ue000-\ue004]*?)"
    r"(?= ?(?:[,.;?!]|$)| (?:by|until|before|till|in the next|within|in \d|in (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|"
    r"next|this|of|with|into|on my|from|worth|costing|please|goal|at|over)\b| ?[\ue000-\ue004])"
)
_BEFORE_GOAL = re.compile(
    r"\b(?:a|an|my|the|our|new) (?:new |savings? )*(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,2}?) (?:savings? )?(?:goal|target|fund|pot)\b"
)
_NO_NAME = frozenset("savings saving new money goal target it that this me us later something".split())  # noqa: SIM905


def goals(heard: Heard) -> Wanted | None:
    """How far a goal is, when it is reached, what it takes a month."""
    text = heard.frame.utterance.text
    named = goal_named(text, heard.vocabulary.goals)
    if named and _SAVED_FOR.search(text) and not heard.frame.periods:
        return Wanted("goals", {"name": named})
    if _GOAL.search(heard.frame.view) and _STANDS.search(text) and not re.search(r"\bbudgets?\b|\bspending (?:goal|target)", text):
        name = named or name_of(heard.frame)
        return Wanted("goals", {"name": name} if name else {})
    return None


def goal_named(text: str, names: tuple[str, ...]) -> str:
    """The own goal whose words stand in a text: all of them, else the one goal that shares a telling word."""
    whole = [name for name in names if re.search(rf"\b{re.escape(fold(name))}\b", text)]
    if whole:
        return max(whole, key=len)
    told = [
        name
        for name in names
        if any(len(word) > 3 and word not in _NO_NAME and re.search(rf"\b{word}\b", text) for word in fold(name).split())
    ]
    return told[0] if len(told) == 1 else ""


def is_goal_wish(frame: Frame) -> bool:
    view = frame.view
    if _ASKED.search(view) or re.search(r"\bbudgets?\b|\bspend\b", view):
        return False
    goal = re.search(r"\b(?:goal|target)\b", view)
    return bool(_WISH.search(view)) and (
        bool(goal) or ((bool(_NAMED.search(view)) or bool(frame.include.names_facts())) and bool(frame.amounts))
    )


def goal_plan(heard: Heard) -> Plan:
    """The proposal of a goal, or the question for what it lacks."""
    frame = heard.frame
    pending: dict[str, Any] = {"tool": "propose_goal", "currency": heard.vocabulary.currency}
    text = frame.utterance.text
    if name := goal_named(text, heard.vocabulary.goals) or name_of(frame):
        pending["name"] = name
    if frame.amounts and frame.amounts[0].minor:
        pending["target_minor"] = frame.amounts[0].minor
    if (day := day_to_come(frame)) and day > frame.calendar.today:
        pending["target_on"] = day.isoformat()
    if len(frame.include.accounts) == 1:
        pending["account_id"] = frame.include.accounts[0]
    return goal_from(heard, pending, heard.top.probability)


def name_of(frame: Frame) -> str:
    """What the money is for, as the person put it."""
    utterance = frame.utterance
    for source, text in ((_NAMED, utterance.text), (_BEFORE_GOAL, utterance.text)):
        if match := source.search(text):
            said = utterance.said(*match.span("name")).strip()
            if said and fold(said) not in _NO_NAME:
                return said[:1].upper() + said[1:]
    return frame.include.categories[0] if frame.include.categories else ""


def goal_from(heard: Heard, pending: dict[str, Any], confidence: float) -> Plan:
    if "name" not in pending:
        choices = [Choice(label=name, text=f"Set a savings goal for {name}") for name in heard.vocabulary.goals[:3]]
        return ask_for(heard, "goal_name", confidence, choices, pending)
    if not pending.get("target_minor"):
        return ask_for(heard, "goal_amount", confidence, [], pending)
    keys = ("name", "target_minor", "currency", *(key for key in ("target_on", "account_id") if key in pending))
    return proposed(heard, "goal_set", confidence, pending, keys)
