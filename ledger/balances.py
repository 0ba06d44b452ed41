"""Balances now and at the end of any past day. Booked facts only; unknown stays unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
