"""Budgets: a limit for a category per period of any start and length, and how it stands."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from kit.clock import today
from kit.errors import NotFound
from kit.identity import Principal
from kit.ids import read, show
from kit.redact import redact
from ledger.budgets import HISTORY_MOST, BudgetWish, budget_history, delete_budget, list_budgets, present_start, set_budget
from ledger.periods import CALENDAR_ANCHOR, Cadence
from ledger.standing import Standing
from tools.budgets import BudgetCell, budget_cell
from web.api.shapes import MAX_MINOR, Currency, Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/budgets", tags=["budgets"])
Unit = Literal["day", "week", "month", "quarter", "year", "payday"]
CalendarPeriod = Literal["week", "month", "quarter", "year", "payday"]
LimitMinor = Annotated[int, Field(strict=True, gt=0, le=MAX_MINOR)]


class BudgetPeriod(Shape):
    """`every` units, one of which starts on `anchor_on`; without it, on the calendar's own first days. `payday`: from pay to pay."""

    unit: Unit
    every: Annotated[int, Field(strict=True, ge=1, le=366)] = 1
    anchor_on: date = CALENDAR_ANCHOR


class SetBudget(Shape):
    """With `rollover`, what is left or overspent carries over, from the period that holds `rollover_from` on (default: the present one)."""

    category: str = Field(min_length=1, max_length=120)
    amount_minor: LimitMinor
    currency: Currency
    period: CalendarPeriod | BudgetPeriod = "month"
    rollover: bool = False
    rollover_from: date | None = None


class Budget(BudgetCell):
    currency: str


class Budgets(Shape):
    data: list[Budget]


class BudgetHistory(Shape):
    """Oldest first; the last one is the present period."""

    data: list[Budget]


@router.get("", name="list_budgets", responses=problems(401))
async def get_budgets(request: Request, principal: SignedIn) -> Budgets:
    """The customer's budgets as they stand today."""
    return Budgets(data=await _standings(request, principal))


@router.put("", name="set_budget", responses=problems(400, 401))
async def put_budget(request: Request, principal: SignedIn, body: SetBudget) -> Budget:
    """Makes the budget of a category and period, or changes it; its limit counts from the present period on."""
    day = today(request.app.state.clock, principal.timezone)
    cadence = Cadence(body.period) if isinstance(body.period, str) else Cadence(body.period.unit, body.period.every, body.period.anchor_on)
    async with request.app.state.db.read(principal) as connection:
        starts_on = await present_start(connection, cadence, day)
    rollover_from = body.rollover_from or starts_on if body.rollover else None
    wish = BudgetWish(redact(body.category), cadence, body.amount_minor, body.currency, rollover_from)
    async with request.app.state.db.write("app", principal) as connection:
        budget_id = await set_budget(connection, principal, wish, starts_on, day)
    wanted = show("bud", budget_id)
    for budget in await _standings(request, principal):
        if budget.id == wanted:
            return budget
    raise NotFound("budget_is_unknown", "the budget was removed meanwhile")


@router.get("/{budget_id}/history", name="budget_history", responses=problems(401, 404))
async def get_history(
    request: Request, principal: SignedIn, budget_id: str, periods: Annotated[int, Query(ge=1, le=HISTORY_MOST)] = 12
) -> BudgetHistory:
    """How the budget stood in its last periods."""
    wanted = read("bud", budget_id)
    async with request.app.state.db.read(principal) as connection:
        found = await budget_history(connection, wanted, periods, today(request.app.state.clock, principal.timezone))
    return BudgetHistory(data=[_shown(budget) for budget in found])


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


def _shown(found: Standing) -> Budget:
    return Budget(**budget_cell(found).model_dump(), currency=found.currency)
