"""What is sealed for a customer opens with that customer's key, for that field, and nowhere else."""

from __future__ import annotations

import os
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.directory import Customer, create_customer, create_firm
from customers.privacy import DataKey, SealIsBroken, create_data_key, load_data_key, open_sealed, seal, unwrap, wrap
from kit.db import Database
from kit.errors import NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from tests.conftest import MakeCustomer

KEY = DataKey(uuid4(), 1, os.urandom(32))


@given(st.binary(max_size=4096))
def test_what_was_sealed_opens(plaintext: bytes) -> None:
    assert open_sealed(KEY, "original", seal(KEY, "original", plaintext)) == plaintext


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    assert len({seal(KEY, "original", b"rent") for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("key", "field"),
    [
        (replace(KEY, customer_id=uuid4()), "original"),
        (replace(KEY, version=2), "original"),
        (replace(KEY, secret=os.urandom(32)), "original"),
        (KEY, "note"),
    ],
    ids=["another customer", "another version", "another secret", "another field"],
)
def test_a_seal_opens_nowhere_else(key: DataKey, field: str) -> None:
    with pytest.raises(SealIsBroken):
        open_sealed(key, field, seal(KEY, "original", b"rent"))


def test_every_changed_byte_breaks_the_seal() -> None:
    sealed = seal(KEY, "original", b"rent")
    for index in range(len(sealed)):
        changed = bytearray(sealed)
        changed[index] ^= 1
        with pytest.raises(SealIsBroken):
            open_sealed(KEY, "original", bytes(changed))
    for length in range(len(sealed)):
        with pytest.raises(SealIsBroken):
            open_sealed(KEY, "original", sealed[:length])


def test_a_wrapped_key_needs_the_installations_own_key() -> None:
    kek = os.urandom(32)
    wrapped = wrap(kek, KEY)
    assert unwrap(kek, KEY.customer_id, 1, wrapped) == KEY
    with pytest.raises(SealIsBroken):
        unwrap(os.urandom(32), KEY.customer_id, 1, wrapped)
    with pytest.raises(SealIsBroken):
        unwrap(kek, uuid4(), 1, wrapped)


def test_a_key_does_not_show_itself() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert repr(KEY.secret) not in repr(KEY)


def test_fingerprint_keys_differ_by_customer_and_from_the_key_itself() -> None:
    other = DataKey(uuid4(), 1, os.urandom(32))
    assert len({KEY.fingerprint_key(), other.fingerprint_key(), KEY.secret, other.secret}) == 4


async def test_a_stored_key_is_read_back_by_the_core_and_hidden_from_others(database: Database, make_customer: MakeCustomer) -> None:
    kek = os.urandom(32)
    ada, bob = Principal(new_uuid(), new_uuid(), new_uuid(), "Ada", "UTC", "EUR"), await make_customer()
    async with database.write("app", ada) as connection:
        await create_firm(connection, ada.firm_id, "House")
        await create_customer(connection, Customer(ada.customer_id, ada.firm_id, "Ada", "UTC", "EUR"))
        made = await create_data_key(connection, kek, ada.customer_id, ada.firm_id)
    async with database.write("core", ada) as connection:
        assert await load_data_key(connection, kek, ada.customer_id) == made
        assert await load_data_key(connection, kek, ada.customer_id, 1) == made
        with pytest.raises(NotFound):
            await load_data_key(connection, kek, ada.customer_id, 2)
    async with database.write("app", bob) as connection:
        with pytest.raises(NotFound):
            await load_data_key(connection, kek, ada.customer_id)
