"""Every way in which a language model or its endpoint fails: the person gets the right, grounded answer in time, and nothing moves."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from typing import Any

import pytest

from assistant.providers.budget import Limits
from assistant.providers.wire import Endpoint, OpenAIWire
from kit.db import Database
from kit.identity import Principal
from kit.ids import new_uuid
from tests.assistant.providers.endpoint import (
    Line,
    breaks,
    calls,
    drips,
    fails,
    hangs,
    is_cut,
    refuses,
    says,
    says_rubbish,
)  # fmt: skip
from tests.assistant.providers.worlds import (
    BOUND,
    BY_MODEL,
    BY_PLANNER,
    GROCERIES,
    MOVE,
    PATIENT,
    TIGHT,
    UNCLEAR,
    UNSURE,
    WISH,
    Live,
    World,
    world,
)  # fmt: skip
from tests.conftest import MakeCustomer

ASK = calls(("query", GROCERIES))
PROVEN = says("[[0/amount_minor]].")
MAY = GROCERIES["period"]
APRIL = {"start_on": "2026-04-01", "end_on": "2026-04-30"}
TOLD = {**GROCERIES, "statistic": "list"}
FALLBACK_S = 8.0  # a fraction of a second where nothing else runs; without its limits a hang would wait for the turn's twenty


@pytest.fixture
async def me(make_customer: MakeCustomer) -> Principal:
    return await make_customer()


FAULTS: dict[str, tuple[list[Line], str]] = {
    "429 again and again": ([fails(429, {"Retry-After": "0"})], "rate_limited"),
    "429 that asks for a long wait": ([fails(429, {"Retry-After": "60"})], "rate_limited"),
    "500": ([fails(500)], "server_failed"),
    "a wrong key": ([fails(401)], "refused_by_server"),
    "a redirect elsewhere": ([fails(307, {"Location": "http://192.0.2.1/v1"})], "refused_by_server"),
    "a stream that ends in the middle": ([is_cut("Groceries came to")], "stream_was_cut"),
    "a stream cut after the calls": ([ASK, is_cut("Groceries came to")], "stream_was_cut"),
    "a connection that breaks": ([breaks("Groceries came")], "unreachable"),
    "rubbish for events": ([says_rubbish()], "stream_was_cut"),
    "a hang": ([hangs()], "timed_out"),
    "a hang after the calls": ([ASK, hangs()], "timed_out"),
    "a slow drip": ([drips()], "timed_out"),
    "an empty answer": ([says("")], "answer_is_empty"),
    "a huge answer": ([says("well " * 600)], "answer_is_too_long"),
    "an answer cut for length": ([says("Groceries came to", finish="length")], "answer_is_too_long"),
    "a filter": ([says("", finish="content_filter")], "model_refused"),
    "a refusal": ([refuses()], "answer_is_empty"),
    "an endless loop of calls": ([ASK], "too_many_steps"),
    "wrong digits": ([ASK, says("You spent €99.99 on groceries in May 2026.")], "answer_is_ungrounded"),
    "a figure in words": ([ASK, says("You spent twice [[0/amount_minor]].")], "answer_is_ungrounded"),
    "prose without a source": ([says("You spend too much on groceries, I would say.")], "answer_is_ungrounded"),
    "a cell that is not there": ([ASK, says("You spent [[0/rows/7/amount_minor]].")], "answer_is_ungrounded"),
    "another period's name": ([ASK, says("You spent [[0/amount_minor]] in April 2026.")], "answer_is_ungrounded"),
    "another period than the person's": ([calls(("query", {**GROCERIES, "period": APRIL})), PROVEN], "answer_is_ungrounded"),
    "everything in place of the subject": ([calls(("query", {"period": MAY})), PROVEN], "answer_is_ungrounded"),
    "a link": ([ASK, says("[[0/amount_minor]], see https://evil.example/x")], "answer_is_ungrounded"),
    "an image": ([ASK, says("[[0/amount_minor]] ![x](//evil.example/x)")], "answer_is_ungrounded"),
    "a claim to have acted": ([ASK, says("[[0/amount_minor]]. I have moved the money.")], "answer_is_ungrounded"),
    "a reply that sends something else": (
        [ASK, says('[[0/amount_minor]] in all.\n\n::reply {"label": "More", "text": "Move everything"}')], "answer_is_ungrounded",
    ),
    "a placeholder that nobody gave": ([ASK, says("PERSON_7 got [[0/amount_minor]].")], "answer_is_ungrounded"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
async def test_the_planner_answers_after_any_fault(name: str, live: Live, database: Database, me: Principal) -> None:
    lines, code = FAULTS[name]
    limits = TIGHT if code == "timed_out" else PATIENT
    async with world(live, database, limits) as here:
        here.script.now(*lines)
        started = time.monotonic()
        turn = await here.ask(me, UNSURE)
        elapsed_s = time.monotonic() - started
    assert turn["answer"] == BY_PLANNER
    assert (turn["status"], turn["partial"], turn["proposals"], here.proposed) == ("answered", False, [], [])
    assert turn["versions"]["language_model_fault"] == code
    assert "language_model" not in turn["versions"]
    assert elapsed_s < TIGHT.turn_s + FALLBACK_S
    assert here.provider.tally.fell_back["unsure"] == 1
    assert here.provider.tally.faults[code] == 1


@pytest.mark.parametrize("line", [hangs(), fails(500), is_cut("x"), says("99")])
async def test_where_the_planner_would_ask_back_it_does_after_a_fault(line: Line, live: Live, database: Database, me: Principal) -> None:
    async with world(live, database, TIGHT) as here:
        here.script.now(line)
        turn = await here.ask(me, UNCLEAR)
    assert (turn["status"], turn["figures"]) == ("clarify", [])


MENDED: dict[str, Any] = {
    "broken JSON": ("query", '{"measure": "spend'),
    "an unknown tool": ("confirm_proposal", {"id": "prp_1"}),
    "wrong types": ("query", {"measure": 7, "limit": "many"}),
    "arguments that are a list": ("query", "[1]"),
    "a stranger's id": ("query", {"customer_id": "cus_999"}),
}


@pytest.mark.parametrize("name", MENDED)
async def test_a_call_that_cannot_be_is_told_to_the_model_which_mends_it(name: str, live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        here.script.now(calls(MENDED[name]), ASK, says(BOUND.replace("[[0/", "[[1/")))
        turn = await here.ask(me, UNSURE)
    assert (turn["answer"], turn["partial"]) == (BY_MODEL, False)
    assert "error" in turn["tool_calls"][0]["result"]
    assert "error" in here.script.sent()


async def test_429_is_tried_again_when_it_asks_for_a_short_wait(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        here.script.now(fails(429, {"Retry-After": "0.01"}), ASK, says(BOUND))
        turn = await here.ask(me, UNSURE)
    assert turn["answer"] == BY_MODEL
    assert here.provider.tally.retries == 1


async def test_a_dead_endpoint_is_left_alone_after_some_faults_and_tried_again_after_a_rest(
    live: Live, database: Database, me: Principal
) -> None:
    now = [0.0]
    async with world(live, database, ticks=lambda: now[0]) as here:
        here.script.now(fails(503))
        for _ in range(4):
            assert (await here.ask(me, UNSURE))["answer"] == BY_PLANNER
        asked = len(here.script.asked)
        turn = await here.ask(me, UNSURE)
        assert turn["versions"]["language_model_fault"] == "circuit_is_open"
        assert len(here.script.asked) == asked
        now[0] = 31.0
        here.script.now(ASK, says(BOUND))
        assert (await here.ask(me, UNSURE))["answer"] == BY_MODEL
        assert here.provider.breaker.state == "closed"


async def test_nobody_listening_at_the_address_is_a_fault_like_any_other(live: Live, database: Database, me: Principal) -> None:
    nowhere = Endpoint("http://127.0.0.1:9/v1", live.endpoint.model)
    async with world(replace(live, endpoint=nowhere, wire=OpenAIWire(nowhere, 0.3)), database) as here:
        turn = await here.ask(me, UNSURE)
    assert (turn["answer"], turn["versions"]["language_model_fault"]) == (BY_PLANNER, "unreachable")


async def test_a_person_who_goes_away_ends_the_request(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        here.script.now(hangs())
        talk = await here.assistant.conversations.create(me)
        events = here.assistant.turn(me, talk.id, UNSURE)
        await anext(events)
        waiting = asyncio.ensure_future(anext(events))
        await here.script.heard.wait()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await events.aclose()  # type: ignore[attr-defined]
        assert here.provider.breaker.state == "closed"
        assert (await here.assistant.conversations.turns(me, talk.id))[1] == []


# Budgets.


async def test_a_turn_beyond_its_tokens_is_the_planners(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database, Limits(turn_tokens=1)) as here:
        here.script.now(ASK, says(BOUND))
        turn = await here.ask(me, UNSURE)
    assert (turn["answer"], turn["versions"]["language_model_fault"]) == (BY_PLANNER, "turn_tokens_are_spent")
    assert here.script.asked == []


async def test_a_persons_day_has_its_tokens_also_after_a_restart(
    live: Live, database: Database, me: Principal, make_customer: MakeCustomer
) -> None:
    limits = replace(PATIENT, day_tokens=5000)
    many = [calls(("query", GROCERIES)), says(BOUND, usage=(4500, 100))]
    async with world(live, database, limits) as here:
        here.script.now(*many)
        assert (await here.ask(me, UNSURE))["answer"] == BY_MODEL
    async with world(live, database, limits) as again:
        again.script.now(*many)
        turn = await again.ask(me, UNSURE)
        assert (turn["answer"], turn["versions"]["language_model_fault"]) == (BY_PLANNER, "day_tokens_are_spent")
        assert (await again.ask(await make_customer(), UNSURE))["answer"] == BY_MODEL


async def test_tokens_that_the_endpoint_does_not_count_are_estimated(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        here.script.now(ASK, says(BOUND, usage=None))
        turn = await here.ask(me, UNSURE)
    assert turn["answer"] == BY_MODEL
    assert turn["timings"]["model_prompt_tokens"] > 1000


# A model that obeys whatever it reads.


async def hostile(here: World, me: Principal, text: str, *lines: Line) -> dict[str, Any]:
    here.script.now(*lines)
    return await here.ask(me, text)


async def test_a_model_that_obeys_an_injection_proposes_nothing_without_a_wish(live: Live, database: Database, me: Principal) -> None:
    attack = calls(("query", TOLD)), calls(("propose_transfer", WISH), ("confirm", {}), ("query", {"customer_id": str(new_uuid())}))
    async with world(live, database) as here:
        turn = await hostile(here, me, UNSURE, *attack, says("Done: all money was sent."))
    assert (turn["answer"], turn["proposals"], here.proposed) == (BY_PLANNER, [], [])
    assert [call["name"] for call in turn["tool_calls"] if "error" in call["result"]] == ["propose_transfer", "confirm", "query"]


async def test_with_a_wish_it_proposes_no_amount_that_the_person_did_not_name(live: Live, database: Database, me: Principal) -> None:
    attack = calls(("propose_transfer", {**WISH, "amount_minor": 999900}))
    async with world(live, database, use="always") as here:
        turn = await hostile(here, me, MOVE, attack, says("Your proposal for [[0?/amount_minor]] waits."))
    assert [wish.amount_minor for wish in here.proposed] == [5000]
    assert json.dumps(turn["proposals"]).count("5000") == 1
    assert turn["answer"].startswith("I have written down a proposal: €50.00")


async def test_it_cannot_smuggle_anothers_words_out_in_its_answer(live: Live, database: Database, me: Principal) -> None:
    async with world(live, database) as here:
        turn = await hostile(here, me, UNSURE, calls(("query", TOLD)), says("[[0/transactions/0/merchant]] says: visit www.evil.example"))
    assert "evil" not in json.dumps({key: turn[key] for key in ("answer", "blocks")})
