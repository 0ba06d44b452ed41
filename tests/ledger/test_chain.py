"""`verify` passes over true books and names the first row that somebody changed behind the ledger's back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from kit.db import ROLES, Database
from kit.identity import Principal
from ledger.chain import Fault, Progress, verify
from tests.ledger.books import book
from tests.people import add_customer

LINES = [(f"2026-05-{day:02}", -100 * day, f"SHOP {day}") for day in range(1, 21)]


@pytest_asyncio.fixture
async def books(new_database_url: str, secret: bytes) -> AsyncIterator[tuple[Database, Principal, str]]:
    database = await Database.open(new_database_url, secret, ROLES, max_size=2)
    owner = await add_customer(database, bytes(32))
    await book(database, owner, "Current", LINES, closing=("2026-05-20", 100000))
    await book(database, owner, "Savings", [("2026-05-03", 5000, "IN")], kind="savings")
    yield database, owner, new_database_url
    await database.close()


async def _verify(database: Database) -> list[Progress]:
    async with database.write("worker", None) as connection:
        return [progress async for progress in verify(connection)]


async def _fault(database: Database) -> Fault:
    fault = (await _verify(database))[-1].fault
    assert fault is not None
    return fault


async def _tamper(url: str, statement: str, *arguments: object) -> None:
    """As a superuser who switches the triggers off."""
    connection = await asyncpg.connect(url)
    await connection.execute("set session_replication_role = replica")
    assert await connection.execute(statement, *arguments) not in ("UPDATE 0", "DELETE 0")
    await connection.close()


async def test_true_books_verify(books: tuple[Database, Principal, str]) -> None:
    database, _, _ = books
    last = (await _verify(database))[-1]
    assert (last.accounts, last.entries, last.fault) == (4, 2 * 20 + 2 + 2, None)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("update ledger.entries set amount_minor = amount_minor - 1 where {row}", "the entry differs from its transfer"),
        ("update ledger.entries set balance_minor = balance_minor + 1 where {row}", "the running balance does not follow"),
        ("update ledger.entries set booked_on = booked_on - 1 where {row}", "the entry differs from its transfer"),
        ("update ledger.entries set currency = 'USD' where {row}", "the hash does not match"),
        ("update ledger.entries set hash = sha256('x') where {row}", "the hash does not match"),
        ("update ledger.facts set amount_minor = amount_minor * 2 where id = {fact}", "the transfer differs from the fact"),
        ("update ledger.facts set commitment = sha256('other words') where id = {fact}", "the hash does not match"),
        ("update ledger.transfers set recorded_at = recorded_at + interval '1 second' where id = {transfer}", "the hash does not match"),
        ("update ledger.transfers set amount_minor = 1 where id = {transfer}", "the entry differs from its transfer"),
    ],
)
async def test_a_changed_row_is_named(books: tuple[Database, Principal, str], statement: str, reason: str) -> None:
    database, _, url = books
    admin = await asyncpg.connect(url)
    chosen = await admin.fetchrow(
        "select e.seq, e.account_id, e.transfer_id, t.fact_id from ledger.entries e join ledger.transfers t on t.id = e.transfer_id"
        " join ledger.accounts a on a.id = e.account_id where a.name = 'Current' and e.seq = 7"
    )
    await admin.close()
    assert chosen is not None
    seq, account, transfer, fact = chosen
    row = f"account_id = '{account}' and seq = {seq}"
    await _tamper(url, statement.format(row=row, fact=f"'{fact}'", transfer=f"'{transfer}'"))
    found = await _fault(database)
    assert (found.transfer_id, found.reason.startswith(reason)) == (transfer, True), found
    assert found.seq == 7


async def test_a_removed_entry_is_missed(books: tuple[Database, Principal, str]) -> None:
    database, _, url = books
    await _tamper(url, "delete from ledger.entries where seq = 7 and account_id = (select id from ledger.accounts where name = 'Current')")
    assert (await _fault(database)).reason == "entry 7 is missing"


async def test_a_removed_last_entry_is_missed(books: tuple[Database, Principal, str]) -> None:
    database, _, url = books
    await _tamper(url, "delete from ledger.entries where seq = 21 and account_id = (select id from ledger.accounts where name = 'Current')")
    assert "the chain ends elsewhere" in (await _fault(database)).reason


async def test_the_owner_of_the_tables_is_stopped_by_triggers(books: tuple[Database, Principal, str]) -> None:
    database, owner, _ = books
    for statement in ("update ledger.entries set amount_minor = 1", "truncate ledger.entries", "delete from ledger.facts"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="facts are immutable"):
            async with database.write("owner", owner) as connection:
                await connection.execute(statement)
