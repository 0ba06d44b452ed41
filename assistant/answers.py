"""Chooses the template that speaks: by the plan's form, else by the shape of each query. The words are in `prompts/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.calls import Call
from assistant.plan import Plan, Step
from assistant.speech import Books, Speech, json_words
from assistant.views import StepView, view
from assistant.wording import Wording

_SILENT = {"clarify": "questions/unclear", "refused": "answers/refused", "out_of_scope": "answers/out_of_scope"}


class Answers:
    """Drafts answers from the templates of one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def draft(self, plan: Plan, calls: Sequence[Call], books: Books) -> str:
        """The answer's draft; `calls` are those that were made, in order, failed ones included."""
        speech = Speech(self.wording, books)
        steps = [self._view(call, _step_of(plan, call, at), speech, books) for at, call in enumerate(calls)]
        words = json_words(plan.model_dump(mode="json"))
        context = {"plan": words, "steps": steps, "choices": words["choices"], "unread": words["unread"]}
        template = self._template(plan, steps)
        if template == "answers/yes_no":
            context["verdict"] = verdict(str(plan.slots.get("claim", "")), steps[0], plan.slots.get("threshold_minor"))
        return self.wording.speak(template, **context)

    def _template(self, plan: Plan, steps: Sequence[StepView]) -> str:
        if plan.status in _SILENT:
            return next((name for name in _candidates(plan) if self.wording.has(name)), _SILENT[plan.status])
        if not steps:
            spoken = f"answers/{plan.form}"
            return spoken if not plan.steps and plan.form and self.wording.has(spoken) else "answers/unproven"
        good = not any(step.failed for step in steps)
        if all(is_unsupported(step) for step in steps):
            return next((name for name in (f"answers/{plan.slots.get('otherwise')}",) if self.wording.has(name)), "answers/frame")
        if plan.form in ("difference", "ratio") and good and _are_two_sums(steps):
            return f"answers/{plan.form}" if plan.form == "difference" or steps[1].r["amount_minor"] else "answers/frame"
        return f"answers/{plan.form}" if plan.form in ("yes_no", "explain") and good else "answers/frame"

    def _view(self, call: Call, step: Step | None, speech: Speech, books: Books) -> StepView:
        return view(call, step, speech, self.wording.words, books)


def is_unsupported(step: StepView) -> bool:
    """A search of the articles that found nothing to stand on."""
    return step.tool == "articles" and not step.failed and not step.r["supported"]


def _candidates(plan: Plan) -> tuple[str, ...]:
    """The templates of a plan without an answer, the most particular first."""
    if plan.status == "clarify":
        return (f"questions/{plan.question}",)
    return f"answers/{plan.status}_{plan.intent}", f"answers/{plan.form}"


def _are_two_sums(steps: Sequence[StepView]) -> bool:
    """Two figures of one currency that were found, which can be set against each other."""
    if len({step.r.get("currency") for step in steps}) != 1:
        return False
    return len(steps) == 2 and all(step.tool == "query" and step.has_amount and step.r["first_on"] is not None for step in steps)


def _step_of(plan: Plan, call: Call, at: int) -> Step | None:
    """The plan's step that a call carried out: the words of a step belong to no other call."""
    if at < len(plan.steps) and plan.steps[at].tool == call.name and plan.steps[at].arguments == call.args:
        return plan.steps[at]
    return next((step for step in plan.steps if step.tool == call.name and step.arguments == call.args), None)


def verdict(claim: str, step: StepView, threshold_minor: Any) -> bool | None:
    """Whether the claim of a yes-or-no question holds; None where the figures do not decide it."""
    result, found = step.r, step.r.get("comparison")
    if claim in ("more", "less", "same") and found:
        change = found["change_count"] if step.key == "count" else found["change_minor"]
        return None if change is None else {"more": change > 0, "less": change < 0, "same": change == 0}[claim]
    if claim in ("any", "none"):
        return bool(result.get("count", 0) > 0) == (claim == "any")
    if claim in ("above", "below") and isinstance(threshold_minor, int) and result.get("amount_minor") is not None:
        return bool(result["amount_minor"] > threshold_minor if claim == "above" else result["amount_minor"] < threshold_minor)
    if claim in ("over", "on_track") and result.get("budgets"):
        return any(b["over"] for b in result["budgets"]) if claim == "over" else all(b["on_track"] for b in result["budgets"])
    return None
