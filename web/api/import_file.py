"""A bank's file on its way in: read off the event loop, two files at a time; its words redacted before they leave for the books."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from customers.privacy import load_data_key
from kit.db import Database
from kit.errors import FieldError, Invalid
from kit.identity import Principal
from kit.redact import redact
from ledger.feeds.file import parse_file
from ledger.feeds.identity import identities
from ledger.feeds.rows import FactRow, FileAccount, ParsedFile, Question, RejectedRow
from ledger.imports import find_known
from web.api.strict_json import NotJson, check_json

MAX_CATEGORY = 120
_reading = asyncio.Semaphore(2)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file and how its owner wants it read."""

    name: str
    content: bytes
    currency: str
    account_kind: str
    mapping: dict[str, Any] | None


async def read_file(upload: Upload, today: date, max_bytes: int) -> ParsedFile:
    """What the file says. Raises Invalid for a file or a mapping that cannot be read."""
    async with _reading:
        return await asyncio.to_thread(
            parse_file, upload.content, currency=upload.currency, account_kind=upload.account_kind, mapping=upload.mapping, today=today,
            max_bytes=max_bytes,
        )  # fmt: skip


def read_mapping(text: str | None) -> dict[str, Any] | None:
    """The form's `mapping` as an object. Raises Invalid."""
    if not text:
        return None
    try:
        check_json(text.encode("utf-8", "surrogatepass"))
    except NotJson as error:
        raise _not_an_object() from error
    mapping = json.loads(text)
    if not isinstance(mapping, dict):
        raise _not_an_object()
    return mapping


def _not_an_object() -> Invalid:
    return Invalid("mapping_is_malformed", "mapping must be a JSON object", [FieldError("/mapping", "not a JSON object")])


async def count_duplicates(db: Database, kek: bytes, principal: Principal, account_id: UUID, parsed: ParsedFile) -> int:
    """How many of the rows the account already has."""
    rows = parsed.rows
    async with db.write("app", principal) as connection:
        key = await load_data_key(connection, kek, principal.customer_id)
        found = await asyncio.to_thread(identities, rows, key.fingerprint_key())
        known = await find_known(connection, account_id, parsed.format, rows, found)
    return sum(fact_id is not None for fact_id in known.facts)


def ambiguity(questions: Sequence[Question]) -> Invalid:
    """The refusal of a file that can be read in more than one way."""
    return Invalid(
        "mapping_ambiguous",
        "the file can be read in more than one way; nothing was imported",
        [FieldError(f"/mapping/{question.field}", question.message) for question in questions],
        questions=[shown_question(question) for question in questions],
    )


def check_currency(parsed: ParsedFile, currency: str) -> None:
    """Raises Invalid where the file says that its account is in another currency."""
    told = parsed.account.currency if parsed.account else None
    if told is not None and told != currency:
        detail = f"the file's account is in {told}, not in {currency}"
        raise Invalid("currency_is_not_the_files", detail, [FieldError("/currency", f"must be {told}")])


def shown_account(account: FileAccount) -> dict[str, Any]:
    return {"label": redact(account.label), "kind": account.kind, "currency": account.currency, "rows_count": account.rows_count}


def shown_question(question: Question) -> dict[str, Any]:
    return {
        "code": question.code,
        "field": question.field,
        "message": redact(question.message),
        "choices": [{"label": redact(choice.label), "mapping_patch": dict(choice.mapping_patch)} for choice in question.choices],
    }


def shown_rejection(row: RejectedRow) -> dict[str, Any]:
    return {"line": row.line, "field": row.field, "reason": redact(row.reason), "raw": redact(row.raw)}


def message_for_core(upload: Upload, parsed: ParsedFile, account_name: str, opening_balance_minor: int | None) -> dict[str, Any]:
    """What the core is told of a file that was read without a question."""
    return {
        "account": {"name": account_name, "kind": upload.account_kind, "currency": upload.currency},
        "file_name": upload.name,
        "format": parsed.format,
        "file_sha256": hashlib.sha256(upload.content).hexdigest(),
        "mapping": dict(parsed.mapping),
        "rows": [_row_for_core(row) for row in parsed.rows],
        "rejected": [shown_rejection(row) for row in parsed.rejected],
        "closing": None if parsed.closing is None else {"on": parsed.closing[0].isoformat(), "balance_minor": parsed.closing[1]},
        "opening_balance_minor": opening_balance_minor,
    }


def _row_for_core(row: FactRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "booked_on": row.booked_on.isoformat(),
        "amount_minor": row.amount_minor,
        "description": row.description,
        "counterparty": row.counterparty,
        "category": None if row.category is None else row.category[:MAX_CATEGORY],
        "reference": row.reference,
        "provider_id": row.provider_id,
        "references": row.references,
    }
