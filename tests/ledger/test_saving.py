"""Goals: what is left, what a month needs, when one is there at this pace, and what is not known."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.periods import add_months, whole_months
from ledger.saving import Goal, GoalStanding, Saved, pace_window

TODAY = date(2026, 11, 25)


def goal(saved: Saved, target_minor: int = 120_000, target_on: date | None = None, *, archived: bool = False) -> GoalStanding:
    return GoalStanding(Goal(UUID(int=1), "Holiday", target_minor, "EUR", target_on, None, None, archived), saved, TODAY)


def test_a_goal_with_a_day_says_what_each_month_needs_and_when_it_is_reached() -> None:
    found = goal(Saved(30_000, 30_000, 3), target_on=date(2027, 6, 1))
    assert (found.left_minor, found.monthly_needed_minor, found.pace_minor) == (90_000, 15_000, 10_000)
    assert (found.projected_on, found.on_track, found.status) == (date(2027, 8, 25), False, "active")
    assert goal(Saved(30_000, 45_000, 3), target_on=date(2027, 6, 1)).on_track is True


@given(st.integers(1, 10**9), st.integers(-(10**9), 10**9), st.dates(date(2026, 11, 26), date(2040, 1, 1)))
def test_whoever_saves_what_is_needed_gets_there_and_not_a_month_less(target_minor: int, saved_minor: int, on: date) -> None:
    found = goal(Saved(saved_minor), target_minor, on)
    months, needed = max(whole_months(TODAY, on), 1), found.monthly_needed_minor
    assert needed is not None
    assert needed * months >= target_minor - saved_minor
    assert needed == 0 or (needed - 1) * months < target_minor - saved_minor


@given(st.integers(1, 10**7), st.integers(1, 10**6), st.integers(1, 3))
def test_the_projected_day_is_the_first_month_in_which_the_pace_is_enough(target_minor: int, added_minor: int, months: int) -> None:
    found = goal(Saved(0, added_minor, months), target_minor)
    needed = -(-target_minor * months // added_minor)
    assert found.projected_on == (add_months(TODAY, needed) if needed <= 1200 else None)
    assert needed * added_minor >= target_minor * months > (needed - 1) * added_minor


@pytest.mark.parametrize(
    ("saved", "on", "status", "projected", "on_track"),
    [
        (Saved(120_000), date(2026, 1, 1), "reached", TODAY, True),
        (Saved(None), date(2027, 1, 1), "active", None, None),
        (Saved(0), date(2027, 1, 1), "active", None, None),
        (Saved(0, 0, 3), date(2027, 1, 1), "active", None, False),
        (Saved(0, -500, 2), date(2027, 1, 1), "active", None, False),
        (Saved(10, 500, 2), date(2026, 1, 1), "active", add_months(TODAY, 480), False),
        (Saved(10, 500, 2), None, "active", add_months(TODAY, 480), None),
    ],
)
def test_what_is_not_known_is_not_said(saved: Saved, on: date | None, status: str, projected: date | None, on_track: bool | None) -> None:
    found = goal(saved, target_on=on)
    assert (found.status, found.projected_on, found.on_track) == (status, projected, on_track)


def test_a_goal_that_was_put_away_is_archived_whatever_is_saved() -> None:
    assert goal(Saved(120_000), archived=True).status == "archived"


@pytest.mark.parametrize(
    ("first", "window"),
    [
        (None, None),
        (date(2026, 11, 3), None),
        (date(2026, 10, 2), None),
        (date(2026, 10, 1), (date(2026, 10, 1), date(2026, 10, 31), 1)),
        (date(2026, 8, 15), (date(2026, 9, 1), date(2026, 10, 31), 2)),
        (date(2020, 1, 1), (date(2026, 8, 1), date(2026, 10, 31), 3)),
    ],
)
def test_the_pace_is_read_from_complete_months_only(first: date | None, window: tuple[date, date, int] | None) -> None:
    assert pace_window(first, TODAY) == window
