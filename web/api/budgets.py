"""Budgets: a limit for a category per calendar period, and how it stands."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from kit.clock import today
from kit.errors import NotFound
from kit.identity import Principal
from kit.ids import read, show
from kit.redact import redact
from ledger.budgets import Budget as Standing
from ledger.budgets import delete_budget, list_budgets, set_budget
from web.api.shapes import MAX_MINOR, Currency, Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/budgets", tags=["budgets"])
Period = Literal["week", "month", "quarter", "year"]


class SetBudget(Shape):
    category: str = Field(min_length=1, max_length=120)
    amount_minor: Annotated[int, Field(strict=True, gt=0, le=MAX_MINOR)]
    currency: Currency
    period: Period = "month"


class Budget(Shape):
    """`left_minor` below 0: over. `projected_minor`: spending at the period's end at today's pace."""

    id: str
    category: str
    period: Period
    limit_minor: int
    currency: str
    spent_minor: int
    left_minor: int
    over: bool
    on_track: bool
    projected_minor: int
    start_on: date
    end_on: date


class Budgets(Shape):
    data: list[Budget]


@router.get("", name="list_budgets", responses=problems(401))
async def get_budgets(request: Request, principal: SignedIn) -> Budgets:
    """The customer's budgets as they stand today."""
    return Budgets(data=await _standings(request, principal))


@router.put("", name="set_budget", responses=problems(400, 401))
async def put_budget(request: Request, principal: SignedIn, body: SetBudget) -> Budget:
    """Makes the budget of a category and period, or changes it."""
    async with request.app.state.db.write("app", principal) as connection:
        budget_id = await set_budget(connection, principal, redact(body.category), body.period, body.amount_minor, body.currency)
    wanted = show("bud", budget_id)
    for budget in await _standings(request, principal):
        if budget.id == wanted:
            return budget
    raise NotFound("budget_is_unknown", "the budget was removed meanwhile")


@router.delete("/{budget_id}", name="delete_budget", status_code=204, responses=problems(401, 404))
async def remove_budget(request: Request, principal: SignedIn, budget_id: str) -> Response:
    wanted = read("bud", budget_id)
    async with request.app.state.db.write("app", principal) as connection:
        if not await delete_budget(connection, wanted):
            raise NotFound("budget_is_unknown", "there is no such budget")
    return Response(status_code=204)


async def _standings(request: Request, principal: Principal) -> list[Budget]:
    async with request.app.state.db.read(principal) as connection:
        found = await list_budgets(connection, today(request.app.state.clock, principal.timezone))
    return [_shown(budget) for budget in found]


def _shown(budget: Standing) -> Budget:
    return Budget.model_validate(
        {
            "id": show("bud", budget.id),
            "category": budget.category,
            "period": budget.period,
            "limit_minor": budget.limit_minor,
            "currency": budget.currency,
            "spent_minor": budget.spent_minor,
            "left_minor": budget.left_minor,
            "over": budget.over,
            "on_track": budget.on_track,
            "projected_minor": budget.projected_minor,
            "start_on": budget.start_on,
            "end_on": budget.end_on,
        }
    )
