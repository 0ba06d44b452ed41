"""What was imported, for its owner to read: newest first, by keyset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import NotFound
from kit.pages import Page, cut, decode_cursor


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One file that was taken in. `rejected`: its rows that were no facts, each with line, field, reason and raw text."""

    id: UUID
    account_id: UUID
    account_name: str
    file_name: str
    imported: int
    duplicates: int
    rejected: list[dict[str, Any]]
    created_at: datetime
    undone_at: datetime | None


_COLUMNS = """
select i.id, i.account_id, a.name, i.file_name, i.imported, i.duplicates, i.rejected, i.created_at, i.undone_at
from ledger.imports i join ledger.accounts a on a.id = i.account_id
"""
_PAGE = _COLUMNS + "where $1::uuid is null or i.id < $1 order by i.id desc limit $2"
_ONE = _COLUMNS + "where i.id = $1"


async def list_imports(connection: Connection, cursor: str | None, limit: int) -> Page[ImportRecord]:
    """One page of the reader's imports. Raises Invalid for a cursor that is not ours."""
    after = None if cursor is None else UUID(int=decode_cursor(cursor, int)[0] % 2**128)
    rows = await connection.fetch(_PAGE, after, limit + 1)
    return cut([ImportRecord(*row) for row in rows], limit, lambda record: (record.id.int,))


async def find_import(connection: Connection, import_id: UUID) -> ImportRecord:
    """One of the reader's imports. Raises NotFound."""
    row = await connection.fetchrow(_ONE, import_id)
    if row is None:
        raise NotFound("import_is_unknown", "there is no such import")
    return ImportRecord(*row)
