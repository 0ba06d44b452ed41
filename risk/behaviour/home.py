"""Payments and agreements of several currencies in the one that a household reckons in.

One rate for each currency, today's, also for what is past: what is looked at is how payments compare and what they will cost, and a rate
that moves is no change of a price. What recurs is found before, in the payments' own amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring

ToHome = Callable[[int, str], int | None]  # an amount and its currency; None: there is no rate


def payments_at_home(payments: Iterable[Payment], home: str, convert: ToHome) -> list[Payment]:
    """In the same order; what has no rate is left out."""
    found = []
    for payment in payments:
        if payment.currency == home:
            found.append(payment)
        elif (amount := convert(payment.amount_minor, payment.currency)) is not None:
            found.append(payment._replace(amount_minor=amount, currency=home))
    return found


def recurring_at_home(recurring: Iterable[Recurring], home: str, convert: ToHome) -> list[Recurring]:
    """The dearest first; what has no rate is left out."""
    found = [at_home for one in recurring if (at_home := one if one.currency == home else _converted(one, home, convert)) is not None]
    return sorted(found, key=lambda one: (not one.active, -one.monthly_minor, one.merchant, one.id.int))


def _converted(one: Recurring, home: str, convert: ToHome) -> Recurring | None:
    amount, payments, change = convert(one.amount_minor, one.currency), payments_at_home(one.payments, home, convert), one.change
    if amount is None or len(payments) < len(one.payments):
        return None
    if change is not None:
        before, after = convert(change.before_minor, one.currency), convert(change.after_minor, one.currency)
        change = replace(change, before_minor=before, after_minor=after) if before and after else None
    return replace(one, amount_minor=amount, currency=home, change=change, payments=tuple(payments))
