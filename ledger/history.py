"""The movements of a customer's accounts, newest first, by keyset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import FieldError, Invalid
from kit.pages import Page, cut, decode_cursor
from ledger.categories import covering
from ledger.enrichment import SURE_PERMILLE


@dataclass(frozen=True, slots=True)
class Line:
    """One movement as the customer sees it; `amount_minor` signed from the account's view."""

    transfer_id: UUID
    account_id: UUID
    account_name: str
    booked_on: date
    amount_minor: int
    currency: str
    merchant: str
    description: str
    category: str
    flow: str
    category_source: str
    confidence_permille: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a history; each None leaves its field open."""

    account_id: UUID | None = None
    from_on: date | None = None
    to_on: date | None = None
    categories: tuple[str, ...] = ()
    merchant: str | None = None
    text: str | None = None
    in_review: bool = False  # only what nobody could sort, or not with confidence


COLUMNS = "transfer_id, account_id, account_name, booked_on, amount_minor, currency, merchant, description, category, flow"
# What the customer is asked about: payments that nothing sorted, or something with little confidence.
_OPEN = f"""flow in ('spending', 'refund', 'income') and (category_source = 'none'
    or (category_source in ('table', 'learned') and confidence_permille < {SURE_PERMILLE}))"""
LINE_COLUMNS = f"{COLUMNS}, category_source, confidence_permille, note"
_LINES = f"select {LINE_COLUMNS} from ledger.lines "  # noqa: S608  our own columns
_PAGE = f"""{_LINES}
where ($1::uuid is null or account_id = $1) and ($2::date is null or booked_on >= $2) and ($3::date is null or booked_on <= $3)
    and ($4::text[] is null or lower(category) = any($4)) and ($5::text is null or lower(merchant) = lower($5))
    and ($6::text is null or description || ' ' || merchant ilike $6)
    and ($7::date is null or (booked_on, transfer_id, account_id) < ($7, $8, $9))
    and (not $10::bool or {_OPEN})
order by booked_on desc, transfer_id desc, account_id desc limit $11
"""


async def lines_of(connection: Connection, ids: Sequence[UUID]) -> list[Line]:
    """The reader's movements with these ids, newest first."""
    rows = await connection.fetch(_LINES + "where transfer_id = any($1) order by booked_on desc, transfer_id desc, account_id desc", ids)
    return [Line(*row) for row in rows]


async def page(connection: Connection, wanted: Wanted, cursor: str | None, limit: int) -> Page[Line]:
    """One page of the reader's movements. Raises Invalid for a cursor that is not ours."""
    after: tuple[Any, ...] = (None, None, None)
    if cursor is not None:
        day, transfer, account = decode_cursor(cursor, str, str, str)
        try:
            after = (date.fromisoformat(day), UUID(transfer), UUID(account))
        except ValueError as error:
            raise Invalid(
                "cursor_is_malformed", "the cursor was not made by this service", [FieldError("/cursor", "not a cursor")]
            ) from error
    pattern = None if wanted.text is None else f"%{escape_like(wanted.text)}%"
    categories = [name.lower() for name in await covering(connection, wanted.categories)] or None
    rows = await connection.fetch(
        _PAGE, wanted.account_id, wanted.from_on, wanted.to_on, categories, wanted.merchant, pattern, *after, wanted.in_review, limit + 1
    )
    return cut([Line(*row) for row in rows], limit, _key)


def _key(line: Line) -> tuple[str, ...]:
    return (line.booked_on.isoformat(), str(line.transfer_id), str(line.account_id))


def escape_like(text: str) -> str:
    """The text with LIKE's own signs made plain."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
