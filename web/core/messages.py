"""What the app sends the core. Unknown fields are refused; money is an integer of minor units."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct

from ledger.feeds.rows import Format

MAX_MINOR = 2**53 - 1
Minor = Annotated[int, Meta(ge=-MAX_MINOR, le=MAX_MINOR)]


class AccountMessage(Struct, forbid_unknown_fields=True):
    name: str
    kind: str
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]


class RowMessage(Struct, forbid_unknown_fields=True):
    """A row of the file; `amount_minor` signed from the account's view."""

    line: int
    booked_on: date
    amount_minor: Minor
    description: Annotated[str, Meta(max_length=10_000)]
    counterparty: Annotated[str, Meta(max_length=10_000)] | None = None
    category: Annotated[str, Meta(max_length=120)] | None = None
    reference: Annotated[str, Meta(max_length=10_000)] | None = None
    provider_id: Annotated[str, Meta(max_length=10_000)] | None = None
    references: Annotated[tuple[Annotated[str, Meta(max_length=10_000)], ...], Meta(max_length=50)] = ()


class ClosingMessage(Struct, forbid_unknown_fields=True):
    """The booked balance that the file states, at the end of a day."""

    on: date
    balance_minor: Minor


class ImportMessage(Struct, forbid_unknown_fields=True):
    account: AccountMessage
    format: Format
    file_name: Annotated[str, Meta(max_length=255)]
    file_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    rows: list[RowMessage]
    mapping: dict[str, Any]
    rejected: list[dict[str, Any]]
    closing: ClosingMessage | None = None
    opening_balance_minor: Minor | None = None


class KeptAccountMessage(Struct, forbid_unknown_fields=True):
    """An account to be opened in Steward's own book."""

    name: Annotated[str, Meta(max_length=120)]
    kind: str
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]


class OwnTransferMessage(Struct, forbid_unknown_fields=True):
    """A confirmed transfer between two of the customer's own accounts."""

    proposal_id: str
    from_account: str
    to_account: str
    amount_minor: Minor
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]


class OpeningBalanceMessage(Struct, forbid_unknown_fields=True):
    """The booked balance at the end of a day, as the customer says."""

    on: date
    balance_minor: Minor
