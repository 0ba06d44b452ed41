"""Goals as they are kept: made, changed, put away, and read with what is saved for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from kit.db import Connection
from kit.errors import Conflict, FieldError, Invalid, NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.balances import balances
from ledger.saving import Goal, GoalStanding, Saved, pace_window
from ledger.transfer import MAX_MINOR


@dataclass(frozen=True, slots=True)
class GoalWish:
    name: str
    target_minor: int
    currency: str
    target_on: date | None = None
    account_id: UUID | None = None


async def make_goal(connection: Connection, owner: Principal, wish: GoalWish, today: date) -> UUID:
    """A new goal, as role `app`. Raises Invalid naming the field, Conflict for a name or an account that has a goal already."""
    wish = await checked(connection, owner, wish, today)
    goal_id = new_uuid()
    try:
        await connection.execute(
            "insert into ledger.goals (id, customer_id, firm_id, name, target_minor, currency, target_on, account_id)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8)",
            goal_id, owner.customer_id, owner.firm_id, wish.name, wish.target_minor, wish.currency, wish.target_on, wish.account_id,
        )  # fmt: skip
    except asyncpg.UniqueViolationError as error:
        raise _taken(error) from error
    return goal_id


async def change_goal(
    connection: Connection, owner: Principal, goal_id: UUID, wish: GoalWish, today: date | None, *, archived: bool
) -> None:
    """The goal as it is wanted now; `today` None: its day is not looked at again. Raises NotFound, Invalid, Conflict."""
    if await connection.fetchval("select true from ledger.goals where id = $1", goal_id) is None:
        raise NotFound("goal_is_unknown", "there is no such goal")
    wish = await checked(connection, owner, wish, today)
    try:
        await connection.execute(_CHANGE, goal_id, wish.name, wish.target_minor, wish.target_on, wish.account_id, archived)
    except asyncpg.UniqueViolationError as error:
        raise _taken(error) from error


_CHANGE = """
update ledger.goals set name = $2, target_minor = $3, target_on = $4, account_id = $5, updated_at = now(),
    archived_at = case when $6 then coalesce(archived_at, now()) end
