"""Insights and the cash flow ahead, as the home screen shows them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from kit.errors import NotFound
from kit.ids import read, show
from ledger.choices import dismiss_insight, dismissed_insights
from tools.cash_flow import CashFlow, CashFlowArguments, look_ahead
from tools.context import ToolContext
from tools.insights import MOST, Insights, InsightsArguments, look_for_insights
from web.api.shapes import problems
from web.auth.identify import SignedIn

router = APIRouter(tags=["insights"])


@router.get("/v1/insights", name="list_insights", responses=problems(401))
async def get_insights(request: Request, principal: SignedIn, limit: Annotated[int, Query(ge=1, le=MOST)] = 10) -> Insights:
    """What is worth attention now, the weightiest first, without what was dismissed."""
    context = ToolContext(principal, request.app.state.db, request.app.state.clock)
    return await look_for_insights(context, InsightsArguments(limit=limit))


@router.post("/v1/insights/{insight_id}/dismiss", name="dismiss_insight", status_code=204, responses=problems(401, 404))
async def post_dismissal(request: Request, principal: SignedIn, insight_id: str) -> Response:
    """For good: the same insight is not shown again. Dismissing it once more changes nothing."""
    wanted, state = read("ins", insight_id), request.app.state
    context = ToolContext(principal, state.db, state.clock)
    shown = await look_for_insights(context, InsightsArguments(limit=MOST))
    if show("ins", wanted) not in {item.id for item in shown.items}:
        async with state.db.read(principal) as connection:
            if wanted not in await dismissed_insights(connection):
                raise NotFound("insight_is_unknown", "there is no such insight")
    async with state.db.write("app", principal) as connection:
        await dismiss_insight(connection, principal, wanted, state.clock.now())
    return Response(status_code=204)


@router.get("/v1/cash-flow", name="get_cash_flow", responses=problems(401))
async def get_cash_flow(
    request: Request,
    principal: SignedIn,
    until: Annotated[Literal["payday", "month_end"] | date, Query(description="`payday`, `month_end`, or a day within a year.")] = "payday",
) -> CashFlow:
    """What is at hand, what is known to come and go until then, and what usual spending leaves: a forecast."""
    context = ToolContext(principal, request.app.state.db, request.app.state.clock)
    return await look_ahead(context, CashFlowArguments(until=until))
