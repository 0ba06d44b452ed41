"""The gate before the books: whatever is written to the ledger for the world outside passes here.

Facts of a bank's file are recorded as they are: they have happened. Every function runs in the caller's transaction as role `core`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from kit.db import Connection
from kit.errors import NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.accounts import Account, find_account
from ledger.decisions import Decision, record_decision
from ledger.imports import FileRecord, Recorded, SealedRow, record, undo
from ledger.instructions import OwnTransfer, Recognised, describe_transfer, finish, give_instruction, recognise, reopen
from ledger.openings import record_operation, reversal, tell_balance
from ledger.post import lock, post
from ledger.transfer import AccountState, Refusal, Transfer, check, check_instruction
from risk.behaviour.categories import load_classifier


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
    recorded = await record(connection, owner, account, file, rows, now, load_classifier())
    if opening_balance_minor is not None and rows:
        day_before = min(row.booked_on for row in rows) - timedelta(days=1)
        await tell_balance(connection, owner, account, day_before, opening_balance_minor, now)
    await settle_instructions(connection, owner, now)
    return recorded


async def take_back(connection: Connection, owner: Principal, import_id: UUID, now: datetime) -> int:
    """Undoes one of the owner's imports; gives the number of facts. Raises NotFound, Conflict."""
    kept = await reopen(connection, owner, import_id)
    undone = await undo(connection, owner, import_id, now)
    for leg in kept:
        operation_id, commitment = await record_operation(
            connection, owner, "undo_import", leg["to_account"], {"import_id": import_id.hex}, now
        )
        (outcome,) = await post(connection, [reversal(owner, leg, operation_id, commitment)], now)
        assert outcome.refusal is None, outcome
    return undone


async def accept_balance(
    connection: Connection, owner: Principal, account_id: UUID, on: date, balance_minor: int, now: datetime
) -> Account:
    """Takes the owner's word for an account's booked balance at the end of a day. Raises NotFound."""
    account = await find_account(connection, owner, account_id)
    if account is None:
        raise NotFound("account_is_unknown", "there is no such account")
    await tell_balance(connection, owner, account, on, balance_minor, now)
    return account


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a wish to move money: declined with reasons, posted as a transfer, or given as an instruction for the bank."""

    decision_id: UUID
    reasons: tuple[str, ...]
    transfer_id: UUID | None = None
    instruction_id: UUID | None = None


async def move_own_money(connection: Connection, owner: Principal, wish: OwnTransfer, today: date, now: datetime) -> Moved:
    """Decides on a confirmed transfer between own accounts and posts it where Steward keeps both. A refusal is a decision, too."""
    states = await lock(connection, {wish.from_account, wish.to_account})
    source, target = (_own(owner, states.get(account)) for account in (wish.from_account, wish.to_account))
    kept = not any(state is not None and state.mirrored for state in (source, target))
    draft = _transfer(owner, wish.from_account, wish.to_account, wish, today, new_uuid())
    refusal = check(draft, source, target) if kept else check_instruction(draft, source, target)
    decision = _decision(draft, "own_transfer" if kept else "instruction", wish, refusal)
    await record_decision(connection, owner, decision, now)
    if refusal is not None:
        return Moved(decision.id, decision.reasons)
    if not kept:
        return Moved(decision.id, (), instruction_id=await give_instruction(connection, owner, wish, decision.id, now))
    return Moved(decision.id, (), transfer_id=await _post_kept(connection, owner, draft, decision, now))


async def settle_instructions(connection: Connection, owner: Principal, now: datetime) -> int:
    """Marks what the bank's facts show to be carried out; the leg in Steward's own book follows. Gives the number settled."""
    settled = 0
    for found in await recognise(connection, owner):
        kept_transfer = None
        if found.kept_account is not None:
            kept_transfer = await _follow(connection, owner, found, now)
            if kept_transfer is None:
                continue
        await finish(connection, found.id, kept_transfer, now)
        settled += 1
    return settled


async def _follow(connection: Connection, owner: Principal, found: Recognised, now: datetime) -> UUID | None:
    """The kept account's own leg, against what lies outside of it; None where the money is not there."""
    assert found.kept_account is not None
    outside: UUID = await connection.fetchval("select id from ledger.accounts where mirror_of = $1", found.kept_account)
    source, target = (outside, found.kept_account) if found.incoming else (found.kept_account, outside)
    states = await lock(connection, {source, target})
    draft = _transfer(owner, source, target, found.wish, found.booked_on, new_uuid())
    refusal = check(draft, states.get(source), states.get(target))
    decision = _decision(draft, "settlement", found.wish, refusal)
    await record_decision(connection, owner, decision, now)
    return None if refusal is not None else await _post_kept(connection, owner, draft, decision, now)


async def _post_kept(connection: Connection, owner: Principal, draft: Transfer, decision: Decision, now: datetime) -> UUID:
    transfer = replace(draft, commitment=decision.commitment)
    (outcome,) = await post(connection, [transfer], now)
    assert outcome.refusal is None, outcome  # the accounts have been locked since the check
    await describe_transfer(connection, owner, transfer.id)
    return transfer.id


def _own(owner: Principal, state: AccountState | None) -> AccountState | None:
    """Another's account is as unknown as one that does not exist, and what lies outside is nobody's to name."""
    return None if state is None or state.customer_id != owner.customer_id or state.external else state


def _transfer(owner: Principal, source: UUID, target: UUID, wish: OwnTransfer, on: date, decision_id: UUID) -> Transfer:
    return Transfer(
        new_uuid(), owner.customer_id, owner.firm_id, source, target, wish.amount_minor, wish.currency, on, bytes(32),
        decision_id=decision_id,
    )  # fmt: skip


def _decision(draft: Transfer, kind: str, wish: OwnTransfer, refusal: Refusal | None) -> Decision:
    assert draft.decision_id is not None
    details = {
        "proposal_id": wish.proposal_id.hex, "from_account": wish.from_account.hex, "to_account": wish.to_account.hex,
        "amount_minor": wish.amount_minor, "currency": wish.currency,
    }  # fmt: skip
    return Decision(draft.decision_id, kind, () if refusal is None else (str(refusal),), details)
