"""Made-up books with agreements whose payments are known: what recurs, at which beat, and what only looks as if it did.

Written from how banks book things, not from how the product looks for them: weekends and holidays, the last working day, changed prices
and changed days, months left out, failed debits tried again, exchange rates, two agreements with one merchant, agreements among single
purchases, habits of one price. Every draw hangs on the seed alone.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from risk.behaviour.payment import Payment

TODAY = date(2026, 11, 21)
SPAN_DAYS = 548
HOLIDAYS = {
    *(date(year, month, day) for year in (2025, 2026, 2027) for month, day in ((1, 1), (5, 1), (12, 25), (12, 26))),
    date(2025, 4, 18), date(2025, 4, 21), date(2026, 4, 3), date(2026, 4, 6), date(2027, 3, 26), date(2027, 3, 29),
}  # fmt: skip


@dataclass
class Agreement:
    """The truth of one: the ids of its payments in order, and what comes next (None when it has been cancelled)."""

    merchant: str
    cadence: str
    kind: str
    ids: list[UUID] = field(default_factory=list)
    next_on: date | None = None
    next_minor: int = 0

    @property
    def is_countable(self) -> bool:
        """Enough payments for anyone to call it recurring (docs/definitions.md, Plans)."""
        return len(self.ids) >= (2 if self.cadence == "yearly" else 3)


@dataclass
class Book:
    payments: list[Payment]
    agreements: list[Agreement]


def working(day: date, way: int) -> date:
    """The day itself, or the next or previous one on which banks work; `way` 0 leaves it."""
    while way and (day.weekday() > 4 or day in HOLIDAYS):
        day += timedelta(days=way)
    return day


def monthly_days(first: date, day: int, months: int, way: int) -> Iterator[date]:
    """The same day every so many months, without end; 31 is the last of each month."""
    year, month = first.year, first.month
    while True:
        yield working(date(year, month, min(day, monthrange(year, month)[1])), way)
        place = year * 12 + month - 1 + months
        year, month = divmod(place, 12)
        month += 1


def weekly_days(first: date, days: int, way: int) -> Iterator[date]:
    at = first
    while True:
        yield working(at, way)
        at += timedelta(days=days)


MONTHS = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "half_yearly": 6, "yearly": 12}
DAYS = {"weekly": 7, "fortnightly": 14, "four_weekly": 28}
Price = Callable[[Random, int, date], int]


def fixed(minor: int) -> Price:
    return lambda _draw, _number, _on: minor


def raised(minor: int, at: int, by: float) -> Price:
    return lambda _draw, number, _on: minor if number < at else round(minor * by)


def swaying(minor: int, part: float) -> Price:
    return lambda draw, _number, _on: round(minor * (1 + draw.uniform(-part, part)))


def seasonal(minor: int, part: float) -> Price:
    """Dear in winter, as heating is."""
    return lambda draw, _n, on: round(minor * (1 + part * (1 if on.month in (11, 12, 1, 2, 3) else -0.5)) * draw.uniform(0.9, 1.1))


def extras(minor: int, chance: float) -> Price:
    """A base fee, with something on top now and then."""
    return lambda draw, _number, _on: minor + (draw.randint(100, 1_500) if draw.random() < chance else 0)


class Household:
    """Draws one household's facts."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(f"agreements {seed}")
        self.seed, self.number = seed, 0
        self.book = Book([], [])
        self.start = TODAY - timedelta(days=SPAN_DAYS)
        self.accounts = {"checking": UUID(int=seed * 16 + 1), "card": UUID(int=seed * 16 + 2)}

    def pay(self, on: date, minor: int, merchant: str, category: str, account: str = "checking", flow: str = "") -> UUID | None:
        if not self.start <= on <= TODAY or minor == 0:
            return None
        self.number += 1
        identity = UUID(int=(self.seed << 40) + self.number)
        named = flow or ("income" if minor > 0 else "spending")
        self.book.payments.append(
            Payment(identity, self.accounts[account], account, account, on, minor, "EUR", merchant, merchant.upper(), category, named)
        )
        return identity

    def agree(
        self, merchant: str, category: str, kind: str, cadence: str, price: Price, *, account: str = "checking", day: int | None = None,
        way: int = 1, begins: int = 0, ends: int | None = None, jitter: int = 0, skip: float = 0, retry: float = 0, double: float = 0,
        moved: int | None = None,
    ) -> Agreement:  # fmt: skip
        """`begins` and `ends` count days from the records' first; `moved` is the number of the payment from which the day is another."""
        draw, made = self.draw, Agreement(merchant, cadence, kind)
        sign = 1 if kind == "income" else -1
        first = self.start + timedelta(days=begins - (draw.randint(0, 400) if begins == 0 else 0))
        day = day or draw.randint(1, 28)
        days = weekly_days(first, DAYS[cadence], way) if cadence in DAYS else monthly_days(first, day, MONTHS[cadence], way)
        number, later = 0, timedelta(days=draw.choice((9, -8, 12)) if moved is not None else 0)
        for due in days:
            on = due + timedelta(days=draw.randint(-jitter, jitter)) + (later if moved is not None and number >= moved else timedelta())
            if on < first or on < self.start:
                continue
            minor = sign * price(draw, number, on)
            if ends is not None and (on - self.start).days > ends:
                break
            if on > TODAY:
                made.next_on, made.next_minor = due + (later if moved is not None and number >= moved else timedelta()), abs(minor)
                break
            number += 1
            if draw.random() < skip and number > 2:
                continue
            if draw.random() < retry:
                on = min(on + timedelta(days=draw.randint(2, 6)), TODAY)
            paid = self.pay(on, minor, merchant, category, account)
            if paid is not None:
                made.ids.append(paid)
            if draw.random() < double:
                self.pay(min(on + timedelta(days=draw.randint(0, 1)), TODAY), minor, merchant, category, account)
                self.pay(min(on + timedelta(days=5), TODAY), -minor, merchant, category, account, "refund")
        self.book.agreements.append(made)
        return made

    def habit(
        self,
        merchant: str,
        category: str,
        every: float,
        low: int,
        high: int,
        *,
        account: str = "card",
        days: range = range(7),
        step: int = 1,
    ) -> None:
        """Single purchases, about every so many days; one price where `low` is `high`."""
        on = self.start
        while on <= TODAY:
            if on.weekday() in days and self.draw.random() < 7 / (every * len(days)):
                minor = self.draw.randint(low, round(low + (high - low) * self.draw.random()))
                self.pay(on, -max(minor - minor % step, step), merchant, category, account)
                if self.draw.random() < 0.01:
                    self.pay(on + timedelta(days=8), minor, merchant, category, account, "refund")
            on += timedelta(days=1)

    def visits(self, merchant: str, category: str, low_days: int, high_days: int, minors: tuple[int, ...], account: str = "card") -> None:
        """What is gone to when it is needed."""
        on = self.start + timedelta(days=self.draw.randint(0, high_days))
        while on <= TODAY:
            self.pay(on, -self.draw.choice(minors), merchant, category, account)
            on += timedelta(days=self.draw.randint(low_days, high_days))
