"""The demo's other households: invented people of four countries who live through eighteen months, the same on every machine.

Who they are is in `cast.yaml`, what their banks print in `countries/`. Each day is drawn from a seed of its own, so that a day's bookings
do not change as time moves on.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from web.demo.days import days_of, month_after, months_between, on_day

CHECKING, SAVINGS, CARD = "checking", "savings", "card"
HERE = Path(__file__).parent
Spec = dict[str, Any]
_RISES = (7, 11, 14)  # months of the books in which a subscription gets dearer
_CANCELLED, _TRIP, _STOLEN, _RETURNED = 9, 12, 15, 5
_EVERY_DAYS = {"weekly": 7, "fortnightly": 14, "four_weekly": 28}


@dataclass(frozen=True)
class Person:
    """`firm` is a key of the cast's firms, or `house`."""

    name: str
    country: str
    kind: str
    firm: str
    stolen_card: bool

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@steward.example"


@dataclass(frozen=True)
class Booking:
    """One row of a bank's file; outflows are negative."""

    on: date
    account: str
    amount_minor: int
    text: str
    party: str | None = None


@cache
def cast() -> Spec:
    found: Spec = yaml.safe_load((HERE / "cast.yaml").read_text(encoding="utf-8"))
    return found


@cache
def country(name: str) -> Spec:
    found: Spec = yaml.safe_load((HERE / "countries" / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def people() -> list[Person]:
    return [Person(*entry) for entry in cast()["people"]]


def accounts_of(person: Person) -> list[str]:
    kind = cast()["kinds"][person.kind]
    return [CHECKING, *([SAVINGS] if kind["saves"] else []), *([CARD] if kind["card"] else [])]


def opening_minor(person: Person, account: str) -> int:
    """What was there before the first booking."""
    kind = cast()["kinds"][person.kind]
    return int({CHECKING: kind["rent"] * 2 + 31_700, SAVINGS: kind["saves"] * 14, CARD: 0}[account])


def life_of(person: Person, begin: date, end: date) -> list[Booking]:
    """All that the person's banks booked from `begin` (a first of a month) to `end`, both included, in order of days."""
    life = _Life(person)
    firsts = months_between(begin, end)
    booked = [booking for index, first in enumerate(firsts) for booking in life.month(index, first, begin)]
    if CARD in life.accounts:
        booked += [one for first in firsts for one in life.pay_off(first, booked)]
    return sorted((one for one in booked if begin <= one.on <= end), key=lambda one: one.on)


class _Life:
    """What a person draws from: the kind of household, the country's banks, habits of their own."""

    def __init__(self, person: Person) -> None:
        self.person, self.kind, self.land = person, cast()["kinds"][person.kind], country(person.country)
        self.accounts = accounts_of(person)
        own = self._chance("habits")
        self._card_digits = f"{own.randint(1000, 9999)}"
        self._employer, self._landlord = own.choice(self.land["employers"]), own.choice(self.land["landlords"])
        self._second = own.choice([name for name in self.land["employers"] if name != self._employer])
        self._city = own.choice(self.land["cities"])
        self._subscriptions = own.sample(self.land["subscriptions"], min(self.kind["subscriptions"], len(self.land["subscriptions"])))
        self._tastes = {sort: own.sample(shops, len(shops)) for sort, shops in self.land["shops"].items()}

    def month(self, index: int, first: date, begin: date) -> Iterator[Booking]:
        yield from self._income(index, first, begin)
        yield from self._home(index, first)
        yield from self._rare(index, first)
        for on in days_of(first):
            yield from self._day(on)

    def pay_off(self, first: date, booked: list[Booking]) -> Iterator[Booking]:
        """On the 5th the checking account pays what the card was charged in the month before."""
        month = (first.year, first.month)
        due = -sum(one.amount_minor for one in booked if one.account == CARD and (one.on.year, one.on.month) == month)
        if due > 0:
            on, text = on_day(month_after(first, 1), 5), self._words("pay_off", first)
            yield Booking(on, CHECKING, -due, text, self.land["bank"])
            yield Booking(on, CARD, due, text, self.land["bank"])

    def _chance(self, *of: object) -> random.Random:
        return random.Random(f"steward demo {self.person.name} {of}")  # noqa: S311  a story, not a secret

    def _card(self) -> str:
        return CARD if CARD in self.accounts else CHECKING

    def _filled(self, text: str, on: date, party: str = "") -> str:
        draw = self._chance("text", text, on)
        store = self._chance("store", text).randint(102, 8990)
        return text.format(
            store=store, city=self._city, ref=draw.randint(100_000, 9_999_999), card=self._card_digits, day=on, month=on.month,
            year=on.year, party=party.upper(),
        )  # fmt: skip

    def _words(self, name: str, on: date, party: str = "") -> str:
        return self._filled(self.land["words"][name], on, party)

    def _income(self, index: int, first: date, begin: date) -> Iterator[Booking]:
        cadence, amount = self.kind["cadence"], self.kind["income"]
        raised = amount + (amount * 4 // 100 if index >= 10 else 0)
        if every := _EVERY_DAYS.get(cadence):
            yield from self._wages(raised, every, first, begin)
        elif cadence == "irregular":
            draw = self._chance("invoices", first)
            for _ in range(draw.choice((1, 1, 2, 3))):
                on = on_day(first, draw.randint(2, 28))
                yield Booking(on, CHECKING, raised * draw.randint(55, 140) // 100, self._words("invoice", on), self._second)
        else:
            pension, on = cadence == "pension", on_day(first, 1 if cadence == "pension" else 27)
            party = None if pension else self._employer
            yield Booking(on, CHECKING, raised, self._words("pension" if pension else "salary", on, party or ""), party)
        if second := self.kind.get("second"):
            on = on_day(first, 30)
            yield Booking(on, CHECKING, second, self._words("salary", on, self._second), self._second)

    def _wages(self, amount: int, every: int, first: date, begin: date) -> Iterator[Booking]:
        """On Fridays, counted from the first one of the books; hours vary."""
        friday = begin + timedelta(days=(4 - begin.weekday()) % 7)
        for on in days_of(first):
            if on >= friday and (on - friday).days % every == 0:
                paid = amount * self._chance("hours", on).randint(92, 108) // 100
                yield Booking(on, CHECKING, paid, self._words("salary", on, self._employer), self._employer)

    def _home(self, index: int, first: date) -> Iterator[Booking]:
        rent = self.kind["rent"] + (self.kind["rent"] * 3 // 100 if index >= 12 else 0)
        yield Booking(on_day(first, 2), CHECKING, -rent, self._words("rent", on_day(first, 2)), self._landlord)
        for party, text, amount, day, months, account, vary in self.land["regular"]:
            if first.month % months == len(party) % months:
                yield self._bill(party, text, amount, on_day(first, day), account, vary)
        for at, (party, text, amount, day, _, account, vary) in enumerate(self._subscriptions):
            if at == 1 and len(self._subscriptions) > 2 and index >= _CANCELLED:
                continue
            dearer = sum(index >= rise for rise in _RISES[at : at + 1])
            yield self._bill(party, text, amount + dearer * (amount // 10 + 30), on_day(first, day), account, vary)
        if saved := self.kind["saves"]:
            text = self._words("own", on_day(first, 28))
            yield Booking(on_day(first, 28), CHECKING, -saved, text, self.person.name)
            yield Booking(on_day(first, 28), SAVINGS, saved, text, self.person.name)

    def _bill(self, party: str, text: str, amount: int, on: date, account: str, vary: int) -> Booking:
        swing = self._chance("bill", party, on).randint(-vary, vary) if vary else 0
        where = self._card() if account == CARD else CHECKING
        return Booking(on, where, -(amount + amount * swing // 1000), self._filled(text, on), party if where == CHECKING else None)

    def _rare(self, index: int, first: date) -> Iterator[Booking]:
        draw = self._chance("rare", first)
        on = on_day(first, draw.randint(4, 26))
        yield Booking(on, CHECKING, -draw.choice((2_000, 4_000, 5_000, 10_000)), self._words("cash", on))
        if first.month % 3 == 0:
            yield Booking(on_day(first, 30), CHECKING, -690, self._words("fee", on_day(first, 30)), self.land["bank"])
            if SAVINGS in self.accounts:
                yield Booking(on_day(first, 30), SAVINGS, 1_180 + index * 70, self._words("interest", on_day(first, 30)), self.land["bank"])
        if index == _RETURNED:
            text, _, high = self._tastes["shopping"][0]
            bought = self._filled(text, on_day(first, 6))
            yield Booking(on_day(first, 6), self._card(), -high, bought)
            yield Booking(on_day(first, 15), self._card(), high, f"{bought} {self._words('refund', on_day(first, 15))}")
        if index == _TRIP and self.kind.get("trip"):
            yield from self._abroad(first)
        if index == _STOLEN and self.person.stolen_card:
            yield from self._stolen(first)

    def _abroad(self, first: date) -> Iterator[Booking]:
        for at in range(8):
            text, low, high = self.land["abroad"][at % len(self.land["abroad"])]
            on = on_day(first, 9 + at // 2)
            yield Booking(on, self._card(), -self._chance("abroad", at).randint(low, high), text)
        yield Booking(on_day(first, 14), self._card(), -420, self._words("foreign_fee", on_day(first, 14)))

    def _stolen(self, first: date) -> Iterator[Booking]:
        """A stolen card: small, then large, within two days; the bank gives it back."""
        taken = []
        for at in range(4):
            text, low, high = self.land["fraud"][0 if at < 2 else 1]
            on = on_day(first, 18 + at // 2)
            taken.append(Booking(on, self._card(), -self._chance("fraud", at).randint(low, high), self._filled(text, on)))
        yield from taken
        back = on_day(first, 26)
        yield Booking(back, self._card(), -sum(one.amount_minor for one in taken), self._words("fraud_back", back), self.land["bank"])

    def _day(self, on: date) -> Iterator[Booking]:
        draw = self._chance("day", on)
        for sort in ("groceries", "eating", "shopping", "transport"):
            weekend = 12 if on.isoweekday() > 5 and sort in ("eating", "shopping") else 0
            if draw.randrange(100) < self.kind[sort] + weekend:
                shops = self._tastes[sort]
                text, low, high = shops[min(draw.randrange(len(shops)), draw.randrange(len(shops)))]
                amount = draw.randint(low, low + max(1, (high - low) * draw.randint(20, 100) // 100))
                account = CHECKING if sort == "groceries" and draw.randrange(3) else self._card()
                yield Booking(on, account, -amount, self._filled(text, on))
        if draw.randrange(100) < 3:
            text, low, high = draw.choice(self._tastes["health"])
            yield Booking(on, self._card(), -draw.randint(low, high), self._filled(text, on))
