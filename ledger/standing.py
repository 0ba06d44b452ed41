"""How a budget stands: a limit for a category and its children per period, with what is left of it (docs/plans.md).

A limit counts from the period in which it was set, so that raising one changes no period of the past. With rollover, what was left or
overspent since a day carries over, at most `CARRY_MOST` limits either way. Reading is pure once the days' spending is known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ledger.periods import Cadence, Span, span_around, spans_between

CARRY_MOST = 12
NEARLY_USED = (9, 10)  # of what is available


@dataclass(frozen=True, slots=True)
class Budget:
    """As it was set. `limits`: (first day, limit) in order; the first one also counts for the days before it."""

    id: UUID
    category: str
    cadence: Cadence
    currency: str
    limits: tuple[tuple[date, int], ...]
    rollover_from: date | None = None
    categories: frozenset[str] = frozenset()  # lower case: the category and its children

    def limit_on(self, day: date) -> int:
        at = bisect_right(self.limits, day, key=lambda limit: limit[0]) - 1
        return self.limits[max(at, 0)][1]


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget in one period, seen on a day. `left_minor` < 0: over. `projected_minor`: spending at the end at this pace."""

    budget: Budget
    span: Span
    elapsed_days: int
    limit_minor: int
    carried_minor: int
    spent_minor: int

    @property
    def id(self) -> UUID:
        return self.budget.id

    @property
    def category(self) -> str:
        return self.budget.category

    @property
    def currency(self) -> str:
        return self.budget.currency

    @property
    def available_minor(self) -> int:
        return self.limit_minor + self.carried_minor

    @property
    def left_minor(self) -> int:
        return self.available_minor - self.spent_minor

    @property
    def over_minor(self) -> int:
        return max(-self.left_minor, 0)

    @property
    def over(self) -> bool:
        return self.left_minor < 0

    @property
    def projected_minor(self) -> int:
        return max(self.spent_minor, 0) * self.span.days // self.elapsed_days

    @property
    def on_track(self) -> bool:
        """Whether spending is within the share of the budget that the elapsed days have earned."""
        return self.spent_minor * self.span.days <= self.available_minor * self.elapsed_days

    @property
    def alerts(self) -> tuple[str, ...]:
        """`over`; else `ahead_of_pace` and `nearly_used`, either or both."""
        if self.over:
            return ("over",)
        nearly = self.spent_minor * NEARLY_USED[1] >= self.available_minor * NEARLY_USED[0] and self.spent_minor > 0
        found = (("ahead_of_pace", not self.on_track), ("nearly_used", nearly))
        return tuple(code for code, holds in found if holds)


SpentByDay = Mapping[date, int]


def standing(budget: Budget, spent: SpentByDay, today: date, paydays: Sequence[date] = ()) -> Standing:
    """The budget as it stands today."""
    span = span_around(budget.cadence, today, paydays)
    return _seen(budget, span, spent, today, carried_into(budget, span, spent, paydays))


def history(budget: Budget, spent: SpentByDay, first: date, today: date, paydays: Sequence[date] = ()) -> list[Standing]:
    """The budget in every period from the one that holds `first` to the present one, oldest first."""
    found: list[Standing] = []
    for span in spans_between(budget.cadence, first, today, paydays):
        carried = _carry_on(budget, found[-1]) if found else carried_into(budget, span, spent, paydays)
        found.append(_seen(budget, span, spent, min(today, span.end_on), carried))
    return found


def carried_into(budget: Budget, span: Span, spent: SpentByDay, paydays: Sequence[date] = ()) -> int:
    """What earlier periods since `rollover_from` left (or, below 0, overspent)."""
    carried = 0
    if budget.rollover_from is None:
        return carried
    for past in spans_between(budget.cadence, budget.rollover_from, span.start_on - timedelta(days=1), paydays):
        carried = _carry_on(budget, _seen(budget, past, spent, past.end_on, carried))
    return carried


def _carry_on(budget: Budget, past: Standing) -> int:
    """What a period hands on to the next."""
    if budget.rollover_from is None or past.span.end_on < budget.rollover_from:
        return 0
    most = CARRY_MOST * past.limit_minor
    return max(-most, min(most, past.left_minor))


def _seen(budget: Budget, span: Span, spent: SpentByDay, day: date, carried_minor: int) -> Standing:
    total = sum(spent.get(span.start_on + timedelta(days=at), 0) for at in range(span.elapsed(day)))
    return Standing(budget, span, span.elapsed(day), budget.limit_on(span.start_on), carried_minor, total)
