"""Reads what behaviour thinks about: the reader's own lines and choices, under row-level security, in the transaction that is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from kit.db import Connection
from ledger.choices import recurring_choices
from risk.behaviour.kinds import Kind
from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring, detect

_PAYMENTS = """
select transfer_id, account_id, account_name, account_kind, booked_on, amount_minor, currency, merchant, description, category, flow,
    linked_to
from ledger.lines where booked_on <= $1 order by booked_on, transfer_id
"""


async def payments_until(connection: Connection, today: date) -> list[Payment]:
    """Every booked movement up to a day."""
    rows: list[Any] = await connection.fetch(_PAYMENTS, today)
    kinds: dict[UUID, str] = {row["transfer_id"]: row["account_kind"] for row in rows}
    return [_payment(tuple(row), kinds) for row in rows]


def _payment(row: tuple[Any, ...], kinds: dict[UUID, str]) -> Payment:
    *cells, linked_to = row
    return Payment._make((*cells, kinds.get(linked_to) if linked_to is not None and row[-2] == "transfer" else None))


async def recurring_among(connection: Connection, payments: list[Payment], today: date) -> list[Recurring]:
    """What recurs, as the customer has chosen to see it; what was hidden says so."""
    chosen = await recurring_choices(connection)
    found = []
    for one in detect(payments, today):
        choice = chosen.get(one.id)
        if choice is not None:
            one = replace(one, kind=Kind(choice.kind) if choice.kind else one.kind, hidden=choice.hidden)
        found.append(one)
    return found
