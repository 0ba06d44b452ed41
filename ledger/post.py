"""THE write door: the only code that inserts transfers and entries. Importable from `ledger` and `risk.gate` alone.

A batch is posted in the caller's transaction with sequential meaning: each transfer sees the heads that the ones before it left. A
refused transfer fails alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.db import Connection
from ledger.chain import entry_hash
from ledger.transfer import AccountState, Refusal, Transfer, check

_LOCK = """
select h.account_id, a.customer_id, a.currency, a.mirrored, a.mirror_of, h.seq, h.balance_minor, h.hash, a.status
from ledger.heads h join ledger.accounts a on a.id = h.account_id
where h.account_id = any($1::uuid[]) order by h.account_id for update of h
"""
_INSERT_TRANSFERS = """
insert into ledger.transfers (id, customer_id, firm_id, from_account, to_account, amount_minor, currency, booked_on, recorded_at,
    fact_id, operation_id, reverses, decision_id)
select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::text[], $8::date[],
    $9::timestamptz[], $10::uuid[], $11::uuid[], $12::uuid[], $13::uuid[])
"""
_INSERT_ENTRIES = """
insert into ledger.entries (account_id, seq, transfer_id, customer_id, firm_id, amount_minor, currency, balance_minor, booked_on, hash)
select * from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::text[], $8::bigint[], $9::date[],
    $10::bytea[])
"""
_MOVE_HEADS = """
update ledger.heads h set seq = n.seq, balance_minor = n.balance_minor, hash = n.hash
from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bytea[]) as n (account_id, seq, balance_minor, hash)
where h.account_id = n.account_id
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one transfer: posted when `refusal` is None."""

    transfer: Transfer
    refusal: Refusal | None


async def lock(connection: Connection, accounts: Iterable[UUID]) -> dict[UUID, AccountState]:
    """The accounts as they stand, locked in the order of their ids until the transaction's end; unknown ones are left out."""
    return {row["account_id"]: AccountState(*row) for row in await connection.fetch(_LOCK, sorted(accounts))}


async def post(connection: Connection, transfers: Sequence[Transfer], recorded_at: datetime) -> list[Outcome]:
    """Posts a batch within the caller's transaction, which must be of role `core`; outcomes in the batch's order."""
    states = await lock(connection, {account for t in transfers for account in (t.from_account, t.to_account)})
    outcomes: list[Outcome] = []
    entries: list[tuple[Any, ...]] = []
    moved: set[UUID] = set()
    for transfer in transfers:
        source, target = states.get(transfer.from_account), states.get(transfer.to_account)
        refusal = check(transfer, source, target)
        outcomes.append(Outcome(transfer, refusal))
        if refusal is None and source is not None and target is not None:
            entries.append(_entry(source, transfer, -transfer.amount_minor, recorded_at))
            entries.append(_entry(target, transfer, transfer.amount_minor, recorded_at))
            moved.update((source.id, target.id))
    if entries:
        await _write(connection, [o.transfer for o in outcomes if o.refusal is None], entries, [states[a] for a in moved], recorded_at)
    return outcomes


def _entry(state: AccountState, transfer: Transfer, amount_minor: int, recorded_at: datetime) -> tuple[Any, ...]:
    """Moves the account's head by one entry and gives the entry's row."""
    state.seq += 1
    state.balance_minor += amount_minor
    state.hash = entry_hash(
        state.hash,
        account_id=state.id,
        seq=state.seq,
        transfer_id=transfer.id,
        amount_minor=amount_minor,
        balance_minor=state.balance_minor,
        currency=transfer.currency,
        booked_on=transfer.booked_on,
        recorded_at=recorded_at,
        cause_id=transfer.cause_id,
        commitment=transfer.commitment,
    )
    return (
        state.id, state.seq, transfer.id, transfer.customer_id, transfer.firm_id, amount_minor, transfer.currency, state.balance_minor,
        transfer.booked_on, state.hash,
    )  # fmt: skip


async def _write(
    connection: Connection,
    posted: Sequence[Transfer],
    entries: Sequence[tuple[Any, ...]],
    states: Sequence[AccountState],
    recorded_at: datetime,
) -> None:
    rows = [
        (
            t.id, t.customer_id, t.firm_id, t.from_account, t.to_account, t.amount_minor, t.currency, t.booked_on, recorded_at,
            t.fact_id, t.operation_id, t.reverses, t.decision_id,
        )
        for t in posted
    ]  # fmt: skip
    await connection.execute(_INSERT_TRANSFERS, *map(list, zip(*rows, strict=True)))
    await connection.execute(_INSERT_ENTRIES, *map(list, zip(*entries, strict=True)))
    await connection.execute(
        _MOVE_HEADS, [s.id for s in states], [s.seq for s in states], [s.balance_minor for s in states], [s.hash for s in states]
    )
