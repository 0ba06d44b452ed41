"""Budgets and goals as the tools tell them, over real books."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from kit.clock import FixedClock
from kit.db import Database
from kit.errors import Conflict, Invalid, NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from ledger.accounts import list_accounts
from ledger.budgets import BudgetWish, budget_history, present_start, set_budget
from ledger.goals import GoalWish, change_goal, contribute, list_goals, make_goal
from ledger.periods import Cadence
from tests.conftest import MakeCustomer
from tests.tools.books import Fact, keep
from tools.budgets import Budgets, BudgetsArguments, look_up_budgets
from tools.context import ToolContext
from tools.goals import Goals, GoalsArguments, look_up_goals

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
TODAY = date(2026, 6, 15)
FACTS = [
    Fact("2026-03-27", 250_000, "Acme", "Salary", "income"),
    Fact("2026-04-10", -12_000, "Aldi", "Groceries", "spending"),
    Fact("2026-04-28", 250_000, "Acme", "Salary", "income"),
    Fact("2026-04-30", 2_500, "Acme", "Expenses", "income"),
    Fact("2026-05-10", -7_000, "Aldi", "Groceries", "spending"),
    Fact("2026-05-12", 1_000, "Aldi", "Groceries", "refund"),
    Fact("2026-05-28", 250_000, "Acme", "Salary", "income"),
    Fact("2026-05-30", -4_000, "Aldi", "Groceries", "spending"),
    Fact("2026-06-10", -3_000, "Aldi", "Groceries", "spending"),
    Fact("2026-03-02", 20_000, "Me", "Transfer", "transfer", "Savings"),
    Fact("2026-04-02", 20_000, "Me", "Transfer", "transfer", "Savings"),
    Fact("2026-05-02", 50_000, "Me", "Transfer", "transfer", "Savings"),
]


@pytest.fixture
async def me(database: Database, make_customer: MakeCustomer) -> Principal:
    owner = await make_customer()
    await keep(database, owner, FACTS, {"Savings": ("2026-06-01", 100_000)})
    return owner


async def budgeted(database: Database, me: Principal, cadence: Cadence, limit_minor: int, rollover_from: date | None = None) -> Budgets:
    async with database.read(me) as connection:
        starts_on = await present_start(connection, cadence, TODAY)
    async with database.write("app", me) as connection:
        await set_budget(connection, me, BudgetWish("Groceries", cadence, limit_minor, "EUR", rollover_from), starts_on, TODAY)
    return await look_up_budgets(ToolContext(me, database, FixedClock(NOW)), BudgetsArguments(category="groceries"))


async def test_a_budget_from_pay_to_pay_counts_from_the_last_pay(database: Database, me: Principal) -> None:
    (cell,) = (await budgeted(database, me, Cadence("payday"), 10_000)).budgets
    assert (cell.start_on, cell.spent_minor, cell.left_minor) == (date(2026, 5, 28), 7_000, 3_000)
    assert cell.end_on == date(2026, 6, 26)  # the usual gap of 30 days


async def test_rests_of_earlier_months_carry_over_refunds_deducted(database: Database, me: Principal) -> None:
    (cell,) = (await budgeted(database, me, Cadence("month"), 11_000, date(2026, 4, 1))).budgets
    assert (cell.carried_minor, cell.available_minor, cell.spent_minor, cell.left_minor) == (0, 11_000, 3_000, 8_000)
    async with database.read(me) as connection:
        lines = await budget_history(connection, (await _only(database, me)), 3, TODAY)
    assert [(line.spent_minor, line.carried_minor) for line in lines] == [(12_000, 0), (10_000, -1_000), (3_000, 0)]


async def _only(database: Database, me: Principal) -> UUID:
    async with database.read(me) as connection:
        found: UUID = await connection.fetchval("select id from ledger.budgets where customer_id = $1", me.customer_id)
    return found


async def test_setting_a_budget_again_changes_it_from_the_present_period_on(database: Database, me: Principal) -> None:
    await budgeted(database, me, Cadence("month"), 11_000)
    (cell,) = (await budgeted(database, me, Cadence("month"), 20_000)).budgets
    assert (cell.limit_minor, cell.left_minor) == (20_000, 17_000)
    two = await budgeted(database, me, Cadence("week", 2, date(2026, 6, 5)), 5_000)
    assert [(c.period, c.every_count, c.spent_minor) for c in two.budgets] == [("month", 1, 3_000), ("week", 2, 3_000)]


async def saved(database: Database, me: Principal, wish: GoalWish) -> Goals:
    async with database.write("app", me) as connection:
        await make_goal(connection, me, wish, TODAY)
    return await look_up_goals(ToolContext(me, database, FixedClock(NOW)), GoalsArguments(name=wish.name))


async def test_a_goal_in_an_account_goes_by_its_balance_and_pace(database: Database, me: Principal) -> None:
    async with database.read(me) as connection:
        account = next(a for a in await list_accounts(connection) if a.name == "Savings")
    found = await saved(database, me, GoalWish("Holiday", 190_000, "EUR", date(2026, 9, 15), account.id))
    (cell,) = found.goals
    assert (cell.saved_minor, cell.left_minor, cell.pace_minor, cell.account) == (100_000, 90_000, 35_000, "Savings")
    assert (cell.monthly_needed_minor, cell.projected_on, cell.on_track) == (30_000, date(2026, 9, 15), True)
    assert (found.saved_total_minor, found.target_total_minor, found.count) == (100_000, 190_000, 1)


async def test_a_balance_is_saved_for_one_goal_only(database: Database, me: Principal) -> None:
    async with database.read(me) as connection:
        account = next(a for a in await list_accounts(connection) if a.name == "Savings")
    await saved(database, me, GoalWish("Holiday", 1_000, "EUR", account_id=account.id))
    with pytest.raises(Conflict, match="another goal"):
        await saved(database, me, GoalWish("Car", 1_000, "EUR", account_id=account.id))


async def test_a_goal_whose_accounts_balance_nobody_told_does_not_say_what_is_saved(database: Database, me: Principal) -> None:
    async with database.read(me) as connection:
        account = next(a for a in await list_accounts(connection) if a.name == "Current")
    (cell,) = (await saved(database, me, GoalWish("Holiday", 190_000, "EUR", account_id=account.id))).goals
    assert (cell.saved_minor, cell.left_minor, cell.progress_ratio, cell.projected_on) == (None, None, None, None)


async def test_contributions_are_told_to_a_goal_without_an_account(database: Database, me: Principal) -> None:
    await saved(database, me, GoalWish("Bike", 10_000, "EUR"))
    async with database.read(me) as connection:
        goal = (await list_goals(connection, TODAY))[0].goal
    async with database.write("app", me) as connection:
        await contribute(connection, me, goal.id, 4_000, date(2026, 4, 3), TODAY)
        await contribute(connection, me, goal.id, -1_000, date(2026, 5, 3), TODAY)
        await contribute(connection, me, goal.id, 500, TODAY, TODAY)
    (cell,) = (await look_up_goals(ToolContext(me, database, FixedClock(NOW)), GoalsArguments())).goals
    assert (cell.saved_minor, cell.pace_minor, cell.pace_months_count) == (3_500, -1_000, 1)  # April was not whole


async def test_a_goal_that_was_put_away_leaves_its_name_and_account_free(database: Database, me: Principal) -> None:
    await saved(database, me, GoalWish("Bike", 10_000, "EUR"))
    async with database.read(me) as connection:
        goal = (await list_goals(connection, TODAY))[0].goal
    async with database.write("app", me) as connection:
        await change_goal(connection, me, goal.id, GoalWish("Bike", 10_000, "EUR"), TODAY, archived=True)
    assert (await look_up_goals(ToolContext(me, database, FixedClock(NOW)), GoalsArguments())).count == 0
    assert (await saved(database, me, GoalWish("bike", 20_000, "EUR"))).goals[0].target_minor == 20_000


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (GoalWish(" ", 1, "EUR"), "/name"),
        (GoalWish("A", 0, "EUR"), "/target_minor"),
        (GoalWish("A", 1, "USD"), "/currency"),
        (GoalWish("A", 1, "EUR", TODAY), "/target_on"),
        (GoalWish("A", 1, "EUR", None, new_uuid()), "/account_id"),
    ],
)
async def test_a_goal_that_makes_no_sense_is_refused(database: Database, me: Principal, wish: GoalWish, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await saved(database, me, wish)
    assert [error.pointer for error in refusal.value.errors] == [field]


async def test_nothing_is_told_to_a_goal_that_does_not_exist(database: Database, me: Principal) -> None:
    with pytest.raises(NotFound):
        async with database.write("app", me) as connection:
            await contribute(connection, me, new_uuid(), 1, TODAY, TODAY)
