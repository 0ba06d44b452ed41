"""Bank files: look first, take in, list, take back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Header, Query, Request, Response, UploadFile
from pydantic import BeforeValidator, Field

from kit.clock import today
from kit.errors import FieldError, Invalid
from kit.identity import Principal
from kit.ids import read, show
from kit.redact import redact
from ledger.accounts import AccountSummary, list_accounts
from ledger.feeds.rows import FileAccount, Format, ParsedFile
from ledger.import_records import ImportRecord, find_import, list_imports
from web.api.core_client import CoreClient
from web.api.import_file import (
    Upload,
    ambiguity,
    check_currency,
    count_duplicates,
    message_for_core,
    read_file,
    read_mapping,
    shown_account,
    shown_question,
    shown_rejection,
)
from web.api.shapes import MAX_MINOR, Currency, Cursor, Limit, Question, Shape, problems
from web.auth.identify import SignedIn

router = APIRouter(prefix="/v1/imports", tags=["imports"])
Kind = Literal["checking", "savings", "card", "cash", "brokerage"]
PREVIEW_ROWS = 20


def _plain_integer(value: Any) -> Any:
    """Form fields are text; of the many spellings that Python reads as a number, only digits with a sign are one here."""
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,16}", value):
        raise ValueError("must be an integer of minor units")
    return value


AccountName = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
MappingText = Annotated[str, Field(max_length=100_000, description="JSON: which column is what, and how dates and amounts are written.")]
FormMinor = Annotated[int, BeforeValidator(_plain_integer), Field(ge=-MAX_MINOR, le=MAX_MINOR)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255, description="The same key has one effect.")]


class PreviewForm(Shape):
    file: UploadFile
    account_name: AccountName | None = None
    account_kind: Kind | None = None
    currency: Currency | None = None
    mapping: MappingText | None = None


class ImportForm(Shape):
    file: UploadFile
    account_name: AccountName
    account_kind: Kind
    currency: Currency
    mapping: MappingText | None = None
    opening_balance_minor: Annotated[FormMinor | None, Field(description="The balance before the file's first row.")] = None


class PreviewRow(Shape):
    line: int
    booked_on: date
    amount_minor: int
    description: str
    category: str | None


class Rejected(Shape):
    """A row that is no fact, and why."""

    line: int
    field: str
    reason: str
    raw: str


class AccountInFile(Shape):
    """An account that the file names, its number masked; what the file does not say is null."""

    label: str
    kind: Kind | None
    currency: str | None
    rows_count: int


class Preview(Shape):
    """How the file would be read; nothing is kept. With `questions`, it cannot be read until they are answered in the mapping.

    `columns` is empty where the format has none to choose from. `others`: accounts of the file whose rows are left out.
    """

    format: Format
    account: AccountInFile | None
    others: list[AccountInFile]
    columns: list[str]
    guess: dict[str, Any] | None
    questions: list[Question]
    rows: list[PreviewRow]
    rows_count: int
    rejected: list[Rejected]
    duplicates: int
    first_on: date | None
    last_on: date | None
    closing_balance_minor: int | None


class Imported(Shape):
    id: str
    account_id: str
    imported: int
    duplicates: int
    rejected: list[Rejected]
    questions: list[Question]
    others: Annotated[list[AccountInFile], Field(description="Accounts of the file that were left out: import it again for each.")]


class Import(Shape):
    id: str
    account_id: str
    account_name: str
    file_name: str
    imported: int
    duplicates: int
    rejected_count: int
    created_at: datetime
    undone_at: datetime | None


class ImportWithRejections(Import):
    rejected: list[Rejected]


class Imports(Shape):
    data: list[Import]
    has_more: bool
    next_cursor: str | None


class Undone(Shape):
    """`undone`: how many facts no longer count."""

    id: str
    undone: int


@router.post("/preview", name="preview_import", responses=problems(400, 401, 413))
async def preview(request: Request, principal: SignedIn, form: Annotated[PreviewForm, Form()]) -> Preview:
    """Reads a file and says what it would become."""
    account = None if form.account_name is None else await _account_named(request, principal, form.account_name)
    kind = form.account_kind or (account.kind if account else "checking")
    upload = await _upload(form.file, form.currency or principal.currency, kind, form.mapping)
    parsed = await _read(request, principal, upload)
    state = request.app.state
    duplicates = await count_duplicates(state.db, state.kek, principal, account.id, parsed) if account and parsed.rows else 0
    return _previewed(parsed, duplicates)


@router.post("", name="create_import", status_code=201, responses=problems(400, 401, 409, 413))
async def create(
    request: Request, response: Response, principal: SignedIn, form: Annotated[ImportForm, Form()], key: Key = None
) -> Imported:
    """Takes a file in, once: rows that the account already has are counted as duplicates. An open question is a 422 that carries it."""
    upload = await _upload(form.file, form.currency, form.account_kind, form.mapping)
    parsed = await _read(request, principal, upload)
    if parsed.questions:
        raise ambiguity(parsed.questions)
    if not parsed.rows:
        errors = [FieldError("/file", f"line {row.line}: {redact(row.reason)}") for row in parsed.rejected[:20]]
        raise Invalid("file_has_no_facts", "the file has no row that can be booked", errors or [FieldError("/file", "no rows")])
    check_currency(parsed, form.currency)
    core: CoreClient = request.app.state.core
    message = message_for_core(upload, parsed, redact(form.account_name), form.opening_balance_minor)
    answer, replayed = await core.create_import(principal, message, key)
    if replayed:
        response.headers["Idempotent-Replayed"] = "true"
    rejected = [Rejected.model_validate(shown_rejection(row)) for row in parsed.rejected]
    return Imported(**answer, rejected=rejected, questions=[], others=_accounts(parsed.others))


@router.get("", name="list_imports", responses=problems(401))
async def get_imports(
    request: Request, principal: SignedIn, cursor: Annotated[Cursor, Query()] = None, limit: Annotated[Limit, Query()] = 50
) -> Imports:
    """The customer's imports, newest first."""
    async with request.app.state.db.read(principal) as connection:
        found = await list_imports(connection, cursor, limit)
    data = [Import.model_validate(_shown(record)) for record in found.data]
    return Imports(data=data, has_more=found.has_more, next_cursor=found.next_cursor)


