"""Budgets as they are kept: set, removed, read with the spending that counts against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import FieldError, Invalid, NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.categories import tree_of_reader
from ledger.category_tree import Tree
from ledger.fx import lines_at_home
from ledger.paydays import paydays
from ledger.periods import Cadence, span_around
from ledger.standing import Budget, SpentByDay, Standing, history, standing
from ledger.transfer import MAX_MINOR

HISTORY_MOST = 120


@dataclass(frozen=True, slots=True)
class BudgetWish:
    """What a person wants of a budget. `rollover_from`: the day since which rests carry over; None: they do not."""

    category: str
    cadence: Cadence
    limit_minor: int
    currency: str
    rollover_from: date | None = None


async def present_start(connection: Connection, cadence: Cadence, today: date) -> date:
    """The first day of the period that today lies in, as role `reader`."""
    return span_around(cadence, today, await paydays(connection, today) if cadence.unit == "payday" else ()).start_on


async def set_budget(connection: Connection, owner: Principal, wish: BudgetWish, starts_on: date, today: date) -> UUID:
    """Makes or changes the owner's budget for a category and period, as role `app`; its limit counts from `starts_on` on.

    Raises Invalid naming the field.
    """
    category, cadence = checked(owner, wish, today), wish.cadence
    budget_id: UUID = await connection.fetchval(
        _SET, new_uuid(), owner.customer_id, owner.firm_id, category, cadence.unit, cadence.every, cadence.anchor_on, wish.currency,
        wish.rollover_from,
    )  # fmt: skip
    await connection.execute(_SET_LIMIT, budget_id, owner.customer_id, owner.firm_id, starts_on, wish.limit_minor)
    return budget_id


_SET = """
insert into ledger.budgets (id, customer_id, firm_id, category, unit, every, anchor_on, currency, rollover_from)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (customer_id, lower(category), unit, every) do update set category = excluded.category, anchor_on = excluded.anchor_on,
    rollover_from = excluded.rollover_from, updated_at = now()
returning id
"""
_SET_LIMIT = """
insert into ledger.budget_limits (budget_id, customer_id, firm_id, from_on, limit_minor) values ($1, $2, $3, $4, $5)
on conflict (budget_id, from_on) do update set limit_minor = excluded.limit_minor
"""


def checked(owner: Principal, wish: BudgetWish, today: date) -> str:
    """The category as it is kept. Raises Invalid naming the field that is wrong."""
    category = " ".join(wish.category.split())
    if not 1 <= len(category) <= 120:
        raise Invalid("category_is_malformed", "category must have 1 to 120 characters", [FieldError("/category", "length")])
    if not 0 < wish.limit_minor <= MAX_MINOR:
        raise Invalid(
            "amount_is_out_of_range", "amount_minor must lie above 0 and below 2^53", [FieldError("/amount_minor", "out of range")]
        )
    if wish.currency != owner.currency:
        raise Invalid(
            "currency_is_not_the_customers", f"budgets are kept in {owner.currency}", [FieldError("/currency", f"must be {owner.currency}")]
        )
    if wish.rollover_from is not None and not today - timedelta(days=3660) <= wish.rollover_from <= today + timedelta(days=366):
        detail = "rollover must start within ten years before and one year after today"
        raise Invalid("rollover_is_out_of_range", detail, [FieldError("/rollover_from", "out of range")])
    return category


async def delete_budget(connection: Connection, budget_id: UUID) -> bool:
    """Whether the reader had such a budget; gone now. As role `app`."""
    return await connection.fetchval("delete from ledger.budgets where id = $1 returning true", budget_id) is not None


async def list_budgets(connection: Connection, today: date) -> list[Standing]:
    """The reader's budgets as they stand on a day, by category. As role `reader`."""
    budgets = await _budgets(connection)
    known = await paydays(connection, today) if any(b.cadence.unit == "payday" for b in budgets) else []
    found = []
    for budget in budgets:
        first = min(budget.rollover_from or today, today)
        spent = await _spent(connection, budget, span_around(budget.cadence, first, known).start_on, today)
        found.append(standing(budget, spent, today, known))
    return found


async def budget_history(connection: Connection, budget_id: UUID, periods: int, today: date) -> list[Standing]:
    """One of the reader's budgets in its last periods, the present one last. Raises NotFound."""
    budget = next((b for b in await _budgets(connection) if b.id == budget_id), None)
    if budget is None:
        raise NotFound("budget_is_unknown", "there is no such budget")
    known = await paydays(connection, today) if budget.cadence.unit == "payday" else []
    first = span_around(budget.cadence, today, known).start_on
    for _ in range(min(periods, HISTORY_MOST) - 1):
        first = span_around(budget.cadence, first - timedelta(days=1), known).start_on
    counted = span_around(budget.cadence, min(budget.rollover_from or first, first), known).start_on
    return history(budget, await _spent(connection, budget, counted, today), first, today, known)


async def _budgets(connection: Connection) -> list[Budget]:
    rows = await connection.fetch(_LIST)
    tree = await tree_of_reader(connection) if rows else None
    return [_budget(row, tree) for row in rows if tree]


def _budget(row: Any, tree: Tree) -> Budget:
    return Budget(
        id=row["id"],
        category=row["category"],
        cadence=Cadence(row["unit"], row["every"], row["anchor_on"]),
        currency=row["currency"],
        limits=tuple((date.fromisoformat(limit["from_on"]), limit["limit_minor"]) for limit in row["limits"]),
        rollover_from=row["rollover_from"],
        categories=frozenset(name.lower() for name in tree.covering([row["category"]])),
    )


_LIST = """
select b.id, b.category, b.unit, b.every, b.anchor_on, b.currency, b.rollover_from,
    (select jsonb_agg(jsonb_build_object('from_on', l.from_on, 'limit_minor', l.limit_minor) order by l.from_on)
        from ledger.budget_limits l where l.budget_id = b.id) as limits
from ledger.budgets b order by lower(b.category), b.unit, b.every
"""
_SPENT = """
select booked_on, coalesce(-sum(home_minor), 0)::bigint as spent_minor from {lines}
where flow in ('spending', 'refund') and lower(category) = any($1::text[]) and booked_on between $2 and $3 group by booked_on
"""


async def _spent(connection: Connection, budget: Budget, first: date, last: date) -> SpentByDay:
    lines = await lines_at_home(connection)
    rows = await connection.fetch(_SPENT.format(lines=lines), sorted(budget.categories), first, last)
    return {row["booked_on"]: row["spent_minor"] for row in rows}