where id = $1
"""


async def contribute(connection: Connection, owner: Principal, goal_id: UUID, amount_minor: int, on: date, today: date) -> None:
    """Tells that an amount was put aside for a goal without an account (below 0: taken out). Raises NotFound, Invalid, Conflict."""
    row = await connection.fetchrow("select account_id, archived_at from ledger.goals where id = $1", goal_id)
    if row is None:
        raise NotFound("goal_is_unknown", "there is no such goal")
    if row["account_id"] is not None:
        raise Conflict("goal_is_saved_in_an_account", "what is saved for this goal is its account's balance")
    if row["archived_at"] is not None:
        raise Conflict("goal_is_archived", "this goal was put away")
    if amount_minor == 0 or abs(amount_minor) > MAX_MINOR:
        raise Invalid("amount_is_out_of_range", "amount_minor must be no 0 and within 2^53", [FieldError("/amount_minor", "range")])
    if on > today or on < today - timedelta(days=36600):
        raise Invalid("day_is_out_of_range", "a contribution is told once it was made", [FieldError("/on", "out of range")])
    await connection.execute(
        "insert into ledger.contributions (id, customer_id, firm_id, goal_id, amount_minor, on_day) values ($1, $2, $3, $4, $5, $6)",
        new_uuid(), owner.customer_id, owner.firm_id, goal_id, amount_minor, on,
    )  # fmt: skip


async def checked(connection: Connection, owner: Principal, wish: GoalWish, today: date | None) -> GoalWish:
    """The wish as it is kept. Raises Invalid naming the field that is wrong. `today` None: any day will do."""
    name = " ".join(wish.name.split())
    if not 1 <= len(name) <= 120:
        raise Invalid("goal_name_is_malformed", "name must have 1 to 120 characters", [FieldError("/name", "length")])
    if not 0 < wish.target_minor <= MAX_MINOR:
        detail = "target_minor must lie above 0 and below 2^53"
        raise Invalid("amount_is_out_of_range", detail, [FieldError("/target_minor", "out of range")])
    if wish.currency != owner.currency:
        detail = f"goals are kept in {owner.currency}"
        raise Invalid("currency_is_not_the_customers", detail, [FieldError("/currency", f"must be {owner.currency}")])
    if today is not None and wish.target_on is not None and not today < wish.target_on <= today + timedelta(days=36600):
        detail = "target_on must lie after today and within a hundred years"
        raise Invalid("day_is_out_of_range", detail, [FieldError("/target_on", "out of range")])
    if wish.account_id is not None:
        account = await connection.fetchrow(_ACCOUNT, wish.account_id)
        if account is None:
            raise Invalid("account_is_unknown", "you have no such account", [FieldError("/account_id", "unknown")])
        if account["kind"] == "card" or account["currency"] != wish.currency:
            detail = f"a goal is saved in an account of {wish.currency} that is no card"
            raise Invalid("account_cannot_hold_a_goal", detail, [FieldError("/account_id", detail)])
    return replace(wish, name=name)


_ACCOUNT = "select kind, currency from ledger.accounts where id = $1 and kind <> 'external'"


def _taken(error: asyncpg.UniqueViolationError) -> Conflict:
    if error.constraint_name == "goals_by_account":
        return Conflict("account_has_a_goal", "another goal is saved in this account", [FieldError("/account_id", "has a goal")])
    return Conflict("goal_exists", "you have a goal of this name", [FieldError("/name", "taken")])


async def list_goals(connection: Connection, today: date, *, archived: bool = False) -> list[GoalStanding]:
    """The reader's goals as they stand, those with the nearest day first; the archived ones only where asked for."""
    rows = await connection.fetch(_LIST, archived)
    now = {balance.account_id: balance.amount_minor for balance in await balances(connection)}
    found = []
    for row in rows:
        goal = Goal(
            row["id"], row["name"], row["target_minor"], row["currency"], row["target_on"], row["account_id"], row["account"],
            row["archived"],
        )  # fmt: skip
        saved = await _told(connection, row, today) if goal.account_id is None else await _in_account(connection, row, now, today)
        found.append(GoalStanding(goal, saved, today))
    return found


async def find_goal(connection: Connection, goal_id: UUID, today: date) -> GoalStanding:
    """One of the reader's goals, archived or not. Raises NotFound."""
    for found in await list_goals(connection, today, archived=True):
        if found.goal.id == goal_id:
            return found
    raise NotFound("goal_is_unknown", "there is no such goal")


_LIST = """
select g.id, g.name, g.target_minor, g.currency, g.target_on, g.account_id, a.name as account, g.archived_at is not null as archived
from ledger.goals g left join ledger.accounts a on a.id = g.account_id
where $1 or g.archived_at is null order by g.archived_at is not null, g.target_on nulls last, lower(g.name), g.id
"""
_TOLD = """
select coalesce(sum(amount_minor), 0)::bigint, coalesce(sum(amount_minor) filter (where on_day between $2 and $3), 0)::bigint
from ledger.contributions where goal_id = $1
"""
_ADDED = """
select coalesce(sum(amount_minor), 0)::bigint from ledger.lines where account_id = $1 and booked_on between $2 and $3
"""


async def _told(connection: Connection, row: Any, today: date) -> Saved:
    first = await connection.fetchval("select min(on_day) from ledger.contributions where goal_id = $1", row["id"])
    window = pace_window(first, today)
    start, end, months = window or (today, today, 0)
    sums = await connection.fetchrow(_TOLD, row["id"], start, end)
    assert sums is not None
    return Saved(sums[0], sums[1] if window else 0, months)


async def _in_account(connection: Connection, row: Any, now: dict[UUID, int | None], today: date) -> Saved:
    account_id: UUID = row["account_id"]
    first = await connection.fetchval("select min(booked_on) from ledger.lines where account_id = $1", account_id)
    if (window := pace_window(first, today)) is None:
        return Saved(now.get(account_id))
    added: int = await connection.fetchval(_ADDED, account_id, window[0], window[1])
    return Saved(now.get(account_id), added, window[2])
