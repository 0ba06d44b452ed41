"""The answer to what was asked back about a wish: an amount, a category, an account."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from assistant.plan import Plan, Step
from assistant.reading.aims import goal_from
from assistant.reading.heard import Heard
from assistant.reading.sorting import sorting_from
from assistant.reading.wishes import budget_from, transfer_from
from assistant.slots.frame import Frame, frame_of
from tools.vocabulary import Vocabulary

_WORDS_MAX = 6
_AMENDS = re.compile(
    r"^(?:(?:and|but|oh|ah|um|hmm?|ok|please|wait|hang on) ?,? ?)*(?:sorry|no|nope|actually|oops|"
    r"i mean(?:t)?|make (?:it|that|this)|rather|better|"
    r"instead|change (?:it|that)|let us (?:say|make it)|correction|or rather|say|only|just|not)\b|\b(?:instead|rather)[ .!]*$"
)
_OUT_OF = re.compile(r"\b(?:from|out of) (?:my |the |our )?\ue002")


def _affordable_from(heard: Heard, pending: dict[str, Any], confidence: float) -> Plan:
    arguments = {key: value for key, value in pending.items() if key != "tool"}
    step = Step(tool="affordable", arguments=arguments)
    return Plan(text=heard.text, intent="affordable", confidence=confidence, status="answered", steps=(step,))


_COMPLETES: dict[str, Callable[[Heard, dict[str, Any], float], Plan]] = {
    "propose_budget": budget_from,
    "propose_transfer": transfer_from,
    "propose_goal": goal_from,
    "propose_category_rule": sorting_from,
    "affordable": _affordable_from,
}


def completed(text: str, vocabulary: Vocabulary, before: Sequence[Plan], is_word: Callable[[str], bool]) -> Plan | None:
    """The wish with the missing part filled in; None where the text is something else."""
    last = before[-1] if before and before[-1].status == "clarify" else None
    pending = last.slots.get("pending") if last else None
    if last is None or not isinstance(pending, dict) or len(text.split()) > _WORDS_MAX:
        return None
    frame = frame_of(text, vocabulary, is_word)
    if pending["tool"] not in _COMPLETES:
        return None
    filled = pending | _missing(frame, last.question, vocabulary, text)
    if filled == pending:
        return None
    heard = Heard(text, frame, (), vocabulary)
    return _COMPLETES[filled["tool"]](heard, filled, last.confidence)


def _missing(frame: Frame, question: str, vocabulary: Vocabulary, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if question.endswith("_amount") and frame.amounts and not frame.amounts[0].currency:
        found["target_minor" if question == "goal_amount" else "amount_minor"] = frame.amounts[0].minor
    if question == "goal_name":
        found["name"] = text.strip(" .!?")[:1].upper() + text.strip(" .!?")[1:]
    if question == "rule_subject" and frame.include.merchants:
        found["match"] = {"merchant": frame.include.merchants[0]}
    if question == "rule_category" and frame.include.categories:
        found["category"] = frame.include.categories[0]
    if question == "budget_category" and frame.include.categories:
        found["category"] = frame.include.categories[0]
    if question in ("transfer_to", "transfer_from"):
        include = frame.include
        meant = [
            a.id for a in vocabulary.accounts if a.id in include.accounts or a.kind in include.kinds or a.name.casefold() == text.casefold()
        ]
        if len(meant) == 1:
            found["to_account" if question == "transfer_to" else "from_account"] = meant[0]
    return found


def amended(text: str, vocabulary: Vocabulary, before: Sequence[Plan], is_word: Callable[[str], bool]) -> Plan | None:
    """The proposal just made with another amount, category or account: "sorry, make that 180"."""
    last = before[-1] if before and before[-1].status == "proposed" and len(before[-1].steps) == 1 else None
    if last is None or len(text.split()) > _WORDS_MAX + 2:
        return None
    frame, step = frame_of(text, vocabulary, is_word), last.steps[0]
    if not _AMENDS.search(frame.view) or frame.periods:
        return None
    changed: dict[str, Any] = {}
    if frame.amounts and not frame.amounts[0].currency and step.tool != "propose_category_rule":
        changed["target_minor" if step.tool == "propose_goal" else "amount_minor"] = frame.amounts[0].minor
    if step.tool in ("propose_budget", "propose_category_rule") and frame.include.categories:
        changed["category"] = frame.include.categories[0]
    if step.tool == "propose_transfer":
        changed |= _missing(frame, "transfer_from" if _OUT_OF.search(frame.view) else "transfer_to", vocabulary, text)
    filled = {**step.arguments, "tool": step.tool, **changed}
    if not changed or filled == {**step.arguments, "tool": step.tool}:
        return None
    heard = Heard(text, frame, (), vocabulary)
    return _COMPLETES[step.tool](heard, filled, last.confidence)
