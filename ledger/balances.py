"""Balances now and at the end of any past day. Booked facts only; unknown stays unknown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kit.db import Connection


@dataclass(frozen=True, slots=True)
class Balance:
    """`amount_minor` None: the account's opening balance was never told, or the day lies before its first fact."""

    account_id: UUID
    name: str
    kind: str
    currency: str
    amount_minor: int | None


_NOW = """
select a.id, a.name, a.kind, a.currency, case when a.mirrored and o.opening_minor is null then null else h.balance_minor end
from ledger.accounts a join ledger.heads h on h.account_id = a.id left join ledger.openings o on o.account_id = a.id
where a.kind <> 'external' order by array_position(array['checking', 'savings', 'cash', 'card', 'brokerage'], a.kind), lower(a.name)
"""


_AT = """
select a.id, a.name, a.kind, a.currency,
    case when a.mirrored and (o.opening_minor is null or $1 < o.opening_on) then null
    else coalesce((select sum(e.amount_minor) from ledger.entries e where e.account_id = a.id and e.booked_on <= $1), 0)::bigint end
from ledger.accounts a left join ledger.openings o on o.account_id = a.id
where a.kind <> 'external' order by array_position(array['checking', 'savings', 'cash', 'card', 'brokerage'], a.kind), lower(a.name)
"""


async def balances(connection: Connection, on: date | None = None) -> list[Balance]:
    """The reader's accounts with their balance now, or at the end of a day."""
    rows = await (connection.fetch(_NOW) if on is None else connection.fetch(_AT, on))
    return [Balance(*row) for row in rows]


_OPENED = """
select a.id, a.name, a.kind, a.currency, a.mirrored, o.opening_minor is not null as told, o.opening_on
from ledger.accounts a left join ledger.openings o on o.account_id = a.id
where a.kind <> 'external' order by array_position(array['checking', 'savings', 'cash', 'card', 'brokerage'], a.kind), lower(a.name)
"""
_MOVED = """
select e.account_id, e.booked_on, sum(e.amount_minor)::bigint
from ledger.entries e join ledger.accounts a on a.id = e.account_id
where a.kind <> 'external' and e.booked_on <= $1 group by e.account_id, e.booked_on order by e.account_id, e.booked_on
"""


async def balances_on(connection: Connection, days: Sequence[date]) -> list[list[Balance]]:
    """The balances at the end of each of these days: one pass over the entries, however many days."""
    if not days:
        return []
    moved: dict[UUID, tuple[list[date], list[int]]] = {}
    for account_id, day, minor in await connection.fetch(_MOVED, max(days)):
        known, totals = moved.setdefault(account_id, ([], []))
        known.append(day)
        totals.append(minor + (totals[-1] if totals else 0))
    accounts = await connection.fetch(_OPENED)
    return [[_at_end(row, *moved.get(row["id"], ([], [])), day) for row in accounts] for day in days]


def _at_end(row: Any, known: Sequence[date], totals: Sequence[int], day: date) -> Balance:
    at = bisect_right(known, day) - 1
    unknown = row["mirrored"] and (not row["told"] or day < row["opening_on"])
    return Balance(row["id"], row["name"], row["kind"], row["currency"], None if unknown else totals[at] if at >= 0 else 0)
