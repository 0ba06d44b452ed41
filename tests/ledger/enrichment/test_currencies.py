"""Own transfers between accounts in two currencies, and refunds, which stay in one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from kit.db import Database
from ledger.conversion import Rates
from ledger.enrichment import FactToEnrich, enrich
from tests.conftest import MakeCustomer
from tests.ledger.books import book
from tests.rates import RATES, load_rates_of_tests

EURO, LONDON, DOLLARS = UUID(int=1), UUID(int=2), UUID(int=3)
CURRENCIES = {EURO: "EUR", LONDON: "GBP", DOLLARS: "USD"}
KNOWN = Rates(RATES)


def fact(number: int, account: UUID, day: str, amount_minor: int, text: str) -> FactToEnrich:
    return FactToEnrich(
        id=UUID(int=100 + number), account_id=account, account_kind="checking", booked_on=date.fromisoformat(day),
        amount_minor=amount_minor, description=text, account_name=CURRENCIES[account], currency=CURRENCIES[account],
    )  # fmt: skip


def flows(*facts: FactToEnrich, rates: Rates = KNOWN) -> list[str]:
    return [found.flow for found in enrich(facts, None, rates)]


SENT = fact(0, EURO, "2026-05-11", -50000, "Own transfer to London")  # 0.85: GBP 425.00


@pytest.mark.parametrize(
    ("amount_minor", "day", "text", "is_transfer"),
    [
        (42500, "2026-05-12", "INCOMING FX", True),
        (41300, "2026-05-15", "INCOMING FX", True),  # 2.8 % less, four days on
        (44000, "2026-05-11", "INCOMING FX", True),
        (40700, "2026-05-12", "INCOMING FX", False),  # 4.2 % less
        (42500, "2026-05-16", "INCOMING FX", False),  # five days on
        (42500, "2026-05-12", "SALARY ACME LTD", False),  # the text speaks against it
        (50000, "2026-05-12", "INCOMING FX", False),  # the same digits are another amount
    ],
)
def test_two_halves_in_two_currencies_meet_at_the_days_rate(amount_minor: int, day: str, text: str, is_transfer: bool) -> None:
    into = fact(1, LONDON, day, amount_minor, text)
    by_id = {found.fact_id: found for found in enrich([SENT, into], None, KNOWN)}
    assert (by_id[SENT.id].linked_to == into.id) is is_transfer
    assert (by_id[into.id].flow == "transfer") is is_transfer


def test_without_a_rate_or_without_a_word_of_a_transfer_nothing_is_guessed() -> None:
    into = fact(1, LONDON, "2026-05-12", 42500, "INCOMING FX")
    assert flows(SENT, into, rates=Rates())[1] == "income"
    bland = fact(2, EURO, "2026-05-11", -50000, "ANA PEREZ")
    assert flows(bland, into) == ["spending", "income"]


def test_the_closest_amount_is_the_other_half_in_any_order() -> None:
    near, far = fact(1, LONDON, "2026-05-12", 42400, "INCOMING FX"), fact(2, LONDON, "2026-05-12", 41000, "INCOMING FX")
    for facts in ([SENT, near, far], [far, SENT, near], [near, far, SENT]):
        halves = {found.fact_id: found.linked_to for found in enrich(facts, None, KNOWN)}
        assert (halves[SENT.id], halves[far.id]) == (near.id, None)


def test_a_half_of_the_same_currency_comes_first() -> None:
    same = FactToEnrich(
        id=UUID(int=200), account_id=UUID(int=9), account_kind="savings", booked_on=date(2026, 5, 13), amount_minor=50000,
        description="Own transfer", account_name="Pot", currency="EUR",
    )  # fmt: skip
    into = fact(1, LONDON, "2026-05-11", 42500, "INCOMING FX")
    halves = {found.fact_id: found.linked_to for found in enrich([SENT, into, same], None, KNOWN)}
    assert (halves[SENT.id], halves[into.id]) == (same.id, None)


def test_equal_digits_of_two_currencies_are_no_refund() -> None:
    bought, back = fact(1, EURO, "2026-05-04", -8000, "ZALANDO"), fact(2, LONDON, "2026-05-08", 8000, "ZALANDO REFUND")
    found = enrich([bought, back], None, KNOWN)
    assert found[1].linked_to is None


async def test_an_import_recognises_what_came_from_the_other_account(database: Database, make_customer: MakeCustomer) -> None:
    await load_rates_of_tests(database)
    ada = await make_customer()
    await book(database, ada, "Giro", [("2026-05-11", -50000, "Own transfer to London"), ("2026-05-11", -900, "ALDI")])
    await book(database, ada, "London", [("2026-05-12", 42100, "INCOMING FX"), ("2026-05-13", -900, "TESCO")], currency="GBP")
    async with database.read(ada) as connection:
        rows = await connection.fetch(
            "select account_name, currency, amount_minor, flow from ledger.lines order by booked_on, amount_minor"
        )
    assert [tuple(row) for row in rows] == [
        ("Giro", "EUR", -50000, "transfer"), ("Giro", "EUR", -900, "spending"),
        ("London", "GBP", 42100, "transfer"), ("London", "GBP", -900, "spending"),
    ]  # fmt: skip
