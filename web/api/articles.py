"""The articles that answers cite, to be read whole."""

from __future__ import annotations

from fastapi import APIRouter, Request

from tools.articles import WholeArticle, read_whole
from tools.context import ToolContext
from web.api.shapes import problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/articles", tags=["knowledge"])


@router.get("/{document}", name="get_article", responses=problems(401, 404))
async def get_article(request: Request, principal: SignedIn, document: str) -> WholeArticle:
    """An article by the `document` of a citation."""
    state = request.app.state
    return await read_whole(ToolContext(principal, state.db, state.clock, shelf=state.shelf), document)
