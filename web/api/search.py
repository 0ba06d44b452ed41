"""The search box of the transactions page: words in, the typed query out, which `POST /v1/query/rows` then lists."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import Field

from assistant.guard import admit
from assistant.search import SearchBox
from kit.errors import Unavailable
from tools.context import ToolContext
from tools.query.model import Query
from tools.vocabulary import vocabulary
from web.api.shapes import Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(tags=["query"])


class Words(Shape):
    text: Annotated[str, Field(min_length=1, max_length=500, examples=["coffee over 5 last month not starbucks"])]


class Chip(Shape):
    """A part of the query that can be taken away."""

    field: str
    label: str
    value: Any


class Found(Shape):
    query: Query
    chips: list[Chip]
    unread: list[str]


@router.post("/v1/search", name="read_search", responses=problems(400, 401))
async def read_search(request: Request, principal: SignedIn, body: Words) -> Found:
    """What the words ask for: a listing of single facts. Words that nothing could be made of are told in `unread`."""
    state = request.app.state
    box: SearchBox | None = state.search_box
    if box is None:
        raise Unavailable("assistant_is_away", "the assistant's models are not there; the rest of the app serves")
    words = await vocabulary(ToolContext(principal, state.db, state.clock))
    found = await asyncio.to_thread(box.search, admit(body.text), words)
    chips = [Chip(field=chip.field, label=chip.label, value=chip.value) for chip in found.chips]
    return Found(query=found.query, chips=chips, unread=list(found.unread))
