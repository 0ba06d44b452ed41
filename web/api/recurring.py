"""Recurring payments: what was found, and what the customer says of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field

from kit.errors import FieldError, Invalid, NotFound
from kit.ids import read, show
from ledger.choices import choose_recurring
from risk.behaviour.books import payments_until, recurring_among
from risk.behaviour.kinds import Kind
from tools.context import ToolContext
from tools.recurring import RecurringArguments, RecurringCell, RecurringItems, cell_of, look_up_recurring
from web.api.shapes import Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/recurring", tags=["recurring"])


class ChangeRecurring(Shape):
    """`kind` says what it is; `hidden` that it is not recurring after all, or that it is. What is left out stays as it was."""

    kind: Literal["subscription", "bill", "income"] | None = None
    hidden: bool | None = None


@router.get("", name="list_recurring", responses=problems(401))
async def get_recurring(
    request: Request,
    principal: SignedIn,
    kind: Literal["subscription", "bill", "income", "any"] = "any",
    status: Literal["active", "ended"] | None = None,
    merchant: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    changed_only: bool = False,
    due_within_days: Annotated[int | None, Field(ge=0, le=366)] = None,
    hidden: Annotated[bool, Query(description="Instead: what the customer said does not recur.")] = False,
) -> RecurringItems:
    """Subscriptions, bills and income of any cadence; the dearest first, or by their days where `due_within_days` is given."""
    context = ToolContext(principal, request.app.state.db, request.app.state.clock)
    asked = RecurringArguments(kind=kind, status=status, merchant=merchant, changed_only=changed_only, due_within_days=due_within_days)
    return await look_up_recurring(context, asked, hidden=hidden)


@router.patch("/{recurring_id}", name="change_recurring", responses=problems(400, 401, 404))
async def patch_recurring(request: Request, principal: SignedIn, recurring_id: str, body: ChangeRecurring) -> RecurringCell:
    """Keeps the choice for good; an outflow cannot be called income, nor income anything else."""
    wanted, state = read("rec", recurring_id), request.app.state
    context = ToolContext(principal, state.db, state.clock)
    async with state.db.read(principal) as connection:
        found = await recurring_among(connection, await payments_until(connection, context.today), context.today)
    one = next((one for one in found if one.id == wanted and one.kind is not Kind.SAVING), None)
    if one is None:
        raise NotFound("recurring_is_unknown", "there is no such recurring payment")
    if body.kind is not None and (body.kind == "income") != one.inflow:
        raise Invalid(
            "kind_does_not_fit", "money that comes in is income, money that goes out is not", [FieldError("/kind", "does not fit")]
        )
    async with state.db.write("app", principal) as connection:
        await choose_recurring(connection, principal, wanted, body.kind, body.hidden, state.clock.now())
    async with state.db.read(principal) as connection:
        found = await recurring_among(connection, await payments_until(connection, context.today), context.today)
    for one in found:
        if one.id == wanted:
            return cell_of(one)
    raise NotFound("recurring_is_unknown", f"{show('rec', wanted)} is gone: its payments were undone meanwhile")
