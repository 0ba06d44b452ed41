"""Money: codes and digits by ISO 4217, strict parsing, printing that parses back."""

from __future__ import annotations

from contextlib import suppress

import pytest
from babel.numbers import get_territory_currencies, list_currencies
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import Invalid
from ledger.money import MAX_MINOR, Money, format_plain, is_currency, minor_digits, parse_amount

CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD", "CHF", "INR"])


def test_digits_follow_iso_4217() -> None:
    assert [minor_digits(code) for code in ("EUR", "JPY", "KWD", "CLP", "TND", "INR")] == [2, 0, 3, 0, 3, 2]


@pytest.mark.parametrize("code", ["EUX", "eur", "", "XXX", "XAU", "DEM", "€"])
def test_what_is_no_currency_in_use_is_refused(code: str) -> None:
    assert not is_currency(code)
    with pytest.raises(Invalid) as refusal:
        minor_digits(code)
    assert refusal.value.code == "currency_is_unknown"


def test_every_currency_that_a_country_tenders_is_known() -> None:
    tendered = {
        code for territory in ("US", "DE", "GB", "JP", "CH", "BR", "IN", "KW", "ZA", "AU") for code in get_territory_currencies(territory)
    }
    assert {code for code in tendered if not is_currency(code)} == set()
    assert all(code in list_currencies() for code in ("EUR", "USD", "XOF", "VES", "SLE"))


@pytest.mark.parametrize(
    ("text", "decimal", "minor"),
    [
        ("1,234.56", ".", 123456), ("1.234,56", ",", 123456), ("1 234,56", ",", 123456), ("1'234.56", ".", 123456), ("-12", ".", -1200),
        ("+0.5", ".", 50), ("12,34,567.00", ".", 123456700), ("12.3400", ".", 1234), ("1234567", ".", 123456700),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, decimal: str, minor: int) -> None:
    assert parse_amount(text, decimal, "EUR") == minor


@pytest.mark.parametrize(
    "text", ["", "-", "1,2,3", "12,34.5", "1.2.3", "1e5", "NaN", "٣", "12.345", "1,23", "0x10", " 12", "12 ", "--1", "1,,234"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_amount(text, ".", "EUR")


def test_more_than_json_carries_is_refused() -> None:
    assert parse_amount("90071992547409.91", ".", "EUR") == MAX_MINOR
    with pytest.raises(Invalid):
        parse_amount("90071992547409.92", ".", "EUR")


@given(st.integers(-MAX_MINOR, MAX_MINOR), CURRENCIES)
def test_what_is_printed_parses_back(minor: int, currency: str) -> None:
    assert parse_amount(format_plain(minor, currency), ".", currency) == minor


@given(st.text(max_size=20), st.sampled_from(".,"), CURRENCIES)
def test_parsing_ends_in_an_amount_or_a_refusal(text: str, decimal: str, currency: str) -> None:
    with suppress(Invalid):
        assert abs(parse_amount(text, decimal, currency)) <= MAX_MINOR


def test_two_currencies_do_not_add() -> None:
    assert Money(5, "EUR") - Money(7, "EUR") == Money(-2, "EUR")
    with pytest.raises(AssertionError):
        Money(5, "EUR") + Money(5, "USD")
