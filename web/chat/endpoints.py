"""Conversations and turns. `app.state.assistant` answers; this file knows HTTP and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from ag_ui.core import BaseEvent
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from sse_starlette import EventSourceResponse, ServerSentEvent

from assistant.conversations import Conversation as Stored
from assistant.conversations import StoredTurn as Kept
from assistant.events import Event, TurnDone
from assistant.turn import Assistant
from kit.errors import Unavailable
from kit.ids import read, show
from tools.context import ToolContext
from web.api.shapes import Cursor, Limit, Shape, problems
from web.auth.identify import SignedIn
from web.chat.agui import as_agui
from web.chat.rows import rows_behind
from web.chat.shapes import Conversation, Conversations, NewConversation, Nothing, Rows, Said, Turn, WholeConversation

router = APIRouter(prefix="/v1/conversations", tags=["chat"])
_PING_S = 15
_STREAM: dict[str, Any] = {"schema": {"type": "string", "description": "AG-UI 1.0 events, one `data:` line each."}}
_TURN: dict[int | str, dict[str, Any]] = {
    200: {"model": Turn, "description": "The turn, or its events when JSON was not asked for.", "content": {"text/event-stream": _STREAM}}
}


class PageWanted(Shape):
    cursor: Cursor = None
    limit: Limit = 50


@router.post("", name="create_conversation", status_code=201, responses=problems(400, 401))
async def create_conversation(request: Request, principal: SignedIn, body: Nothing) -> NewConversation:
    made = await _assistant(request).conversations.create(principal)
    return NewConversation(id=show("cnv", made.id), created_at=made.created_at)


@router.get("", name="list_conversations", responses=problems(401))
async def list_conversations(request: Request, principal: SignedIn, wanted: Annotated[PageWanted, Query()]) -> Conversations:
    """Newest first."""
    found = await _assistant(request).conversations.page(principal, wanted.cursor, wanted.limit)
    return Conversations(data=[_listed(one) for one in found.data], has_more=found.has_more, next_cursor=found.next_cursor)


@router.get("/{conversation_id}", name="get_conversation", response_model=WholeConversation, responses=problems(401, 404))
async def get_conversation(request: Request, principal: SignedIn, conversation_id: str) -> Response:
    """A conversation with all its turns, oldest first, each as it was answered."""
    found, turns = await _assistant(request).conversations.turns(principal, read("cnv", conversation_id))
    shown = [{**turn.shown, "text": turn.text, "created_at": turn.created_at.isoformat()} for turn in turns]
    return JSONResponse({"id": conversation_id, "created_at": found.created_at.isoformat(), "turns": shown})


@router.post("/{conversation_id}/turns", name="say", response_model=None, responses={**_TURN, **problems(400, 401, 404, 503)})
async def say(request: Request, principal: SignedIn, conversation_id: str, body: Said) -> Response:
    """Says something and gets the answer: with `Accept: application/json` whole, otherwise as a stream of AG-UI events."""
    events = _assistant(request).turn(principal, read("cnv", conversation_id), body.text)
    if _wants_json(request):
        return JSONResponse(await _whole(events))
    first = await anext(events)  # what is wrong with the request itself is an ordinary problem, not an event
    return EventSourceResponse(_lines(as_agui(conversation_id, _again(first, events))), ping=_PING_S, headers={"Cache-Control": "no-store"})


@router.get("/{conversation_id}/turns/{turn_id}/figures/{figure_id}/rows", name="rows_behind_figure", responses=problems(401, 404))
async def get_rows(
    request: Request, principal: SignedIn, conversation_id: str, turn_id: str, figure_id: str, wanted: Annotated[PageWanted, Query()]
) -> Rows:
    """The facts that a figure was computed from."""
    turn: Kept = await _assistant(request).conversations.turn(principal, read("cnv", conversation_id), read("trn", turn_id))
    context = ToolContext(principal, request.app.state.db, request.app.state.clock)
    return await rows_behind(context, turn, figure_id, wanted.cursor, wanted.limit)


def _assistant(request: Request) -> Assistant:
    found: Assistant | None = request.app.state.assistant
    if found is None:
        raise Unavailable("assistant_is_away", "the assistant's models are not there; the rest of the app serves")
    return found


def _wants_json(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/event-stream" not in accept


def _listed(found: Stored) -> Conversation:
    return Conversation(id=show("cnv", found.id), created_at=found.created_at, opening=found.opening)


async def _whole(events: AsyncIterator[Event]) -> dict[str, Any]:
    turn: dict[str, Any] = {}
    async for event in events:
        if isinstance(event, TurnDone):
            turn = event.turn
    return turn


async def _again(first: Event, others: AsyncIterator[Event]) -> AsyncIterator[Event]:
    async with aclosing(others) as rest:  # type: ignore[type-var]
        yield first
        async for event in rest:
            yield event


async def _lines(events: AsyncIterator[BaseEvent]) -> AsyncIterator[ServerSentEvent]:
    async with aclosing(events) as told:  # type: ignore[type-var]
        async for event in told:
            yield ServerSentEvent(data=event.model_dump_json(by_alias=True))
