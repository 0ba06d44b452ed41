"""A file becomes facts once; balances follow from anchors; an import can be taken back."""

from __future__ import annotations

from datetime import date

import asyncpg
import pytest

from kit.db import Connection, Database
from kit.errors import Conflict, Invalid, NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.accounts import list_accounts
from ledger.balances import balances
from risk.gate import accept_balance, take_back
from tests.conftest import MakeCustomer
from tests.ledger.books import NOW, Line, book

MAY: list[Line] = [
    ("2026-05-02", -1250, "ALDI"),
    ("2026-05-02", -300, "COFFEE"),
    ("2026-05-02", -300, "COFFEE"),
    ("2026-05-28", 200000, "ACME PAYROLL"),
]


async def _lines(database: Database, owner: Principal) -> list[tuple[str, int]]:
    async with database.read(owner) as connection:
        rows = await connection.fetch("select booked_on::text, amount_minor from ledger.lines order by 1, 2")
    return [tuple(row) for row in rows]


async def _balance(database: Database, owner: Principal, on: str | None = None) -> int | None:
    async with database.read(owner) as connection:
        [only] = await balances(connection, date.fromisoformat(on) if on else None)
    return only.amount_minor


async def test_two_identical_rows_in_one_file_are_two_facts(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    recorded = await book(database, owner, "Current", MAY)
    assert (recorded.imported, recorded.duplicates) == (4, 0)
    assert len(await _lines(database, owner)) == 4


async def test_the_same_file_again_adds_nothing_and_an_overlapping_one_only_what_is_new(
    database: Database, make_customer: MakeCustomer
) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY)
    again = await book(database, owner, "Current", MAY)
    assert (again.imported, again.duplicates) == (0, 4)
    overlapping = await book(database, owner, "Current", [*MAY[1:], ("2026-05-02", -300, "COFFEE"), ("2026-06-01", -80000, "RENT")])
    assert (overlapping.imported, overlapping.duplicates) == (2, 3)
    assert len(await _lines(database, owner)) == 6


async def test_the_same_rows_in_another_account_are_other_facts(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY)
    assert (await book(database, owner, "Other", MAY)).imported == 4


async def test_an_account_of_that_name_with_another_kind_is_a_conflict(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY)
    with pytest.raises(Conflict, match="is a checking account in EUR"):
        await book(database, owner, "current", MAY, kind="savings")
    with pytest.raises(Invalid, match="account_kind must be one of"):
        await book(database, owner, "Other", MAY, kind="wallet")


async def test_without_an_anchor_the_balance_is_unknown(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY)
    assert await _balance(database, owner) is None


async def test_a_files_closing_balance_gives_the_balance_on_every_day_since_its_first_row(
    database: Database, make_customer: MakeCustomer
) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY, closing=("2026-05-28", 250000))
    assert await _balance(database, owner) == 250000
    assert await _balance(database, owner, "2026-05-27") == 50000
    assert await _balance(database, owner, "2026-05-01") == 51850
    assert await _balance(database, owner, "2026-04-30") is None


async def test_an_older_file_moves_the_opening_back_and_leaves_todays_balance(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY, closing=("2026-05-28", 250000))
    await book(database, owner, "Current", [("2026-04-10", -1000, "BOOKS")], closing=("2026-04-10", 51850))
    assert await _balance(database, owner) == 250000
    assert await _balance(database, owner, "2026-04-09") == 52850
    assert await _balance(database, owner, "2026-04-30") == 51850


async def test_an_opening_balance_given_with_the_file_counts_from_before_its_first_row(
    database: Database, make_customer: MakeCustomer
) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY, opening_minor=0)
    assert await _balance(database, owner) == 198150
    assert await _balance(database, owner, "2026-05-01") == 0


