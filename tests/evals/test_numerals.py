"""Reading amounts and days out of texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.evals.money import percentile
from tests.evals.numerals import amount, day_phrases, left_over, masked, masked_days


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("€1,234.50", "1234.50"),
        ("1.234,50 €", "1234.50"),
        ("CHF 1’234.50", "1234.50"),
        ("12 345,60 kr", "12345.60"),
        ("1,234", "1234"),
        ("−84.2", "84.2"),
        ("12.3 %", "12.3"),
        ("7", "7"),
    ],
)
def test_amounts_are_read_as_they_are_printed(text: str, read: str) -> None:
    assert amount(text) == Decimal(read)


@pytest.mark.parametrize(
    "text", ["12 October", "October 12th, 2026", "2026-10-12", "12.10.2026", "12 Oct", "October 2026", "Q4 2026", "in 2026"]
)
def test_a_day_that_is_known_may_be_spoken_of(text: str) -> None:
    assert left_over(masked_days(text, [date(2026, 10, 12)])) == []


@pytest.mark.parametrize("text", ["13 October", "12 November", "12 October 2025", "Q3", "in 2025"])
def test_another_day_may_not(text: str) -> None:
    assert left_over(masked_days(text, [date(2026, 10, 12)])) != []


def test_ranges_are_two_days() -> None:
    assert day_phrases("from 12 to 18 October 2026")[0].days == (12, 18)
    assert day_phrases("October 12–18, 2026")[0].days == (12, 18)


def test_a_phrase_blanks_no_part_of_a_longer_number() -> None:
    assert left_over(masked("112 and 12.50 and 12, 12", ["12"])) == ["112", "12.50"]
    assert left_over("1. Lidl\n2. Aldi") == []


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([float(n) for n in range(1, 101)], 95) == 95.0
    assert percentile([3.0], 95) == 3.0
