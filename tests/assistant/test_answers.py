"""What is said for each shape of a question: (query, result) -> exact text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.assistant.books import (
    ACCOUNTS,
    APRIL,
    MAY,
    Comparison,
    Period,
    Query,
    Row,
    Subject,
    fact,
    groceries,
    query,
    result,
    said,
)

YEAR = Period(start_on=date(2026, 1, 1), end_on=date(2026, 12, 31), label="this year")
EVERYDAY, VISA, NEST = ACCOUNTS
SHOPS = Subject(merchants=("Aldi", "Lidl"), accounts=(EVERYDAY,))
FOOD = Row(key="Groceries", label="Groceries", amount_minor=8420, count=12, share_ratio=0.6)
OUT = Row(key="Eating out", label="Eating out", amount_minor=4000, count=3, share_ratio=0.3)
SHOP = Row(key="7-Eleven", label="7-Eleven", amount_minor=1400, count=1, share_ratio=0.1)


def month(number: int, minor: int | None, **cells: Any) -> Row:
    names = {4: "April 2026", 5: "May 2026", 6: "June 2026"}
    start = date(2026, number, 1)
    shown = {"key": start.isoformat(), "label": names[number], "amount_minor": minor, "count": 2, "start_on": start}
    return Row.model_validate({**shown, **cells})


def other(minor: int | None = 6420, **cells: Any) -> Comparison:
    change = None if minor is None else 8420 - minor
    ratio = change / minor if change is not None and minor else None
    shown = {
        "label": "",
        "period": APRIL,
        "amount_minor": minor,
        "count": 9,
        "change_minor": change,
        "change_count": 3,
        "change_ratio": ratio,
    }
    return Comparison.model_validate({**shown, **cells})


def held(*minors: int | None) -> tuple[Row, ...]:
    return tuple(
        Row(key=key, label=name, amount_minor=minor, count=1, owed=name == "Visa")
        for (key, name), minor in zip(ACCOUNTS.items(), minors, strict=False)
    )


TOTALS: list[tuple[Query, dict[str, Any], str]] = [
    (groceries(), {}, "You spent €84.20 on Groceries in May 2026. That is 12 payments."),
    (groceries(), {"notes": ("refunds_deducted",)}, "You spent €84.20 on Groceries in May 2026, refunds deducted. That is 12 bookings."),
    (
        groceries(),
        {"amount_minor": -500, "count": 1},
        "You got €5.00 more back in refunds than you spent on Groceries in May 2026. That is 1 payment.",
    ),
    (query(measure="income"), {"count": 1}, "You received €84.20 in May 2026. That is 1 incoming payment."),
    (query(measure="refunds"), {}, "You got €84.20 back in refunds in May 2026. That is 12 refunds."),
    (query(measure="investments"), {}, "You put €84.20 into investments in May 2026. That is 12 investments."),
    (query(measure="transfers"), {}, "You moved €84.20 between your own accounts in May 2026. That is 12 transfers."),
    (query(measure="transfers", direction="in"), {}, "You moved €84.20 between your own accounts in May 2026. That is 12 transfers."),
    (query(measure="money_in"), {}, "€84.20 reached your accounts in May 2026. That is 12 incoming payments."),
    (query(measure="money_out"), {}, "€84.20 left your accounts in May 2026. That is 12 outgoing payments."),
    (query(measure="movements"), {"amount_minor": -50}, "Everything booked adds up to -€0.50 in May 2026. That is 12 bookings."),
    (query(measure="net_cash_flow"), {}, "You kept €84.20 of what you received in May 2026."),
    (query(measure="net_cash_flow"), {"amount_minor": -50}, "You spent €0.50 more than you received in May 2026."),
    (query(measure="net_cash_flow"), {"amount_minor": 0}, "You spent exactly what you received in May 2026."),
    (
        Query(include=SHOPS, exclude=Subject(categories=("Rent",)), amount_min_minor=5000),
        {"period": MAY},
        "You spent €84.20 at Aldi and Lidl from Everyday of at least €50.00 without Rent since 3 January 2025. That is 12 payments.",
    ),
    (
        query(include=Subject(weekdays=(6, 7), account_kinds=("card",))),
        {},
        "You spent €84.20 from your cards on Saturdays and Sundays in May 2026. That is 12 payments.",
    ),
    (
        groceries(period=Period(start_on=date(2026, 11, 9), end_on=date(2026, 11, 15), label="last week")),
        {},
        "You spent €84.20 on Groceries last week (9 to 15 November 2026). That is 12 payments.",
    ),
    (
        groceries(period=Period(start_on=date(2026, 11, 9), end_on=date(2026, 11, 15))),
        {},
        "You spent €84.20 on Groceries from 9 to 15 November 2026. That is 12 payments.",
    ),
    (
        groceries(period=Period(start_on=date(2026, 11, 1), end_on=date(2026, 11, 30), label="this month")),
        {"notes": ("partial_period",)},
        "You spent €84.20 on Groceries this month (November 2026). That is 12 payments."
        " That time is not over yet; your records run to 20 November 2026.",
    ),
    (
        groceries(period=Period(start_on=date(2024, 7, 1), end_on=date(2025, 6, 30))),
        {"notes": ("starts_before_first_fact",)},
        "You spent €84.20 on Groceries from July 2024 to June 2025. That is 12 payments."
        " Your records begin on 3 January 2025, so nothing earlier is counted.",
    ),
]  # fmt: skip
NOTHING: list[tuple[Query, dict[str, Any], str]] = [
    (groceries(), {"amount_minor": 0, "count": 0}, "I found no spending on Groceries in May 2026."),
    (groceries(statistic="latest"), {"amount_minor": None, "count": 0}, "I found no spending on Groceries in May 2026."),
    (
        groceries(),
        {"amount_minor": 0, "count": 0, "notes": ("before_first_fact",)},
        "I cannot say: your records begin on 3 January 2025, and you asked about spending on Groceries in May 2026.",
    ),
    (
        groceries(),
        {"amount_minor": 0, "count": 0, "first_on": None, "last_on": None},
        "There is nothing in your books yet. Import a file from your bank under Import, and ask me again.",
    ),
]
STATISTICS: list[tuple[Query, dict[str, Any], str]] = [
    (groceries(statistic="count"), {}, "I count 12 payments on Groceries in May 2026, €84.20 in all."),
    (
        groceries(statistic="average", per="month"),
        {"periods_count": 4, "period": Period(start_on=date(2026, 1, 1), end_on=date(2026, 4, 30))},
        "On average you spent €84.20 a month on Groceries in May 2026, over 4 complete months from 1 January 2026 to 30 April 2026.",
    ),
    (
        groceries(statistic="average", per="week"),
        {"periods_count": 0, "amount_minor": None, "notes": ("no_complete_period",)},
        "There is no complete week on record in May 2026, so I cannot give an average per week yet.",
    ),
    (groceries(statistic="average", per="transaction"), {}, "The average payment on Groceries in May 2026 was €84.20, over 12 payments."),
    (
        groceries(statistic="largest"),
        {"transactions": [fact()], "amount_minor": 2310},
        "Your largest payment on Groceries in May 2026 was €23.10 at Aldi on 12 May 2026.",
    ),
    (
        query(measure="income", statistic="latest", period=None),
        {"transactions": [fact(merchant="Acme", minor=250000)], "amount_minor": 250000},
        "Your latest incoming payment was on 12 May 2026: €2,500.00 from Acme.",
    ),
    (
        groceries(statistic="list"),
        {"transactions": [fact(), fact()], "notes": ("truncated",)},
        "I found 12 payments on Groceries in May 2026, €84.20 in all. The latest of them are shown.",
    ),
]
GROUPS: list[tuple[Query, dict[str, Any], str]] = [
    (
        query(group_by="category"),
        {"rows": (FOOD, OUT), "groups_count": 2},
        "You spent €84.20 in May 2026. The largest part is Groceries with €84.20 (60 %).",
    ),
    (
        query(group_by="merchant", order="descending", limit=3),
        {"rows": (FOOD, OUT, SHOP), "groups_count": 9},
        "You spent most at Groceries (€84.20), Eating out (€40.00) and 7-Eleven (€14.00) in May 2026.",
    ),
    (
        query(group_by="category", order="ascending", limit=1),
        {"rows": (SHOP,), "groups_count": 9},
        "You spent least on 7-Eleven (€14.00) in May 2026.",
    ),
    (
        query(group_by="merchant", statistic="count", order="descending"),
        {"rows": (FOOD, OUT), "groups_count": 2},
        "The most payments were at Groceries (12 payments) and Eating out (3 payments) in May 2026.",
    ),
    (
        query(group_by="month", period=YEAR),
        {"rows": (month(4, 6420), month(5, 8420), month(6, 100)), "groups_count": 3},
        "You spent €84.20 this year (2026). The highest month was May 2026 with €84.20, the lowest June 2026 with €1.00.",
    ),
    (
        query(group_by="month", period=YEAR, order="descending", limit=1),
        {"rows": (month(5, 8420),), "groups_count": 3},
        "You spent most in May 2026 (€84.20) this year (2026).",
    ),
    (
        query(measure="savings_rate", group_by="month", period=YEAR),
        {"rows": (month(4, 10, ratio=0.1), month(5, 10, ratio=None), month(6, 10, ratio=-0.3)), "groups_count": 3},
        "Your savings rate was highest in April 2026 (10 %) and lowest in June 2026 (-30 %), this year (2026).",
    ),
    (
        query(measure="balance", group_by="month", period=YEAR),
        {"rows": (month(4, 500), month(5, 900), month(6, None)), "groups_count": 3},
        "Your balance stood at €9.00 at the end of May 2026; the highest was €9.00 (May 2026), the lowest €5.00 (April 2026).",
    ),
]
COMPARISONS: list[tuple[Query, dict[str, Any], str]] = [
    (
        groceries(compare_period=APRIL),
        {"comparison": other()},
        "You spent €20.00 more on Groceries in May 2026 than in April 2026: €84.20 against €64.20, 31 % more.",
    ),
    (
        groceries(compare_period=APRIL),
        {"comparison": other(10420)},
        "You spent €20.00 less on Groceries in May 2026 than in April 2026: €84.20 against €104.20, 19 % less.",
    ),
    (
        groceries(compare_period=APRIL),
        {"comparison": other(0)},
        "You spent €84.20 more on Groceries in May 2026 than in April 2026: €84.20 against €0.00."
        " There was nothing to measure the change against, so I give no percentage.",
    ),
    (groceries(compare_period=APRIL), {"comparison": other(8420)}, "Exactly the same on Groceries in May 2026 as in April 2026: €84.20."),
    (
        groceries(compare_period=APRIL, statistic="count"),
        {"comparison": other()},
        "3 more payments on Groceries in May 2026 than in April 2026: 12 against 9.",
    ),
    (
        groceries(compare_include=Subject(categories=("Eating out",))),
        {"comparison": other(period=None)},
        "You spent €20.00 more on Groceries than on Eating out in May 2026: €84.20 against €64.20, 31 % more.",
    ),
    (
        query(measure="income", compare_period=APRIL),
        {"comparison": other()},
        "You received €20.00 more in May 2026 than in April 2026: €84.20 against €64.20, 31 % more.",
    ),
    (
        query(measure="balance", compare_period=APRIL),
        {"comparison": other()},
        "Your balance was €20.00 higher at the end of May 2026 than at the end of April 2026: €84.20 against €64.20, 31 % higher.",
    ),
    (
        query(measure="savings_rate", compare_period=APRIL),
        {"ratio": 0.2, "comparison": other(ratio=None)},
        "Your savings rate was 20 % in May 2026, and undefined, without income, in April 2026.",
    ),
]
RATIOS: list[tuple[Query, dict[str, Any], str]] = [
    (
        groceries(share=True),
        {"share_ratio": 0.234, "whole_minor": 36000},
        "23 % of your spending in May 2026 was on Groceries: €84.20 of €360.00.",
    ),
    (groceries(share=True), {"share_ratio": None, "whole_minor": 0}, "There is no spending in May 2026 to take a share of."),
    (query(measure="savings_rate"), {"ratio": 0.234}, "You saved 23 % of your income in May 2026: €84.20 more came in than you spent."),
    (
        query(measure="savings_rate"),
        {"ratio": -0.1, "amount_minor": -900},
        "You saved nothing in May 2026: you spent €9.00 more than you took in, a savings rate of -10 %.",
    ),
    (
        query(measure="savings_rate"),
        {"ratio": None, "amount_minor": -900},
        "There was no income in May 2026, so there is no savings rate; you spent €9.00.",
    ),
]
UNKNOWN = (
    "I do not know the balance of Everyday: the file that you imported does not state it."
    " Open Accounts and tell me what the bank showed on any one day, and I will work out the rest."
)
STOCKS: list[tuple[Query, dict[str, Any], str]] = [
    (
        Query(measure="balance"),
        {"rows": held(9000, 580, 0), "count": 3},
        "All together you have €84.20: current accounts, savings and cash, less what you owe on cards.",
    ),
    (Query(measure="balance", include=Subject(accounts=(EVERYDAY,))), {"rows": held(8420), "count": 1}, "Everyday holds €84.20."),
    (
        Query(measure="balance", group_by="account", order="descending", limit=1),
        {"rows": held(9000), "count": 3},
        "The most is in Everyday: €90.00.",
    ),
    (
        Query(measure="balance", include=Subject(accounts=(EVERYDAY,))),
        {"rows": held(-8420), "count": 1, "amount_minor": -8420},
        "Everyday is overdrawn by €84.20.",
    ),
    (query(measure="balance"), {"rows": held(8420)[:1], "count": 1}, "Everyday held €84.20 at the end of May 2026."),
    (
        query(measure="balance", period=Period(start_on=date(2026, 5, 12), end_on=date(2026, 5, 12))),
        {"rows": held(8420)[:1], "count": 1},
        "Everyday held €84.20 on 12 May 2026.",
    ),
    (
        Query(measure="balance", include=Subject(accounts=(VISA,))),
        {"rows": held(0, 8420)[1:], "count": 1, "owed": True},
        "You owe €84.20 on Visa.",
    ),
    (
        Query(measure="balance", include=Subject(account_kinds=("card",))),
        {"rows": held(0, -8420)[1:], "count": 1, "owed": True, "amount_minor": -8420},
        "You are €84.20 in credit on Visa.",
    ),
    (
        Query(measure="balance", include=Subject(accounts=(EVERYDAY,))),
        {"rows": held(None), "count": 1, "amount_minor": None, "notes": ("balance_unknown:Everyday",)},
        UNKNOWN,
    ),
    (
        Query(measure="balance", include=Subject(accounts=(EVERYDAY, NEST))),
        {"rows": (held(None)[0], held(0, 0, 8420)[2]), "count": 2, "notes": ("balance_unknown:Everyday",)},
        f"The balances that I know come to €84.20 in Everyday and Nest egg. {UNKNOWN}",
    ),
    (
        Query(measure="net_worth"),
        {"rows": held(9000, 580, 0), "count": 3},
        "Your net worth is €84.20: what your accounts hold, less what you owe.",
    ),
]


@pytest.mark.parametrize(("asked", "cells", "text"), [*TOTALS, *NOTHING, *STATISTICS, *GROUPS, *COMPARISONS, *RATIOS, *STOCKS])
def test_each_shape_of_a_question_has_its_sentence(asked: Query, cells: dict[str, Any], text: str) -> None:
    assert said(asked, result(asked, **cells)) == text
