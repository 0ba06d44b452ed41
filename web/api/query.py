"""The typed query over HTTP: what the planner and the search box ask, for anybody's own front end."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from tools.catalog import ask_books
from tools.context import ToolContext
from tools.query.model import Query, Result
from web.api.shapes import problems
from web.auth.identify import SignedIn

router = APIRouter(tags=["query"])


@router.post("/v1/query", name="ask_books", responses=problems(400, 401))
async def run(request: Request, principal: SignedIn, body: Query) -> Result:
    """Answers one question of the caller's books."""
    return await ask_books(ToolContext(principal, request.app.state.db, request.app.state.clock), await _strictly(request, body))


async def _strictly(request: Request, lenient: Query) -> Query:
    """The same query read again from the bytes, where "12" and true are no numbers."""
    try:
        return type(lenient).model_validate_json(await request.body(), strict=True)
    except ValidationError as error:
        raise RequestValidationError([{**found, "loc": ("body", *found["loc"])} for found in error.errors(include_url=False)]) from error
