from __future__ import annotations

from typing import Any

import pytest

from kit.ids import new_uuid, show
from tests.assistant.test_turn import ASKED, MOVE, SPLIT
from tests.web.chat.conftest import Open
from web.chat.shapes import Turn, WholeConversation


async def test_a_turn_as_json_has_the_documented_shape(open_chat: Open) -> None:
    chat = await open_chat()
    for text in (ASKED, SPLIT, MOVE, "what?"):
        response = await chat.say(text)
        assert response.status_code == 200
        Turn.model_validate(response.json())
        assert response.json().keys() == Turn.model_fields.keys()


async def test_every_source_of_a_figure_resolves_in_its_tool_call(open_chat: Open) -> None:
    turn = (await (await open_chat()).say(SPLIT)).json()
    cells = [cell for block in turn["blocks"] if block["type"] == "table" for row in block["rows"] for cell in row.values()]
    points = [point for block in turn["blocks"] if block["type"] == "chart" for line in block["series"] for point in line["points"]]
    for shown in [*turn["figures"], *cells, *({**point, "value": point["y"]} for point in points)]:
        assert _at(turn["tool_calls"][shown["source"]["tool_call"]]["result"], shown["source"]["path"]) == shown["value"]


def _at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


async def test_conversations_are_listed_newest_first_with_their_opening(open_chat: Open) -> None:
    chat = await open_chat()
    first, second = await chat.new(), await chat.new()
    await chat.say(ASKED, first)
    page = (await chat.http.get("/v1/conversations", params={"limit": 1})).json()
    assert ([one["id"] for one in page["data"]], page["has_more"]) == ([second], True)
    rest = (await chat.http.get("/v1/conversations", params={"cursor": page["next_cursor"]})).json()
    assert [(one["id"], one["opening"]) for one in rest["data"]] == [(first, ASKED)]
    assert rest["has_more"] is False


async def test_a_conversation_is_read_back_as_it_was_answered(open_chat: Open) -> None:
    chat = await open_chat()
    talk = await chat.new()
    said = [(await chat.say(text, talk)).json() for text in (ASKED, SPLIT)]
    whole = (await chat.http.get(f"/v1/conversations/{talk}")).json()
    WholeConversation.model_validate(whole)
    assert [turn["text"] for turn in whole["turns"]] == [ASKED, SPLIT]
    assert [{key: turn[key] for key in said[0]} for turn in whole["turns"]] == said


async def test_anothers_conversation_turn_and_figure_are_not_found_like_missing_ones(open_chat: Open) -> None:
    mine = await open_chat()
    theirs = await open_chat(beside=mine)
    talk = await theirs.new()
    turn = (await theirs.say(ASKED, talk)).json()["id"]
    missing = show("cnv", new_uuid())
    for address in ("/v1/conversations/{}", "/v1/conversations/{}/turns/" + turn + "/figures/f1/rows"):
        foreign, absent = [await mine.http.get(address.format(one)) for one in (talk, missing)]
        assert foreign.status_code == absent.status_code == 404
        assert _without_id(foreign.json()) == _without_id(absent.json())
    for accept in ("application/json", "text/event-stream"):
        foreign, absent = await mine.say(ASKED, talk, accept), await mine.say(ASKED, missing, accept)
        assert foreign.status_code == absent.status_code == 404
        assert _without_id(foreign.json()) == _without_id(absent.json())


def _without_id(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != "request_id"}


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
@pytest.mark.parametrize(
    ("text", "code"), [("", "text_is_empty"), ("a" * 2001, "text_is_too_long"), ("a\x00", "text_has_control_characters")]
)
async def test_a_text_that_cannot_be_a_question_is_a_problem(open_chat: Open, accept: str, text: str, code: str) -> None:
    response = await (await open_chat()).say(text, accept=accept)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.json()["code"], response.json()["errors"][0]["pointer"]) == (code, "/text")


@pytest.mark.parametrize("body", [{}, {"text": 1}, {"text": "hello", "role": "admin"}])
async def test_unknown_and_missing_fields_are_refused(open_chat: Open, body: dict[str, Any]) -> None:
    chat = await open_chat()
    response = await chat.http.post(f"/v1/conversations/{await chat.new()}/turns", json=body)
    assert response.status_code == 422
    assert (await chat.http.post("/v1/conversations", json={"id": "cnv_1"})).status_code == 422


async def test_an_id_of_another_kind_is_refused(open_chat: Open) -> None:
    chat = await open_chat()
    assert (await chat.say(ASKED, "acc_" + "1" * 32)).json()["code"] == "id_is_malformed"
