"""The gate before the books: whatever is written to the ledger for the world outside passes here.

Facts of a bank's file are recorded as they are: they have happened. Every function runs in the caller's transaction as role `core`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from kit.db import Connection
from kit.errors import NotFound
from kit.identity import Principal
from ledger.accounts import Account, find_account
from ledger.imports import FileRecord, Recorded, SealedRow, record, undo
from ledger.openings import tell_balance


async def record_facts(
    connection: Connection,
    owner: Principal,
    account: Account,
    file: FileRecord,
    rows: Sequence[SealedRow],
    opening_balance_minor: int | None,
    now: datetime,
) -> Recorded:
    """Records a file's rows in one of the owner's accounts; `opening_balance_minor` is the balance before its first row."""
    recorded = await record(connection, owner, account, file, rows, now)
    if opening_balance_minor is not None and rows:
        day_before = min(row.booked_on for row in rows) - timedelta(days=1)
        await tell_balance(connection, owner, account, day_before, opening_balance_minor, now)
    return recorded


async def take_back(connection: Connection, owner: Principal, import_id: UUID, now: datetime) -> int:
    """Undoes one of the owner's imports; gives the number of facts. Raises NotFound, Conflict."""
    return await undo(connection, owner, import_id, now)


async def accept_balance(
    connection: Connection, owner: Principal, account_id: UUID, on: date, balance_minor: int, now: datetime
) -> Account:
    """Takes the owner's word for an account's booked balance at the end of a day. Raises NotFound."""
    account = await find_account(connection, owner, account_id)
    if account is None:
        raise NotFound("account_is_unknown", "there is no such account")
    await tell_balance(connection, owner, account, on, balance_minor, now)
    return account
