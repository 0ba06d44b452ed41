"""How a budget stands: exact sums, rests that carry over, limits that count from when they were set, alerts by pace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.periods import Cadence
from ledger.standing import CARRY_MOST, Budget, Standing, history, standing

MONTHLY = Cadence("month")
FIRST = date(2026, 1, 1)
SPENT = st.dictionaries(st.dates(FIRST, date(2026, 12, 31)), st.integers(-20_000, 50_000), max_size=60)


def budget(
    limit_minor: int = 10_000, rollover_from: date | None = None, cadence: Cadence = MONTHLY, limits: Sequence[tuple[date, int]] = ()
) -> Budget:
    return Budget(UUID(int=1), "Groceries", cadence, "EUR", tuple(limits) or ((FIRST, limit_minor),), rollover_from)


def at(found: Standing) -> tuple[int, int, int]:
    return found.carried_minor, found.spent_minor, found.left_minor


@given(SPENT, st.dates(FIRST, date(2026, 12, 31)))
def test_without_rollover_what_is_left_is_the_limit_less_the_periods_spending(spent: dict[date, int], today: date) -> None:
    found = standing(budget(), spent, today)
    total = sum(minor for day, minor in spent.items() if day.replace(day=1) == today.replace(day=1) and day <= today)
    assert at(found) == (0, total, 10_000 - total)


@given(SPENT, st.dates(FIRST, date(2026, 12, 31)), st.integers(200_000, 900_000))
def test_what_carries_is_the_sum_of_the_rests_of_all_periods_before(spent: dict[date, int], today: date, limit_minor: int) -> None:
    found = standing(budget(limit_minor, FIRST), spent, today)
    before = sum(minor for day, minor in spent.items() if day < found.span.start_on)
    whole = limit_minor * (today.month - 1) - before
    most = CARRY_MOST * limit_minor
    assert -most <= found.carried_minor <= most
    if abs(whole) < most and abs(before) < most:  # far from the bound, nothing is cut off
        assert found.carried_minor == whole


@given(SPENT, st.dates(FIRST, date(2026, 12, 31)), st.sampled_from([Cadence("week"), Cadence("day", 10, date(2026, 1, 31)), MONTHLY]))
def test_the_last_line_of_the_history_is_the_standing(spent: dict[date, int], today: date, cadence: Cadence) -> None:
    kept = budget(30_000, FIRST, cadence)
    lines = history(kept, spent, FIRST, today)
    assert lines[-1] == standing(kept, spent, today)
    assert sum(line.spent_minor for line in lines) == sum(m for day, m in spent.items() if lines[0].span.start_on <= day <= today)


def test_rests_carry_from_their_first_day_on_and_overspending_carries_too() -> None:
    spent = {date(2026, 1, 10): 99_900, date(2026, 2, 10): 4_000, date(2026, 3, 10): 13_500}
    found = history(budget(10_000, date(2026, 2, 1)), spent, FIRST, date(2026, 4, 2))
    assert [at(line) for line in found] == [(0, 99_900, -89_900), (0, 4_000, 6_000), (6_000, 13_500, 2_500), (2_500, 0, 12_500)]


def test_a_rest_carries_at_most_twelve_limits() -> None:
    found = standing(budget(100, date(2020, 1, 1), limits=((date(2020, 1, 1), 100),)), {}, date(2026, 4, 2))
    assert found.carried_minor == CARRY_MOST * 100
    overspent = standing(budget(100, FIRST), {FIRST: 1_000_000}, date(2026, 2, 2))
    assert overspent.carried_minor == -CARRY_MOST * 100


def test_a_new_limit_changes_no_period_of_the_past() -> None:
    raised = budget(limits=((FIRST, 10_000), (date(2026, 3, 1), 50_000)), rollover_from=FIRST)
    lines = history(raised, {}, FIRST, date(2026, 3, 15))
    assert [(line.limit_minor, line.available_minor) for line in lines] == [(10_000, 10_000), (10_000, 20_000), (50_000, 70_000)]


@pytest.mark.parametrize(
    ("spent_minor", "day", "alerts", "on_track", "projected"),
    [
        (3_000, 10, (), True, 9_000),
        (3_334, 10, ("ahead_of_pace",), False, 10_002),
        (9_000, 28, ("nearly_used",), True, 9_642),
        (9_500, 5, ("ahead_of_pace", "nearly_used"), False, 57_000),
        (10_000, 30, ("nearly_used",), True, 10_000),
        (10_001, 30, ("over",), False, 10_001),
        (-500, 3, (), True, 0),
    ],
)
def test_alerts_go_by_pace(spent_minor: int, day: int, alerts: tuple[str, ...], on_track: bool, projected: int) -> None:
    found = standing(budget(), {date(2026, 4, 2): spent_minor}, date(2026, 4, day))
    assert (found.alerts, found.on_track, found.projected_minor) == (alerts, on_track, projected)


def test_what_carried_over_counts_for_the_pace() -> None:
    carried = budget(10_000, date(2026, 3, 1))
    found = standing(carried, {date(2026, 4, 2): 6_000}, date(2026, 4, 10))
    assert (found.available_minor, found.on_track) == (20_000, True)
    assert not standing(budget(), {date(2026, 4, 2): 6_000}, date(2026, 4, 10)).on_track


def test_spending_after_today_is_not_yet_spent() -> None:
    today = date(2026, 4, 10)
    assert standing(budget(), {today + timedelta(days=1): 500}, today).spent_minor == 0
