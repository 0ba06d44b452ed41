"""The same key has one effect: the key's row is written in the effect's own transaction, and the answer is replayed."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from kit.db import Connection
from kit.errors import Invalid
from kit.identity import Principal

MAX_KEY = 255
_CLAIM = """
insert into ledger.idempotency (customer_id, key_sha256, firm_id, fingerprint) values ($1, $2, $3, $4) on conflict do nothing returning true
"""
_FOUND = "select fingerprint, answer from ledger.idempotency where customer_id = $1 and key_sha256 = $2"
_KEEP = "update ledger.idempotency set answer = $3 where customer_id = $1 and key_sha256 = $2"


async def once(
    connection: Connection, owner: Principal, key: str | None, body: bytes, act: Callable[[], Awaitable[dict[str, Any]]]
) -> tuple[dict[str, Any], bool]:
    """The answer of `act`, and whether it is a replay. A twin in flight waits for its sibling's commit at the unique index.

    Raises Invalid when the key came before with another body, or is malformed.
    """
    if key is None:
        return await act(), False
    if not 1 <= len(key) <= MAX_KEY:
        raise Invalid("idempotency_key_is_malformed", f"Idempotency-Key must have 1 to {MAX_KEY} characters")
    digest, fingerprint = hashlib.sha256(key.encode()).digest(), hashlib.sha256(body).digest()
    if await connection.fetchval(_CLAIM, owner.customer_id, digest, owner.firm_id, fingerprint):
        answer = await act()
        await connection.execute(_KEEP, owner.customer_id, digest, answer)
        return answer, False
    row = await connection.fetchrow(_FOUND, owner.customer_id, digest)
    assert row is not None
    if row["fingerprint"] != fingerprint:
        raise Invalid("idempotency_key_was_used_for_another_request", "this Idempotency-Key came before with another body")
    return row["answer"], True
