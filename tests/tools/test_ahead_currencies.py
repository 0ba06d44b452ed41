"""What looks ahead, over accounts in two currencies: each agreement in its own, what is added up at home at the latest rate."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest_asyncio

from kit.clock import FixedClock
from kit.db import Database
from kit.identity import Principal
from ledger.budgets import BudgetWish, list_budgets, set_budget
from ledger.periods import CALENDAR_ANCHOR, Cadence
from tests.people import add_customer
from tests.rates import load_rates_of_tests
from tests.tools.books import Fact, keep
from tools.affordable import AffordableArguments, weigh
from tools.cash_flow import CashFlowArguments, look_ahead
from tools.context import ToolContext
from tools.insights import InsightsArguments, look_for_insights
from tools.recurring import RecurringArguments, look_up_recurring

TODAY = date(2026, 6, 15)
CLOCK = FixedClock(datetime(2026, 6, 15, 12, tzinfo=UTC))
MONTHS = [date(2026, month, 1) for month in range(1, 7)]
NOTES = ("converted:GBP:2026-06-12",)  # at 0.80


def household() -> list[Fact]:
    facts = []
    for place, first in enumerate(MONTHS):
        rent = 40_000 if place < 4 else 44_000
        facts += [
            Fact(str(first), -rent, "Lodgings", "Rent", "spending", "London"),
            Fact(str(first.replace(day=5)), -1_000, "Netflix", "Subscriptions", "spending"),
            Fact(str(first.replace(day=25)), 300_000, "Acme", "Salary", "income"),
        ]
        facts += [Fact(str(first + timedelta(days=day)), -800, "Tesco", "Groceries", "spending", "London") for day in (2, 5, 9, 13)]
    return sorted((fact for fact in facts if fact.on <= TODAY), key=lambda fact: fact.day)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def context(database: Database, kek: bytes) -> ToolContext:
    await load_rates_of_tests(database)
    owner = await add_customer(database, kek)
    await keep(database, owner, household(), {"Current": ("2026-06-05", 100_000), "London": ("2026-06-14", 80_000)})
    return ToolContext(owner, database, CLOCK)


async def test_agreements_stand_in_their_currency_and_are_summed_at_home(context: ToolContext) -> None:
    found = await look_up_recurring(context, RecurringArguments())
    shown = {item.merchant: (item.currency, item.amount_minor) for item in found.items}
    assert (shown["Lodgings"], shown["Netflix"]) == (("GBP", 44_000), ("EUR", 1_000))
    assert (found.currency, found.monthly_total_minor, found.notes) == ("EUR", 55_000 + 1_000, NOTES)
    due = await look_up_recurring(context, RecurringArguments(due_within_days=20))
    assert due.due_total_minor == 55_000 + 1_000


async def test_cash_flow_counts_every_account_at_home(context: ToolContext) -> None:
    found = await look_ahead(context, CashFlowArguments(until=date(2026, 7, 6)))
    assert (found.currency, found.balance_minor, found.notes) == ("EUR", 100_000 + 100_000, NOTES)
    assert (found.income_total_minor, found.bills_total_minor) == (300_000, 55_000 + 1_000)
    assert found.expected_minor == 200_000 + 300_000 - 56_000
    assert [(row.label, row.amount_minor) for row in found.rows[1:]] == [("Acme", 300_000), ("Lodgings", -55_000), ("Netflix", -1_000)]


async def test_a_price_is_weighed_against_all_of_it(context: ToolContext) -> None:
    found = await weigh(context, AffordableArguments(amount_minor=10_000))
    assert (found.currency, found.balance_minor, found.after_minor, found.notes) == ("EUR", 200_000, 190_000, NOTES)
    assert found.usual_spending_minor == 1_000  # a visit of GBP 8.00 at 0.80 in most stretches of that length


async def test_a_rise_abroad_is_told_at_one_rate(context: ToolContext) -> None:
    found = await look_for_insights(context, InsightsArguments())
    rise = next(item for item in found.items if item.merchant == "Lodgings")
    assert (found.currency, rise.kind, rise.before_minor, rise.amount_minor, found.notes) == ("EUR", "price_rise", 50_000, 55_000, NOTES)
    assert rise.change_ratio is not None
    assert round(rise.change_ratio, 3) == 0.1


async def test_a_budget_counts_what_was_spent_abroad(context: ToolContext) -> None:
    owner: Principal = context.principal
    wish = BudgetWish("Groceries", Cadence("month", 1, CALENDAR_ANCHOR), 10_000, "EUR")
    async with context.db.write("app", owner) as connection:
        await set_budget(connection, owner, wish, date(2026, 6, 1), TODAY)
    async with context.db.read(owner) as connection:
        (budget,) = await list_budgets(connection, TODAY)
    # 3, 6 and 10 June at 0.90 of 29 May; 14 June at 0.80
    assert budget.spent_minor == 3 * 889 + 1_000