@router.get("/{import_id}", name="get_import", responses=problems(401, 404))
async def get_import(request: Request, principal: SignedIn, import_id: str) -> ImportWithRejections:
    async with request.app.state.db.read(principal) as connection:
        record = await find_import(connection, read("imp", import_id))
    return ImportWithRejections.model_validate(_shown(record) | {"rejected": record.rejected})


@router.delete("/{import_id}", name="undo_import", responses=problems(401, 404, 409))
async def undo(request: Request, principal: SignedIn, import_id: str) -> Undone:
    """Takes an import back: its facts count nowhere, and its file can be imported again."""
    core: CoreClient = request.app.state.core
    return Undone(id=import_id, undone=await core.undo_import(principal, read("imp", import_id)))


async def _upload(file: UploadFile, currency: str, kind: str, mapping: str | None) -> Upload:
    name = redact("".join(char for char in file.filename or "" if char.isprintable()))[:255] or "file"
    return Upload(name, await file.read(), currency, kind, read_mapping(mapping))


async def _read(request: Request, principal: Principal, upload: Upload) -> ParsedFile:
    day = today(request.app.state.clock, principal.timezone)
    return await read_file(upload, day, request.app.state.settings.max_body_bytes)


async def _account_named(request: Request, principal: Principal, name: str) -> AccountSummary | None:
    wanted = " ".join(redact(name).split()).lower()
    async with request.app.state.db.read(principal) as connection:
        return next((account for account in await list_accounts(connection) if account.name.lower() == wanted), None)


def _previewed(parsed: ParsedFile, duplicates: int) -> Preview:
    days = [row.booked_on for row in parsed.rows]
    return Preview(
        format=parsed.format,
        account=next(iter(_accounts([parsed.account] if parsed.account else [])), None),
        others=_accounts(parsed.others),
        columns=list(parsed.columns),
        guess=dict(parsed.mapping) or None,
        questions=[Question.model_validate(shown_question(question)) for question in parsed.questions],
        rows=[
            PreviewRow(
                line=row.line,
                booked_on=row.booked_on,
                amount_minor=row.amount_minor,
                description=redact(row.description or row.counterparty or ""),
                category=row.category,
            )
            for row in parsed.rows[:PREVIEW_ROWS]
        ],
        rows_count=len(parsed.rows),
        rejected=[Rejected.model_validate(shown_rejection(row)) for row in parsed.rejected],
        duplicates=duplicates,
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        closing_balance_minor=parsed.closing[1] if parsed.closing else None,
    )


def _accounts(accounts: Sequence[FileAccount]) -> list[AccountInFile]:
    return [AccountInFile.model_validate(shown_account(account)) for account in accounts]


def _shown(record: ImportRecord) -> dict[str, Any]:
    return {
        "id": show("imp", record.id),
        "account_id": show("acc", record.account_id),
        "account_name": record.account_name,
        "file_name": record.file_name,
        "imported": record.imported,
        "duplicates": record.duplicates,
        "rejected_count": len(record.rejected),
        "created_at": record.created_at,
        "undone_at": record.undone_at,
    }
