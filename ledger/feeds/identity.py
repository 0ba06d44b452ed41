"""By what a fact is known again, best first: the bank's own name for it, its day, amount and words, the references that it carries.

Two identical rows inside one file are two facts; the same file again has the same two. Day and amount are part of every key, since banks
do use an id twice, and payers a reference every month. Keys are HMACs: they tell nothing to who has the table and not the customer's key.
The balance is left out: banks restate it.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.feeds.rows import FactRow

_SPACES = re.compile(r"\s+")
_SEPARATOR = "\x1f"
_NAMED = f"reference{_SEPARATOR}"


@dataclass(frozen=True, slots=True)
class Identity:
    """The keys of one row; equal keys of two rows speak for one fact."""

    provider: bytes | None
    fingerprint: bytes
    references: tuple[bytes, ...] = ()

    @property
    def keys(self) -> tuple[bytes, ...]:
        return (*((self.provider,) if self.provider else ()), self.fingerprint, *self.references)


def identities(rows: Sequence[FactRow], key: bytes) -> list[Identity]:
    """The identity of each row, in the rows' order."""
    return [_identity(row, key) for row in rows]


def _identity(row: FactRow, key: bytes) -> Identity:
    """An id has the same key as a reference: the column of a table may hold what a statement calls the id."""
    amount = f"{row.booked_on}{_SEPARATOR}{row.amount_minor}{_SEPARATOR}{row.currency}{_SEPARATOR}"
    reference = _plain(row.reference)
    fingerprint = _key(key, f"{amount}{_plain(row.description)}{_SEPARATOR}{_plain(row.counterparty)}{_SEPARATOR}{reference}")
    provider = _plain(row.provider_id)
    named = {reference: None} | {_plain(each): None for each in row.references}
    references = tuple(_key(key, f"{_NAMED}{amount}{name}") for name in named if name and name != provider)
    return Identity(_key(key, f"{_NAMED}{amount}{provider}") if provider else None, fingerprint, references)


def _key(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")


def _plain(text: str | None) -> str:
    """Case, spacing and the encoding of accents differ between two exports of one fact; letters and digits do not."""
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _SPACES.sub(" ", text).strip().casefold()
