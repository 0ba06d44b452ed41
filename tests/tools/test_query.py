"""The typed query against small books whose answers are plain to see (docs/definitions.md)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from pydantic import ValidationError

from kit.db import Database
from kit.errors import Invalid
from kit.identity import Principal
from tests.people import add_customer
from tests.tools.books import Fact, keep
from tools.query.model import Period, Query, Result
from tools.query.run import run_query

TODAY = date(2026, 6, 15)
FACTS = [
    Fact("2026-03-31", 300000, "Acme", "Salary", "income"),
    Fact("2026-04-03", -8000, "Aldi", "Groceries", "spending"),
    Fact("2026-04-20", -2000, "Aldi", "Groceries", "spending"),
    Fact("2026-04-30", 300000, "Acme", "Salary", "income"),
    Fact("2026-05-01", -90000, "Landlord", "Rent", "spending"),
    Fact("2026-05-02", -6000, "Aldi", "Groceries", "spending"),
    Fact("2026-05-09", -4000, "Rewe", "Groceries", "spending"),
    Fact("2026-05-10", 1500, "Aldi", "Groceries", "refund"),
    Fact("2026-05-12", -50000, "Savings", "Transfer", "transfer"),
    Fact("2026-05-12", 50000, "Current", "Transfer", "transfer", "Savings"),
    Fact("2026-05-20", -3000, "Cinema", "Fun", "spending", "Visa"),
    Fact("2026-05-29", 310000, "Acme", "Salary", "income"),
    Fact("2026-05-30", -20000, "Broker", "Investments", "investment"),
    Fact("2026-06-02", -7000, "Aldi", "Groceries", "spending"),
]
CLOSINGS = {"Current": ("2026-06-02", 500000), "Savings": ("2026-05-12", 150000), "Visa": ("2026-05-20", -3000)}
MAY = {"start_on": "2026-05-01", "end_on": "2026-05-31", "label": "in May 2026"}
APRIL = {"start_on": "2026-04-01", "end_on": "2026-04-30", "label": "in April 2026"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def owner(database: Database, kek: bytes) -> Principal:
    principal = await add_customer(database, kek)
    await keep(database, principal, FACTS, CLOSINGS)
    return principal


async def ask(database: Database, owner: Principal, **query: Any) -> Result:
    async with database.read(owner) as connection:
        return await run_query(connection, owner.currency, Query.model_validate(query), TODAY)


@pytest.mark.parametrize(
    ("query", "amount_minor", "count"),
    [
        (dict(period=MAY), 90000 + 6000 + 4000 - 1500 + 3000, 5),
        (dict(period=MAY, include=dict(categories=["groceries"])), 8500, 3),
        (dict(period=MAY, include=dict(categories=["Groceries", "Rent"])), 98500, 4),
        (dict(period=MAY, exclude=dict(categories=["Rent"])), 11500, 4),
        (dict(period=MAY, exclude=dict(categories=["Rent"], merchants=["REWE"])), 7500, 3),
        (dict(period=MAY, include=dict(account_kinds=["card"])), 3000, 1),
        (dict(period=MAY, include=dict(text=["ald"])), 4500, 2),
        (dict(period=MAY, include=dict(text=["%"])), 0, 0),
        (dict(period=MAY, include=dict(weekdays=[6, 7])), 6000 + 4000 - 1500, 3),
        (dict(period=MAY, amount_min_minor=4000, amount_max_minor=6000), 10000, 2),
        (dict(statistic="count", period=MAY, include=dict(merchants=["Aldi"])), 6000, 1),
        (dict(measure="income", period=MAY), 310000, 1),
        (dict(measure="net_cash_flow", period=MAY), 310000 - 101500, 6),
        (dict(measure="refunds"), 1500, 1),
        (dict(measure="transfers", period=MAY), 50000, 1),
        (dict(measure="transfers", direction="in", include=dict(account_kinds=["savings"])), 50000, 1),
        (dict(measure="investments"), 20000, 1),
        (dict(measure="money_in", period=MAY), 311500, 2),
        (dict(measure="money_out", period=MAY), 90000 + 6000 + 4000 + 3000 + 20000, 5),
        (dict(measure="money_in", include=dict(account_kinds=["savings"])), 50000, 1),
        (dict(statistic="largest", period=MAY), 90000, 4),
        (dict(statistic="largest", period=MAY, exclude=dict(categories=["Rent"])), 6000, 3),
        (dict(statistic="smallest", period=MAY), 3000, 4),
        (dict(statistic="latest", include=dict(merchants=["Aldi"])), 7000, 4),
        (dict(statistic="earliest"), 8000, 7),
        (dict(measure="income", statistic="latest"), 310000, 3),
        (dict(statistic="average", per="transaction", include=dict(merchants=["Aldi"])), 5750, 4),
        (dict(statistic="average", per="month", include=dict(categories=["Groceries"])), 9250, 5),
        (dict(statistic="average", per="month", period=MAY), 101500, 5),
        (dict(statistic="average", per="day", period={**MAY, "start_on": "2026-06-01", "end_on": "2026-06-30"}), 467, 1),
        (dict(measure="balance"), 500000 + 150000 - 3000, 3),
        (dict(measure="balance", include=dict(account_kinds=["card"])), 3000, 1),
        (dict(measure="balance", period={"start_on": "2026-05-11", "end_on": "2026-05-11"}), 267000 + 100000, 3),
        (dict(measure="net_worth"), 647000, 3),
    ],
)  # fmt: skip
async def test_a_query_means_what_the_definitions_say(
    database: Database, owner: Principal, query: dict[str, Any], amount_minor: int, count: int
) -> None:
    result = await ask(database, owner, **query)
    assert (result.amount_minor, result.count) == (amount_minor, count)


async def test_a_card_alone_says_what_is_owed(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, measure="balance", include={"account_kinds": ["card"]})
    assert (result.owed, result.rows[0].owed, result.rows[0].amount_minor) == (True, True, 3000)
    assert not (await ask(database, owner, measure="balance")).owed


async def test_groups_come_by_size_with_their_share(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, period=MAY, group_by="category")
    assert [(row.label, row.amount_minor, row.count) for row in result.rows] == [
        ("Rent", 90000, 1),
        ("Groceries", 8500, 3),
        ("Fun", 3000, 1),
    ]
    assert result.groups_count == 3
    assert result.rows[0].share_ratio == pytest.approx(90000 / 101500)


async def test_months_come_in_order_without_gaps_up_to_today(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, group_by="month", include={"merchants": ["Cinema"]})
    assert [(row.label, row.amount_minor) for row in result.rows] == [
        ("March 2026", 0), ("April 2026", 0), ("May 2026", 3000), ("June 2026", 0),
    ]  # fmt: skip


async def test_a_rank_and_a_limit_leave_the_total_whole(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, group_by="month", order="descending", limit=1)
    assert [row.label for row in result.rows] == ["May 2026"]
    assert result.amount_minor == 10000 + 101500 + 7000
    assert "truncated" in result.notes


async def test_weekdays_and_accounts_have_names(database: Database, owner: Principal) -> None:
    weekdays = await ask(database, owner, group_by="weekday", period=MAY)
    assert [(row.key, row.label) for row in weekdays.rows][:2] == [("3", "Wednesday"), ("5", "Friday")]
    accounts = await ask(database, owner, group_by="account", period=MAY)
    assert [(row.label, row.amount_minor) for row in accounts.rows] == [("Current", 98500), ("Visa", 3000)]


async def test_a_comparison_gives_the_change_and_its_ratio(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, period=MAY, compare_period=APRIL, include={"categories": ["Groceries"]})
    assert result.comparison is not None
    assert (result.comparison.amount_minor, result.comparison.change_minor) == (10000, -1500)
    assert result.comparison.change_ratio == pytest.approx(-0.15)
    nothing = await ask(database, owner, period=MAY, compare_period=APRIL, include={"categories": ["Fun"]})
    assert nothing.comparison is not None
    assert nothing.comparison.change_ratio is None


async def test_two_subjects_are_compared_over_one_period(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, period=MAY, include={"merchants": ["Aldi"]}, compare_include={"merchants": ["Rewe"]})
    assert result.comparison is not None
    assert (result.amount_minor, result.comparison.amount_minor, result.comparison.change_minor) == (4500, 4000, 500)


async def test_a_share_is_of_the_same_measure_and_period(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, period=MAY, include={"categories": ["Rent"]}, share=True)
    assert (result.amount_minor, result.whole_minor) == (90000, 101500)
    assert result.share_ratio == pytest.approx(90000 / 101500)


async def test_the_savings_rate_is_undefined_without_income(database: Database, owner: Principal) -> None:
    assert (await ask(database, owner, measure="savings_rate", period=MAY)).ratio == pytest.approx(208500 / 310000)
    june = {"start_on": "2026-06-01", "end_on": "2026-06-30"}
    assert (await ask(database, owner, measure="savings_rate", period=june)).ratio is None


async def test_single_facts_carry_what_one_wants_to_know(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, statistic="largest", period=MAY, limit=2)
    assert [(f.merchant, f.booked_on.isoformat(), f.amount_minor, f.magnitude_minor) for f in result.transactions] == [
        ("Landlord", "2026-05-01", -90000, 90000),
        ("Aldi", "2026-05-02", -6000, 6000),
    ]


async def test_notes_say_what_a_careful_reader_must_know(database: Database, owner: Principal) -> None:
    assert (await ask(database, owner, period=MAY)).notes == ("refunds_deducted",)
    june = {"start_on": "2026-06-01", "end_on": "2026-06-30"}
    assert "partial_period" in (await ask(database, owner, period=june)).notes
    old = {"start_on": "2025-01-01", "end_on": "2025-01-31"}
    assert "before_first_fact" in (await ask(database, owner, period=old)).notes
    assert "starts_before_first_fact" in (await ask(database, owner, period={**MAY, "start_on": "2026-01-01"})).notes
    too_new = await ask(database, owner, statistic="average", per="month", period=june)
    assert (too_new.amount_minor, too_new.notes) == (None, ("no_complete_period",))
    assert (await ask(database, owner, statistic="list", limit=1)).notes == ("truncated",)


async def test_an_unknown_balance_is_said_and_left_out(database: Database, kek: bytes) -> None:
    owner = await add_customer(database, kek)
    await keep(database, owner, [Fact("2026-05-01", -100, "A", "B", "spending"), Fact("2026-05-01", 100, "A", "B", "income", "Savings")],
               {"Savings": ("2026-05-01", 700)})  # fmt: skip
    result = await ask(database, owner, measure="balance")
    assert (result.amount_minor, result.notes) == (700, ("balance_unknown:Current",))
    assert {row.label: row.amount_minor for row in result.rows} == {"Current": None, "Savings": 700}


async def test_net_worth_along_months_is_read_at_their_ends(database: Database, owner: Principal) -> None:
    result = await ask(database, owner, measure="net_worth", group_by="month")
    assert [(row.label, row.amount_minor, str(row.end_on)) for row in result.rows][-2:] == [
        ("May 2026", 507000 + 150000 - 3000, "2026-05-31"),
        ("June 2026", 647000, "2026-06-15"),
    ]


async def test_a_stranger_sees_nothing_of_it(database: Database, owner: Principal, kek: bytes) -> None:
    stranger = await add_customer(database, kek)
    async with database.read(owner) as connection:
        account = await connection.fetchval("select 'acc_' || replace(id::text, '-', '') from ledger.accounts where name = 'Current'")
    for query in (dict(include=dict(accounts=[account])), dict(measure="balance", include=dict(accounts=[account])), dict()):
        result = await ask(database, stranger, **query)
        assert (result.amount_minor or 0, result.count, result.rows) == (0, 0, ())


async def test_a_malformed_account_is_named(database: Database, owner: Principal) -> None:
    with pytest.raises(Invalid, match="is not the id of an account"):
        await ask(database, owner, include={"accounts": ["acc_1'; drop table ledger.entries"]})


@pytest.mark.parametrize(
    "query",
    [
        dict(statistic="average"),
        dict(per="month"),
        dict(measure="balance", statistic="count"),
        dict(measure="net_cash_flow", statistic="largest"),
        dict(statistic="latest", group_by="month"),
        dict(compare_period=MAY, compare_include=dict(merchants=["x"])),
        dict(direction="in"),
        dict(amount_min_minor=5, amount_max_minor=4),
        dict(period=dict(start_on="2026-05-02", end_on="2026-05-01")),
        dict(include=dict(weekdays=[0])),
        dict(limit=0),
        dict(surprise=1),
        dict(amount_min_minor=-1),
    ],
)
def test_a_query_that_means_nothing_is_refused(query: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Query.model_validate(query)


def test_a_period_holds_both_its_ends() -> None:
    assert Period(start_on=date(2026, 5, 1), end_on=date(2026, 5, 1)).start_on == date(2026, 5, 1)
