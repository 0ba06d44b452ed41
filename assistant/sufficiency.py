"""Whether the planner suffices for a turn, or a language model, where one is configured, may try first.

The planner is exact, quick and free: what it understood is its own. A language model gets what it did not: words that nothing read, a
need that the router is unsure of, a question that the planner would only ask back because it is confused, and one that it takes for out
of scope without being sure, or for an analysis that it has no words for. What may not be answered is never handed on.
"""

from __future__ import annotations

from typing import Literal

from assistant.plan import Plan

SURE = 0.5  # of the router; docs/llm.md has what lies below it
CONFUSED = frozenset({"unclear", "cannot_filter", "cannot_compute", "which_subject"})
BEYOND_THE_PLANNER = frozenset({"analysis_missing", "general"})  # out of scope for want of words, not by nature
SMALL_TALK = frozenset({"greeting", "thanks", "goodbye", "help", "identity", "explain"})
Reason = Literal["partly_read", "unsure", "confused", "beyond_the_planner", "always"]


def insufficiency(plan: Plan, use: Literal["unsure", "always"] = "unsure") -> Reason | None:
    """Why a language model should try; None where the planner suffices. `always` asks it wherever it may be asked at all."""
    if plan.status == "refused" or plan.form in SMALL_TALK:
        return None
    if plan.status == "clarify":
        return "confused" if plan.question in CONFUSED else None
    if plan.status == "out_of_scope":
        return "beyond_the_planner" if plan.intent in BEYOND_THE_PLANNER else None
    if plan.unread:
        return "partly_read"
    if not plan.steps or (plan.confidence < SURE and plan.status == "answered"):
        return "unsure"
    return "always" if use == "always" else None
