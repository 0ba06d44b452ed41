"""The goals look-up."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from kit.ids import show
from ledger.goals import list_goals
from ledger.saving import GoalStanding
from tools.context import ToolContext
from tools.query.model import Model


class GoalsArguments(Model):
    """Which goals: all that are not put away, or those whose name holds these words."""

    name: str | None = Field(default=None, max_length=120)


class GoalCell(Model):
    """A goal as it stands today. None is unknown: `saved_minor` while its account's balance was never told, `pace_minor` and
    `projected_on` without a complete month on record, `monthly_needed_minor` and `on_track` without a day to be there."""

    id: str
    name: str
    status: str  # active, reached, archived
    target_minor: int
    saved_minor: int | None
    left_minor: int | None
    progress_ratio: float | None
    target_on: date | None
    monthly_needed_minor: int | None
    pace_minor: int | None  # what a month added, over the last complete ones, at most three
    pace_months_count: int
    projected_on: date | None
    on_track: bool | None
    account: str | None
    account_id: str | None


class Goals(Model):
    """`saved_total_minor` sums what is known."""

    currency: str
    goals: tuple[GoalCell, ...]
    count: int
    reached_count: int
    saved_total_minor: int
    target_total_minor: int


async def look_up_goals(context: ToolContext, arguments: GoalsArguments) -> Goals:
    async with context.db.read(context.principal) as connection:
        found = await list_goals(connection, context.today)
    words = (arguments.name or "").casefold().split()
    cells = tuple(goal_cell(goal) for goal in found if all(word in goal.goal.name.casefold() for word in words))
    return Goals(
        currency=context.principal.currency,
        goals=cells,
        count=len(cells),
        reached_count=sum(cell.status == "reached" for cell in cells),
        saved_total_minor=sum(cell.saved_minor or 0 for cell in cells),
        target_total_minor=sum(cell.target_minor for cell in cells),
    )


def goal_cell(found: GoalStanding) -> GoalCell:
    goal = found.goal
    return GoalCell(
        id=show("gol", goal.id),
        name=goal.name,
        status=found.status,
        target_minor=goal.target_minor,
        saved_minor=found.saved_minor,
        left_minor=found.left_minor,
        progress_ratio=None if found.saved_minor is None else max(found.saved_minor, 0) / goal.target_minor,
        target_on=goal.target_on,
        monthly_needed_minor=found.monthly_needed_minor,
        pace_minor=found.pace_minor,
        pace_months_count=found.saved.months,
        projected_on=found.projected_on,
        on_track=found.on_track,
        account=goal.account,
        account_id=None if goal.account_id is None else show("acc", goal.account_id),
    )
