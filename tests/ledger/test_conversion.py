"""Amounts in another currency: exact, rounded once, half to even; the same in Python and in SQL (docs/currencies.md)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.db import Database
from ledger.conversion import Converted, Rate, Rates, cross_rate, divide_half_even
from ledger.fx import Stored, load_rates, published_rates, store_rates
from ledger.money import _CODES, MAX_MINOR, minor_digits
from tests.people import add_customer
from tests.rates import RATES, load_rates_of_tests

AMOUNTS = st.integers(-(10**12), 10**12)
PER_EURO = st.decimals("0.000001", "100000", places=6)
KNOWN = Rates(RATES)


@pytest.mark.parametrize(
    ("amount_minor", "given_currency", "wanted", "day", "expected"),
    [
        (1250, "USD", "EUR", "2026-05-04", (1000, "2026-05-04")),
        (1000, "EUR", "USD", "2026-05-04", (1250, "2026-05-04")),
        (1000, "GBP", "USD", "2026-05-04", (1562, "2026-05-04")),  # 15.625, half to even
        (-1000, "GBP", "USD", "2026-05-04", (-1562, "2026-05-04")),
        (3000, "GBP", "USD", "2026-05-04", (4688, "2026-05-04")),  # 46.875
        (1250, "USD", "EUR", "2026-05-07", (1000, "2026-05-04")),  # a day without a rate has the one before
        (1200, "USD", "EUR", "2026-05-10", (1000, "2026-05-08")),  # a Sunday
        (160, "JPY", "EUR", "2026-05-10", (100, "2026-04-30")),  # yen have no minor unit
        (100, "EUR", "JPY", "2026-05-10", (160, "2026-04-30")),
        (85, "GBP", "JPY", "2026-05-10", (160, "2026-04-30")),  # a cross states its older rate
        (100, "USD", "EUR", "2026-04-29", None),  # before the first
        (100, "KWD", "EUR", "2026-05-10", None),  # never any
        (100, "KWD", "KWD", "2026-05-10", (100, None)),
    ],
)
def test_an_amount_is_converted_at_the_last_rate_of_the_day(
    amount_minor: int, given_currency: str, wanted: str, day: str, expected: tuple[int, str | None] | None
) -> None:
    found = KNOWN.convert(amount_minor, given_currency, wanted, date.fromisoformat(day))
    on = None if expected is None or expected[1] is None else date.fromisoformat(expected[1])
    assert found == (None if expected is None else Converted(expected[0], wanted, on))


@given(AMOUNTS, st.integers(1, 10**9))
def test_division_rounds_to_the_nearest_and_halves_to_even(upper: int, lower: int) -> None:
    assert divide_half_even(upper, lower) == round(Fraction(upper, lower))


@given(AMOUNTS, PER_EURO, PER_EURO, st.sampled_from(["EUR", "JPY", "KWD", "USD"]), st.sampled_from(["GBP", "ISK", "BHD"]))
def test_a_conversion_is_the_exact_quotient_rounded_once(amount: int, a: Decimal, b: Decimal, given_currency: str, wanted: str) -> None:
    day = date(2026, 1, 1)
    rates = Rates([Rate(given_currency, day, a), Rate(wanted, day, b)])
    a = Decimal(1) if given_currency == "EUR" else a
    exact = Fraction(amount) / 10 ** minor_digits(given_currency) * Fraction(b) / Fraction(a) * 10 ** minor_digits(wanted)
    found = rates.convert(amount, given_currency, wanted, day)
    assert found == (Converted(round(exact), wanted, day) if abs(round(exact)) <= MAX_MINOR else None)


def test_what_grows_beyond_an_amount_is_none() -> None:
    assert KNOWN.convert(MAX_MINOR, "GBP", "USD", date(2026, 5, 4)) is None


def test_a_cross_rate_is_for_reading() -> None:
    day = date(2026, 5, 4)
    usd, gbp = KNOWN.at("USD", day), KNOWN.at("GBP", day)
    assert usd is not None
    assert gbp is not None
    assert (str(cross_rate(gbp, usd)), str(cross_rate(usd, gbp))) == ("1.5625", "0.64")


async def test_sql_converts_as_python_does(database: Database, kek: bytes) -> None:
    cases = [
        (amount, Decimal(a), Decimal(b), given_currency, wanted)
        for amount in (0, 1, -1, 5, 15, -25, 1000, 3000, 999_999_999_999, MAX_MINOR)
        for a in ("1", "0.3", "1.25", "163.17", "0.000007")
        for b in ("1", "0.8", "2", "17000.123456")
        for given_currency, wanted in (("USD", "GBP"), ("JPY", "KWD"), ("KWD", "USD"), ("GBP", "JPY"))
    ]
    owner = await add_customer(database, kek)
    async with database.read(owner) as connection:
        found = await connection.fetch(
            "select market.converted(n, a * market.minor_units(g), b * market.minor_units(w)) from"
            " unnest($1::bigint[], $2::numeric[], $3::numeric[], $4::text[], $5::text[]) with ordinality as t (n, a, b, g, w, at)"
            " order by at",
            *(list(column) for column in zip(*cases, strict=True)),
        )
    day = date(2026, 1, 1)
    for (amount, a, b, given_currency, wanted), row in zip(cases, found, strict=True):
        expected = Rates([Rate(given_currency, day, a), Rate(wanted, day, b)]).convert(amount, given_currency, wanted, day)
        assert row[0] == (expected.amount_minor if expected else None), (amount, a, b, given_currency, wanted)


async def test_sql_knows_the_minor_unit_of_every_currency(database: Database, kek: bytes) -> None:
    owner = await add_customer(database, kek)
    async with database.read(owner) as connection:
        rows = await connection.fetch("select c, market.minor_units(c)::int from unnest($1::text[]) as t (c)", sorted(_CODES))
    assert {row[0]: row[1] for row in rows} == {code: 10 ** minor_digits(code) for code in _CODES}


async def test_the_bank_corrects_a_rate_and_a_sample_never_does(database: Database, kek: bytes) -> None:
    day = date(1999, 1, 4)

    async def store(rate: str, source: str) -> Stored:
        async with database.write("worker", None) as connection:
            return await store_rates(connection, [Rate("ZAR", day, Decimal(rate))], source)

    assert await store("6.9", "sample") == Stored(1, 0)
    assert await store("6.93", "ecb") == Stored(0, 1)
    assert await store("7", "sample") == Stored(0, 0)
    assert await store("6.93", "ecb") == Stored(0, 0)
    owner = await add_customer(database, kek)
    async with database.read(owner) as connection:
        known = await published_rates(connection, {"ZAR"}, day)
    assert (known.listed, known.source("ZAR", "EUR")) == ((Rate("ZAR", day, Decimal("6.93")),), "ecb")


async def test_a_stretch_is_loaded_with_the_rate_before_it(database: Database, kek: bytes) -> None:
    await load_rates_of_tests(database)
    owner = await add_customer(database, kek)
    async with database.read(owner) as connection:
        rates = await load_rates(connection, {"EUR", "USD"}, date(2026, 5, 6), date(2026, 5, 20))
    assert [rates.at("USD", date(2026, 5, day)) for day in (6, 20)] == [
        Rate("USD", date(2026, 5, 4), Decimal("1.25")),
        Rate("USD", date(2026, 5, 8), Decimal("1.20")),
    ]
    assert rates.at("USD", date(2026, 5, 3)) is None  # not asked for
