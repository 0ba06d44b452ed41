"""Whole turns over books in several currencies: home is EUR, an account is in GBP, a card in USD. Every sign must be the right one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from assistant.turn import Assistant
from kit.clock import FixedClock
from kit.db import Database
from kit.identity import Principal
from tests.assistant.turns import Heart, answer_of, planned, step
from tests.people import add_customer
from tests.rates import load_rates_of_tests
from tests.tools.books import Fact, keep

CLOCK = FixedClock(datetime(2026, 6, 15, 9, 0, tzinfo=UTC))
FACTS = [
    Fact("2026-04-30", 300000, "Acme", "Salary", "income"),
    Fact("2026-05-02", -2200, "Aldi", "Groceries", "spending"),
    Fact("2026-05-02", -1100, "Diner", "Eating out", "spending", "Dollars"),  # 1.10 of 30 April: EUR 10.00
    Fact("2026-05-05", -8000, "Tesco", "Groceries", "spending", "London"),  # 0.80 of 4 May: EUR 100.00
    Fact("2026-05-06", -9000, "Rail", "Transport", "spending"),
    Fact("2026-05-11", -50000, "London", "Transfer", "transfer"),
    Fact("2026-05-12", 42500, "Current", "Transfer", "transfer", "London"),
]
CLOSINGS = {"Current": ("2026-05-11", 200000), "London": ("2026-05-12", 40000), "Dollars": ("2026-05-02", -30000)}
MAY = {"start_on": "2026-05-01", "end_on": "2026-05-31", "label": "in May 2026"}
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "spending": ("query", dict(measure="spending", period=MAY)),
    "by_category": ("query", dict(measure="spending", period=MAY, group_by="category")),
    "largest": ("query", dict(measure="spending", statistic="largest", period=MAY)),
    "ranked": ("query", dict(measure="spending", statistic="largest", limit=3, period=MAY)),
    "transfers": ("query", dict(measure="transfers", period=MAY)),
    "together": ("query", dict(measure="balance")),
    "net_worth": ("query", dict(measure="net_worth")),
    "in_may": ("query", dict(measure="net_worth", period={"start_on": "2026-05-10", "end_on": "2026-05-10", "label": "on 10 May 2026"})),
    "card": ("query", dict(measure="balance", include=dict(account_kinds=["card"]))),
    "most": ("query", dict(measure="balance", group_by="account", order="descending")),
    "by_day": ("query", dict(measure="net_worth", group_by="month")),
    "accounts": ("accounts", {}),
    "exchange": ("exchange", dict(amount_minor=10000, from_currency="GBP", to_currency="USD", on="2026-05-10")),
    "ahead": ("cash_flow", dict(until="month_end")),
    "afford": ("affordable", dict(amount_minor=5000)),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def me(database: Database, kek: bytes) -> Principal:
    await load_rates_of_tests(database)
    principal = await add_customer(database, kek)
    await keep(database, principal, FACTS, CLOSINGS)
    return principal


async def ask(database: Database, me: Principal, name: str) -> dict[str, Any]:
    assistant = Assistant(Heart(planned(name, step(*ASKED[name]))), database, CLOCK)
    talk = await assistant.conversations.create(me)
    return await answer_of(assistant, me, talk.id, name)


def cells(turn: dict[str, Any], key: str) -> list[str]:
    table = next(block for block in turn["blocks"] if block["type"] == "table")
    return [row[key]["text"] for row in table["rows"]]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (
            "spending",
            "You spent €222.00 in May 2026. That is 4 payments. Other currencies count at each day's rate: GBP as of 4 May 2026 and USD"
            " as of 30 April 2026.",
        ),
        ("largest", "Your largest payment in May 2026 was £80.00 (€100.00 at the rate of 4 May 2026) at Tesco on 5 May 2026."),
        ("transfers", "You moved €500.00 between your own accounts in May 2026. That is 1 transfer."),
        (
            "together",
            "All together you have €2,200.00: current accounts, savings and cash, less what you owe on cards. Other currencies count at the"
            " latest rate: GBP as of 12 June 2026 and USD as of 12 June 2026.",
        ),
        (
            "net_worth",
            "Your net worth is €2,200.00: what your accounts hold, less what you owe. Other currencies count at the latest rate: GBP as of"
            " 12 June 2026 and USD as of 12 June 2026.",
        ),
        ("exchange", "£100.00 comes to $141.18, at the rate of 8 May 2026: one GBP for 1.41176 USD."),
        ("card", "You owe $300.00 (€300.00 at the rate of 12 June 2026) on Dollars."),
    ],
)
async def test_an_answer_names_each_amount_in_its_currency_and_the_rates(database: Database, me: Principal, name: str, answer: str) -> None:
    turn = await ask(database, me, name)
    assert (turn["status"], turn["answer"].split("\n")[0].replace("  ", " ")) == ("answered", answer)


async def test_a_past_net_worth_counts_at_that_days_rate(database: Database, me: Principal) -> None:
    turn = await ask(database, me, "in_may")
    # EUR 2,500.00; GBP -25.00 at 0.85 is EUR -29.41; USD 300.00 owed at 1.20
    assert turn["figures"][0]["text"] == "€2,220.59"
    assert "GBP as of 8 May 2026 and USD as of 8 May 2026" in turn["answer"]


@pytest.mark.parametrize("name", ["ahead", "afford"])
async def test_what_looks_ahead_says_the_rates(database: Database, me: Principal, name: str) -> None:
    turn = await ask(database, me, name)
    assert "€2,200.00" in turn["answer"]
    assert "Other currencies count at the latest rate: GBP as of 12 June 2026 and USD as of 12 June 2026." in turn["answer"]


async def test_tables_carry_each_rows_currency(database: Database, me: Principal) -> None:
    assert cells(await ask(database, me, "ranked"), "magnitude_minor") == ["£80.00", "€90.00", "€22.00"]
    assert cells(await ask(database, me, "together"), "amount_minor") == ["€2,000.00", "£400.00", "$300.00 owed"]
    assert cells(await ask(database, me, "accounts"), "balance_minor") == ["€2,000.00", "£400.00", "$300.00 owed"]
    assert cells(await ask(database, me, "by_category"), "amount_minor") == ["€122.00", "€90.00", "€10.00"]


async def test_figures_say_their_unit(database: Database, me: Principal) -> None:
    turns = [await ask(database, me, name) for name in ASKED]
    units = {figure["text"]: figure["unit"] for turn in turns for figure in turn["figures"]}
    signs = {"€": "EUR", "£": "GBP", "$": "USD"}
    money = {text: unit for text, unit in units.items() if text.lstrip("-")[0] in signs}
    assert {signs[text.lstrip("-")[0]] for text in money} == {"EUR", "GBP", "USD"}
    assert all(unit == signs[text.lstrip("-")[0]] for text, unit in money.items())


async def test_the_account_with_the_most_is_the_one_that_is_worth_most(database: Database, me: Principal) -> None:
    turn = await ask(database, me, "most")
    assert turn["answer"].startswith("The most is in Current: €2,000.00")


async def test_a_chart_of_net_worth_is_in_the_home_currency(database: Database, me: Principal) -> None:
    turn = await ask(database, me, "by_day")
    chart = next(block for block in turn["blocks"] if block["type"] == "chart")
    assert (chart["unit"], [point["text"] for point in chart["series"][0]["points"]]) == ("EUR", ["€2,612.00", "€2,194.44", "€2,200.00"])
