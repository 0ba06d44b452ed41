"""Instructions: transfers that a person makes at their bank, and the feed's facts by which they are recognised.

A leg is recognised in a mirrored account by its exact amount within `WINDOW` of the instruction, the nearest day first; a fact serves one
instruction. A leg in an account that Steward keeps is posted when the other one is recognised: the money has then left or reached the bank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.enriched import lock_enrichment, think_over

EARLIER, WINDOW = timedelta(days=3), timedelta(days=45)


@dataclass(frozen=True, slots=True)
class OwnTransfer:
    """Money that a person wants moved between two accounts of theirs, as a confirmed proposal says."""

    proposal_id: UUID
    from_account: UUID
    to_account: UUID
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """An instruction whose legs at the bank are all there; `kept_account` is the one that Steward's own book must follow with."""

    id: UUID
    wish: OwnTransfer
    booked_on: date
    bank_transfer: UUID
    kept_account: UUID | None
    incoming: bool  # whether the money comes to the kept account


async def give_instruction(connection: Connection, owner: Principal, wish: OwnTransfer, decision_id: UUID, now: datetime) -> UUID:
    """Keeps the exact data of a transfer to be made at the bank, as role `core`."""
    instruction_id = new_uuid()
    await connection.execute(
        "insert into ledger.instructions (id, customer_id, firm_id, proposal_id, decision_id, from_account, to_account, amount_minor,"
        " currency, reference, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        instruction_id, owner.customer_id, owner.firm_id, wish.proposal_id, decision_id, wish.from_account, wish.to_account,
        wish.amount_minor, wish.currency, f"STEWARD {instruction_id.hex[-8:].upper()}", now,
    )  # fmt: skip
    return instruction_id


_OPEN = """
select i.id, i.proposal_id, i.from_account, i.to_account, i.amount_minor, i.currency, i.from_transfer, i.to_transfer, i.created_at,
    f.mirrored as from_mirrored, t.mirrored as to_mirrored
from ledger.instructions i join ledger.accounts f on f.id = i.from_account join ledger.accounts t on t.id = i.to_account
where i.customer_id = $1 and i.done_at is null order by i.created_at, i.id for update of i
"""
_LEG = """
select e.transfer_id, e.booked_on from ledger.entries e
join ledger.transfers t on t.id = e.transfer_id and t.fact_id is not null
join ledger.enrichment n on n.transfer_id = e.transfer_id and not n.hidden
where e.account_id = $1 and e.amount_minor = $2 and e.booked_on between $3 and $4
    and not exists (select from ledger.instructions i where e.transfer_id in (i.from_transfer, i.to_transfer))
order by abs(e.booked_on - $5::date), e.booked_on, e.transfer_id limit 1
"""
_FOUND = "update ledger.instructions set from_transfer = $2, to_transfer = $3 where id = $1"
_DONE = """
update ledger.instructions set done_at = $2, from_transfer = coalesce(from_transfer, $3), to_transfer = coalesce(to_transfer, $3)
where id = $1
"""
_BOOKED = "select max(booked_on) from ledger.entries where transfer_id = any($1::uuid[])"


async def recognise(connection: Connection, owner: Principal) -> list[Recognised]:
    """Looks for the legs of the owner's open instructions among the facts; gives those whose legs at the bank are all there."""
    found = []
    for row in await connection.fetch(_OPEN, owner.customer_id):
        source = row["from_transfer"] or (await _leg(connection, row, row["from_account"], -1) if row["from_mirrored"] else None)
        target = row["to_transfer"] or (await _leg(connection, row, row["to_account"], 1) if row["to_mirrored"] else None)
        if (source, target) != (row["from_transfer"], row["to_transfer"]):
            await connection.execute(_FOUND, row["id"], source, target)
            await _are_transfers(connection, owner, [leg for leg in (source, target) if leg is not None])
        if (source is not None or not row["from_mirrored"]) and (target is not None or not row["to_mirrored"]):
            found.append(await _recognised(connection, row, source, target))
    return found


async def finish(connection: Connection, instruction_id: UUID, kept_transfer: UUID | None, now: datetime) -> None:
    """The instruction is carried out; `kept_transfer` is the leg in Steward's own book, if it has one."""
    await connection.execute(_DONE, instruction_id, now, kept_transfer)


