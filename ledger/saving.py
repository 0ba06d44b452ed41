"""Goals: an amount to have, by a day or not, in an account or told bit by bit; how far one is, and when one gets there at this pace.

The pace is what the last three complete months added, or fewer where fewer are known. Arithmetic is whole minor units; what is needed is
rounded up, so that whoever saves it gets there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ledger.periods import add_months, whole_months

PACE_MONTHS = 3
_FARTHEST_MONTHS = 1200


@dataclass(frozen=True, slots=True)
class Goal:
    """As it was set. `account` is a name, for reading."""

    id: UUID
    name: str
    target_minor: int
    currency: str
    target_on: date | None
    account_id: UUID | None
    account: str | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What is there (None: unknown, the account's balance was never told) and what `months` complete months added to it."""

    saved_minor: int | None
    added_minor: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class GoalStanding:
    goal: Goal
    saved: Saved
    today: date

    @property
    def saved_minor(self) -> int | None:
        return self.saved.saved_minor

    @property
    def reached(self) -> bool:
        return self.saved_minor is not None and self.saved_minor >= self.goal.target_minor

    @property
    def status(self) -> str:
        return "archived" if self.goal.archived else "reached" if self.reached else "active"

    @property
    def left_minor(self) -> int | None:
        return None if self.saved_minor is None else max(self.goal.target_minor - self.saved_minor, 0)

    @property
    def pace_minor(self) -> int | None:
        """What a month added, rounded towards nothing; None: no complete month is known."""
        if self.saved.months == 0:
            return None
        whole = abs(self.saved.added_minor) // self.saved.months
        return whole if self.saved.added_minor >= 0 else -whole

    @property
    def monthly_needed_minor(self) -> int | None:
        """What each month until the target's day must add; None without a day, or when it has passed."""
        if self.left_minor is None or self.goal.target_on is None or self.goal.target_on < self.today:
            return None
        return -(-self.left_minor // max(whole_months(self.today, self.goal.target_on), 1))

    @property
    def projected_on(self) -> date | None:
        """The day on which the goal is reached at the pace of the last months; None where it never is, or nothing is known."""
        if self.left_minor is None:
            return None
        if self.left_minor == 0:
            return self.today
        if self.saved.months == 0 or self.saved.added_minor <= 0:
            return None
        months = -(-self.left_minor * self.saved.months // self.saved.added_minor)
        return add_months(self.today, months) if months <= _FARTHEST_MONTHS else None

    @property
    def on_track(self) -> bool | None:
        """Whether the pace reaches the goal by its day; None without a day or without a known pace."""
        if self.goal.target_on is None or self.saved_minor is None:
            return None
        if self.reached:
            return True
        if self.goal.target_on < self.today:
            return False
        if self.saved.months == 0:
            return None
        return self.projected_on is not None and self.projected_on <= self.goal.target_on


def pace_window(first_on: date | None, today: date) -> tuple[date, date, int] | None:
    """First and last day of the complete months that the pace is read from, and their number; None where none is known."""
    this_month = today.replace(day=1)
    if first_on is None:
        return None
    known = first_on if first_on.day == 1 else add_months(first_on.replace(day=1), 1)
    months = min(whole_months(known, this_month) if known < this_month else 0, PACE_MONTHS)
    if months <= 0:
        return None
    return add_months(this_month, -months), this_month - timedelta(days=1), months
