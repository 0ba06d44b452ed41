"""The hash chain of each account: every entry's hash covers the one before it, so that a changed row shows.

An entry covers its account, number, transfer, amount, balance, day, the moment of recording and a commitment to its cause (for a feed's
fact SHA-256 over salt and original; erasing the original leaves the chain whole). Without an anchor outside the database a rewrite of
the whole chain and of its head goes unseen: `verify` proves that the books agree with themselves.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from kit.db import Connection

_FORM = struct.Struct(">16sQ16sqq3sIq16s32s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PAGE = 5_000


def genesis(account_id: UUID) -> bytes:
    """The hash that an account's first entry builds on."""
    return hashlib.sha256(b"steward account" + account_id.bytes).digest()


def entry_hash(
    previous: bytes,
    *,
    account_id: UUID,
    seq: int,
    transfer_id: UUID,
    amount_minor: int,
    balance_minor: int,
    currency: str,
    booked_on: date,
    recorded_at: datetime,
    cause_id: UUID,
    commitment: bytes,
) -> bytes:
    """SHA-256 over the previous hash and the entry in a fixed packed form; 32 bytes."""
    recorded_us = (recorded_at - _EPOCH) // _MICROSECOND
    packed = _FORM.pack(
        account_id.bytes, seq, transfer_id.bytes, amount_minor, balance_minor, currency.encode(), booked_on.toordinal(),
        recorded_us, cause_id.bytes, commitment,
    )  # fmt: skip
    return hashlib.sha256(previous + packed).digest()


_MICROSECOND = datetime.resolution


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row that does not fit: where it stands and what is wrong with it."""

    account_id: UUID
    seq: int
    transfer_id: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a verification has come; `fault` ends it."""

    accounts: int
    entries: int
    fault: Fault | None = None


async def verify(connection: Connection) -> AsyncIterator[Progress]:
    """Walks every account's chain as role `worker`; yields after each account, last of all with the fault if there is one."""
    heads = await connection.fetch("select account_id, seq, balance_minor, hash from ledger.heads order by account_id")
    entries = 0
    for number, head in enumerate(heads, 1):
        walked, fault = await _verify_account(connection, head)
        entries += walked
        yield Progress(number, entries, fault)
        if fault is not None:
            return
    orphan = await connection.fetchrow(_ORPHANS)
    if orphan is not None:
        fault = Fault(orphan["account_id"], orphan["seq"], orphan["transfer_id"], "the entries of this transfer do not sum to zero")
        yield Progress(len(heads), entries, fault)


_ENTRIES = """
select e.seq, e.transfer_id, e.amount_minor, e.currency, e.balance_minor, e.booked_on, e.hash,
    t.from_account, t.to_account, t.amount_minor as moved_minor, t.booked_on as moved_on, t.recorded_at,
    coalesce(t.fact_id, t.operation_id, t.decision_id) as cause_id, coalesce(f.commitment, o.commitment, d.commitment) as commitment,
    f.amount_minor as fact_minor, f.booked_on as fact_on, t.reverses
from ledger.entries e
join ledger.transfers t on t.id = e.transfer_id
left join ledger.facts f on f.id = t.fact_id
left join ledger.operations o on o.id = t.operation_id
left join ledger.decisions d on d.id = t.decision_id
where e.account_id = $1 and e.seq > $2 order by e.seq limit $3
"""
_ORPHANS = """
select min(account_id::text)::uuid as account_id, min(seq) as seq, transfer_id from ledger.entries
group by transfer_id, currency having sum(amount_minor) <> 0 limit 1
"""


async def _verify_account(connection: Connection, head: Any) -> tuple[int, Fault | None]:
    account_id: UUID = head["account_id"]
    seq, balance, link = 0, 0, genesis(account_id)
    while rows := await connection.fetch(_ENTRIES, account_id, seq, PAGE):
        for row in rows:
            reason = _fault_of(account_id, row, seq, balance, link)
            if reason is not None:
                return seq, Fault(account_id, row["seq"], row["transfer_id"], reason)
            seq, balance, link = row["seq"], row["balance_minor"], row["hash"]
    if (seq, balance, link) != (head["seq"], head["balance_minor"], head["hash"]):
        return seq, Fault(
            account_id, seq + 1, None, "the chain ends elsewhere than its head says: entries are missing or the head was changed"
        )
    return seq, None


def _fault_of(account_id: UUID, row: Any, seq: int, balance: int, link: bytes) -> str | None:
    if row["seq"] != seq + 1:
        return f"entry {seq + 1} is missing"
    sign = 1 if row["to_account"] == account_id else -1 if row["from_account"] == account_id else 0
    if row["amount_minor"] != sign * row["moved_minor"] or row["booked_on"] != row["moved_on"]:
        return "the entry differs from its transfer"
    if row["balance_minor"] != balance + row["amount_minor"]:
        return "the running balance does not follow from the entry before"
    fact_minor = row["fact_minor"]
    if fact_minor is not None and (abs(fact_minor) != row["moved_minor"] or row["fact_on"] != row["booked_on"]):
        return "the transfer differs from the fact that caused it"
    expected = entry_hash(
        link,
        account_id=account_id,
        seq=row["seq"],
        transfer_id=row["transfer_id"],
        amount_minor=row["amount_minor"],
        balance_minor=row["balance_minor"],
        currency=row["currency"],
        booked_on=row["booked_on"],
        recorded_at=row["recorded_at"],
        cause_id=row["cause_id"],
        commitment=row["commitment"],
    )
    return None if expected == row["hash"] else "the hash does not match the row"
