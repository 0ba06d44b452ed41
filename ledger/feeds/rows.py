"""What a bank's file says, whatever its format: rows, what was rejected, and what must be asked before it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class FactRow:
    """One booked movement. Outflows are negative; on a card, purchases are outflows."""

    line: int
    booked_on: date
    amount_minor: int
    description: str
    counterparty: str | None
    category: str | None
    reference: str | None
    balance_minor: int | None  # after this row, in the sign of the amounts: owed on a card is negative
    currency: str


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
