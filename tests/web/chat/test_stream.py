"""AG-UI over SSE: the order that clients enforce, whatever happens in the turn."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from ag_ui.core import Event
from pydantic import TypeAdapter

from tests.assistant.test_turn import ASKED, MOVE, SPLIT
from tests.assistant.turns import canned
from tests.web.chat.conftest import Chat, Open
from tools.query.model import Query
from tools.tool import Mode

_EVENT: TypeAdapter[Any] = TypeAdapter(Event)


async def stream(chat: Chat, text: str) -> list[dict[str, Any]]:
    response = await chat.say(text, accept="text/event-stream")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    parts = [part for part in response.text.replace("\r\n", "\n").split("\n\n") if part and not part.startswith(":")]
    assert all(part.startswith("data: ") and "\n" not in part for part in parts), "one data line for each event"
    events = [json.loads(part.removeprefix("data: ")) for part in parts]
    for event in events:
        _EVENT.validate_python(event)
    return events


def check_order(events: list[dict[str, Any]]) -> None:
    """The rules of AG-UI's own clients."""
    kinds = [event["type"] for event in events]
    assert kinds[0] == "RUN_STARTED"
    assert kinds[-1] in ("RUN_FINISHED", "RUN_ERROR")
    assert sum(kind in ("RUN_STARTED", "RUN_FINISHED", "RUN_ERROR") for kind in kinds) == 2
    open_tools, ended_tools, speaking = set[str](), set[str](), False
    for event in events:
        match event["type"]:
            case "TOOL_CALL_START":
                assert event["toolCallId"] not in open_tools | ended_tools
                open_tools.add(event["toolCallId"])
            case "TOOL_CALL_ARGS":
                assert event["toolCallId"] in open_tools
            case "TOOL_CALL_END":
                open_tools.remove(event["toolCallId"])
                ended_tools.add(event["toolCallId"])
            case "TOOL_CALL_RESULT":
                assert event["toolCallId"] in ended_tools
            case "TEXT_MESSAGE_START":
                assert not speaking
                speaking = True
            case "TEXT_MESSAGE_CONTENT":
                assert speaking
                assert event["delta"]
            case "TEXT_MESSAGE_END":
                assert speaking
                speaking = False
    assert not open_tools
    assert not speaking or kinds[-1] == "RUN_ERROR"


@pytest.mark.parametrize("text", [ASKED, SPLIT, MOVE, "what?"])
async def test_a_turn_streams_in_the_order_that_clients_enforce(open_chat: Open, text: str) -> None:
    chat = await open_chat()
    talk = await chat.new()
    response = await chat.say(text, talk, accept="text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    events = await stream(chat, text)
    check_order(events)
    turn = next(event["value"] for event in events if event["type"] == "CUSTOM" and event["name"] == "steward.turn")
    assert "".join(event["delta"] for event in events if event["type"] == "TEXT_MESSAGE_CONTENT") == turn["answer"]
    results = [json.loads(event["content"]) for event in events if event["type"] == "TOOL_CALL_RESULT"]
    assert results == [call["result"] for call in turn["tool_calls"]]
    assert events[0]["runId"] == events[-1]["runId"] == turn["id"]


async def test_a_turn_that_fails_on_the_way_ends_in_an_error_event(open_chat: Open) -> None:
    chat = await open_chat()

    async def away(context: Any) -> Any:
        raise ZeroDivisionError("secret detail")

    chat.world.assistant.words = away
    events = await stream(chat, ASKED)
    check_order(events)
    assert events[-1] == {"type": "RUN_ERROR", "message": "something went wrong on our side; nothing was changed", "code": "internal_error"}


async def test_books_that_cannot_be_read_are_an_error_event_that_says_so(open_chat: Open) -> None:
    chat = await open_chat()
    chat.world.assistant.catalog = canned({"query": (Query, Mode.READ, _broken)})
    events = await stream(chat, ASKED)
    check_order(events)
    assert (events[-1]["type"], events[-1]["code"]) == ("RUN_ERROR", "books_are_away")


def _broken(asked: Query) -> Any:
    raise OSError("no route to 10.0.0.1")


async def test_a_client_that_goes_away_cancels_the_turn(open_chat: Open) -> None:
    chat = await open_chat()
    talk = await chat.new()
    waiting, cancelled = asyncio.Event(), asyncio.Event()

    async def words(context: Any) -> Any:
        waiting.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    chat.world.assistant.words = words
    body = [{"type": "http.request", "body": json.dumps({"text": ASKED}).encode(), "more_body": False}]

    async def receive() -> Any:
        if body:
            return body.pop()
        await waiting.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        assert message["type"].startswith("http.response")

    headers = [(b"content-type", b"application/json"), (b"x-person", chat.me.user_id.hex.encode())]
    path = f"/v1/conversations/{talk}/turns"
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode()}
    rest = {"root_path": "", "scheme": "http", "query_string": b"", "headers": headers, "server": ("t", 80), "client": ("t", 1)}
    async with asyncio.timeout(5):
        await chat.app({**scope, **rest}, receive, send)
        await cancelled.wait()
