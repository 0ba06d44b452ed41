"""Whether something can be afforded, as three figures and never as yes or no: bills to the next income, expected cash, the budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from pydantic import Field

from ledger.categories import tree_of_reader
from risk.behaviour.outlook import expected
from risk.behaviour.payment import Payment
from risk.behaviour.usual import usual_spending
from tools.at_hand import BAND_RATIO, horizon, seen_today
from tools.budgets import BudgetsArguments, look_up_budgets
from tools.context import ToolContext
from tools.query.model import MAX_MINOR, Model, Name, UsedRate


class AffordableArguments(Model):
    """A price, and what it is for; the budget is that of the category, or of what is usually bought at the merchant."""

    amount_minor: int = Field(gt=0, le=MAX_MINOR)
    category: Name | None = None
    merchant: Name | None = None


class DueBill(Model):
    merchant: str
    kind: str
    amount_minor: int
    due_on: date


class BudgetAfter(Model):
    """What the budget leaves, before and after; negative when over."""

    category: str
    period: str
    limit_minor: int
    left_minor: int
    after_minor: int
    end_on: date


class Affordable(Model):
    """`expected_minor` = balance - bills; `after_minor` = that - amount; usual spending until then is stated beside, not taken off.

    `balance_minor` is money at hand: current accounts and cash less what is owed on cards. `remaining_minor` takes usual spending off too.
    """

    currency: str
    amount_minor: int
    balance_minor: int | None
    savings_minor: int | None
    unknown_accounts: tuple[str, ...]
    next_income_on: date | None
    next_income_minor: int | None
    next_income_from: str | None
    until_on: date
    days_count: int
    bills: tuple[DueBill, ...]
    bills_count: int
    bills_total_minor: int
    expected_minor: int | None
    after_minor: int | None
    budget: BudgetAfter | None
    usual_spending_minor: int | None
    usual_low_minor: int | None
    usual_high_minor: int | None
    band_ratio: float
    remaining_minor: int | None
    rates: tuple[UsedRate, ...]  # of what is converted, at the latest rate
    notes: tuple[str, ...]  # codes: converted:<currency>:<day of the rate>, rate_missing:<currency>


async def weigh(context: ToolContext, arguments: AffordableArguments) -> Affordable:
    today, amount = context.today, arguments.amount_minor
    async with context.db.read(context.principal) as connection:
        seen = await seen_today(connection, context)
    hand = seen.hand
    end = horizon(seen.recurring, context, "payday")
    events = [event for event in expected(seen.recurring, today, end.until_on) if event.amount_minor < 0]
    bills = -sum(event.amount_minor for event in events)
    days = (end.until_on - today).days + 1
    usual = usual_spending(seen.payments, seen.recurring, hand.accounts, today, days)
    left = None if hand.balance_minor is None else hand.balance_minor - bills
    after = None if left is None else left - amount
    return Affordable(
        currency=context.principal.currency,
        amount_minor=amount,
        balance_minor=hand.balance_minor,
        savings_minor=hand.savings_minor,
        unknown_accounts=hand.unknown,
        next_income_on=end.income_on,
        next_income_minor=None if end.income is None else end.income.amount_minor,
        next_income_from=None if end.income is None else end.income.merchant,
        until_on=end.until_on,
        days_count=days,
        bills=tuple(
            DueBill(merchant=event.recurring.merchant, kind=event.recurring.kind, amount_minor=-event.amount_minor, due_on=event.on)
            for event in events
        ),
        bills_count=len(events),
        bills_total_minor=bills,
        expected_minor=left,
        after_minor=after,
        budget=await _budget(context, arguments.category or _usual_category(seen.payments, arguments.merchant), amount),
        usual_spending_minor=None if usual is None else usual.middle_minor,
        usual_low_minor=None if usual is None else usual.low_minor,
        usual_high_minor=None if usual is None else usual.high_minor,
        band_ratio=BAND_RATIO,
        rates=seen.worth.rates_used,
        notes=seen.worth.notes,
        remaining_minor=None if after is None or usual is None else after - usual.middle_minor,
    )


def _usual_category(payments: Sequence[Payment], merchant: str | None) -> str | None:
    if merchant is None:
        return None
    counted = Counter(payment.category for payment in payments if payment.merchant.casefold() == merchant.casefold())
    return max(sorted(counted), key=lambda category: counted[category], default=None)


async def _budget(context: ToolContext, category: str | None, amount_minor: int) -> BudgetAfter | None:
    """The category's own budget, or that of one above it; of several the one that ends first."""
    if category is None:
        return None
    found = (await look_up_budgets(context, BudgetsArguments())).budgets
    async with context.db.read(context.principal) as connection:
        tree = await tree_of_reader(connection)
    held = {one.id: {name.casefold() for name in (one.category, *tree.covering((one.category,)))} for one in found}
    fitting = [one for one in found if category.casefold() in held[one.id]]
    if not fitting:
        return None
    budget = min(fitting, key=lambda one: (one.category.casefold() != category.casefold(), one.end_on, one.id))
    return BudgetAfter(
        category=budget.category, period=budget.period, limit_minor=budget.limit_minor, left_minor=budget.left_minor,
        after_minor=budget.left_minor - amount_minor, end_on=budget.end_on,
    )  # fmt: skip
