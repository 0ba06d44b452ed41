"""Symbols of periods and days, on a Wednesday in June."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evals.periods import Almanac, NoSuchPeriod, Span, add_months, complete_units

ALMANAC = Almanac(today=date(2026, 6, 17), first_on=date(2025, 3, 11), payday=date(2026, 5, 29))


@pytest.mark.parametrize(
    ("symbol", "start", "end"),
    [
        ({"this": "month"}, "2026-06-01", "2026-06-17"),
        ({"this": "week"}, "2026-06-15", "2026-06-17"),
        ({"this": "weekend"}, "2026-06-13", "2026-06-14"),
        ({"last": "week"}, "2026-06-08", "2026-06-14"),
        ({"last": "weekend"}, "2026-06-13", "2026-06-14"),
        ({"last": "month"}, "2026-05-01", "2026-05-31"),
        ({"last": "quarter"}, "2026-01-01", "2026-03-31"),
        ({"last": 3, "unit": "month"}, "2026-03-01", "2026-05-31"),
        ({"ago": 2, "unit": "month"}, "2026-04-01", "2026-04-30"),
        ({"days": 30}, "2026-05-19", "2026-06-17"),
        ({"month": 6}, "2026-06-01", "2026-06-17"),
        ({"month": 7}, "2025-07-01", "2025-07-31"),
        ({"month": 5, "year": -1}, "2025-05-01", "2025-05-31"),
        ({"quarter": 2}, "2026-04-01", "2026-06-17"),
        ({"half": 2}, "2025-07-01", "2025-12-31"),
        ({"year": -1}, "2025-01-01", "2025-12-31"),
        ({"on": "12-24"}, "2025-12-24", "2025-12-24"),
        ({"on": "yesterday"}, "2026-06-16", "2026-06-16"),
        ({"week_of": "05-14"}, "2026-05-11", "2026-05-17"),
        ({"since": {"month": 3}}, "2026-03-01", "2026-06-17"),
        ({"since": "payday"}, "2026-05-29", "2026-06-17"),
        ({"from": {"month": 11}, "to": {"month": 2}}, "2025-11-01", "2026-02-28"),
        ({"before": {"month": 5}}, "2025-03-11", "2026-04-30"),
        ({"year_before": {"this": "month"}}, "2025-06-01", "2025-06-17"),
        ({"year_before": {"last": "month"}}, "2025-05-01", "2025-05-31"),
        ({"elapsed": {"last": "month"}, "of": {"this": "month"}}, "2026-05-01", "2026-05-17"),
        (None, "2025-03-11", "2026-06-17"),
    ],
)
def test_a_symbol_comes_to_its_days(symbol: Any, start: str, end: str) -> None:
    assert ALMANAC.period(symbol) == Span(date.fromisoformat(start), date.fromisoformat(end))


def test_days_are_the_latest_that_have_begun() -> None:
    assert ALMANAC.day("06-17") == date(2026, 6, 17)
    assert ALMANAC.day("06-18") == date(2025, 6, 18)
    assert ALMANAC.day({"weekday": 3}) == date(2026, 6, 10)  # before today, a Wednesday too
    assert ALMANAC.day({"weekday": 2}) == date(2026, 6, 16)
    assert ALMANAC.day({"end_of": {"last": "month"}}) == date(2026, 5, 31)


@pytest.mark.parametrize("symbol", [{"last": "fortnight"}, {"month": 7, "year": 0}, "someday", {"days": "30"}])
def test_what_says_nothing_is_refused(symbol: Any) -> None:
    with pytest.raises(NoSuchPeriod):
        ALMANAC.period(symbol)


def test_incomplete_months_are_left_out_at_both_ends() -> None:
    months = complete_units(ALMANAC.period(None), "month", ALMANAC)
    assert (months[0].start, months[-1].end) == (date(2025, 4, 1), date(2026, 5, 31))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-500, 500))
def test_months_later_is_never_in_another_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
