"""The movements of the customer's accounts, newest first."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from kit.ids import read, show
from ledger.history import Line, Wanted, page
from tools.query.model import Fact
from web.api.shapes import Cursor, Limit, Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/transactions", tags=["transactions"])
Words = Annotated[str | None, Field(max_length=200)]


class Transactions(Shape):
    data: list[Fact]
    has_more: bool
    next_cursor: str | None


class Filters(Shape):
    """Each narrows the list; names match exactly, ignoring case. `q` is looked for in description and merchant."""

    account: Annotated[str | None, Field(description="An account's id.")] = None
    from_: Annotated[date | None, Field(alias="from", description="First day.")] = None
    to: Annotated[date | None, Field(description="Last day.")] = None
    category: Words = None
    merchant: Words = None
    q: Words = None
    cursor: Cursor = None
    limit: Limit = 50


@router.get("", name="list_transactions", responses=problems(401))
async def get_transactions(request: Request, principal: SignedIn, filters: Annotated[Filters, Query()]) -> Transactions:
    wanted = Wanted(
        account_id=None if filters.account is None else read("acc", filters.account),
        from_on=filters.from_,
        to_on=filters.to,
        category=filters.category,
        merchant=filters.merchant,
        text=filters.q,
    )
    async with request.app.state.db.read(principal) as connection:
        found = await page(connection, wanted, filters.cursor, filters.limit)
    return Transactions(data=[_shown(line) for line in found.data], has_more=found.has_more, next_cursor=found.next_cursor)


def _shown(line: Line) -> Fact:
    return Fact(
        id=show("txn", line.transfer_id),
        booked_on=line.booked_on,
        merchant=line.merchant,
        description=line.description,
        category=line.category,
        account=line.account_name,
        account_id=show("acc", line.account_id),
        flow=line.flow,
        amount_minor=line.amount_minor,
        magnitude_minor=abs(line.amount_minor),
    )
