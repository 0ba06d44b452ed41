"""A bank's file becomes facts, once each, and can be taken back.

The same file again, or an overlapping one, or one of another format, adds only what is new (`same_facts`); two identical rows inside one
file are two facts. A fact that is known again gains the keys by which it was. An undone import is reversed entry by entry and gives its
identities back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import Conflict, NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.accounts import Account, find_account
from ledger.enriched import begin_thinking, keep_thought, lock_enrichment, think_over
from ledger.enrichment import Classifier, FactToEnrich
from ledger.feeds.identity import Identity
from ledger.feeds.rows import Format
from ledger.openings import record_operation, reversal, set_opening
from ledger.post import Outcome, post
from ledger.same_facts import KnownRow, Row, match_keys, match_other_formats, new_keys
from ledger.transfer import Transfer


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row of a file, ready to be kept: words redacted, the original sealed with the customer's key, identity computed."""

    line: int
    booked_on: date
    amount_minor: int
    description: str
    counterparty: str | None
    category: str | None
    identity: Identity
    commitment: bytes
    ciphertext: bytes
    key_version: int


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What is kept about the file itself. `closing` is the booked balance it states, and its day."""

    name: str
    sha256: bytes
    mapping: dict[str, Any]
    rejected: list[dict[str, Any]]
    closing: tuple[date, int] | None
    format: Format = "csv"


@dataclass(frozen=True, slots=True)
class Recorded:
    import_id: UUID
    account_id: UUID
    imported: int
    duplicates: int


_HOLDS_ANY = "select exists (select from ledger.identities where account_id = $1)"
_HELD = "select fingerprint, occurrence, fact_id from ledger.identities where account_id = $1 and fingerprint = any($2::bytea[])"
_OF_OTHER_FORMATS = """
select f.id, f.import_id, f.line, f.booked_on, f.amount_minor, n.description, n.counterparty
from ledger.facts f
join ledger.imports i on i.id = f.import_id and i.format <> $2 and i.undone_at is null
join ledger.transfers t on t.fact_id = f.id
join ledger.enrichment n on n.transfer_id = t.id
where f.account_id = $1 and f.import_id in (
    select import_id from ledger.facts where account_id = $1 group by import_id having min(booked_on) <= $4 and max(booked_on) >= $3
)
order by f.id
"""
_INSERT_IMPORT = """
insert into ledger.imports (id, customer_id, firm_id, account_id, file_name, file_sha256, mapping, imported, duplicates, rejected,
    closing_on, closing_minor, created_at, format)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""
_INSERT_FACTS = """
insert into ledger.facts (id, customer_id, firm_id, account_id, import_id, line, booked_on, amount_minor, commitment, recorded_at)
select f.id, $1, $2, $3, $4, f.line, f.booked_on, f.amount_minor, f.commitment, $5
from unnest($6::uuid[], $7::int[], $8::date[], $9::bigint[], $10::bytea[]) as f (id, line, booked_on, amount_minor, commitment)
"""
_INSERT_ORIGINALS = """
insert into ledger.originals (fact_id, customer_id, firm_id, key_version, ciphertext)
select o.fact_id, $1, $2, o.key_version, o.ciphertext
from unnest($3::uuid[], $4::int[], $5::bytea[]) as o (fact_id, key_version, ciphertext)
"""
_INSERT_IDENTITIES = """
insert into ledger.identities (account_id, fingerprint, occurrence, customer_id, firm_id, fact_id)
select $1, i.fingerprint, i.occurrence, $2, $3, i.fact_id
from unnest($4::bytea[], $5::int[], $6::uuid[]) as i (fingerprint, occurrence, fact_id)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What the account already has of a file: the fact of each row, or None; and who holds the rows' keys, under which numbers."""

    facts: list[UUID | None]
    holders: dict[bytes, list[UUID]]
    numbers: dict[bytes, set[int]]


async def find_known(
    connection: Connection, account_id: UUID, kind_of_file: Format, rows: Sequence[Row], found: Sequence[Identity]
) -> Known:
    """Which of a file's rows are facts of the account."""
    holders: dict[bytes, list[UUID]] = defaultdict(list)
    numbers: dict[bytes, set[int]] = defaultdict(set)
    if not await connection.fetchval(_HOLDS_ANY, account_id):
        return Known([None] * len(rows), holders, numbers)
    keys = {key for identity in found for key in identity.keys}
    for key, number, fact_id in await connection.fetch(_HELD, account_id, list(keys)):
        holders[key].append(fact_id)
        numbers[key].add(number)
    facts = match_keys(found, holders)
    if None in facts:
        days = [row.booked_on for row in rows]
        others = await connection.fetch(_OF_OTHER_FORMATS, account_id, kind_of_file, min(days), max(days))
        if others:
            facts = match_other_formats(rows, facts, [KnownRow(*row) for row in others])
    return Known(facts, holders, numbers)


