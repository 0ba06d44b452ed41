"""Sums of balances in several currencies at home, with the rates that they used and those that they missed (docs/currencies.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from kit.db import Connection
from ledger.conversion import Rates
from ledger.fx import load_rates
from tools.query.model import Converted, UsedRate


@dataclass
class Worth:
    """Converts by `rates`, and remembers what its sums used and missed."""

    home: str
    rates: Rates
    used: dict[str, date] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    @classmethod
    async def latest(cls, connection: Connection, home: str, currencies: Iterable[str], today: date) -> Self:
        """With the latest rates of these currencies; none are read where all are home."""
        abroad = {currency for currency in currencies if currency != home}
        return cls(home, await load_rates(connection, abroad | {home}, today, today) if abroad else Rates())

    def beside(self, amount_minor: int | None, currency: str, day: date) -> Converted | None:
        """What stands beside an amount of another currency; None for one of home, and without a rate."""
        found = None if amount_minor is None else self.rates.convert(amount_minor, currency, self.home, day)
        if found is None or found.rate_on is None:
            return None
        return Converted(amount_minor=found.amount_minor, currency=self.home, rate_on=found.rate_on)

    def total(self, amounts: Iterable[tuple[int | None, str]], currency: str, day: date) -> int | None:
        """The sum of what is known, in home or in the one currency that all share."""
        found: list[int] = []
        for amount_minor, own in amounts:
            if amount_minor is None:
                continue
            if own == currency:
                found.append(amount_minor)
            elif (converted := self.beside(amount_minor, own, day)) is not None:
                self.used[own] = max(converted.rate_on, self.used.get(own, date.min))
                found.append(converted.amount_minor)
            else:
                self.missing.add(own)
        return sum(found) if found else None

    def converter(self, day: date) -> Callable[[int, str], int | None]:
        """One amount after another, at the rates of a day."""
        return lambda amount_minor, currency: self.total([(amount_minor, currency)], self.home, day)

    @property
    def rates_used(self) -> tuple[UsedRate, ...]:
        return rates_of(self.used)

    @property
    def notes(self) -> tuple[str, ...]:
        return notes_of_rates(self.used, self.missing)


def rates_of(used: Mapping[str, date]) -> tuple[UsedRate, ...]:
    """The rates behind sums, by currency."""
    return tuple(UsedRate(currency=currency, rate_on=used[currency]) for currency in sorted(used))


def notes_of_rates(used: Mapping[str, date], missing: Iterable[str]) -> tuple[str, ...]:
    """`converted:<currency>:<day of the latest rate used>`, and `rate_missing:<currency>` where amounts had to be left out."""
    return (
        *(f"converted:{currency}:{used[currency].isoformat()}" for currency in sorted(used)),
        *(f"rate_missing:{currency}" for currency in sorted(missing)),
    )
