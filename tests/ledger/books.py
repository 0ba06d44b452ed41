"""Rows and imports for tests, in the ledger's own terms: as short as a line of a bank's file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

from kit.db import Database
from kit.identity import Principal
from ledger.accounts import open_account
from ledger.feeds.identity import Identity
from ledger.imports import FileRecord, Recorded, SealedRow
from risk.gate import record_facts

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
Line = tuple[str, int, str] | tuple[str, int, str, str]


def row(number: int, line: Line) -> SealedRow:
    """`("2026-05-01", -1250, "ALDI", "Groceries")` as a row; equal lines have equal fingerprints."""
    day, amount_minor, description = line[:3]
    category = line[3] if len(line) == 4 else None
    fingerprint = hashlib.sha256(f"{day}|{amount_minor}|{description}".encode()).digest()
    return SealedRow(
        line=number, booked_on=date.fromisoformat(day), amount_minor=amount_minor, description=description, counterparty=None,
        category=category, identity=Identity(None, fingerprint), commitment=fingerprint, ciphertext=b"sealed", key_version=1,
    )  # fmt: skip


def rows(lines: Sequence[Line]) -> list[SealedRow]:
    return [row(number, line) for number, line in enumerate(lines, 2)]


async def book(
    database: Database,
    owner: Principal,
    account: str,
    lines: Sequence[Line],
    *,
    kind: str = "checking",
    currency: str | None = None,
    closing: tuple[str, int] | None = None,
    opening_minor: int | None = None,
    now: datetime = NOW,
) -> Recorded:
    """Imports lines into the owner's account of that name."""
    stated = (date.fromisoformat(closing[0]), closing[1]) if closing else None
    async with database.write("core", owner) as connection:
        kept = await open_account(connection, owner, account, kind, currency or owner.currency)
        file = FileRecord("export.csv", bytes(32), {}, [], stated)
        return await record_facts(connection, owner, kept, file, rows(lines), opening_minor, now)
