"""Card numbers and IBANs never pass; other numbers do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.redact import is_iban, passes_luhn, redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paid with 4111111111111111 today", "paid with [card ...1111] today"),
        ("paid with 4111 1111 1111 1111.", "paid with [card ...1111]."),
        ("5500-0000-0000-0004", "[card ...0004]"),
        ("amex 378282246310005", "amex [card ...0005]"),
        ("to DE89370400440532013000 rent", "to [IBAN ...3000] rent"),
        ("to DE89 3704 0044 0532 0130 00 RENT MAY", "to [IBAN ...3000] RENT MAY"),
        ("GB82 WEST 1234 5698 7654 32", "[IBAN ...5432]"),
        ("order 4111111111111112 is no card", "order 4111111111111112 is no card"),
        ("invoice 20260512 amount 1,234.56", "invoice 20260512 amount 1,234.56"),
    ],
)
def test_numbers_that_identify_are_masked_and_others_are_not(text: str, expected: str) -> None:
    assert redact(text) == expected


def _with_check_digit(digits: str) -> str:
    return next(digits + last for last in "0123456789" if passes_luhn(digits + last))


@given(st.text(alphabet="0123456789", min_size=12, max_size=18), st.sampled_from(["", " ", "-"]))
def test_no_card_number_of_13_to_19_digits_passes(digits: str, separator: str) -> None:
    number = _with_check_digit(digits)
    shown = separator.join(number[i : i + 4] for i in range(0, len(number), 4))
    assert shown not in redact(f"card {shown} end")


@given(st.text(max_size=200))
def test_redaction_never_fails_and_is_stable(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


def test_an_iban_needs_its_check_digits() -> None:
    assert is_iban("DE89 3704 0044 0532 0130 00")
    assert not is_iban("DE88 3704 0044 0532 0130 00")
