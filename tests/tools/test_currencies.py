"""Books in several currencies: each amount in its own, sums at home at each day's rate, balances at the latest (docs/currencies.md)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio

from kit.clock import FixedClock
from kit.db import Database
from kit.errors import Invalid, NotFound
from kit.identity import Principal
from kit.ids import show
from tests.people import add_customer
from tests.rates import load_rates_of_tests
from tests.tools.books import Fact, keep
from tools.accounts import AccountsArguments, look_up_accounts
from tools.context import ToolContext
from tools.exchange import ExchangeArguments, look_up_exchange
from tools.query.behind import behind
from tools.query.listing import lines_page
from tools.query.model import Query, Result
from tools.query.run import run_query

TODAY = date(2026, 6, 15)
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
FACTS = [
    Fact("2026-04-30", 300000, "Acme", "Salary", "income"),
    Fact("2026-05-02", -2200, "Aldi", "Groceries", "spending"),
    Fact("2026-05-02", -1100, "Diner", "Eating out", "spending", "Dollars"),  # a Saturday: 1.10 of 30 April, EUR 10.00
    Fact("2026-05-05", -8000, "Tesco", "Groceries", "spending", "London"),  # 0.80: EUR 100.00
    Fact("2026-05-06", -9000, "Rail", "Transport", "spending"),
    Fact("2026-05-10", 1200, "Diner", "Eating out", "refund", "Dollars"),  # 1.20: EUR 10.00
    Fact("2026-05-11", -50000, "London", "Transfer", "transfer"),
    Fact("2026-05-12", 42500, "Current", "Transfer", "transfer", "London"),
    Fact("2026-05-20", -3000, "Souk", "Shopping", "spending", "Kuwait"),  # no rate for it anywhere
    Fact("2026-06-01", -9000, "Tesco", "Groceries", "spending", "London"),  # 0.90: EUR 100.00
]
CLOSINGS = {
    "Current": ("2026-05-11", 200000),
    "London": ("2026-06-01", 40000),
    "Dollars": ("2026-05-10", -30000),
    "Kuwait": ("2026-05-20", 9000),
}
MAY = {"start_on": "2026-05-01", "end_on": "2026-05-31", "label": "in May 2026"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def owner(database: Database, kek: bytes) -> Principal:
    await load_rates_of_tests(database)
    principal = await add_customer(database, kek)
    await keep(database, principal, FACTS, CLOSINGS)
    return principal


async def ask(database: Database, owner: Principal, **query: Any) -> Result:
    async with database.read(owner) as connection:
        return await run_query(connection, owner.currency, Query.model_validate(query), TODAY)


async def account_id(database: Database, owner: Principal, name: str) -> str:
    found = await ask(database, owner, measure="net_worth")
    return next(row.key for row in found.rows if row.label == name)


@pytest.mark.parametrize(
    ("query", "amount_minor", "count"),
    [
        (dict(period=MAY), 2200 + 1000 + 10000 + 9000 - 1000, 6),
        (dict(period=MAY, include=dict(categories=["Groceries"])), 2200 + 10000, 2),
        (dict(measure="income"), 300000, 1),
        (dict(measure="refunds", period=MAY), 1000, 1),
        (dict(measure="transfers", period=MAY), 50000, 1),
        (dict(measure="transfers", direction="in"), 50000, 1),  # GBP 425.00 at 0.85
        (dict(measure="money_in", include=dict(account_kinds=["card"])), 1000, 1),
        (dict(period=MAY, amount_min_minor=9500), 10000, 1),  # bounds are in the home currency
        (dict(statistic="average", per="month", period=MAY), 21200, 6),
        (dict(statistic="count", period=MAY, include=dict(merchants=["Diner"])), 1000, 1),
    ],
)
async def test_flows_are_summed_at_each_days_rate(
    database: Database, owner: Principal, query: dict[str, Any], amount_minor: int, count: int
) -> None:
    result = await ask(database, owner, **query)
    assert (result.currency, result.amount_minor, result.count) == ("EUR", amount_minor, count)


async def test_what_was_converted_is_said_with_the_rates_day(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, period=MAY)
    assert result.notes == ("refunds_deducted", "converted:GBP:2026-05-04", "converted:USD:2026-05-08", "rate_missing:KWD")
    groceries = await ask(database, owner, period=MAY, include=dict(categories=["Groceries"]))
    assert groceries.notes == ("converted:GBP:2026-05-04",)
    rail = await ask(database, owner, period=MAY, include=dict(merchants=["Rail"]))
    assert rail.notes == ()


async def test_a_comparison_says_the_rates_of_both_sides(database: Database, owner: Principal) -> None:
    june = {"start_on": "2026-06-01", "end_on": "2026-06-30"}
    result = await ask(database, owner, period=june, compare_period=MAY, include=dict(categories=["Groceries"]))
    assert result.comparison is not None
    assert (result.amount_minor, result.comparison.amount_minor) == (10000, 12200)
    assert result.notes == ("partial_period", "converted:GBP:2026-05-29")


async def test_groups_add_up_to_the_whole(database: Database, owner: Principal) -> None:
    for dimension in ("category", "merchant", "account", "week", "weekday"):
        result = await ask(database, owner, period=MAY, group_by=dimension)
        assert sum(row.amount_minor or 0 for row in result.rows) == result.amount_minor
        assert {row.currency for row in result.rows} == {"EUR"}


async def test_single_facts_rank_at_home_and_show_their_own(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, statistic="largest", limit=3, period=MAY)
    shown = [(fact.merchant, fact.currency, fact.magnitude_minor) for fact in result.transactions]
    assert shown == [("Tesco", "GBP", 8000), ("Rail", "EUR", 9000), ("Aldi", "EUR", 2200)]
    first, second, _ = result.transactions
    assert first.converted is not None
    assert first.converted.model_dump() == {"amount_minor": -10000, "currency": "EUR", "rate_on": date(2026, 5, 4)}
    assert second.converted is None
    assert (result.amount_minor, result.currency) == (10000, "EUR")
    assert result.notes == ("converted:GBP:2026-05-04", "rate_missing:KWD")


async def test_a_fact_without_a_rate_is_listed_but_in_no_sum(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, statistic="latest", include=dict(merchants=["Souk"]))
    fact = result.transactions[0]
    assert (fact.currency, fact.magnitude_minor, fact.converted, result.amount_minor) == ("KWD", 3000, None, None)
    assert result.notes == ("rate_missing:KWD",)


async def test_the_facts_behind_a_cell_are_found_whatever_their_currency(database: Database, owner: Principal) -> None:
    query = Query.model_validate(dict(statistic="largest", limit=5, period=MAY))
    result = await ask(database, owner, **query.model_dump())
    for at, fact in enumerate(result.transactions):
        async with database.read(owner) as connection:
            rows = (await lines_page(connection, behind(query, result, f"/transactions/{at}/magnitude_minor"), None, 10)).data
        assert [show("txn", row.transfer_id) for row in rows] == [fact.id]


async def test_balances_stand_in_their_own_currency_and_are_summed_at_the_latest_rate(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, measure="net_worth")
    rows = {row.label: row for row in result.rows}
    assert {name: (row.currency, row.amount_minor) for name, row in rows.items()} == {
        "Current": ("EUR", 200000), "London": ("GBP", 40000), "Dollars": ("USD", 30000), "Kuwait": ("KWD", 9000),
    }  # fmt: skip
    converted = rows["London"].converted
    assert converted is not None
    assert (converted.amount_minor, converted.rate_on) == (50000, date(2026, 6, 12))
    assert (result.currency, result.amount_minor) == ("EUR", 200000 + 50000 - 30000)
    assert result.notes == ("converted:GBP:2026-06-12", "converted:USD:2026-06-12", "rate_missing:KWD")


async def test_accounts_of_one_other_currency_are_told_in_it(database: Database, owner: Principal) -> None:
    london = await account_id(database, owner, "London")
    result = await ask(database, owner, measure="balance", include=dict(accounts=[london]))
    assert (result.currency, result.amount_minor, result.notes) == ("GBP", 40000, ())
    assert result.converted is not None
    assert (result.converted.amount_minor, result.converted.currency) == (50000, "EUR")
    card = await ask(database, owner, measure="balance", include=dict(account_kinds=["card"]))
    assert (card.currency, card.amount_minor, card.owed) == ("USD", 30000, True)


async def test_two_accounts_are_compared_in_one_currency(database: Database, owner: Principal) -> None:
    london, current = [await account_id(database, owner, name) for name in ("London", "Current")]
    result = await ask(database, owner, measure="balance", include=dict(accounts=[london]), compare_include=dict(accounts=[current]))
    assert result.comparison is not None
    assert (result.currency, result.amount_minor, result.comparison.amount_minor, result.comparison.change_minor) == (
        "EUR", 50000, 200000, -150000,
    )  # fmt: skip


async def test_a_past_day_has_that_days_rate_and_the_series_agrees_with_it(database: Database, owner: Principal) -> None:
    stretch = {"start_on": "2026-05-01", "end_on": "2026-06-15"}
    series = await ask(database, owner, measure="net_worth", group_by="day", period=stretch)
    by_day = {row.key: row.amount_minor for row in series.rows}
    for day in ("2026-05-04", "2026-05-10", "2026-05-29", "2026-05-31", "2026-06-15"):
        alone = await ask(database, owner, measure="net_worth", period={"start_on": day, "end_on": day})
        assert alone.amount_minor == by_day[day]
    assert by_day["2026-05-04"] == 259000 + 18125 - 24960  # EUR; GBP 145.00 at 0.80; USD 312.00 owed at 1.25
    assert len(series.rows) == 46
    assert "unknown_before:Kuwait" in series.notes


async def test_the_accounts_say_their_currency_and_the_total_at_home(database: Database, owner: Principal) -> None:
    found = await look_up_accounts(ToolContext(owner, database, FixedClock(NOON)), AccountsArguments())
    assert [(a.name, a.currency, a.balance_minor) for a in found.accounts] == [
        ("Current", "EUR", 200000), ("London", "GBP", 40000), ("Kuwait", "KWD", 9000), ("Dollars", "USD", 30000),
    ]  # fmt: skip
    assert (found.currency, found.total_minor) == ("EUR", 220000)
    assert found.notes == ("converted:GBP:2026-06-12", "converted:USD:2026-06-12", "rate_missing:KWD")


async def test_an_exchange_states_rate_day_and_source(database: Database, owner: Principal) -> None:
    context = ToolContext(owner, database, FixedClock(NOON))
    asked = ExchangeArguments(amount_minor=10000, from_currency="GBP", to_currency="JPY", on=date(2026, 5, 10))
    found = await look_up_exchange(context, asked)
    assert found.model_dump() == {
        "amount_minor": 10000, "from_currency": "GBP", "currency": "JPY", "converted_minor": 18824, "rate": "188.235",
        "rate_on": date(2026, 4, 30), "source": "ecb",
    }  # fmt: skip
    with pytest.raises(NotFound, match="KWD"):
        await look_up_exchange(context, ExchangeArguments(amount_minor=1, from_currency="EUR", to_currency="KWD"))
    with pytest.raises(Invalid):
        await look_up_exchange(context, ExchangeArguments(amount_minor=1, from_currency="EUR", to_currency="USD", on=date(2026, 6, 16)))
