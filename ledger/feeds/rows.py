"""What a bank's file says, whatever its format: rows, what was rejected, and what must be asked before it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Format = Literal["csv", "ofx", "qif", "camt", "mt940", "json"]
CELL_MAX = 10_000
RAW_MAX = 500
FUTURE_DAYS = 31


class Unreadable(Exception):
    """A row that is no fact: the field and the reason."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FactRow:
    """One booked movement. Outflows are negative; on a card, purchases are outflows.

    Rows of one `line` are the parts of one movement at the bank: splits, or the payments of a batch. `provider_id` is the bank's name for
    the movement, unique in the account; `reference` and `references` name it too, but may be the payer's own and come again.
    """

    line: int
    booked_on: date
    amount_minor: int
    description: str
    counterparty: str | None
    category: str | None
    reference: str | None
    balance_minor: int | None  # after this row, in the sign of the amounts: owed on a card is negative
    currency: str
    provider_id: str | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that is no fact, and why. `raw` is the row as it stood, cut at 500 characters."""

    line: int
    field: str
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to a question: merging `mapping_patch` into the mapping gives it."""

    label: str
    mapping_patch: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What the file does not tell and must not be guessed."""

    code: str
    field: str
    message: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FileAccount:
    """An account that a file names. `label` tells it from the others of the file, its number masked."""

    label: str
    kind: str | None
    currency: str | None
    rows_count: int


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as read: rows from the oldest to the newest, or questions and no rows.

    `mapping` is the whole of how it was read, fit for JSON: the same bytes with it give the same result. `opening` and `closing` are
    booked balances that the file proves: before the first row and after the last.
    """

    rows: tuple[FactRow, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    questions: tuple[Question, ...] = ()
    mapping: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    opening: tuple[date, int] | None = None
    closing: tuple[date, int] | None = None
    format: Format = "csv"
    account: FileAccount | None = None
    others: tuple[FileAccount, ...] = ()  # whose rows were left out
