"""Net worth by day, week or month, for a chart: the same figures as the typed query's."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import fastapi
from fastapi import APIRouter, Request
from pydantic import Field

from kit.clock import today
from kit.errors import FieldError, Invalid
from tools.catalog import ask_books
from tools.context import ToolContext
from tools.query.model import Dimension, Measure, Period, Query, Result, UsedRate
from tools.query.stocks import MAX_ROWS
from web.api.shapes import Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/net-worth", tags=["accounts"])


class Stretch(Shape):
    from_on: date | None = Field(default=None, alias="from", description="The first day; a year ago when none is given.")
    to_on: date | None = Field(default=None, alias="to", description="The last day; today when none is given.")
    by: Literal["day", "week", "month"] = "day"


class NetWorthPoint(Shape):
    """Net worth at the end of `on`. `amount_minor` null: no account's balance is known for that day."""

    on: date
    amount_minor: int | None


class NetWorth(Shape):
    """`unknown_accounts` have no known balance at all; `later_accounts` have one only for the later of these days."""

    currency: str
    data: list[NetWorthPoint]
    unknown_accounts: list[str]
    later_accounts: list[str]
    converted: list[UsedRate]
    missing_rates: list[str] = Field(description="Currencies without a rate: their accounts are in no sum.")


@router.get("", name="net_worth_by_day", responses=problems(400, 401))
async def get_net_worth(request: Request, principal: SignedIn, stretch: Annotated[Stretch, fastapi.Query()]) -> NetWorth:
    """What all accounts held less what was owed, at the end of each unit of time; nothing before the first booking."""
    now = today(request.app.state.clock, principal.timezone)
    last = min(stretch.to_on or now, now)
    first = stretch.from_on or date.fromordinal(max(last.toordinal() - 365, 1))
    if first > last:
        raise Invalid("period_is_malformed", "from lies after to", [FieldError("/from", "after to")])
    if stretch.by == "day" and (last - first).days >= MAX_ROWS:
        raise Invalid("period_is_too_long", f"ask for at most {MAX_ROWS} days, or by week or month", [FieldError("/from", "too early")])
    query = Query(measure=Measure.NET_WORTH, group_by=Dimension(stretch.by), period=Period(start_on=first, end_on=last))
    result = await ask_books(ToolContext(principal, request.app.state.db, request.app.state.clock), query)
    return _shown(result, principal.currency)


def _shown(result: Result, home: str) -> NetWorth:
    noted = [note.split(":", 1) for note in result.notes if ":" in note]
    return NetWorth(
        currency=result.currency,
        data=[NetWorthPoint(on=row.end_on, amount_minor=row.amount_minor) for row in result.rows if row.end_on],
        unknown_accounts=[rest for code, rest in noted if code == "balance_unknown"],
        later_accounts=[rest for code, rest in noted if code == "unknown_before"],
        converted=list(result.rates),
        missing_rates=[rest for code, rest in noted if code == "rate_missing"],
    )
