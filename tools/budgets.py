"""The budgets look-up."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from kit.ids import show
from ledger.budgets import list_budgets
from ledger.standing import Standing
from tools.context import ToolContext
from tools.query.model import Model


class BudgetsArguments(Model):
    """Which budgets: all, or those of one category (compared without case)."""

    category: str | None = Field(default=None, max_length=120)


class BudgetCell(Model):
    """A budget as it stands today. `left_minor` is negative when over; `over_minor` is then how far.

    Its period is `every_count` times `period` (day, week, month, quarter, year, or payday: from pay to pay). With `rollover`,
    `carried_minor` came from earlier periods, and `available_minor` is the limit with it. `alerts`: over, ahead_of_pace, nearly_used.
    """

    id: str
    category: str
    period: str
    every_count: int
    anchor_on: date
    limit_minor: int
    rollover: bool
    carried_minor: int
    available_minor: int
    spent_minor: int
    left_minor: int
    over_minor: int
    projected_minor: int
    over: bool
    on_track: bool
    alerts: tuple[str, ...]
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
    cells = tuple(budget_cell(standing) for standing in found if wanted is None or standing.category.casefold() == wanted)
    return Budgets(currency=context.principal.currency, budgets=cells, count=len(cells), over_count=sum(c.over for c in cells))


def budget_cell(found: Standing) -> BudgetCell:
    cadence = found.budget.cadence
    return BudgetCell(
        id=show("bud", found.id),
        category=found.category,
        period=cadence.unit,
        every_count=cadence.every,
        anchor_on=cadence.anchor_on,
        limit_minor=found.limit_minor,
        rollover=found.budget.rollover_from is not None,
        carried_minor=found.carried_minor,
        available_minor=found.available_minor,
        spent_minor=found.spent_minor,
        left_minor=found.left_minor,
        over_minor=found.over_minor,
        projected_minor=found.projected_minor,
        over=found.over,
        on_track=found.on_track,
        alerts=found.alerts,
        start_on=found.span.start_on,
        end_on=found.span.end_on,
    )
