"""The opening balance of a mirrored account: what must have been there before its first fact for a told balance to come out right.

Files and people tell balances (*anchors*); the latest day's one counts. The opening entry is booked on the day before the first fact. When
an anchor or an older fact arrives, the entry is reversed and made anew, both kept.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.accounts import Account
from ledger.post import post
from ledger.transfer import Transfer

_ANCHOR = """
select day, minor from (
    select closing_on as day, closing_minor as minor, id from ledger.imports
        where account_id = $1 and undone_at is null and closing_on is not null
    union all
    select (details ->> 'on')::date, (details ->> 'balance_minor')::bigint, id from ledger.operations
        where account_id = $1 and kind = 'balance_told'
) anchors order by day desc, id desc limit 1
"""
_SUM = "select coalesce(sum(amount_minor), 0)::bigint from ledger.lines where account_id = $1 and booked_on <= $2"
_FIRST = "select min(booked_on) from ledger.lines where account_id = $1"
_CURRENT = "select opening_minor, opening_on, operation_id from ledger.openings where account_id = $1"
_LIVE_TRANSFER = """
select t.id, t.from_account, t.to_account, t.amount_minor, t.currency, t.booked_on from ledger.transfers t
where t.operation_id = $1 and t.reverses is null
"""


async def record_operation(
    connection: Connection, owner: Principal, kind: str, account_id: UUID, details: dict[str, Any], now: datetime
) -> tuple[UUID, bytes]:
    """An internal operation as a cause of transfers: its id and the commitment to its details."""
    operation_id = new_uuid()
    commitment = hashlib.sha256(json.dumps(details, sort_keys=True, separators=(",", ":")).encode()).digest()
    await connection.execute(
        "insert into ledger.operations (id, customer_id, firm_id, kind, account_id, details, commitment, recorded_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        operation_id, owner.customer_id, owner.firm_id, kind, account_id, details, commitment, now,
    )  # fmt: skip
    return operation_id, commitment


async def tell_balance(connection: Connection, owner: Principal, account: Account, on: date, balance_minor: int, now: datetime) -> None:
    """Keeps what a person says the booked balance was at the end of a day, and sets the opening by it."""
    await record_operation(connection, owner, "balance_told", account.id, {"on": on.isoformat(), "balance_minor": balance_minor}, now)
    await set_opening(connection, owner, account, now)


async def set_opening(connection: Connection, owner: Principal, account: Account, now: datetime) -> None:
    """Brings the account's opening entry in line with its facts and anchors."""
    wanted_minor, wanted_on = await _wanted(connection, account.id)
    current = await connection.fetchrow(_CURRENT, account.id)
    if current is None and wanted_minor is None:
        return
    if current is not None and (current["opening_minor"], current["opening_on"]) == (wanted_minor, wanted_on):
        return
    details = {"opening_minor": wanted_minor, "on": wanted_on.isoformat() if wanted_on else None}
    operation_id, commitment = await record_operation(connection, owner, "opening_balance", account.id, details, now)
    transfers = []
    if current is not None:
        live = await connection.fetchrow(_LIVE_TRANSFER, current["operation_id"])
        if live is not None:
            transfers.append(reversal(owner, live, operation_id, commitment))
    if wanted_minor and wanted_on:
        transfers.append(_opening(owner, account, wanted_minor, wanted_on, operation_id, commitment))
    for outcome in await post(connection, transfers, now):
        assert outcome.refusal is None, outcome


def _opening(owner: Principal, account: Account, minor: int, on: date, operation_id: UUID, commitment: bytes) -> Transfer:
    source, target = (account.external_id, account.id) if minor > 0 else (account.id, account.external_id)
    return Transfer(
        new_uuid(),
        owner.customer_id,
        owner.firm_id,
        source,
        target,
        abs(minor),
        account.currency,
        on,
        commitment,
        operation_id=operation_id,
    )


async def _wanted(connection: Connection, account_id: UUID) -> tuple[int | None, date | None]:
    anchor = await connection.fetchrow(_ANCHOR, account_id)
    if anchor is None:
        return None, None
    moved: int = await connection.fetchval(_SUM, account_id, anchor["day"])
    first: date | None = await connection.fetchval(_FIRST, account_id)
    before_first = (min(first, anchor["day"] + timedelta(days=1)) if first else anchor["day"] + timedelta(days=1)) - timedelta(days=1)
    return anchor["minor"] - moved, before_first


def reversal(owner: Principal, row: Any, operation_id: UUID, commitment: bytes) -> Transfer:
    """The transfer that takes another back on the same day."""
    return Transfer(
        new_uuid(), owner.customer_id, owner.firm_id, row["to_account"], row["from_account"], row["amount_minor"], row["currency"],
        row["booked_on"], commitment, operation_id=operation_id, reverses=row["id"],
    )  # fmt: skip
