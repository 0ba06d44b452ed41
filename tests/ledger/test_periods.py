"""Periods tile time: every day lies in exactly one, whatever the unit, the length and the anchor."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import Invalid
from ledger.periods import MOST, UNITS, Cadence, add_months, merged_paydays, span_around, spans_between, whole_months

DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))
CADENCES = st.sampled_from(UNITS).flatmap(lambda unit: st.builds(Cadence, st.just(unit), st.integers(1, min(MOST[unit], 40)), DAYS))
PAYS = st.lists(st.integers(5, 40), max_size=30).map(
    lambda gaps: merged_paydays([date(2024, 1, 5) + timedelta(days=sum(gaps[:at])) for at in range(len(gaps))])
)


@given(CADENCES, DAYS, st.integers(0, 900), PAYS)
def test_periods_follow_each_other_without_gap_or_overlap(cadence: Cadence, first: date, length: int, pays: list[date]) -> None:
    last = first + timedelta(days=length)
    spans = list(spans_between(cadence, first, last, pays))
    assert spans[0].start_on <= first <= spans[0].end_on
    assert spans[-1].start_on <= last <= spans[-1].end_on
    assert all(after.start_on - before.end_on == timedelta(days=1) for before, after in pairwise(spans))
    assert all(span.start_on <= span.end_on for span in spans)


@given(CADENCES, DAYS, st.data(), PAYS)
def test_every_day_of_a_period_has_the_same_period(cadence: Cadence, day: date, data: st.DataObject, pays: list[date]) -> None:
    span = span_around(cadence, day, pays)
    other = data.draw(st.dates(span.start_on, span.end_on))
    assert span_around(cadence, other, pays, waited_to=span.end_on).start_on == span.start_on
    assert span.elapsed(span.start_on) == 1
    assert span.elapsed(span.end_on) == span.days


@given(st.sampled_from(["day", "week", "month", "quarter", "year"]), st.integers(1, 20), DAYS)
def test_a_period_starts_on_its_anchor(unit: str, every: int, anchor: date) -> None:
    cadence = Cadence(unit, min(every, MOST[unit]), anchor)
    assert span_around(cadence, anchor).start_on == anchor
    assert span_around(cadence, anchor - timedelta(days=1)).end_on == anchor - timedelta(days=1)


def test_an_anchor_on_the_31st_comes_back_after_shorter_months() -> None:
    spans = spans_between(Cadence("month", 1, date(2026, 1, 31)), date(2026, 1, 31), date(2026, 6, 15))
    assert [span.start_on.isoformat() for span in spans] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


@pytest.mark.parametrize(
    ("cadence", "day", "expected"),
    [
        (Cadence("month"), date(2026, 2, 10), ("2026-02-01", "2026-02-28")),
        (Cadence("month"), date(2028, 2, 10), ("2028-02-01", "2028-02-29")),
        (Cadence("quarter"), date(2026, 11, 25), ("2026-10-01", "2026-12-31")),
        (Cadence("year"), date(2026, 11, 25), ("2026-01-01", "2026-12-31")),
        (Cadence("week"), date(2026, 11, 25), ("2026-11-23", "2026-11-29")),
        (Cadence("week", 2, date(2026, 11, 20)), date(2026, 11, 25), ("2026-11-20", "2026-12-03")),
        (Cadence("day", 10, date(2026, 11, 20)), date(2026, 11, 19), ("2026-11-10", "2026-11-19")),
        (Cadence("month", 1, date(2026, 1, 25)), date(2026, 11, 24), ("2026-10-25", "2026-11-24")),
        (Cadence("month", 1, date(2026, 1, 25)), date(2026, 11, 25), ("2026-11-25", "2026-12-24")),
        (Cadence("year", 1, date(2024, 2, 29)), date(2026, 2, 28), ("2026-02-28", "2027-02-27")),
    ],
)
def test_periods_of_the_calendar_and_of_ones_own(cadence: Cadence, day: date, expected: tuple[str, str]) -> None:
    span = span_around(cadence, day)
    assert (span.start_on.isoformat(), span.end_on.isoformat()) == expected


PAYDAYS = [date(2026, 8, 27), date(2026, 9, 28), date(2026, 10, 28)]


@pytest.mark.parametrize(
    ("day", "every", "expected"),
    [
        (date(2026, 9, 10), 1, ("2026-08-27", "2026-09-27")),
        (date(2026, 10, 28), 1, ("2026-10-28", "2026-11-26")),  # the next pay is expected at the usual gap
        (date(2026, 11, 30), 1, ("2026-10-28", "2026-11-30")),  # late pay is waited for
        (date(2026, 8, 1), 1, ("2026-07-28", "2026-08-26")),
        (date(2026, 10, 30), 2, ("2026-10-28", "2026-12-26")),
        (date(2026, 9, 30), 2, ("2026-08-27", "2026-10-27")),
    ],
)
def test_pay_periods_run_from_pay_to_pay(day: date, every: int, expected: tuple[str, str]) -> None:
    span = span_around(Cadence("payday", every), day, PAYDAYS)
    assert (span.start_on.isoformat(), span.end_on.isoformat()) == expected


def test_without_any_pay_on_record_pay_periods_are_calendar_months() -> None:
    assert span_around(Cadence("payday"), date(2026, 11, 25)) == span_around(Cadence("month"), date(2026, 11, 25))


def test_pay_in_two_parts_is_one_pay() -> None:
    days = [date(2026, 9, 28), date(2026, 9, 30), date(2026, 10, 28)]
    assert merged_paydays(days) == [date(2026, 9, 28), date(2026, 10, 28)]


@given(DAYS, st.integers(-600, 600))
def test_whole_months_undo_added_months(day: date, months: int) -> None:
    assert whole_months(day, add_months(day, months)) == months


@pytest.mark.parametrize("make", [lambda: Cadence("decade"), lambda: Cadence("week", 0), lambda: Cadence("year", 3)])
def test_a_period_that_is_none_is_refused(make: object) -> None:
    with pytest.raises(Invalid):
        make()  # type: ignore[operator]
