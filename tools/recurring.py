"""Recurring payments and income: what comes again and again, what it costs, when it is due next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from kit.ids import show
from risk.behaviour.books import payments_until, recurring_among
from risk.behaviour.home import recurring_at_home
from risk.behaviour.kinds import Kind
from risk.behaviour.recurring import Recurring
from tools.context import ToolContext
from tools.query.model import Model, Name, UsedRate
from tools.worth import Worth

Cadence = Literal["weekly", "fortnightly", "four_weekly", "monthly", "bimonthly", "quarterly", "half_yearly", "yearly"]


_EVERY = {
    "weekly": "week", "fortnightly": "two weeks", "four_weekly": "four weeks", "monthly": "month", "bimonthly": "two months",
    "quarterly": "quarter", "half_yearly": "half-year", "yearly": "year",
}  # fmt: skip


class RecurringArguments(Model):
    """Which ones. No kind: what one pays, active subscriptions and bills; `any` has income too. `due_within_days` counts today."""

    kind: Literal["subscription", "bill", "income", "any"] | None = None
    merchant: Name | None = None
    category: Name | None = None
    status: Literal["active", "ended"] | None = None
    changed_only: bool = False
    due_within_days: int | None = Field(default=None, ge=0, le=366)


class PriceChangeCell(Model):
    """The last lasting change of the price; the magnitude of the change, `rise` telling its direction."""

    before_minor: int
    after_minor: int
    change_minor: int
    change_ratio: float
    changed_on: date
    rise: bool


class RecurringCell(Model):
    """One agreement; amounts are magnitudes. `amount_minor` is what the next one is expected to be, `next_on` is None when it has ended."""

    id: str
    merchant: str
    category: str
    kind: str
    cadence: Cadence
    every: str  # the cadence in words: "month", "four weeks"
    amount_minor: int
    last_minor: int
    last_on: date
    first_on: date
    next_on: date | None
    monthly_minor: int
    yearly_minor: int
    status: Literal["active", "ended"]
    facts_count: int
    account: str
    account_id: str
    currency: str
    price_change: PriceChangeCell | None
    transaction_ids: tuple[str, ...]
    hidden: bool


class RecurringItems(Model):
    """Each is in its own currency, the totals at home. They are of what is paid; where only income was asked for, of that.

    Ended ones cost nothing.
    """

    currency: str
    items: tuple[RecurringCell, ...]
    count: int
    active_count: int
    monthly_total_minor: int
    yearly_total_minor: int
    due_total_minor: int
    until_on: date | None
    rates: tuple[UsedRate, ...]  # of what is converted into the totals, at the latest rate
    notes: tuple[str, ...]  # codes: converted:<currency>:<day of the rate>, rate_missing:<currency>


async def look_up_recurring(context: ToolContext, arguments: RecurringArguments, *, hidden: bool = False) -> RecurringItems:
    """`hidden`: instead of what recurs, what the customer said does not."""
    async with context.db.read(context.principal) as connection:
        payments = await payments_until(connection, context.today)
        found = await recurring_among(connection, payments, context.today)
        worth = await Worth.latest(connection, context.principal.currency, {one.currency for one in found}, context.today)
    return listed([one for one in found if one.hidden is hidden and one.kind is not Kind.SAVING], context, arguments, worth)


def listed(found: list[Recurring], context: ToolContext, arguments: RecurringArguments, worth: Worth) -> RecurringItems:
    """The chosen ones, with what they come to."""
    today, within = context.today, arguments.due_within_days
    until = None if within is None else today + timedelta(days=within)
    chosen = [one for one in found if _is_wanted(one, arguments)]
    if until is not None:
        chosen = sorted((one for one in chosen if one.due(today, until)), key=lambda one: (one.next_on or until, one.merchant, one.id))
    at_home = recurring_at_home(chosen, worth.home, worth.converter(today))
    counted = [one for one in at_home if one.active and (arguments.kind == "income") == (one.kind is Kind.INCOME)]
    horizon = until or today + timedelta(days=30)
    return RecurringItems(
        currency=context.principal.currency,
        items=tuple(cell_of(one) for one in chosen),
        count=len(chosen),
        active_count=sum(one.active for one in chosen),
        monthly_total_minor=sum(one.monthly_minor for one in counted),
        yearly_total_minor=sum(one.yearly_minor for one in counted),
        due_total_minor=sum(one.amount_minor * len(one.due(today, horizon)) for one in counted),
        until_on=until,
        rates=worth.rates_used,
        notes=worth.notes,
    )


def _is_wanted(one: Recurring, arguments: RecurringArguments) -> bool:
    if arguments.kind is None and one.kind is Kind.INCOME:
        return False
    if arguments.kind not in (None, "any") and one.kind != arguments.kind:
        return False
    if arguments.merchant is not None and arguments.merchant.casefold() not in one.merchant.casefold():
        return False
    if arguments.category is not None and arguments.category.casefold() != one.category.casefold():
        return False
    if arguments.status is not None and one.active != (arguments.status == "active"):
        return False
    return not arguments.changed_only or one.change is not None


def cell_of(one: Recurring) -> RecurringCell:
    return RecurringCell(
        id=show("rec", one.id),
        merchant=one.merchant,
        category=one.category,
        kind=one.kind,
        cadence=one.cadence.value,
        every=_EVERY[one.cadence],
        amount_minor=one.amount_minor,
        last_minor=abs(one.last.amount_minor),
        last_on=one.last.booked_on,
        first_on=one.first.booked_on,
        next_on=one.next_on,
        monthly_minor=one.monthly_minor,
        yearly_minor=one.yearly_minor,
        status="active" if one.active else "ended",
        facts_count=len(one.payments),
        account=one.last.account,
        account_id=show("acc", one.last.account_id),
        currency=one.currency,
        price_change=_change_of(one),
        transaction_ids=tuple(show("txn", payment.id) for payment in one.payments),
        hidden=one.hidden,
    )


def _change_of(one: Recurring) -> PriceChangeCell | None:
    change = one.change
    if change is None:
        return None
    return PriceChangeCell(
        before_minor=change.before_minor,
        after_minor=change.after_minor,
        change_minor=abs(change.after_minor - change.before_minor),
        change_ratio=(change.after_minor - change.before_minor) / change.before_minor,
        changed_on=one.payments[change.at].booked_on,
        rise=change.after_minor > change.before_minor,
    )
