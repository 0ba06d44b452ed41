"""What is at hand today, and the time to look ahead: shared by the tools that tell what is coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kit.db import Connection
from kit.errors import FieldError, Invalid
from ledger.balances import balances
from risk.behaviour.outlook import AT_HAND, LONGEST_DAYS, next_pay
from risk.behaviour.recurring import Recurring
from tools.context import ToolContext

FARTHEST_DAYS = 366
BAND_RATIO = 0.8  # of the stretches that risk.behaviour.usual looks at lie in its band


@dataclass(frozen=True, slots=True)
class AtHand:
    """`balance_minor` is None when no balance at all is known; `unknown` names the accounts whose is not."""

    balance_minor: int | None
    savings_minor: int | None
    unknown: tuple[str, ...]
    accounts: frozenset[UUID]


async def at_hand(connection: Connection) -> AtHand:
    """Current accounts and cash less what is owed on cards; savings beside them."""
    found = await balances(connection)
    near = [one for one in found if one.kind in AT_HAND]
    known = [one.amount_minor for one in near if one.amount_minor is not None]
    saved = [one.amount_minor for one in found if one.kind == "savings" and one.amount_minor is not None]
    return AtHand(
        sum(known) if known else None,
        sum(saved) if saved else None,
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
