"""What is said of recurring payments, the days ahead, a price and insights: (arguments, result) -> exact text, every figure bound."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.calls import Call
from assistant.render import Rendered
from tests.assistant.books import check, plan, speak
from tools.affordable import Affordable
from tools.cash_flow import CashFlow
from tools.insights import Insights
from tools.recurring import RecurringItems

ACCOUNT = "acc_" + "1" * 32
RISE = {
    "before_minor": 1299,
    "after_minor": 1399,
    "change_minor": 100,
    "change_ratio": 100 / 1299,
    "changed_on": "2026-10-08",
    "rise": True,
}


def item(merchant: str = "Netflix", minor: int = 1399, **cells: Any) -> dict[str, Any]:
    shown = {
        "id": "rec_" + "a" * 32, "merchant": merchant, "category": "Subscriptions", "kind": "subscription", "cadence": "monthly",
        "every": "month", "amount_minor": minor, "last_minor": minor, "last_on": "2026-11-08", "first_on": "2025-12-08",
        "next_on": "2026-12-08", "monthly_minor": minor, "yearly_minor": 12 * minor, "status": "active", "facts_count": 12,
        "account": "Visa", "account_id": ACCOUNT, "currency": "EUR", "price_change": None, "transaction_ids": [], "hidden": False,
    }  # fmt: skip
    return {**shown, **cells}


def items(*found: dict[str, Any], **cells: Any) -> dict[str, Any]:
    active = [one for one in found if one["status"] == "active"]
    monthly = sum(one["monthly_minor"] for one in active)
    shown = {
        "currency": "EUR", "items": found, "count": len(found), "active_count": len(active), "monthly_total_minor": monthly,
        "yearly_total_minor": 12 * monthly, "due_total_minor": monthly, "until_on": None,
        "rates": [], "notes": [],
    }  # fmt: skip
    return RecurringItems.model_validate({**shown, **cells}).model_dump(mode="json")


def flow(**cells: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "currency": "EUR", "balance_minor": 130_000, "savings_minor": None, "unknown_accounts": [], "from_on": "2026-11-21",
        "until_on": "2026-11-24", "days_count": 4, "to_payday": True, "next_income_on": "2026-11-25", "next_income_minor": 250_000,
        "next_income_from": "Acme", "income_total_minor": 0, "bills_total_minor": 0, "income_count": 0, "bills_count": 0,
        "expected_minor": 130_000, "lowest_minor": 130_000, "lowest_on": "2026-11-21", "usual_spending_minor": 6_000,
        "usual_low_minor": 3_000, "usual_high_minor": 9_000, "band_ratio": 0.8, "forecast_minor": 124_000, "forecast_low_minor": 121_000,
        "forecast_high_minor": 127_000, "rows": [row("2026-11-21", "Today", 0, 130_000)], "rates": [], "notes": [],
    }  # fmt: skip
    return CashFlow.model_validate({**shown, **cells}).model_dump(mode="json")


def row(on: str, label: str, minor: int, balance_minor: int | None) -> dict[str, Any]:
    return {
        "on": on, "due_on": on, "label": label, "kind": "bill", "amount_minor": minor, "balance_minor": balance_minor, "recurring_id": None
    }  # fmt: skip


def price(**cells: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "currency": "EUR", "amount_minor": 20_000, "balance_minor": 130_000, "savings_minor": 500_000, "unknown_accounts": [],
        "next_income_on": "2026-12-25", "next_income_minor": 250_000, "next_income_from": "Acme", "until_on": "2026-12-24",
        "days_count": 34, "bills": [{"merchant": "Landlord", "kind": "bill", "amount_minor": 90_000, "due_on": "2026-12-01"}],
        "bills_count": 1, "bills_total_minor": 90_000, "expected_minor": 40_000, "after_minor": 20_000, "budget": None,
        "usual_spending_minor": 30_000, "usual_low_minor": 20_000, "usual_high_minor": 45_000, "band_ratio": 0.8,
        "remaining_minor": -10_000, "rates": [], "notes": [],
    }  # fmt: skip
    return Affordable.model_validate({**shown, **cells}).model_dump(mode="json")


def insight(kind: str, **cells: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": "ins_" + "b" * 32, "kind": kind, "title": kind, "merchant": "Netflix", "other_merchant": None, "category": "Subscriptions",
        "amount_minor": 1_399, "before_minor": 1_299, "change_minor": 100, "change_ratio": 100 / 1299, "yearly_minor": 1_200,
        "on": "2026-10-08", "until_on": "2026-11-24", "recurring_ids": [], "evidence": {"query": None, "transaction_ids": []},
    }  # fmt: skip
    return {**shown, **cells}


def standing_out(*found: dict[str, Any], count: int | None = None) -> dict[str, Any]:
    told = {"currency": "EUR", "items": found, "count": len(found) if count is None else count, "rates": [], "notes": []}
    return Insights.model_validate(told).model_dump(mode="json")


def spoken(tool: str, args: dict[str, Any], result: dict[str, Any]) -> Rendered:
    made = Call(0, tool, args, result)
    whole = plan(made)
    rendered = speak(whole, made)
    assert check(rendered, whole, made) == []
    return rendered


OLD = item("FitX", 2990, next_on=None, status="ended", last_on="2026-06-02")
RECURRING: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (
        {"kind": "subscription", "status": "active"},
        items(item(), item("Spotify", 1099)),
        "You have 2 subscriptions: together €24.98 a month, €299.76 a year. The largest is Netflix with €13.99 a month.",
    ),
    (
        {"kind": "subscription"},
        items(item(), OLD),
        "You have 1 subscription: together €13.99 a month, €167.88 a year. The largest is Netflix with €13.99 a month."
        " The table also shows what has ended.",
    ),
    (
        {"merchant": "Netflix"},
        items(item(price_change=RISE)),
        "Netflix costs €13.99 every month; the next is expected on 8 December 2026."
        " Netflix went up from €12.99 to €13.99 (+7.7 %) on 8 October 2026.",
    ),
    (
        {"merchant": "AXA"},
        items(item("AXA", 30000, cadence="four_weekly", every="four weeks", monthly_minor=32500)),
        "AXA costs €300.00 every four weeks, which is €325.00 a month; the next is expected on 8 December 2026.",
    ),
    ({"merchant": "FitX"}, items(OLD), "FitX costs €29.90 every month, and has ended: the last was on 2 June 2026."),
    (
        {"kind": "income"},
        items(item("Acme", 250000, kind="income")),
        "Acme pays you €2,500.00 every month; the next is expected on 8 December 2026.",
    ),
    ({"changed_only": True}, items(item(price_change=RISE)), "Netflix went up from €12.99 to €13.99 (+7.7 %) on 8 October 2026."),
    (
        {"changed_only": True},
        items(item(price_change=RISE), item("Spotify", 1099, price_change=RISE)),
        "The price changed for 2 recurring payments:\n- Netflix went up from €12.99 to €13.99 (+7.7 %) on 8 October 2026"
        "\n- Spotify went up from €12.99 to €13.99 (+7.7 %) on 8 October 2026",
    ),
    (
        {"due_within_days": 30},
        items(item(), item("Rent", 90000), until_on="2026-12-21"),
        "Until 21 December 2026 €913.99 is due: Netflix (€13.99 on 8 December 2026) and Rent (€900.00 on 8 December 2026).",
    ),
    ({"due_within_days": 3}, items(until_on="2026-11-24"), "I know of nothing that is due until 24 November 2026."),
    (
        {"kind": "bill"},
        items(),
        "I found no regular bills. I call a payment recurring once a few of them keep a steady beat.",
    ),
    ({"changed_only": True, "merchant": "7-Eleven"}, items(), "I found no change of price among your recurring payments at 7-Eleven."),
    ({"kind": "subscription", "status": "ended"}, items(OLD, {**OLD, "merchant": "DAZN"}), "Your 2 subscriptions have ended."),
]  # fmt: skip
FLOWS: list[tuple[dict[str, Any], str]] = [
    (
        flow(),
        "You have €1,300.00 at hand (current accounts and cash, less what is owed on cards). Until 24 November 2026, the day before Acme"
        " should pay €2,500.00, I know of no bill and no income. Besides bills you usually spend about €60.00 in as many days, and between"
        " €30.00 and €90.00 in 80 % of all such stretches lately. By that forecast €1,240.00 would be left.",
    ),
    (
        flow(
            until_on="2026-12-12", to_payday=False, income_total_minor=250_000, income_count=1, bills_total_minor=420_000, bills_count=2,
            expected_minor=-40_000, lowest_minor=-50_000, lowest_on="2026-12-01", usual_spending_minor=None, usual_low_minor=None,
            usual_high_minor=None, forecast_minor=None, savings_minor=500_000,
            rows=[row("2026-11-21", "Today", 0, 130_000), row("2026-12-01", "Landlord", -180_000, -50_000)],
        ),
        "You have €1,300.00 at hand (current accounts and cash, less what is owed on cards; your savings of €5,000.00 are left out)."
        " Until 12 December 2026, €2,500.00 should come in and 2 known bills over €4,200.00 are due: that leaves you €400.00 short."
        " On the way it falls to -€500.00 on 1 December 2026. Your records are too short for me to say what you usually spend besides.",
    ),
    (
        flow(balance_minor=None, unknown_accounts=["Everyday"], expected_minor=None, lowest_minor=None, lowest_on=None),
        "I do not know what is in Everyday: nobody has told that balance. Open Accounts and tell me what the bank showed on any one day."
        " What I do know until 24 November 2026: €0.00 should come in and €0.00 in bills go out.",
    ),
]  # fmt: skip
PRICES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (
        {"amount_minor": 20_000},
        price(),
        "Bills: 1 bill over €900.00 is due until 24 December 2026; Acme should pay €2,500.00 on 25 December 2026.\n"
        "Cash: you have €1,300.00 at hand (current accounts and cash, less what is owed on cards; your savings of €5,000.00 are left out)."
        " After those bills that leaves €400.00, and after paying €200.00 €200.00. Besides bills you usually spend about €300.00 in as many"
        " days, and between €200.00 and €450.00 in 80 % of all such stretches lately. By that forecast you would be €100.00"
        " short.\nBudget: tell me what it is for, and I will look at the budget that it belongs to.",
    ),
]  # fmt: skip
INSIGHTS: list[tuple[dict[str, Any], str]] = [
    (insight("price_rise"), "Netflix went from €12.99 to €13.99 (+7.7 %) on 8 October 2026: €12.00 more a year."),
    (insight("new_subscription"), "Netflix is new since 8 October 2026: €13.99 each time, €12.00 a year."),
    (
        insight("overlapping_subscriptions", other_merchant="Deezer"),
        "Netflix and Deezer do the same; without Netflix you would keep €12.00 a year.",
    ),
    (insight("large_payment"), "€13.99 to Netflix on 8 October 2026 is far above the usual €12.99."),
    (insight("category_pace"), "You have spent €13.99 on Subscriptions so far this month; by this day it is usually €12.99."),
    (insight("fee"), "Netflix charged a fee of €13.99 on 8 October 2026."),
    (insight("foreign_fee"), "Paying in another currency cost a fee of €13.99 on 8 October 2026 (Netflix)."),
    (insight("double_charge"), "Netflix charged the same €13.99 again on 8 October 2026, within days: that may be a mistake."),
    (insight("refund"), "Netflix gave back €13.99 on 8 October 2026."),
    (
        insight("low_balance", merchant=None),
        "With the bills that I know of and what you usually spend, you may be €13.99 short by 24 November 2026, before your next pay;"
        " that is a forecast.",
    ),
    (insight("income_late"), "Netflix has not paid yet: €13.99 was expected on 8 October 2026."),
]


@pytest.mark.parametrize(("args", "result", "text"), RECURRING)
def test_recurring(args: dict[str, Any], result: dict[str, Any], text: str) -> None:
    assert spoken("recurring", args, result).answer == text


@pytest.mark.parametrize(("result", "text"), FLOWS)
def test_cash_flow(result: dict[str, Any], text: str) -> None:
    assert spoken("cash_flow", {}, result).answer.replace("\n", " ") == text


def test_cash_flow_draws_what_is_at_hand_by_day() -> None:
    blocks = spoken("cash_flow", {}, FLOWS[1][0]).blocks
    chart = next(block for block in blocks if block["type"] == "chart")
    assert chart["kind"] == "line"
    assert [(point["x"], point["y"]) for point in chart["series"][0]["points"]] == [
        ("21 November 2026", 130_000),
        ("1 December 2026", -50_000),
    ]


@pytest.mark.parametrize(("args", "result", "text"), PRICES)
def test_affordable(args: dict[str, Any], result: dict[str, Any], text: str) -> None:
    assert spoken("affordable", args, result).answer == text


def test_affordable_states_the_budget_before_and_after() -> None:
    budget = {
        "category": "Fun",
        "period": "month",
        "limit_minor": 30_000,
        "left_minor": 12_000,
        "after_minor": -8_000,
        "end_on": "2026-11-30",
    }
    answer = spoken("affordable", {"amount_minor": 20_000, "category": "Fun"}, price(budget=budget)).answer
    assert answer.endswith("Budget: your Fun budget has €120.00 left until 30 November 2026; with this it would be over by €80.00.")


def test_affordable_with_unknown_balances_says_so() -> None:
    told = price(balance_minor=None, expected_minor=None, after_minor=None, remaining_minor=None, unknown_accounts=["Everyday", "Visa"])
    answer = spoken("affordable", {"amount_minor": 20_000, "merchant": "Aldi"}, told).answer
    assert "Cash: I do not know what is in Everyday and Visa: nobody has told those balances." in answer
    assert answer.endswith("Budget: you have set none for it.")


@pytest.mark.parametrize(("found", "text"), INSIGHTS, ids=[found["kind"] for found, _ in INSIGHTS])
def test_an_insight_is_said_with_its_figures(found: dict[str, Any], text: str) -> None:
    assert spoken("insights", {}, standing_out(found)).answer == text


def test_several_insights_are_a_list_and_what_is_left_out_is_said() -> None:
    answer = spoken("insights", {"limit": 2}, standing_out(insight("fee"), insight("refund"), count=5)).answer
    assert answer.splitlines()[0] == "This stands out, the weightiest first; there is more:"
    assert len(answer.splitlines()) == 3


def test_no_insight_is_good_news() -> None:
    assert spoken("insights", {}, standing_out()).answer.startswith("Nothing stands out")
