"""Turns with a language model that works: what it is asked, what becomes of its words, and what it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit.db import Database
from kit.identity import Principal
from kit.ids import read
from tests.assistant.providers.endpoint import calls, says
from tests.assistant.providers.worlds import (
    BOUND,
    BY_MODEL,
    BY_PLANNER,
    GROCERIES,
    MOVE,
    SURE,
    UNCLEAR,
    UNSURE,
    WISH,
    Live,
    messages,
    told,
    world,
)  # fmt: skip
from tests.assistant.turns import planned
from tests.conftest import MakeCustomer


@pytest.fixture
async def me(make_customer: MakeCustomer) -> Principal:
    return await make_customer()


async def test_a_sure_plan_is_the_planners_and_nothing_leaves(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        turn = await here.ask(me, SURE)
    assert turn["answer"] == BY_PLANNER
    assert here.script.asked == []
    assert not any(key.startswith("language_model") for key in turn["versions"])


async def test_an_unsure_plan_is_the_models_with_its_calls_figures_tokens_and_cost(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        here.script.now(calls(("query", GROCERIES)), says(BOUND))
        turn = await here.ask(me, UNSURE)
    assert turn["answer"] == BY_MODEL
    assert (turn["status"], turn["partial"]) == ("answered", False)
    assert [call["name"] for call in turn["tool_calls"]] == ["query"]
    assert [figure["source"] for figure in turn["figures"]] == [{"tool_call": 0, "path": "/amount_minor"}]
    assert (turn["versions"]["language_model"], turn["versions"]["language_model_reason"]) == ("tiny-1", "unsure")
    timings = turn["timings"]
    assert (timings["model_steps"], timings["model_prompt_tokens"], timings["model_completion_tokens"]) == (2, 300, 50)
    assert timings["model_cost_microusd"] == 250  # 300 at 0.50 and 50 at 2.00 dollars a million
    assert 0 < timings["model_ms"] <= timings["total_ms"]


async def test_what_the_planner_could_only_ask_back_the_model_may_answer(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        here.script.now(calls(("query", GROCERIES)), calls(("query", {**GROCERIES, "statistic": "count"})), says(BOUND))
        turn = await here.ask(me, UNCLEAR)
        assert turn["answer"] == BY_MODEL
        assert (turn["status"], len(turn["tool_calls"])) == ("answered", 2)
        talk = await here.assistant.conversations.page(me, None, 1)
        stored = await here.assistant.conversations.turn(me, talk.data[0].id, read("trn", turn["id"]))
    assert [step.tool for step in stored.plan.steps] == ["query", "query"]  # the next turn's "and in June?" starts from these
    assert stored.plan.question == ""
    assert {key: turn[key] for key in ("answer", "blocks", "figures")} == stored.rendered_again()


async def test_a_model_may_ask_back_in_its_own_words(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        here.script.now(says("Do you mean your groceries or your rent?"))
        turn = await here.ask(me, UNCLEAR)
    assert (turn["answer"], turn["status"]) == ("Do you mean your groceries or your rent?", "clarify")


async def test_the_model_sees_the_tools_the_day_the_currency_and_the_words_of_the_books_but_no_figure(
    live: Live, database: Database, me: Principal
) -> None:
    async with world(live, database) as here:
        here.script.now(says("Do you mean your groceries?"))
        await here.ask(me, UNSURE)
        body = here.script.asked[0]
    assert [tool["function"]["name"] for tool in body["tools"]] == ["query"]
    assert (body["model"], body["stream"], here.script.keys) == ("tiny-1", True, ["Bearer sk-test"])
    assert body.keys() <= {"model", "messages", "tools", "stream", "stream_options"}
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    known = told(body["messages"][1])
    assert (known["today"], known["currency"], known["categories"]) == ("Saturday 2026-11-21", "EUR", ["Groceries", "Rent"])
    assert "merchants_like_the_question" not in known
    assert body["messages"][1]["content"].endswith(f"The person asks:\n{UNSURE}")


async def test_propose_tools_are_offered_only_for_a_wish_of_the_persons_own(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database, use="always") as here:
        here.script.now(calls(("propose_transfer", WISH)), says("A proposal for [[0/arguments/amount_minor]] waits for you to confirm it."))
        turn = await here.ask(me, MOVE)
    assert [tool["function"]["name"] for tool in here.script.asked[0]["tools"]] == ["query", "propose_transfer"]
    assert (turn["status"], [wish.amount_minor for wish in here.proposed]) == ("proposed", [5000])
    assert turn["answer"] == "A proposal for €50.00 waits for you to confirm it."
    assert turn["proposals"][0]["arguments"]["amount_minor"] == 5000


async def test_personal_details_never_leave_and_come_back_in_place(live: Live, database: Database, me: Principal) -> None:
    me = replace(me, name="Jana Brenner")
    said = "I am Jana Brenner, jana@example.com, +49 171 2345678, card 4111 1111 1111 1111: what did Ana Kovač get?"
    redacted = said.replace("4111 1111 1111 1111", "[card ...1111]")
    async with world(live, database, plans=(planned(redacted, status="clarify", question="unclear"),)) as here:
        here.words = replace(here.words, merchants=(*here.words.merchants, ("Ana Kovač", 4)))
        here.script.now(
            calls(("query", {"statistic": "list", "include": {"merchants": ["PERSON_2"]}})),
            says("The latest payment to [[0/transactions/0/merchant]] was [[0/transactions/0/magnitude_minor]]."),
        )
        turn = await here.ask(me, said)
        sent = here.script.sent()
    assert "I am PERSON_1, EMAIL_1, PHONE_1, card CARD_1: what did PERSON_2 get?" in sent
    assert turn["tool_calls"][0]["args"]["include"] == {"merchants": ["Ana Kovač"]}
    assert turn["answer"] == "The latest payment to Ana Kovač was €23.10."
    for secret in ("Jana", "Brenner", "jana@example.com", "2345678", "Kova", "[card"):
        assert secret not in sent


async def test_texts_of_others_are_fenced_shortened_withheld_and_noted(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        here.words = replace(here.words, merchants=(("Ana Kovač", 4),))
        here.script.now(calls(("query", {**GROCERIES, "statistic": "list"})), says("You paid [[0/transactions/0/merchant]]."))
        turn = await here.ask(me, UNSURE)
        told_back = messages(here.script)[-1]
        talk = await here.assistant.conversations.page(me, None, 1)
        stored = await here.assistant.conversations.turn(me, talk.data[0].id, read("trn", turn["id"]))
    mark = messages(here.script)[0]["content"].split("<data ")[1].split(">")[0]
    assert told_back["content"].startswith(f"<data {mark}>\n")
    assert told_back["content"].endswith(f"\n</data {mark}>")
    assert "IGNORE" not in here.script.sent()
    assert told(told_back)["result"]["transactions"][0]["merchant"] == "PERSON_1"
    assert turn["answer"] == "You paid Ana Kovač."
    assert "query:merchant" in stored.making["read_by_model"]
