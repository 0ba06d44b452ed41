"""The tools that look ahead, over booked facts: what recurs, what is at hand until pay day, what a price leaves, what stands out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kit.clock import FixedClock
from kit.db import Database
from kit.errors import Invalid
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.budgets import BudgetWish, set_budget
from ledger.choices import choose_recurring, dismiss_insight
from ledger.periods import Cadence
from tests.conftest import MakeCustomer
from tests.tools.books import Fact, keep
from tools.affordable import AffordableArguments, weigh
from tools.cash_flow import CashFlowArguments, look_ahead
from tools.context import ToolContext
from tools.insights import InsightsArguments, look_for_insights
from tools.recurring import RecurringArguments, look_up_recurring

TODAY = date(2026, 11, 21)
CLOCK = FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
MONTHS = [date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 12))]


def household() -> list[Fact]:
    """Pay on the 25th, rent on the 1st, energy that varies, a subscription that rose in October, daily bread, saving by standing order."""
    facts = []
    for place, first in enumerate(MONTHS):
        energy = 8_000 + (place * 1_777) % 3_000
        facts += [
            Fact(str(first), -90_000, "Landlord", "Rent", "spending"),
            Fact(str(first.replace(day=12)), -(999 if place < 10 else 1_199), "Netflix", "Subscriptions", "spending", "Visa"),
            Fact(str(first.replace(day=15)), -energy, "City Power", "Utilities", "spending"),
            Fact(str(first.replace(day=27)), -20_000, "Nest egg", "Transfer", "transfer"),
            Fact(str(first.replace(day=25)), 250_000, "Acme", "Salary", "income"),
        ]
        facts += [Fact(str(first + timedelta(days=day)), -3_000, "Aldi", "Groceries", "spending") for day in (2, 5, 11, 13, 19)]
    facts.append(Fact("2026-11-18", -3_000, "Aldi", "Groceries", "spending"))
    return sorted((fact for fact in facts if fact.on <= TODAY), key=lambda fact: fact.day)


async def booked(database: Database, owner: Principal, closings: dict[str, tuple[str, int]] | None = None) -> ToolContext:
    await keep(database, owner, household(), closings or {"Current": ("2026-11-21", 150_000), "Visa": ("2026-11-21", -20_000)})
    return ToolContext(owner, database, CLOCK)


async def test_what_recurs_is_listed_with_its_cost_and_its_next_day(database: Database, make_customer: MakeCustomer) -> None:
    context = await booked(database, await make_customer())
    found = await look_up_recurring(context, RecurringArguments())
    shown = {item.merchant: (item.kind, item.cadence, item.amount_minor, item.next_on, item.status) for item in found.items}
    assert shown == {
        "Landlord": ("bill", "monthly", 90_000, date(2026, 12, 1), "active"),
        "City Power": ("bill", "monthly", shown["City Power"][2], date(2026, 12, 15), "active"),
        "Netflix": ("subscription", "monthly", 1_199, date(2026, 12, 12), "active"),
    }
    assert 8_000 <= shown["City Power"][2] <= 11_000
    assert found.monthly_total_minor == 91_199 + shown["City Power"][2]
    assert found.yearly_total_minor == 12 * found.monthly_total_minor


async def test_a_price_rise_names_both_prices_and_the_first_day_of_the_new_one(database: Database, make_customer: MakeCustomer) -> None:
    context = await booked(database, await make_customer())
    (item,) = (await look_up_recurring(context, RecurringArguments(changed_only=True))).items
    change = item.price_change
    assert change is not None
    assert (change.before_minor, change.after_minor, change.change_minor, change.rise) == (999, 1_199, 200, True)
    assert (item.merchant, change.changed_on, round(change.change_ratio, 3)) == ("Netflix", date(2026, 10, 12), 0.2)


async def test_income_is_listed_when_it_is_asked_for(database: Database, make_customer: MakeCustomer) -> None:
    context = await booked(database, await make_customer())
    found = await look_up_recurring(context, RecurringArguments(kind="income"))
    assert [(item.merchant, item.next_on, item.monthly_minor) for item in found.items] == [("Acme", date(2026, 11, 25), 250_000)]
    assert found.monthly_total_minor == 250_000


async def test_what_is_due_soon_is_listed_by_its_day(database: Database, make_customer: MakeCustomer) -> None:
    context = await booked(database, await make_customer())
    found = await look_up_recurring(context, RecurringArguments(due_within_days=21))
    assert [(item.merchant, item.next_on) for item in found.items] == [("Landlord", date(2026, 12, 1)), ("Netflix", date(2026, 12, 12))]
    assert found.due_total_minor == 91_199


async def test_cash_flow_to_payday_runs_to_the_day_before_it(database: Database, make_customer: MakeCustomer) -> None:
    context = await booked(database, await make_customer())
    flow = await look_ahead(context, CashFlowArguments())
    assert (flow.balance_minor, flow.until_on, flow.to_payday, flow.next_income_minor) == (130_000, date(2026, 11, 24), True, 250_000)
    assert (flow.bills_total_minor, flow.expected_minor, len(flow.rows)) == (0, 130_000, 1)


async def test_cash_flow_to_a_day_runs_the_balance_through_every_expected_movement(database: Database, make_customer: MakeCustomer) -> None:
    context = await booked(database, await make_customer())
    flow = await look_ahead(context, CashFlowArguments(until=date(2026, 12, 12)))
    assert [(str(row.on), row.label, row.amount_minor, row.balance_minor) for row in flow.rows] == [
        ("2026-11-21", "Today", 0, 130_000),
        ("2026-11-25", "Acme", 250_000, 380_000),
        ("2026-11-27", "Nest egg", -20_000, 360_000),
        ("2026-12-01", "Landlord", -90_000, 270_000),
        ("2026-12-12", "Netflix", -1_199, 268_801),
    ]
    assert (flow.income_total_minor, flow.bills_total_minor, flow.expected_minor) == (250_000, 111_199, 268_801)
    assert (flow.lowest_minor, flow.lowest_on) == (130_000, TODAY)
    assert flow.usual_spending_minor is not None
    assert flow.usual_low_minor is not None
    assert flow.usual_high_minor is not None
    assert 0 < flow.usual_low_minor <= flow.usual_spending_minor <= flow.usual_high_minor < 30_000
    assert flow.forecast_minor == 268_801 - flow.usual_spending_minor


async def test_an_unknown_balance_is_said_to_be_unknown(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    await keep(database, owner, household())
    context = ToolContext(owner, database, CLOCK)
    flow = await look_ahead(context, CashFlowArguments())
    assert (flow.balance_minor, flow.expected_minor, flow.unknown_accounts) == (None, None, ("Current", "Visa"))
    price = await weigh(context, AffordableArguments(amount_minor=5_000))
    assert (price.balance_minor, price.expected_minor, price.after_minor) == (None, None, None)


async def test_a_day_in_the_past_is_refused(database: Database, make_customer: MakeCustomer) -> None:
    context = await booked(database, await make_customer())
    with pytest.raises(Invalid):
        await look_ahead(context, CashFlowArguments(until=date(2026, 11, 20)))


async def test_a_price_is_weighed_against_bills_cash_and_budget(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    context = await booked(database, owner)
    async with database.write("app", owner) as connection:
        wish = BudgetWish("Groceries", Cadence("month"), 20_000, "EUR")
        await set_budget(connection, owner, wish, context.today.replace(day=1), context.today)
    price = await weigh(context, AffordableArguments(amount_minor=12_000, merchant="Aldi"))
    assert (price.balance_minor, price.bills_total_minor, price.expected_minor, price.after_minor) == (130_000, 0, 130_000, 118_000)
    assert price.budget is not None
    assert (price.budget.category, price.budget.left_minor, price.budget.after_minor) == ("Groceries", 2_000, -10_000)


async def test_what_the_customer_hides_is_gone_everywhere(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    context = await booked(database, owner)
    landlord = (await look_up_recurring(context, RecurringArguments(merchant="Landlord"))).items[0]
    async with database.write("app", owner) as connection:
        from kit.ids import read

        await choose_recurring(connection, owner, read("rec", landlord.id), None, True, CLOCK.now())
    assert (await look_up_recurring(context, RecurringArguments(merchant="Landlord"))).count == 0
    flow = await look_ahead(context, CashFlowArguments(until=date(2026, 12, 12)))
    assert "Landlord" not in [row.label for row in flow.rows]


async def test_a_dismissed_insight_stays_away(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    context = await booked(database, owner)
    found = await look_for_insights(context, InsightsArguments())
    assert [(item.kind, item.merchant, item.amount_minor, item.before_minor, item.yearly_minor) for item in found.items] == [
        ("price_rise", "Netflix", 1_199, 999, 2_400)
    ]
    assert len(found.items[0].evidence.transaction_ids) == 4
    async with database.write("app", owner) as connection:
        from kit.ids import read

        await dismiss_insight(connection, owner, read("ins", found.items[0].id), CLOCK.now())
    assert (await look_for_insights(context, InsightsArguments())).count == 0


async def test_a_choice_can_be_made_before_anything_was_chosen(database: Database, make_customer: MakeCustomer) -> None:
    owner = await make_customer()
    series = new_uuid()
    async with database.write("app", owner) as connection:
        await choose_recurring(connection, owner, series, "bill", None, CLOCK.now())
        await choose_recurring(connection, owner, series, None, True, CLOCK.now())
    async with database.read(owner) as connection:
        from ledger.choices import RecurringChoice, recurring_choices

        assert await recurring_choices(connection) == {series: RecurringChoice("bill", True)}
