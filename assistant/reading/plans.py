"""Makes the plan of a clause that asks of the books, and one plan of an utterance's several clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.plan import Plan, Step
from assistant.reading.asides import TALK
from assistant.reading.compose import compose
from assistant.reading.decide import Figure
from assistant.reading.follow import merged
from assistant.reading.heard import Heard
from assistant.reading.leftovers import Leftovers
from assistant.reading.recall import repeats, widened
from assistant.router import Guess
from tools.query.model import Measure, Query, Statistic

_CHOICES_MAX = 3
_NEVER = frozenset({"injection", "others_data"})  # whatever else is asked along with it


def asked(heard: Heard, figure: Figure, left: Leftovers) -> Plan:
    """The plan of a clause that stands by itself."""
    composed = compose(heard.frame, figure, heard.vocabulary)
    steps = [_step(query, reading) for query, reading in composed.queries]
    if left.readings:
        at = next((at for at, (query, _) in enumerate(composed.queries) if query.include.text or query.exclude.text), 0)
        steps[at] = steps[at].model_copy(update={"reading": "; ".join(filter(None, [*left.readings, steps[at].reading]))})
    return heard.plan(
        "answered",
        intent=_intent_of(composed.queries[0][0], heard.top),
        steps=tuple(steps),
        form=composed.form,
        choices=tuple(composed.choices[:_CHOICES_MAX]),
        unread=tuple(left.unread),
        slots=composed.slots,
    )


def followed(heard: Heard, base: Query, figure: Figure, left: Leftovers) -> Plan:
    """The plan of a clause that leans on an earlier query."""
    if repeats(base, heard.frame):
        return heard.plan("answered", intent=_intent_of(base, heard.top), steps=(_step(base, ""),))
    query, form, slots = merged(widened(base, heard.frame, heard.before), heard.frame, figure, heard.vocabulary)
    reading = "; ".join(left.readings) or next((span.when.reading for span in heard.frame.periods if span.when.reading), "")
    step, unread = _step(query, reading), tuple(left.unread)
    return heard.plan("answered", intent=_intent_of(query, heard.top), steps=(step,), form=form, unread=unread, slots=slots)


def _step(query: Query, reading: str) -> Step:
    return Step(tool="query", arguments=query.model_dump(mode="json", exclude_defaults=True), reading=reading)


def _intent_of(query: Query, top: Guess) -> str:
    """The router's first guess where it asks for the same measure, else the measure's own name."""
    if top.intent.query.get("measure") == query.measure:
        return top.intent.name
    total = query.statistic is Statistic.TOTAL and query.measure in (Measure.SPENDING, Measure.INCOME)
    return f"{query.measure}_total" if total else str(query.measure)


def _once(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Every call once: two clauses may ask for the same."""
    found: list[Step] = []
    for step in steps:
        if all((step.tool, step.arguments) != (other.tool, other.arguments) for other in found):
            found.append(step)
    return tuple(found)


def together(text: str, plans: Sequence[Plan]) -> Plan:
    """One plan of all clauses: answered in part where some of them were not understood."""
    if len(plans) == 1:
        return plans[0].model_copy(update={"text": text})
    if barred := next((plan for plan in plans if plan.status == "refused" and plan.intent in _NEVER), None):
        return barred.model_copy(update={"text": text})
    good = [plan for plan in plans if plan.steps]
    if not good:
        return next((plan for plan in plans if plan.status == "clarify"), plans[0]).model_copy(update={"text": text})
    missed = [plan.text for plan in plans if not plan.steps and plan.form not in TALK]
    update: dict[str, Any] = {
        "text": text,
        "status": "proposed" if any(plan.status == "proposed" for plan in good) else "answered",
        "steps": _once(step for plan in good for step in plan.steps),
        "unread": (*(word for plan in good for word in plan.unread), *missed),
    }
    if len(update["steps"]) > 1:
        update |= {"form": "", "choices": (), "slots": {}}
    return good[0].model_copy(update=update)
