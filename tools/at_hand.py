"""What is at hand today, and the time to look ahead: shared by the tools that tell what is coming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kit.db import Connection
from kit.errors import FieldError, Invalid
from ledger.balances import Balance, balances
from risk.behaviour.books import payments_until, recurring_among
from risk.behaviour.home import payments_at_home, recurring_at_home
from risk.behaviour.outlook import AT_HAND, LONGEST_DAYS, next_pay
from risk.behaviour.payment import Payment
from risk.behaviour.recurring import Recurring
from tools.context import ToolContext
from tools.worth import Worth

FARTHEST_DAYS = 366
BAND_RATIO = 0.8  # of the stretches that risk.behaviour.usual looks at lie in its band


@dataclass(frozen=True, slots=True)
class AtHand:
    """`balance_minor` is None when no balance at all is known; `unknown` names the accounts whose is not."""

    balance_minor: int | None
    savings_minor: int | None
    unknown: tuple[str, ...]
    accounts: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Seen:
    """What looks ahead start from, all in the home currency at the latest rate; `worth` remembers the rates."""

    payments: list[Payment]
    recurring: list[Recurring]
    hand: AtHand
    worth: Worth


async def seen_today(connection: Connection, context: ToolContext) -> Seen:
    """The payments until today, what recurs among them, and what is at hand."""
    today, home = context.today, context.principal.currency
    payments = await payments_until(connection, today)
    recurring = await recurring_among(connection, payments, today)
    found = await balances(connection)
    worth = await Worth.latest(connection, home, {one.currency for one in found}, today)
    if any(one.currency != home for one in found):
        convert = worth.converter(today)
        payments, recurring = payments_at_home(payments, home, convert), recurring_at_home(recurring, home, convert)
    return Seen(payments, recurring, _at_hand(found, worth, today), worth)


def _at_hand(found: Sequence[Balance], worth: Worth, today: date) -> AtHand:
    """Current accounts and cash less what is owed on cards; savings beside them."""
    near = [one for one in found if one.kind in AT_HAND]
    saved = [one for one in found if one.kind == "savings"]
    return AtHand(
        worth.total([(one.amount_minor, one.currency) for one in near], worth.home, today),
        worth.total([(one.amount_minor, one.currency) for one in saved], worth.home, today),
        tuple(one.name for one in near if one.amount_minor is None),
        frozenset(one.account_id for one in near),
    )


@dataclass(frozen=True, slots=True)
class Horizon:
    """The last day to look at. With `pay`, it is the day before that income."""

    until_on: date
    income_on: date | None
    income: Recurring | None


def horizon(recurring: list[Recurring], context: ToolContext, until: str | date | None) -> Horizon:
    """Pay day, the end of the month, or a day. Without an income to wait for, pay day becomes the month's end. Raises Invalid."""
    today = context.today
    pay = next_pay(recurring, today)
    income, income_on = pay if pay is not None else (None, None)
    if isinstance(until, date):
        if not today <= until <= today + timedelta(days=FARTHEST_DAYS):
            raise Invalid("day_is_out_of_range", "until must lie within a year from today", [FieldError("/until", "out of range")])
        return Horizon(until, income_on, income)
    if until != "month_end" and income_on is not None and income_on <= today + timedelta(days=LONGEST_DAYS):
        return Horizon(income_on - timedelta(days=1), income_on, income)
    return Horizon((today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1), income_on, income)
