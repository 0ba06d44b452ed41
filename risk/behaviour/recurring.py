"""Recurring payments and income: found in the booked facts alone, the same facts always giving the same answer.

A series is what keeps a beat at a merchant (series.py). It is active until a due date is missed by more than the beat's grace. Its id is
made of account, merchant, direction, cadence and the first payment's amount, so that it stays when the price rises or facts are added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from risk.behaviour.amounts import PriceChange, price_change, typical
from risk.behaviour.cadence import Beat, Cadence, per_month_minor
from risk.behaviour.kinds import Kind, is_cash, kind_of
from risk.behaviour.payment import Payment
from risk.behaviour.schedule import following
from risk.behaviour.series import Series, series_of

FLOWS = frozenset({"spending", "income", "investment", "transfer"})
STALE_DAYS = 31  # an account whose records end earlier than the newest by this much is judged by its own end


@dataclass(frozen=True, slots=True)
class Recurring:
    """One agreement. Amounts are magnitudes; `inflow` tells the direction. `next_on` is None once it has ended."""

    id: UUID
    merchant: str
    category: str
    kind: Kind
    beat: Beat
    inflow: bool
    amount_minor: int
    currency: str
    next_on: date | None
    active: bool
    change: PriceChange | None
    payments: tuple[Payment, ...]
    hidden: bool = False

    @property
    def cadence(self) -> Cadence:
        return self.beat.cadence

    @property
    def first(self) -> Payment:
        return self.payments[0]

    @property
    def last(self) -> Payment:
        return self.payments[-1]

    @property
    def monthly_minor(self) -> int:
        return per_month_minor(self.amount_minor, self.cadence)

    @property
    def yearly_minor(self) -> int:
        return self.amount_minor * self.beat.per_year

    def due(self, first: date, last: date) -> list[date]:
        """Expected days from `first` to `last`; what is late but not missed is expected on `first`."""
        if self.next_on is None:
            return []
        found = [max(self.next_on, first)] if self.next_on <= last else []
        days = [payment.booked_on.toordinal() for payment in self.payments]
        after = max(self.next_on.toordinal(), first.toordinal() - 1) if found else last.toordinal()
        while found and after < last.toordinal():
            after = following(self.beat, days, after, inflow=self.inflow)[0]
            if after <= last.toordinal():
                found.append(date.fromordinal(after))
        return found


def detect(payments: Iterable[Payment], today: date) -> list[Recurring]:
    """Every series in a customer's payments, the dearest first."""
    groups: dict[tuple[UUID, str, bool], list[Payment]] = {}
    last_on: dict[UUID, date] = {}
    for payment in sorted(payments, key=lambda one: (one.booked_on, one.id.int)):
        last_on[payment.account_id] = payment.booked_on
        if payment.flow in FLOWS and not is_cash(payment.category):
            key = (payment.account_id, payment.merchant.casefold(), payment.amount_minor > 0)
            groups.setdefault(key, []).append(payment)
    newest = max(last_on.values(), default=today)
    found: list[Recurring] = []
    for (account_id, _, _), group in groups.items():
        seen_until = max(last_on[account_id].toordinal(), newest.toordinal() - STALE_DAYS)
        alike: dict[UUID, int] = {}
        for series in series_of(group):
            named = identity(series.payments, series.beat.cadence)
            alike[named] = alike.get(named, -1) + 1
            named = identity(series.payments, series.beat.cadence, alike[named])
            found.append(_recurring(named, series, today, min(today.toordinal(), seen_until)))
    return sorted(found, key=lambda one: (not one.active, -one.monthly_minor, one.merchant, one.id.int))


def _recurring(named: UUID, series: Series, today: date, seen_until: int) -> Recurring:
    payments, beat = series.payments, series.beat
    days = [payment.booked_on.toordinal() for payment in payments]
    amounts = [abs(payment.amount_minor) for payment in payments]
    last = payments[-1]
    inflow = last.amount_minor > 0
    due = following(beat, days, days[-1], inflow=inflow)[0]
    active = seen_until <= due + beat.grace_days
    if active and due + beat.grace_days < today.toordinal():
        due = following(beat, days, today.toordinal() - beat.grace_days, inflow=inflow)[0]
    return Recurring(
        id=named, merchant=last.merchant, category=last.category, kind=kind_of(last), beat=beat, inflow=inflow,
        amount_minor=typical(amounts), currency=last.currency, next_on=date.fromordinal(due) if active else None, active=active,
        change=price_change(amounts), payments=payments,
    )  # fmt: skip


def identity(payments: Sequence[Payment], cadence: Cadence, alike: int = 0) -> UUID:
    """Stable as long as the series' first payment is: its account, merchant, direction, cadence and the amount it began with.

    `alike` counts those that began alike: two contracts of one price.
    """
    first = payments[0]
    way = "in" if first.amount_minor > 0 else "out"
    words = (first.account_id.hex, first.merchant.casefold(), way, cadence, abs(first.amount_minor), alike)
    return UUID(bytes=hashlib.sha256("\0".join(str(word) for word in words).encode()).digest()[:16])
