"""A data key per customer (AES-256-GCM), wrapped by the installation's key. Destroying it makes what it sealed unreadable for ever.

Every ciphertext is bound to its customer, its field and its key's version by associated data, so it opens nowhere else. A data key is
also the root of secrets that must die with it, such as the key of the fingerprints that recognise a fact (`fingerprint_key`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kit.db import Connection
from kit.errors import NotFound
from kit.secrets import derive

KEY_SIZE = 32
FORMAT = b"\x01"  # AES-256-GCM: format, nonce, ciphertext with tag
_NONCE_SIZE = 12
_WRAPPING = "data key"


class SealIsBroken(Exception):
    """The ciphertext was changed, or belongs to another customer, field, version or key."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A customer's key, unwrapped: lives in memory only."""

    customer_id: UUID
    version: int
    secret: bytes = field(repr=False)

    def fingerprint_key(self) -> bytes:
        """The key of this customer's fact fingerprints."""
        return derive(self.secret, "fact identities")


async def create_data_key(connection: Connection, kek: bytes, customer_id: UUID, firm_id: UUID) -> DataKey:
    """The customer's first key, as role `app` under the customer's own row-level security."""
    key = DataKey(customer_id, 1, os.urandom(KEY_SIZE))
    await connection.execute(
        "insert into customers.data_keys (customer_id, firm_id, version, wrapped) values ($1, $2, $3, $4)",
        customer_id, firm_id, key.version, wrap(kek, key),
    )  # fmt: skip
    return key


async def load_data_key(connection: Connection, kek: bytes, customer_id: UUID, version: int | None = None) -> DataKey:
    """The customer's newest key, or the one of a version. Raises NotFound when it was destroyed."""
    row = await connection.fetchrow(
        "select version, wrapped from customers.data_keys where customer_id = $1 and ($2::int is null or version = $2)"
        " order by version desc limit 1",
        customer_id, version,
    )  # fmt: skip
    if row is None:
        raise NotFound("data_key_is_gone", "this customer's data key does not exist or was destroyed")
    return unwrap(kek, customer_id, row["version"], row["wrapped"])


def seal(key: DataKey, field_name: str, plaintext: bytes) -> bytes:
    """The plaintext encrypted under a fresh random nonce, for this field only."""
    return sealer(key, field_name)(plaintext)


def sealer(key: DataKey, field_name: str) -> Callable[[bytes], bytes]:
    """`seal` for many values of one field."""
    cipher, bound_to = AESGCM(key.secret), FORMAT + _bound_to(key.customer_id, field_name, key.version)
    return lambda plaintext: _sealed(cipher, plaintext, bound_to)


def open_sealed(key: DataKey, field_name: str, sealed: bytes) -> bytes:
    """The plaintext. Raises SealIsBroken."""
    return _decrypt(key.secret, sealed, _bound_to(key.customer_id, field_name, key.version))


def wrap(kek: bytes, key: DataKey) -> bytes:
    return _encrypt(kek, key.secret, _bound_to(key.customer_id, _WRAPPING, key.version))


def unwrap(kek: bytes, customer_id: UUID, version: int, wrapped: bytes) -> DataKey:
    """Raises SealIsBroken when the installation's key is another than the one that wrapped it."""
    return DataKey(customer_id, version, _decrypt(kek, wrapped, _bound_to(customer_id, _WRAPPING, version)))


def _bound_to(customer_id: UUID, field_name: str, version: int) -> bytes:
    return f"{customer_id.hex}|{field_name}|{version}".encode()


def _encrypt(secret: bytes, plaintext: bytes, bound_to: bytes) -> bytes:
    return _sealed(AESGCM(secret), plaintext, FORMAT + bound_to)


def _sealed(cipher: AESGCM, plaintext: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE_SIZE)
    return FORMAT + nonce + cipher.encrypt(nonce, plaintext, bound_to)


def _decrypt(secret: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    head, nonce, body = sealed[:1], sealed[1 : 1 + _NONCE_SIZE], sealed[1 + _NONCE_SIZE :]
    if head != FORMAT or len(nonce) != _NONCE_SIZE:
        raise SealIsBroken("unknown format")
    try:
        return AESGCM(secret).decrypt(nonce, body, FORMAT + bound_to)
    except InvalidTag as error:
        raise SealIsBroken("the ciphertext does not open with this key, field and version") from error