async def test_a_told_balance_is_taken_and_a_later_one_counts(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    recorded = await book(database, owner, "Current", MAY)
    for day, told in (("2026-05-28", 300000), ("2026-05-02", 7)):
        async with database.write("core", owner) as connection:
            await accept_balance(connection, owner, recorded.account_id, date.fromisoformat(day), told, NOW)
    assert await _balance(database, owner) == 300000
    with pytest.raises(NotFound):
        async with database.write("core", owner) as connection:
            await accept_balance(connection, owner, new_uuid(), date(2026, 5, 1), 1, NOW)


async def test_an_undone_import_counts_nowhere_and_its_file_can_be_imported_again(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    first = await book(database, owner, "Current", MAY, closing=("2026-05-28", 250000))
    async with database.write("core", owner) as connection:
        assert await take_back(connection, owner, first.import_id, NOW) == 4
    assert await _lines(database, owner) == []
    assert await _balance(database, owner) is None
    async with database.read(owner) as connection:
        reversals = await connection.fetchval("select count(*) from ledger.transfers where reverses is not null")
    assert reversals == 5  # four facts and the opening
    again = await book(database, owner, "Current", MAY, closing=("2026-05-28", 250000))
    assert (again.imported, again.duplicates) == (4, 0)
    assert await _balance(database, owner) == 250000


async def test_an_import_is_undone_once_and_only_by_its_owner(database: Database, make_customer: MakeCustomer) -> None:
    owner, stranger = await make_customer(), await make_customer()
    first = await book(database, owner, "Current", MAY)
    with pytest.raises(NotFound):
        async with database.write("core", stranger) as connection:
            await take_back(connection, stranger, first.import_id, NOW)
    async with database.write("core", owner) as connection:
        await take_back(connection, owner, first.import_id, NOW)
    with pytest.raises(Conflict, match="was undone before"):
        async with database.write("core", owner) as connection:
            await take_back(connection, owner, first.import_id, NOW)


async def test_accounts_are_listed_with_what_they_hold(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    await book(database, owner, "Rainy day", [("2026-05-03", 5000, "IN")], kind="savings")
    await book(database, owner, "Current", MAY, closing=("2026-05-28", 250000))
    async with database.read(owner) as connection:
        found = await list_accounts(connection)
    assert [(a.name, a.kind, a.balance_minor, a.facts_count) for a in found] == [
        ("Current", "checking", 250000, 4),
        ("Rainy day", "savings", None, 1),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger.entries set amount_minor = 1",
        "delete from ledger.entries",
        "truncate ledger.entries",
        "update ledger.transfers set amount_minor = 1",
        "delete from ledger.facts",
        "update ledger.operations set kind = 'undo_import'",
    ],
)
@pytest.mark.parametrize("role", ["core", "app", "reader", "scribe", "worker"])
async def test_no_role_changes_what_happened(database: Database, make_customer: MakeCustomer, role: str, statement: str) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.write(role, owner) as connection:
            await connection.execute(statement)


@pytest.mark.parametrize("role", ["app", "reader", "scribe", "worker", "analyst"])
async def test_only_the_core_inserts_into_the_ledger(database: Database, make_customer: MakeCustomer, role: str) -> None:
    owner = await make_customer()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.write(role, owner) as connection:
            await connection.execute(
                "insert into ledger.accounts (id, customer_id, firm_id, name, kind, currency, mirrored)"
                " values ($1, $2, $3, 'x', 'checking', 'EUR', true)",
                new_uuid(), owner.customer_id, owner.firm_id,
            )  # fmt: skip


async def test_entries_that_do_not_sum_to_zero_are_refused_by_the_database(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    await book(database, owner, "Current", MAY)
    with pytest.raises(asyncpg.CheckViolationError, match="do not sum to zero"):
        async with database.write("core", owner) as connection:
            await connection.execute(
                "insert into ledger.entries (account_id, seq, transfer_id, customer_id, firm_id, amount_minor, currency, balance_minor,"
                " booked_on, hash) select account_id, seq + 100, $1, customer_id, firm_id, 5, currency, 0, booked_on, hash"
                " from ledger.entries where customer_id = $2 limit 1",
                await _bare_transfer(connection, owner), owner.customer_id,
            )  # fmt: skip


async def _bare_transfer(connection: Connection, owner: Principal) -> object:
    transfer_id, operation_id = new_uuid(), new_uuid()
    await connection.execute(
        "insert into ledger.operations (id, customer_id, firm_id, kind, account_id, details, commitment, recorded_at)"
        " select $1, customer_id, firm_id, 'balance_told', id, '{}', '\\x00', now() from ledger.accounts where customer_id = $2 limit 1",
        operation_id, owner.customer_id,
    )  # fmt: skip
    await connection.execute(
        "insert into ledger.transfers (id, customer_id, firm_id, from_account, to_account, amount_minor, currency, booked_on, recorded_at,"
        " operation_id) select $1, customer_id, firm_id, from_account, to_account, 5, currency, booked_on, now(), $2"
        " from ledger.transfers where customer_id = $3 limit 1",
        transfer_id, operation_id, owner.customer_id,
    )  # fmt: skip
    return transfer_id
