"""What a language model is told before a turn: the rules and the drafts' language (`prompts/`), the day, the currency, and of the
books' words those that it needs: categories, accounts, and the merchants that the question seems to name. Not one figure.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import HumanMessage, SystemMessage
from rapidfuzz import fuzz

from assistant.asking import Asking
from assistant.plan import Plan
from assistant.providers.fence import Fence
from assistant.providers.masking import Masks, looks_like_a_person
from assistant.wording import Wording

SYSTEM = "model/system"
MAX_CATEGORIES = 80
MAX_MERCHANTS = 15
MAX_BEFORE = 3
_ALIKE = 82
_SHORT = 3


@dataclass(frozen=True)
class Briefing:
    """The first messages of a turn's every request."""

    system: SystemMessage
    question: HumanMessage


def brief(asking: Asking, wording: Wording, masks: Masks, fence: Fence) -> Briefing:
    """`masks` and `fence` are the turn's."""
    rules = wording.raw(SYSTEM, mark=fence.mark)
    said = masks.hide(asking.plan.text)
    known = masks.hide_in(_known(asking))
    text = f"{fence.around(json.dumps(known, ensure_ascii=False))}\n\nThe person asks:\n{said}"
    return Briefing(SystemMessage(rules), HumanMessage(text))


def masks_for(asking: Asking) -> Masks:
    """The person's name, whole and in its parts, and the names in the books that look like those of people."""
    own = asking.principal.name
    parts = [part for part in own.split() if len(part) > _SHORT]
    people = [name for name, _ in asking.words.merchants if looks_like_a_person(name)]
    return Masks([own, *parts, *people, *(name for name in asking.words.payers if looks_like_a_person(name))])


def _known(asking: Asking) -> dict[str, Any]:
    words = asking.words
    known: dict[str, Any] = {
        "today": f"{words.today:%A} {words.today.isoformat()}",
        "currency": words.currency,
        "records_begin_on": words.first_on.isoformat() if words.first_on else None,
        "last_payday_on": words.payday_on.isoformat() if words.payday_on else None,
        "categories": [name for name, _ in words.categories[:MAX_CATEGORIES]],
        "accounts": [{"id": account.id, "name": account.name, "kind": account.kind} for account in words.accounts],
        "budgets": list(words.budgets),
        "merchants_like_the_question": merchants_like(asking.plan.text, [name for name, _ in words.merchants]),
        "asked_before": [_before(plan) for plan in asking.previous[-MAX_BEFORE:]],
    }
    return {key: value for key, value in known.items() if value not in (None, [])}


def _before(plan: Plan) -> dict[str, Any]:
    return {"text": plan.text, "calls": [{"name": step.tool, "args": step.arguments} for step in plan.steps]}


def merchants_like(text: str, names: Sequence[str]) -> list[str]:
    """The merchants that a question seems to name, the likest first."""
    asked = text.casefold()
    scored = [(fuzz.partial_ratio(name.casefold(), asked), name) for name in names if len(name) >= _SHORT]
    return [name for score, name in sorted(scored, key=lambda one: -one[0]) if score >= _ALIKE][:MAX_MERCHANTS]
