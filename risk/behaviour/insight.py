"""What is worth a person's attention, with the facts that show it; ranked by the money at stake and how fresh it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Insight(StrEnum):
    LOW_BALANCE = "low_balance"
    INCOME_LATE = "income_late"
    DOUBLE_CHARGE = "double_charge"
    PRICE_RISE = "price_rise"
    NEW_SUBSCRIPTION = "new_subscription"
    OVERLAP = "overlapping_subscriptions"
    LARGE_PAYMENT = "large_payment"
    CATEGORY_PACE = "category_pace"
    FEE = "fee"
    FOREIGN_FEE = "foreign_fee"
    REFUND = "refund"


_WEIGHT = {Insight.LOW_BALANCE: 6, Insight.INCOME_LATE: 4, Insight.DOUBLE_CHARGE: 4, Insight.FEE: 2, Insight.FOREIGN_FEE: 2}
FADES_DAYS = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One insight. `amount_minor` is its figure, `before_minor` what it is set against, `stake_minor` what it is about in a year at most.

    `key` makes its id: the same thing found again tomorrow is the same insight. `evidence`: ids of the facts; `since` and `until` bound the
    query that shows them.
    """

    kind: Insight
    key: tuple[str, ...]
    on: date
    stake_minor: int
    amount_minor: int
    evidence: tuple[UUID, ...]
    merchant: str | None = None
    other_merchant: str | None = None
    category: str | None = None
    before_minor: int | None = None
    since: date | None = None
    until: date | None = None
    recurring_ids: tuple[UUID, ...] = field(default=())

    @property
    def id(self) -> UUID:
        return UUID(bytes=hashlib.sha256("\0".join((self.kind, *self.key)).encode()).digest()[:16])

    def score(self, today: date) -> int:
        """Money at stake, weighed by kind, halved for every twenty days of age."""
        age = max((today - self.on).days, 0)
        return self.stake_minor * _WEIGHT.get(self.kind, 1) * FADES_DAYS // (FADES_DAYS + age)


def ranked(found: Iterable[Found], today: date) -> list[Found]:
    """Each once, the weightiest first."""
    unique = {one.id: one for one in found}
    return sorted(unique.values(), key=lambda one: (-one.score(today), one.kind, one.id))
