"""Budgets: a limit for a category per calendar period, with what is left of it (docs/definitions.md, Plans)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import FieldError, Invalid
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.categories import tree_of_reader
from ledger.transfer import MAX_MINOR

PERIODS = ("week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit and how it stands today. `left_minor` < 0: over. `projected_minor`: spending at the period's end at today's pace."""

    id: UUID
    category: str
    period: str
    limit_minor: int
    currency: str
    start_on: date
    end_on: date
    elapsed_days: int
    spent_minor: int

    @property
    def left_minor(self) -> int:
        return self.limit_minor - self.spent_minor

    @property
    def whole_days(self) -> int:
        return (self.end_on - self.start_on).days + 1

    @property
    def projected_minor(self) -> int:
        return max(self.spent_minor, 0) * self.whole_days // self.elapsed_days

    @property
    def over(self) -> bool:
        return self.left_minor < 0

    @property
    def on_track(self) -> bool:
        return self.spent_minor * self.whole_days <= self.limit_minor * self.elapsed_days


def period_around(period: str, day: date) -> tuple[date, date]:
    """First and last day of the calendar period that holds a day; weeks run Monday to Sunday."""
    if period == "week":
        start = day - timedelta(days=day.weekday())
        return start, start + timedelta(days=6)
    if period == "month":
        first_month = last_month = day.month
    elif period == "quarter":
        first_month = (day.month - 1) // 3 * 3 + 1
        last_month = first_month + 2
    else:
        first_month, last_month = 1, 12
    return date(day.year, first_month, 1), date(day.year, last_month, monthrange(day.year, last_month)[1])


async def set_budget(connection: Connection, owner: Principal, category: str, period: str, limit_minor: int, currency: str) -> UUID:
    """Makes or changes the owner's budget for a category and period, as role `app`. Raises Invalid naming the field."""
    category = " ".join(category.split())
    if not 1 <= len(category) <= 120:
        raise Invalid("category_is_malformed", "category must have 1 to 120 characters", [FieldError("/category", "length")])
    if period not in PERIODS:
        raise Invalid("period_is_unknown", f"period must be one of {', '.join(PERIODS)}", [FieldError("/period", "unknown")])
    if not 0 < limit_minor <= MAX_MINOR:
        raise Invalid(
            "amount_is_out_of_range", "amount_minor must lie above 0 and below 2^53", [FieldError("/amount_minor", "out of range")]
        )
    if currency != owner.currency:
        raise Invalid(
            "currency_is_not_the_customers", f"budgets are kept in {owner.currency}", [FieldError("/currency", f"must be {owner.currency}")]
        )
    budget_id: UUID = await connection.fetchval(
        "insert into ledger.budgets (id, customer_id, firm_id, category, period, limit_minor, currency) values ($1, $2, $3, $4, $5, $6, $7)"
        " on conflict (customer_id, lower(category), period) do update"
        " set limit_minor = excluded.limit_minor, category = excluded.category, updated_at = now() returning id",
        new_uuid(), owner.customer_id, owner.firm_id, category, period, limit_minor, currency,
    )  # fmt: skip
    return budget_id


async def delete_budget(connection: Connection, budget_id: UUID) -> bool:
    """Whether the reader had such a budget; gone now. As role `app`."""
    return await connection.fetchval("delete from ledger.budgets where id = $1 returning true", budget_id) is not None


_SPENT = """
select coalesce(-sum(amount_minor), 0)::bigint from ledger.lines
where flow in ('spending', 'refund') and lower(category) = any($1::text[]) and booked_on between $2 and $3
"""


async def list_budgets(connection: Connection, today: date) -> list[Budget]:
    """The reader's budgets as they stand on a day, by category. As role `reader`."""
    rows = await connection.fetch("select id, category, period, limit_minor, currency from ledger.budgets order by lower(category), period")
    tree = await tree_of_reader(connection) if rows else None
    return [await _standing(connection, row, [name.lower() for name in tree.covering([row["category"]])], today) for row in rows if tree]


async def _standing(connection: Connection, row: Any, covered: list[str], today: date) -> Budget:
    start, end = period_around(row["period"], today)
    spent: int = await connection.fetchval(_SPENT, covered, start, today)
    return Budget(
        row["id"], row["category"], row["period"], row["limit_minor"], row["currency"], start, end, (today - start).days + 1, spent
    )  # fmt: skip
