"""The review list: movements that nothing could sort with confidence, for their owner to say."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from ledger.corrections import Open, review
from web.api.shapes import Cursor, Limit, Shape, problems
from web.api.transactions import Transaction, shown
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/review", tags=["categories"])


class Suggestion(Shape):
    """`confidence_ratio`: how often such a suggestion is right."""

    category: str
    confidence_ratio: float


class ToReview(Shape):
    """`similar_count`: other movements of the same merchant that nobody has settled."""

    transaction: Transaction
    suggestion: Suggestion | None
    similar_count: int


class Review(Shape):
    data: list[ToReview]
    has_more: bool
    next_cursor: str | None


class Page(Shape):
    cursor: Cursor = None
    limit: Limit = 50


@router.get("", name="list_review", responses=problems(401))
async def get_review(request: Request, principal: SignedIn, page: Annotated[Page, Query()]) -> Review:
    """What waits to be sorted, newest first. A correction (PATCH of the transaction) takes it off the list."""
    async with request.app.state.db.read(principal) as connection:
        found = await review(connection, page.cursor, page.limit)
    return Review(data=[_shown(each) for each in found.data], has_more=found.has_more, next_cursor=found.next_cursor)


def _shown(each: Open) -> ToReview:
    suggested = each.suggestion and Suggestion(category=each.suggestion.category, confidence_ratio=each.suggestion.permille / 1000)
    return ToReview(transaction=shown(each.line), suggestion=suggested, similar_count=each.similar_count)
