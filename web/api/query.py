"""The typed query over HTTP: what the planner and the search box ask, for anybody's own front end."""

from __future__ import annotations

from typing import Annotated

import fastapi
from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from tools.catalog import ask_books
from tools.context import ToolContext
from tools.query.listing import lines_page
from tools.query.model import Query, Result
from web.api.shapes import Cursor, Limit, Shape, problems
from web.api.transactions import Transactions, shown
from web.auth.identify import SignedIn

router = APIRouter(tags=["query"])


class Paging(Shape):
    cursor: Cursor = None
    limit: Limit = 50


@router.post("/v1/query", name="ask_books", responses=problems(400, 401))
async def run(request: Request, principal: SignedIn, body: Query) -> Result:
    """Answers one question of the caller's books."""
    return await ask_books(ToolContext(principal, request.app.state.db, request.app.state.clock), await _strictly(request, body))


@router.post("/v1/query/rows", name="list_rows_of_query", responses=problems(400, 401))
async def rows(request: Request, principal: SignedIn, body: Query, paging: Annotated[Paging, fastapi.Query()]) -> Transactions:
    """The facts that the query covers, newest first, page by page."""
    query = await _strictly(request, body)
    async with request.app.state.db.read(principal) as connection:
        page = await lines_page(connection, query, paging.cursor, paging.limit)
    return Transactions(data=[shown(line) for line in page.data], has_more=page.has_more, next_cursor=page.next_cursor)


async def _strictly(request: Request, lenient: Query) -> Query:
    """The same query read again from the bytes, where "12" and true are no numbers."""
    try:
        return type(lenient).model_validate_json(await request.body(), strict=True)
    except ValidationError as error:
        raise RequestValidationError([{**found, "loc": ("body", *found["loc"])} for found in error.errors(include_url=False)]) from error
