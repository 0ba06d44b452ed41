"""What a turn ended as (docs/definitions.md, `status` and `partial`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.calls import Call
from assistant.plan import Plan
from kit.errors import Unavailable


def outcome(plan: Plan, calls: Sequence[Call], *, unproven: bool = False) -> tuple[str, bool]:
    """Status and partial. Raises Unavailable when nothing could be read: the same question may be answered later."""
    if plan.status in ("clarify", "refused", "out_of_scope"):
        return plan.status, False
    failed = [call for call in calls if call.failed]
    if calls and len(failed) == len(calls):
        return _failed([call.result["error"] for call in failed], {call.name for call in failed}), False
    if unproven:
        return "clarify", False
    found = [call for call in calls if not call.failed and not (call.name == "articles" and not call.result["supported"])]
    if calls and not found:
        return "out_of_scope", False
    made = any(call.name.startswith("propose_") and not call.failed for call in calls)
    return "proposed" if made else "answered", bool(plan.unread or len(found) < len(calls))


def _failed(errors: Sequence[dict[str, Any]], tools: set[str]) -> str:
    kinds = {error["kind"] for error in errors}
    if kinds <= {"unavailable"} and tools == {"articles"}:
        raise Unavailable(errors[0]["code"], f"{errors[0]['detail']}; please ask again in a moment")
    if kinds <= {"unavailable"}:
        raise Unavailable("books_are_away", "I could not read your books just now; nothing was changed, please ask again in a moment")
    return "refused" if kinds & {"forbidden", "refused"} else "clarify"
