"""Rows on their way into the books: words redacted, identity computed, the original sealed and committed to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence

import msgspec

from customers.privacy import DataKey, sealer
from kit.redact import redact
from ledger.feeds.identity import Identity, identities
from ledger.feeds.rows import FactRow
from ledger.imports import SealedRow
from web.core.messages import RowMessage

FIELD = "ledger.originals"
_SALT = 16


def sealed(rows: Sequence[RowMessage], currency: str, key: DataKey) -> list[SealedRow]:
    """Each row ready for `risk.gate`; the commitment is SHA-256 over a random salt and the row's JSON."""
    seal = sealer(key, FIELD)
    found = identities(fact_rows(rows, currency), key.fingerprint_key())
    return [_seal(row, identity, seal, key.version) for row, identity in zip(rows, found, strict=True)]


def fact_rows(rows: Sequence[RowMessage], currency: str) -> list[FactRow]:
    return [
        FactRow(
            line=row.line,
            booked_on=row.booked_on,
            amount_minor=row.amount_minor,
            description=row.description,
            counterparty=row.counterparty,
            category=row.category,
            reference=row.reference,
            balance_minor=None,
            currency=currency,
            provider_id=row.provider_id,
            references=row.references,
        )
        for row in rows
    ]


def _seal(row: RowMessage, identity: Identity, seal: Callable[[bytes], bytes], key_version: int) -> SealedRow:
    original = os.urandom(_SALT) + msgspec.json.encode(row)
    return SealedRow(
        line=row.line,
        booked_on=row.booked_on,
        amount_minor=row.amount_minor,
        description=redact(row.description),
        counterparty=None if row.counterparty is None else redact(row.counterparty),
        category=None if row.category is None else redact(row.category),
        identity=identity,
        commitment=hashlib.sha256(original).digest(),
        ciphertext=seal(original),
        key_version=key_version,
    )
