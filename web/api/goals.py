"""Goals: an amount to have, how far one is, and when one gets there."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from kit.clock import today
from kit.ids import read
from kit.redact import redact
from ledger.goals import GoalWish, change_goal, contribute, find_goal, list_goals, make_goal
from ledger.saving import GoalStanding
from tools.goals import GoalCell, goal_cell
from web.api.shapes import MAX_MINOR, Currency, Minor, Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/goals", tags=["goals"])
GoalName = Annotated[str, Field(min_length=1, max_length=120)]
TargetMinor = Annotated[int, Field(strict=True, gt=0, le=MAX_MINOR)]
AccountId = Annotated[str | None, Field(max_length=60, description="The account whose balance is what is saved.")]


class NewGoal(Shape):
    """Without an account, what is put aside is told by contributions."""

    name: GoalName
    target_minor: TargetMinor
    currency: Currency
    target_on: date | None = None
    account_id: AccountId = None


class ChangedGoal(Shape):
    """Fields that are left out stay as they are; null takes a day or an account away."""

    name: GoalName | None = None
    target_minor: TargetMinor | None = None
    target_on: date | None = None
    account_id: AccountId = None
    archived: bool | None = None


class Contribution(Shape):
    """Put aside on a day, by default today; below 0: taken out."""

    amount_minor: Minor
    on: date | None = None


class Goal(GoalCell):
    currency: str


class Goals(Shape):
    data: list[Goal]


@router.get("", name="list_goals", responses=problems(401))
async def get_goals(
    request: Request, principal: SignedIn, archived: Annotated[bool, Query(description="Those that were put away, too.")] = False
) -> Goals:
    """The customer's goals as they stand today."""
    async with request.app.state.db.read(principal) as connection:
        found = await list_goals(connection, today(request.app.state.clock, principal.timezone), archived=archived)
    return Goals(data=[_shown(goal) for goal in found])


@router.post("", name="make_goal", status_code=201, responses=problems(400, 401, 409))
async def post_goal(request: Request, principal: SignedIn, body: NewGoal) -> Goal:
    account_id = None if body.account_id is None else read("acc", body.account_id)
    wish = GoalWish(redact(body.name), body.target_minor, body.currency, body.target_on, account_id)
    day = today(request.app.state.clock, principal.timezone)
    async with request.app.state.db.write("app", principal) as connection:
        goal_id = await make_goal(connection, principal, wish, day)
    async with request.app.state.db.read(principal) as connection:
        return _shown(await find_goal(connection, goal_id, day))


@router.get("/{goal_id}", name="get_goal", responses=problems(401, 404))
async def get_goal(request: Request, principal: SignedIn, goal_id: str) -> Goal:
    async with request.app.state.db.read(principal) as connection:
        return _shown(await find_goal(connection, read("gol", goal_id), today(request.app.state.clock, principal.timezone)))


@router.patch("/{goal_id}", name="change_goal", responses=problems(400, 401, 404, 409))
async def patch_goal(request: Request, principal: SignedIn, goal_id: str, body: ChangedGoal) -> Goal:
    """Changes a goal, puts it away (`archived` true) or takes it up again."""
    wanted, day, told = read("gol", goal_id), today(request.app.state.clock, principal.timezone), body.model_fields_set
    async with request.app.state.db.read(principal) as connection:
        known = (await find_goal(connection, wanted, day)).goal
    account_id = known.account_id if "account_id" not in told else None if body.account_id is None else read("acc", body.account_id)
    wish = GoalWish(
        name=known.name if body.name is None else redact(body.name),
        target_minor=body.target_minor or known.target_minor,
        currency=known.currency,
        target_on=body.target_on if "target_on" in told else known.target_on,
        account_id=account_id,
    )
    archived = known.archived if body.archived is None else body.archived
    checked_from = day if "target_on" in told else None
    async with request.app.state.db.write("app", principal) as connection:
        await change_goal(connection, principal, wanted, wish, checked_from, archived=archived)
    async with request.app.state.db.read(principal) as connection:
        return _shown(await find_goal(connection, wanted, day))


@router.post("/{goal_id}/contributions", name="contribute", status_code=201, responses=problems(400, 401, 404, 409))
async def post_contribution(request: Request, principal: SignedIn, goal_id: str, body: Contribution) -> Goal:
    """Tells that something was put aside for a goal that has no account."""
    wanted, day = read("gol", goal_id), today(request.app.state.clock, principal.timezone)
    async with request.app.state.db.write("app", principal) as connection:
        await contribute(connection, principal, wanted, body.amount_minor, body.on or day, day)
    async with request.app.state.db.read(principal) as connection:
        return _shown(await find_goal(connection, wanted, day))


def _shown(found: GoalStanding) -> Goal:
    return Goal(**goal_cell(found).model_dump(), currency=found.goal.currency)