async def record(
    connection: Connection,
    owner: Principal,
    account: Account,
    file: FileRecord,
    rows: Sequence[SealedRow],
    now: datetime,
    classifier: Classifier | None = None,
) -> Recorded:
    """Posts a file's new rows as facts of an account, in the caller's transaction. Raises Conflict when a row cannot be posted.

    The classifier gives a guess for the category of what no table knows.
    """
    await connection.execute("select 1 from ledger.heads where account_id = $1 for update", account.id)  # one import at a time
    known = await find_known(connection, account.id, file.format, rows, [row.identity for row in rows])
    ids = [fact_id or new_uuid() for fact_id in known.facts]
    fresh = [(fact_id, row) for fact_id, row, old in zip(ids, rows, known.facts, strict=True) if old is None]
    transfers = [_transfer(owner, account, fact_id, row) for fact_id, row in fresh]
    to_enrich = [_to_enrich(account, t.id, row) for t, (_, row) in zip(transfers, fresh, strict=True)]
    thinking = await begin_thinking(connection, owner, to_enrich, classifier)
    try:
        import_id = await _insert_import(connection, owner, account, file, len(fresh), len(rows) - len(fresh), now)
        if fresh:
            await _insert_facts(connection, owner, account, import_id, fresh, now)
            _check_posted(await post(connection, transfers, now), [row.line for _, row in fresh])
        gained = new_keys(zip(ids, (row.identity for row in rows), strict=True), known.holders, known.numbers)
        await _insert_identities(connection, owner, account, gained)
        thought = await thinking
    finally:
        thinking.cancel()
    await keep_thought(connection, owner, thought)
    await set_opening(connection, owner, account, now)
    return Recorded(import_id, account.id, len(fresh), len(rows) - len(fresh))


def _check_posted(outcomes: Sequence[Outcome], lines: Sequence[int]) -> None:
    """Raises Conflict for the first refusal. Nothing of a file is half kept: the caller's transaction goes back."""
    for outcome, line in zip(outcomes, lines, strict=True):
        if outcome.refusal is not None:
            raise Conflict("row_cannot_be_posted", f"line {line}: {outcome.refusal}")


async def _insert_import(
    connection: Connection, owner: Principal, account: Account, file: FileRecord, imported: int, duplicates: int, now: datetime
) -> UUID:
    import_id = new_uuid()
    await connection.execute(
        _INSERT_IMPORT, import_id, owner.customer_id, owner.firm_id, account.id, file.name, file.sha256, file.mapping,
        imported, duplicates, file.rejected, *(file.closing or (None, None)), now, file.format,
    )  # fmt: skip
    return import_id


def _transfer(owner: Principal, account: Account, fact_id: UUID, row: SealedRow) -> Transfer:
    source, target = (account.external_id, account.id) if row.amount_minor > 0 else (account.id, account.external_id)
    return Transfer(
        new_uuid(), owner.customer_id, owner.firm_id, source, target, abs(row.amount_minor), account.currency, row.booked_on,
        row.commitment, fact_id=fact_id,
    )  # fmt: skip


def _to_enrich(account: Account, transfer_id: UUID, row: SealedRow) -> FactToEnrich:
    return FactToEnrich(
        id=transfer_id,
        account_id=account.id,
        account_kind=account.kind,
        booked_on=row.booked_on,
        amount_minor=row.amount_minor,
        description=row.description,
        counterparty=row.counterparty,
        file_category=row.category,
        account_name=account.name,
        currency=account.currency,
    )


async def _insert_facts(
    connection: Connection, owner: Principal, account: Account, import_id: UUID, fresh: Sequence[tuple[UUID, SealedRow]], now: datetime
) -> None:
    ids = [fact_id for fact_id, _ in fresh]
    rows = [row for _, row in fresh]
    await connection.execute(
        _INSERT_FACTS, owner.customer_id, owner.firm_id, account.id, import_id, now, ids, [r.line for r in rows],
        [r.booked_on for r in rows], [r.amount_minor for r in rows], [r.commitment for r in rows],
    )  # fmt: skip
    await connection.execute(
        _INSERT_ORIGINALS, owner.customer_id, owner.firm_id, ids, [r.key_version for r in rows], [r.ciphertext for r in rows]
    )


async def _insert_identities(connection: Connection, owner: Principal, account: Account, gained: Sequence[tuple[bytes, int, UUID]]) -> None:
    columns = [key for key, _, _ in gained], [number for _, number, _ in gained], [fact_id for _, _, fact_id in gained]
    await connection.execute(_INSERT_IDENTITIES, account.id, owner.customer_id, owner.firm_id, *columns)


_OF_IMPORT = """
select t.id, t.from_account, t.to_account, t.amount_minor, t.currency, t.booked_on
from ledger.transfers t join ledger.facts f on f.id = t.fact_id where f.import_id = $1 order by t.id
"""
_HIDE = """
update ledger.enrichment n set hidden = true, linked_to = null
from ledger.transfers t join ledger.facts f on f.id = t.fact_id where t.id = n.transfer_id and f.import_id = $1
"""
_FORGET = "delete from ledger.identities i using ledger.facts f where f.id = i.fact_id and f.import_id = $1"


async def undo(connection: Connection, owner: Principal, import_id: UUID, now: datetime) -> int:
    """Takes an import back: reversals on the same days, nothing of it counts any more. Gives the number of facts undone."""
    row = await connection.fetchrow(
        "select account_id, undone_at from ledger.imports where id = $1 and customer_id = $2 for update", import_id, owner.customer_id
    )
    account = None if row is None else await find_account(connection, owner, row["account_id"])
    if row is None or account is None:
        raise NotFound("import_is_unknown", "there is no such import")
    if row["undone_at"] is not None:
        raise Conflict("import_is_already_undone", "this import was undone before")
    details = {"import_id": import_id.hex}
    operation_id, commitment = await record_operation(connection, owner, "undo_import", account.id, details, now)
    posted = await connection.fetch(_OF_IMPORT, import_id)
    for outcome in await post(connection, [reversal(owner, t, operation_id, commitment) for t in posted], now):
        assert outcome.refusal is None, outcome
    await lock_enrichment(connection, owner.customer_id)
    await connection.execute(_HIDE, import_id)
    await connection.execute(_FORGET, import_id)
    await connection.execute("update ledger.imports set undone_at = $2 where id = $1", import_id, now)
    await think_over(connection, owner)
    await set_opening(connection, owner, account, now)
    return len(posted)
