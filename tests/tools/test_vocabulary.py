"""The words of a customer's books, and their pay day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kit.clock import FixedClock
from kit.db import Database
from tests.people import add_customer
from tests.tools.books import Fact, keep
from tools.context import ToolContext
from tools.vocabulary import vocabulary


async def test_the_words_are_the_customers_own_and_the_main_employer_pays_last(database: Database, kek: bytes) -> None:
    owner, stranger = await add_customer(database, kek), await add_customer(database, kek)
    await keep(
        database,
        owner,
        [
            Fact("2026-05-28", 200000, "Acme", "Salary", "income"),
            Fact("2026-05-29", 9900, "Lodger", "Rent in", "income"),
            Fact("2026-06-01", -9000, "Rainy Day Saver", "Transfer", "transfer"),
            Fact("2026-06-01", -500, "Aldi", "Groceries", "spending"),
            Fact("2026-06-02", -700, "ALDI", "Groceries", "spending"),
        ],
    )
    await keep(database, stranger, [Fact("2026-06-01", -500, "Secret shop", "Secrets", "spending")])
    words = await vocabulary(ToolContext(owner, database, FixedClock(datetime(2026, 6, 15, 12, tzinfo=UTC))))
    assert words.merchants[0][1] == 2
    assert {name.lower() for name, _ in words.merchants} == {"acme", "lodger", "aldi"}
    assert words.payers == ("Acme", "Lodger")
    assert words.only_payers == {"Acme", "Lodger"}
    assert words.payday_on == date(2026, 5, 28)
    assert (words.first_on, words.last_on, words.today) == (date(2026, 5, 28), date(2026, 6, 2), date(2026, 6, 15))