async def _leg(connection: Connection, row: Any, account_id: UUID, sign: int) -> UUID | None:
    day: date = row["created_at"].date()
    found = await connection.fetchrow(_LEG, account_id, sign * row["amount_minor"], day - EARLIER, day + WINDOW, day)
    return None if found is None else found["transfer_id"]


async def _recognised(connection: Connection, row: Any, source: UUID | None, target: UUID | None) -> Recognised:
    legs = [leg for leg in (source, target) if leg is not None]
    wish = OwnTransfer(row["proposal_id"], row["from_account"], row["to_account"], row["amount_minor"], row["currency"])
    kept = row["from_account"] if not row["from_mirrored"] else row["to_account"] if not row["to_mirrored"] else None
    booked_on: date = await connection.fetchval(_BOOKED, legs)
    return Recognised(row["id"], wish, booked_on, legs[0], kept, kept == row["to_account"])


async def _are_transfers(connection: Connection, owner: Principal, legs: list[UUID]) -> None:
    """What was instructed is a transfer between own accounts, whatever its words look like."""
    await lock_enrichment(connection, owner.customer_id)
    await connection.execute("update ledger.enrichment set told_flow = 'transfer' where transfer_id = any($1::uuid[])", legs)
    await think_over(connection, owner)


_REOPEN = """
update ledger.instructions i set done_at = null, from_transfer = case when a.from_gone or a.from_kept then null else i.from_transfer end,
    to_transfer = case when a.to_gone or a.to_kept then null else i.to_transfer end
from (
    select i.id, f.id is not null as from_gone, t.id is not null as to_gone,
        kf.decision_id is not null as from_kept, kt.decision_id is not null as to_kept
    from ledger.instructions i
    left join ledger.transfers tf on tf.id = i.from_transfer left join ledger.facts f on f.id = tf.fact_id and f.import_id = $2
    left join ledger.transfers tt on tt.id = i.to_transfer left join ledger.facts t on t.id = tt.fact_id and t.import_id = $2
    left join ledger.transfers kf on kf.id = i.from_transfer left join ledger.transfers kt on kt.id = i.to_transfer
    where i.customer_id = $1 and (f.id is not null or t.id is not null)
) a where a.id = i.id
"""
_KEPT_LEGS = """
select k.id, k.from_account, k.to_account, k.amount_minor, k.currency, k.booked_on from ledger.instructions i
join ledger.transfers b on b.id in (i.from_transfer, i.to_transfer) join ledger.facts f on f.id = b.fact_id and f.import_id = $2
join ledger.transfers k on k.id in (i.from_transfer, i.to_transfer) and k.decision_id is not null
where i.customer_id = $1
"""


async def reopen(connection: Connection, owner: Principal, import_id: UUID) -> list[Any]:
    """An import's facts were taken back: what they carried out waits again. Gives the legs in Steward's own book, to be reversed."""
    kept = await connection.fetch(_KEPT_LEGS, owner.customer_id, import_id)
    await connection.execute(_REOPEN, owner.customer_id, import_id)
    if kept:
        await connection.execute(
            "update ledger.enrichment set hidden = true where transfer_id = any($1::uuid[])", [row["id"] for row in kept]
        )
    return list(kept)


_DESCRIBE = """
insert into ledger.enrichment (transfer_id, customer_id, firm_id, description, merchant, category, category_source, flow)
select t.id, t.customer_id, t.firm_id,
    'Transfer from ' || case when f.kind = 'external' then 'the bank' else f.name end
        || ' to ' || case when g.kind = 'external' then 'the bank' else g.name end,
    'Own transfer', 'Transfer', 'customer', 'transfer'
from ledger.transfers t join ledger.accounts f on f.id = t.from_account join ledger.accounts g on g.id = t.to_account where t.id = $1
"""


async def describe_transfer(connection: Connection, owner: Principal, transfer_id: UUID) -> None:
    """Gives a transfer in Steward's own book its words, so that the history shows it."""
    await lock_enrichment(connection, owner.customer_id)
    await connection.execute(_DESCRIBE, transfer_id)
