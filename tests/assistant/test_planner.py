"""The loop: the planner's chat model, the tools' wrapping, the bounds, and what a chat model that obeys injected text can do."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import HumanMessage
from pydantic import BaseModel

from assistant.answers import Answers
from assistant.calls import Call
from assistant.loop import MAX_CALLS, Happening, Recorder, run_loop, wrap
from assistant.planner import Planner
from kit.errors import NotFound, Unavailable
from tests.assistant.books import BOOKS, WORDING, groceries, query, result
from tests.assistant.turns import Scripted, canned, planned, step
from tools.query.model import Query
from tools.tool import Mode, Tool


def tools(answer: Any = result) -> list[Tool]:
    return canned({"query": (Query, Mode.READ, answer)})(None)  # type: ignore[arg-type]


async def run(model: Any, offered: list[Tool] | None = None) -> tuple[str, list[Call], list[Happening]]:
    happened: list[Happening] = []
    recorder = Recorder(happened.append)
    draft = await run_loop(model, tools() if offered is None else offered, [HumanMessage("hello")], recorder)
    return draft, recorder.kept(), happened


async def test_the_planner_makes_the_plans_calls_and_then_speaks_from_their_results() -> None:
    plan = planned("x", step("query", groceries()), step("query", query(measure="income")))
    draft, calls, happened = await run(Planner(plan=plan, answers=Answers(WORDING), books=BOOKS))
    assert [(call.index, call.args.get("measure", "spending")) for call in calls] == [
        (0, "spending"),
        (1, "income"),
    ]
    assert "[[0/amount_minor|abs]]" in draft
    assert "[[1/amount_minor|abs]]" in draft
    assert [happening.ended for happening in happened].count(True) == 2


async def test_a_plan_without_steps_is_spoken_without_a_call() -> None:
    draft, calls, _ = await run(Planner(plan=planned("hi", form="greeting"), answers=Answers(WORDING), books=BOOKS))
    assert draft.startswith("Hello!")
    assert calls == []


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (NotFound("account_is_unknown", "no such account"), "not_found", "account_is_unknown"),
        (Unavailable("database_is_away", "away"), "unavailable", "database_is_away"),
        (ZeroDivisionError("secret detail"), "unavailable", "tool_failed"),
    ],
)
async def test_what_a_tool_raises_is_heard_in_words_and_never_propagates(error: Exception, kind: str, code: str) -> None:
    def fail(arguments: BaseModel) -> BaseModel:
        raise error

    heard: list[str] = []

    def note(messages: list[str]) -> str:
        heard.extend(messages)
        return "I could not."

    draft, calls, _ = await run(Scripted(lines=[[("query", {})], note]), tools(fail))
    assert draft == "I could not."
    assert calls[0].result["error"]["kind"] == kind
    assert code in heard[0]
    assert "secret" not in heard[0]


@pytest.mark.parametrize("arguments", [{"measure": "gold"}, {"customer_id": "cus_1"}, {"period": {"start_on": "x"}}, {"limit": 10**9}])
async def test_arguments_that_the_tool_does_not_take_are_refused_in_words(arguments: dict[str, Any]) -> None:
    _, calls, _ = await run(Scripted(lines=[[("query", arguments)], "done"]))
    assert calls[0].result["error"]["code"] == "arguments_are_invalid"
    assert calls[0].result["error"]["errors"]


async def test_a_tool_that_does_not_exist_is_a_failed_call() -> None:
    _, calls, _ = await run(Scripted(lines=[[("confirm_transfer", {"id": "prp_1"}), ("query", {})], "done"]))
    assert [(call.index, call.name, call.failed) for call in calls] == [(0, "confirm_transfer", True), (1, "query", False)]


async def test_a_chat_model_that_never_ends_is_stopped() -> None:
    draft, calls, _ = await run(Scripted(lines=[[("query", {})]]))
    assert draft == ""
    assert len(calls) <= MAX_CALLS


async def test_more_calls_than_the_bound_in_one_message_are_not_made() -> None:
    made: list[Query] = []

    def answer(asked: Query) -> BaseModel:
        made.append(asked)
        return result(asked)

    _, calls, _ = await run(Scripted(lines=[[("query", {})] * 100, "done"]), tools(answer))
    assert len(made) == len(calls) == MAX_CALLS
    assert [call.index for call in calls] == list(range(MAX_CALLS))


async def test_a_call_that_comes_later_goes_on_counting() -> None:
    lines = [[("query", {"measure": "income"})], [("query", {})], "done"]
    _, calls, _ = await run(Scripted(lines=lines))
    assert [(call.index, call.result["measure"]) for call in calls] == [(0, "income"), (1, "spending")]


async def test_the_wrapped_tools_schema_is_the_arguments_own() -> None:
    [tool] = tools()
    assert wrap(tool).args_schema == Query.model_json_schema()
