"""Amounts of one currency in another at a day's rate (docs/currencies.md). Pure.

Rates say what one euro was worth; two other currencies cross through it. A day without a rate takes the last one before, whose date is
always given. Arithmetic is exact in integers and rounded once, half to even, at the minor unit of the wanted currency. Where no rate is
known there is no amount: None, never a guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from ledger.money import MAX_MINOR, minor_digits

EURO = "EUR"


@dataclass(frozen=True, slots=True)
class Rate:
    """One euro in `currency` on a day."""

    currency: str
    on: date
    per_euro: Decimal


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency. `rate_on` is the day of the rate: the older one of a cross; None where nothing was converted."""

    amount_minor: int
    currency: str
    rate_on: date | None


class Rates:
    """Some currencies' rates over some days."""

    def __init__(self, rates: Iterable[Rate] = ()) -> None:
        self._days: dict[str, list[date]] = defaultdict(list)
        self._rates: dict[str, list[Decimal]] = defaultdict(list)
        for rate in sorted(rates, key=lambda rate: rate.on):
            self._days[rate.currency].append(rate.on)
            self._rates[rate.currency].append(rate.per_euro)

    def at(self, currency: str, day: date) -> Rate | None:
        """The last rate on or before a day."""
        if currency == EURO:
            return Rate(EURO, day, Decimal(1))
        at = bisect_right(self._days.get(currency, ()), day) - 1
        return None if at < 0 else Rate(currency, self._days[currency][at], self._rates[currency][at])

    def convert(self, amount_minor: int, given: str, wanted: str, day: date) -> Converted | None:
        """The amount in another currency at the rate of a day; None without a rate, or where it grows beyond what an amount can be."""
        if given == wanted:
            return Converted(amount_minor, wanted, None)
        a, b = self.at(given, day), self.at(wanted, day)
        if a is None or b is None:
            return None
        upper, lower = _ratio(a, b)
        minor = divide_half_even(amount_minor * upper, lower)
        return Converted(minor, wanted, min(a.on, b.on)) if abs(minor) <= MAX_MINOR else None


def _ratio(given: Rate, wanted: Rate) -> tuple[int, int]:
    """Minor units of `wanted` for a minor unit of `given`, as numerator and denominator."""
    given_upper, given_lower = given.per_euro.as_integer_ratio()
    wanted_upper, wanted_lower = wanted.per_euro.as_integer_ratio()
    digits = 10 ** minor_digits(wanted.currency), 10 ** minor_digits(given.currency)
    return wanted_upper * given_lower * digits[0], wanted_lower * given_upper * digits[1]


def divide_half_even(upper: int, lower: int) -> int:
    """The quotient of integers (`lower` > 0), halves to the even neighbour."""
    whole, rest = divmod(abs(upper), lower)
    whole += 2 * rest > lower or (2 * rest == lower and whole % 2 == 1)
    return whole if upper >= 0 else -whole


def cross_rate(given: Rate, wanted: Rate) -> Decimal:
    """What one unit of `given` is worth in `wanted`, to six significant digits: for reading, not for reckoning."""
    return Context(prec=6, rounding=ROUND_HALF_EVEN).divide(wanted.per_euro, given.per_euro)
