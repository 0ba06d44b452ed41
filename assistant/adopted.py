"""A foreign model's answer, held to more than a template's: what it did becomes the plan, and it may neither claim an act nor link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel

from assistant.calls import Call
from assistant.grounding import Fault
from assistant.plan import Plan, Step
from assistant.render import Rendered
from assistant.sufficiency import SURE
from kit.errors import FieldError, Refused
from tools.currency import minor_digits
from tools.query.model import Query
from tools.tool import Mode, Tool

_LINK = re.compile(r"https?:|www\.|\]\(|!\[|<\s*\w+|javascript:", re.IGNORECASE)
_ACT = re.compile(
    r"\A\W*done\b|\bI(?:['’]ve| have)? (?:just |now |already |successfully )*"
    r"(?:moved|sent|transferred|paid|cancell?ed|deleted|closed|froze|blocked|changed|set up|booked|bought|sold)\b"
    r"|\b(?:has|have|was|were) (?:now |already |successfully )*(?:moved|transferred|cancell?ed|deleted|frozen|confirmed|carried out)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:PERSON|EMAIL|IBAN|CARD|PHONE)_\d+\b")
_SAID_AMOUNT = re.compile(r"\d[\d.,'’ ]*(?:\s?k\b)?", re.IGNORECASE)


def as_carried_out(plan: Plan, calls: Sequence[Call]) -> Plan:
    """The plan with the steps that the model took; what the planner left unread or wanted to ask is settled by it."""
    steps = tuple(Step(tool=call.name, arguments=call.args) for call in calls if not call.failed)
    if [(step.tool, step.arguments) for step in steps] == [(step.tool, step.arguments) for step in plan.steps]:
        steps = plan.steps
    wished = plan.status == "proposed" and any(step.tool.startswith("propose_") for step in steps)
    settled = {"question": "", "choices": (), "unread": (), "form": ""}
    return plan.model_copy(update={"steps": steps, "status": "proposed" if wished else "answered" if steps else "clarify", **settled})


def carried_out(plan: Plan, calls: Sequence[Call]) -> list[Call]:
    """The calls by which another model already did what the plan asks, each step once, or wrote down a wish, which must not happen twice.

    Empty where the planner has still to do it.
    """
    good = [call for call in calls if not call.failed]
    if wishes := [call for call in good if call.name.startswith("propose_")]:
        return wishes
    by_step = [next((call for call in good if (call.name, call.args) == (step.tool, step.arguments)), None) for step in plan.steps]
    found = [call for call in by_step if call is not None]
    return found if len(found) == len(plan.steps) else []


def foreign_faults(rendered: Rendered, plan: Plan, calls: Sequence[Call]) -> Iterator[Fault]:
    """`plan` is the planner's own."""
    good = {call.index for call in calls if not call.failed}
    proven = any(run.call in good and run.origin in ("figure", "name") for text in rendered.texts for run in text.runs)
    if not proven and not rendered.answer.rstrip().endswith("?"):
        yield Fault("answer_has_no_source", rendered.answer[:80])
    made = [(call.name, call.args) for call in calls if not call.failed]
    if plan.unread and proven and all((name, args) in [(step.tool, step.arguments) for step in plan.steps] for name, args in made):
        yield Fault("words_were_left_out", " ".join(plan.unread))
    yield from _strays(plan, calls)
    for text in rendered.texts:
        said = "".join(run.text if run.origin == "said" else " " for run in text.runs)
        for code, pattern in (("link_is_not_ours", _LINK), ("act_is_claimed", _ACT), ("placeholder_is_unknown", _PERSON)):
            if found := pattern.search(said):
                yield Fault(code, found.group())
    for block in rendered.blocks:
        if block["type"] == "quick_replies" and any(reply["label"] != reply["text"] for reply in block["replies"]):
            yield Fault("reply_sends_other_than_it_says", "")


def _strays(plan: Plan, calls: Sequence[Call]) -> Iterator[Fault]:
    """What the planner read beyond doubt, a period, a name of the books, and, where it is sure, the measure, must be in some call."""
    read = [Query.model_validate(step.arguments) for step in plan.steps if step.tool == "query"]
    asked = [Query.model_validate(call.args) for call in calls if call.name == "query" and not call.failed]
    if not read or not asked:
        return
    sure = plan.confidence >= SURE
    for code, parts in (
        ("period_was_dropped", _days),
        ("subject_was_dropped", _names),
        ("measure_was_changed", lambda q: {q.measure} if sure else set()),
    ):
        wanted = set[Any]().union(*map(parts, read))
        if wanted and not wanted & set[Any]().union(*map(parts, asked)):
            yield Fault(code, "")


def _days(query: Query) -> set[Any]:
    return {(period.start_on, period.end_on) for period in (query.period, query.compare_period) if period}


def _names(query: Query) -> set[Any]:
    subjects = [query.include, query.exclude, *([query.compare_include] if query.compare_include else [])]
    return {
        name.casefold()
        for one in subjects
        for names in (one.categories, one.merchants, one.accounts, one.account_kinds, one.text)
        for name in names
    }


def only_as_said(tools: Sequence[Tool], plan: Plan) -> list[Tool]:
    """PROPOSE tools that take no amount but one of the person's own words, and no more wishes than those hold; READ tools as they are."""
    left = [max(1, sum(step.tool.startswith("propose_") for step in plan.steps))]
    return [tool if tool.mode is Mode.READ else _guarded(tool, left) for tool in tools]


def _guarded(tool: Tool, left: list[int]) -> Tool:
    async def act(context: Any, wish: Any) -> BaseModel:
        if left[0] == 0:
            raise Refused("wish_was_not_said", "the person wished for no more than what is proposed already")
        currency = str(getattr(wish, "currency", context.principal.currency))
        said = {amount for text in context.said for amount in amounts_said(text, currency)}
        for name, value in wish.model_dump().items():
            if name.endswith("_minor") and value is not None and value not in said:
                raise Refused(
                    "amount_was_not_said", "the person named no such amount", [FieldError(f"/{name}", "not in the person's words")]
                )
        left[0] -= 1
        return await tool.act(context, wish)

    return replace(tool, act=act)


def amounts_said(text: str, currency: str) -> set[int]:
    """Every amount of minor units that a number in a text may mean, whichever mark parts its decimals."""
    digits = minor_digits(currency)
    found: set[int] = set()
    for match in _SAID_AMOUNT.finditer(text):
        bare = re.sub(r"[ '’]", "", match.group()).casefold()
        thousands, bare = bare.endswith("k"), bare.removesuffix("k").rstrip(".,")
        for decimal, group in ((".", ","), (",", ".")):
            try:
                amount = Decimal(bare.replace(group, "").replace(decimal, ".")).scaleb(digits + (3 if thousands else 0))
            except InvalidOperation:
                continue
            if amount == amount.to_integral_value() and amount < 2**53:
                found.add(int(amount))
    return found
