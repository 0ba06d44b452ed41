"""From a figure to its rows, over books that are real."""

from __future__ import annotations

from datetime import date

from assistant.turn import Assistant
from kit.db import Database
from tests.assistant.turns import CLOCK, Heart, planned, step
from tests.tools.books import Fact, keep
from tests.web.chat.conftest import Open
from tools.query.model import Comparison, Period, Query, Subject

MAY = Period(start_on=date(2026, 5, 1), end_on=date(2026, 5, 31), label="in May 2026")
APRIL = Period(start_on=date(2026, 4, 1), end_on=date(2026, 4, 30), label="in April 2026")
FACTS = [
    Fact("2026-04-03", -1000, "Aldi", "Groceries", "spending"),
    Fact("2026-05-04", -2500, "Aldi", "Groceries", "spending"),
    Fact("2026-05-09", -1500, "Lidl", "Groceries", "spending"),
    Fact("2026-05-20", 500, "Lidl", "Groceries", "refund"),
    Fact("2026-05-28", 250000, "Acme", "Salary", "income"),
]
GROCERIES = Query(period=MAY, include=Subject(categories=("Groceries",)), compare_period=APRIL)
PLANS = (
    planned("food", step("query", GROCERIES, subject="on groceries")),
    planned("both", step("query", Query(measure="income", period=MAY)), step("query", Query(period=MAY)), form="difference"),
    planned("accounts", step("accounts", {})),
)


async def test_the_rows_behind_a_figure_add_up_to_it(open_chat: Open, database: Database) -> None:
    chat = await open_chat()
    await keep(database, chat.me, FACTS)
    chat.app.state.assistant = Assistant(Heart(*PLANS), database, CLOCK)
    talk = await chat.new()
    turn = (await chat.say("food", talk)).json()
    assert turn["answer"].startswith("You spent €25.00 more on groceries in May 2026 than in April 2026: €35.00 against €10.00")
    assert Comparison.model_validate(turn["tool_calls"][0]["result"]["comparison"]).change_minor == 2500
    by_path = {figure["source"]["path"]: figure["id"] for figure in turn["figures"]}
    address = f"/v1/conversations/{talk}/turns/{turn['id']}/figures"
    main = (await chat.http.get(f"{address}/{by_path['/amount_minor']}/rows")).json()
    assert -sum(fact["amount_minor"] for fact in main["data"]) == 3500
    other = (await chat.http.get(f"{address}/{by_path['/comparison/amount_minor']}/rows")).json()
    assert [fact["amount_minor"] for fact in other["data"]] == [-1000]
    page = (await chat.http.get(f"{address}/{by_path['/amount_minor']}/rows", params={"limit": 2})).json()
    rest = (await chat.http.get(f"{address}/{by_path['/amount_minor']}/rows", params={"cursor": page["next_cursor"]})).json()
    assert page["data"] + rest["data"] == main["data"]
    assert (await chat.http.get(f"{address}/f99/rows")).json()["code"] == "figure_is_unknown"


async def test_a_computed_figure_has_the_rows_of_its_inputs_and_its_formula(open_chat: Open, database: Database) -> None:
    chat = await open_chat()
    await keep(database, chat.me, FACTS)
    chat.app.state.assistant = Assistant(Heart(*PLANS), database, CLOCK)
    talk = await chat.new()
    turn = (await chat.say("both", talk)).json()
    assert turn["answer"].startswith("You received €2,465.00 more than you spent")
    rows = (await chat.http.get(f"/v1/conversations/{talk}/turns/{turn['id']}/figures/f1/rows")).json()
    assert rows["formula"] == "a - b"
    assert sum(fact["amount_minor"] for fact in rows["data"]) == 246500


async def test_the_rows_behind_an_accounts_balance_are_its_movements(open_chat: Open, database: Database) -> None:
    chat = await open_chat()
    await keep(database, chat.me, FACTS, {"Current": ("2026-05-31", 300000)})
    chat.app.state.assistant = Assistant(Heart(*PLANS), database, CLOCK)
    talk = await chat.new()
    turn = (await chat.say("accounts", talk)).json()
    assert turn["answer"] == "You have 1 account: Current (€3,000.00)."
    balance = next(figure["id"] for figure in turn["figures"] if figure["source"]["path"] == "/accounts/0/balance_minor")
    rows = (await chat.http.get(f"/v1/conversations/{talk}/turns/{turn['id']}/figures/{balance}/rows")).json()
    assert len(rows["data"]) == len(FACTS)
    count = next(figure["id"] for figure in turn["figures"] if figure["source"]["path"] == "/count")
    missing = await chat.http.get(f"/v1/conversations/{talk}/turns/{turn['id']}/figures/{count}/rows")
    assert missing.json()["code"] == "figure_has_no_rows"
