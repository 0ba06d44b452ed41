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
    amount = (row.booked_on.isoformat(), str(row.amount_minor), row.currency)
    words = (_plain(row.description), _plain(row.counterparty), _plain(row.reference))
    named = dict.fromkeys(plain for each in (row.reference, *row.references) if (plain := _plain(each)))
    if plain := _plain(row.provider_id):  # the same id may stand in a table's reference column
        named.setdefault(plain)
    return Identity(
        _key(key, ("provider", *amount, plain)) if plain else None,
        _key(key, (*amount, *words)),
        tuple(_key(key, ("reference", *amount, name)) for name in named),
    )


def _key(key: bytes, parts: Sequence[str]) -> bytes:
    return hmac.digest(key, _SEPARATOR.join(parts).encode("utf-8", "surrogatepass"), "sha256")


def _plain(text: str | None) -> str:
    """Case, spacing and the encoding of accents differ between two exports of one fact; letters and digits do not."""
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _SPACES.sub(" ", text).strip().casefold()
