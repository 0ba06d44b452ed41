"""What is true of a household: its accounts, its facts and its budgets, as known to whoever made them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DIGITS = {"EUR": 2, "GBP": 2, "USD": 2, "CHF": 2, "SEK": 2}
UNCATEGORISED = "(not categorised)"


class Flow(StrEnum):
    SPENDING = "spending"
    REFUND = "refund"
    INCOME = "income"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class Account:
    """`opening_minor` is the balance before the first fact, from the customer's view: a card's is negative. `told`: Steward was told."""

    name: str
    kind: str
    layout: str
    opening_minor: int
    balances: bool
    told: bool = True


@dataclass(frozen=True)
class Fact:
    """One booked movement. `pair` joins the two legs of a transfer, `side` marks an income that is not the main employer's."""

    on: date
    amount_minor: int
    account: str
    merchant: str
    text: str
    category: str | None
    flow: Flow
    pair: str = ""
    side: bool = False

    @property
    def magnitude_minor(self) -> int:
        return abs(self.amount_minor)


@dataclass(frozen=True)
class Budget:
    category: str
    limit_minor: int
    period: str


@dataclass(frozen=True)
class Household:
    """One customer. `facts` are in order of day; the position in it is a fact's name in the evals."""

    name: str
    person: str
    about: str
    timezone: str
    currency: str
    categorised: bool
    today: date
    accounts: tuple[Account, ...]
    budgets: tuple[Budget, ...]
    facts: tuple[Fact, ...]

    @property
    def first_on(self) -> date:
        return self.facts[0].on

    def account(self, name: str) -> Account:
        return next(account for account in self.accounts if account.name == name)

    def merchants(self) -> tuple[str, ...]:
        """Everybody paid or paying, own accounts left out; the most frequent first."""
        return _by_frequency([fact.merchant for fact in self.facts if fact.flow is not Flow.TRANSFER])

    def categories(self) -> tuple[str, ...]:
        return _by_frequency([fact.category for fact in self.facts if fact.category and fact.flow is not Flow.TRANSFER])

    def balance_minor(self, account: Account, on: date) -> int:
        """At the end of the day, from the customer's view: a debt is negative."""
        return account.opening_minor + sum(fact.amount_minor for fact in self.facts if fact.account == account.name and fact.on <= on)


def _by_frequency(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=lambda name: (-names.count(name), name)))
