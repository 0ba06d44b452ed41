"""The budgets look-up."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from kit.ids import show
from ledger.budgets import Budget, list_budgets
from tools.context import ToolContext
from tools.query.model import Model


class BudgetsArguments(Model):
    """Which budgets: all, or those of one category (compared without case)."""

    category: str | None = Field(default=None, max_length=120)


class BudgetCell(Model):
    """A budget as it stands today. `left_minor` is negative when over; `over_minor` is then how far."""

    id: str
    category: str
    period: str
    limit_minor: int
    spent_minor: int
    left_minor: int
    over_minor: int
    projected_minor: int
    over: bool
    on_track: bool
    start_on: date
    end_on: date


class Budgets(Model):
    currency: str
    budgets: tuple[BudgetCell, ...]
    count: int
    over_count: int


async def look_up_budgets(context: ToolContext, arguments: BudgetsArguments) -> Budgets:
    async with context.db.read(context.principal) as connection:
        found = await list_budgets(connection, context.today)
    wanted = None if arguments.category is None else arguments.category.casefold()
    cells = tuple(_cell(budget) for budget in found if wanted is None or budget.category.casefold() == wanted)
    return Budgets(currency=context.principal.currency, budgets=cells, count=len(cells), over_count=sum(c.over for c in cells))


def _cell(budget: Budget) -> BudgetCell:
    return BudgetCell(
        id=show("bud", budget.id),
        category=budget.category,
        period=budget.period,
        limit_minor=budget.limit_minor,
        spent_minor=budget.spent_minor,
        left_minor=budget.left_minor,
        over_minor=max(-budget.left_minor, 0),
        projected_minor=budget.projected_minor,
        over=budget.over,
        on_track=budget.on_track,
        start_on=budget.start_on,
        end_on=budget.end_on,
    )
