"""What single questions come to, in typed queries. Names and wordings are invented; meanings are those of docs/definitions.md."""

from __future__ import annotations

import pytest

from tests.assistant.understanding.households import KELLERS, OKADAS, told, understand

OCTOBER, SEPTEMBER = "2026-10-01..2026-10-31", "2026-09-01..2026-09-30"
YEAR, MONTH = "2026-01-01..2026-11-21", "2026-11-01..2026-11-21"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("How much did I spend on groceries last month?", f"spending total in(Groceries) {OCTOBER}"),
        ("how much at Sainsbury in May", "spending total in(Sainsbury's) 2026-05-01..2026-05-31"),
        ("What'd I drop on groceries in September?", f"spending total in(Groceries) {SEPTEMBER}"),
        ("spned on grocries lst month", f"spending total in(Groceries) {OCTOBER}"),
        ("what did eating out cost me this year", f"spending total in(Eating out) {YEAR}"),
        ("How much did I spend on food last month?", f"spending total in(Groceries, Eating out) {OCTOBER}"),
        ("take out last month", f"spending total in(Eating out) {OCTOBER}"),
        ("what did I pay the vet in 2025", "spending total in(Pets) 2025-01-01..2025-12-31"),
        ("M&S last week", "spending total in(Marks & Spencer) 2026-11-09..2026-11-15"),
        ("Next in October", f"spending total in(Next) {OCTOBER}"),
        ("how much at 7 eleven this year", f"spending total in(7-Eleven) {YEAR}"),
        ("Macdonalds this year", f"spending total in(McDonald's) {YEAR}"),
        ("how much have I spent at Tesco", "spending total in(Tesco)"),
        ("How much have I spent?", f"spending total {MONTH}"),
        ("How much did I spend in May and June", "spending total 2026-05-01..2026-06-30 by month"),
        ("what did I spend between the 5th and the 12th of October", "spending total 2026-10-05..2026-10-12"),
        ("money out last week", "money_out total 2026-11-09..2026-11-15"),
    ],
)
def test_spending_is_summed_over_what_was_named(text: str, meant: str) -> None:
    assert told(understand(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("How much did I spend in October excluding rent?", f"spending total without(Rent) {OCTOBER}"),
        ("groceries outside Tesco in October", f"spending total in(Groceries) without(Tesco) {OCTOBER}"),
        ("last month's spending, not counting rent and utilities", f"spending total without(Rent, Utilities) {OCTOBER}"),
        ("Leaving rent aside, what did I spend in September?", f"spending total without(Rent) {SEPTEMBER}"),
        ("everything except rent by category last month", f"spending total without(Rent) {OCTOBER} by category"),
        ("how much did I spend apart from at Amazon last month", f"spending total without(Amazon) {OCTOBER}"),
    ],
)
def test_what_is_left_out_is_left_out(text: str, meant: str) -> None:
    assert told(understand(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("How much on transport and eating out last month?", f"spending total in(Transport, Eating out) {OCTOBER} by category"),
        ("groceries and Netflix last month", f"spending total in(Groceries) {OCTOBER} + spending total in(Netflix) {OCTOBER}"),
        ("groceries at Tesco last month", f"spending total in(Groceries, Tesco) {OCTOBER}"),
        ("how much on groceries in October, and what is my balance?", f"spending total in(Groceries) {OCTOBER} + balance total"),
        ("How much did I earn and how much did I spend in October?", f"income total {OCTOBER} + spending total {OCTOBER}"),
    ],
)
def test_things_named_side_by_side_are_each_answered(text: str, meant: str) -> None:
    assert told(understand(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("What was my single largest expense last month?", f"spending largest {OCTOBER}"),
        ("the three biggest expenses in October", f"spending largest {OCTOBER} limit 3"),
        ("cheapest Uber ride", "spending smallest in(Uber)"),
        ("When did I last go to Boots?", "spending latest in(Boots)"),
        ("List my three most recent purchases at Amazon", "spending latest in(Amazon) limit 3"),
        ("when did i first pay purgym", "spending earliest in(PureGym)"),
        ("How many times did I go to Costa this year?", f"spending count in(Costa Coffee) {YEAR}"),
        ("How many times did I eat out in September?", f"spending count in(Eating out) {SEPTEMBER}"),
        ("how many transactions did I have in October", f"movements count {OCTOBER}"),
        ("Show me everything I bought at Amazon in October", f"spending list in(Amazon) {OCTOBER}"),
        ("anything over 500 this year?", f"spending list >=50001 {YEAR}"),
        ("purchases between 20 and 40 pounds at Tesco in September", f"spending list in(Tesco) >=2000 <=4000 {SEPTEMBER}"),
        ("find payments of 9.99", "spending list >=999 <=999"),
        ('all transactions mentioning "gift"', 'movements list in("gift")'),
    ],
)
def test_single_facts_and_counts(text: str, meant: str) -> None:
    assert told(understand(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("average grocery spend per month", "spending average/month in(Groceries)"),
        ("How much do I usually spend per week on groceries?", "spending average/week in(Groceries)"),
        ("average cost of a visit to Costa", "spending average/transaction in(Costa Coffee)"),
        ("How much do I spend on groceries?", "spending average/month in(Groceries)"),
        ("How much do I spend on a typical Saturday?", "spending average/week in(6)"),
        ("monthly spending on eating out", "spending total in(Eating out) by month"),
        ("Break down my October spending by category", f"spending total {OCTOBER} by category"),
        ("Where did most of my money go last month?", f"spending total {OCTOBER} by category descending limit 1"),
        ("which category did I spend most on this year", f"spending total {YEAR} by category descending limit 1"),
        ("top 5 merchants in 2025", "spending total 2025-01-01..2025-12-31 by merchant descending limit 5"),
        ("which 3 categories did I spend least on this year", f"spending total {YEAR} by category ascending limit 3"),
        ("Which month did I spend the most on eating out?", "spending total in(Eating out) by month descending limit 1"),
        ("On which weekday do I spend the most?", "spending total by weekday descending limit 1"),
        ("where do I shop most often", "spending count by merchant descending limit 1"),
        ("What's the trend in eating out?", "spending total in(Eating out) by month"),
        ("spend on saturdays this year", f"spending total in(6) {YEAR}"),
    ],
)
def test_averages_splits_and_rankings(text: str, meant: str) -> None:
    assert told(understand(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant", "claim"),
    [
        ("Compare October with September", f"spending total {OCTOBER} against {SEPTEMBER}", ""),
        ("Did I spend more on Uber than on TfL last month?", f"spending total in(Uber) against(TfL) {OCTOBER}", "more"),
        ("Compare groceries and eating out in October", f"spending total in(Groceries) against(Eating out) {OCTOBER}", ""),
        ("Is my spending up compared to last month?", f"spending total {MONTH} against {OCTOBER}", "more"),
        ("Has my rent gone up since last year?", f"spending total in(Rent) {YEAR} against 2025-01-01..2025-12-31", "more"),
        (
            "By how much did my spending drop between August and September?",
            f"spending total {SEPTEMBER} against 2026-08-01..2026-08-31",
            "",
        ),
        ("Did I spend more in May or in June?", "spending total 2026-05-01..2026-05-31 against 2026-06-01..2026-06-30", ""),
        ("what percentage of my spending goes on rent", "spending total in(Rent) share", ""),
        ("Did I spend more than 200 on groceries last month?", f"spending total in(Groceries) {OCTOBER}", "above"),
        ("Did I pay rent this month?", f"spending latest in(Rent) {MONTH}", "any"),
        ("Do I have more than 1000 in savings?", "balance total in(Nest egg)", "above"),
        ("Did I spend more than I earned in September?", f"net_cash_flow total {SEPTEMBER}", "below"),
        ("Am I in the black this month?", f"net_cash_flow total {MONTH}", "above"),
    ],
)
def test_comparisons_shares_and_claims(text: str, meant: str, claim: str) -> None:
    plan = understand(text)
    assert told(plan).replace("in(savings)", "in(Nest egg)") == meant
    assert plan.slots.get("claim", "") == claim


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("How much did I earn in September?", f"income total {SEPTEMBER}"),
        ("How much was I paid in September?", f"income total {SEPTEMBER}"),
        ("What's my salary?", "income latest in(Salary)"),
        ("How much did I save in October?", f"net_cash_flow total {OCTOBER}"),
        ("What's my savings rate this year?", f"savings_rate total {YEAR}"),
        ("how much has Amazon refunded me", "refunds total in(Amazon)"),
        ("How much did I transfer to my nest egg this year?", f"transfers total in(Nest egg) in {YEAR}"),
        ("how much did I move to savings this year", f"transfers total in(savings) in {YEAR}"),
        ("What's my net worth?", "net_worth total"),
        ("How much do I have altogether?", "balance total"),
        ("How much do I owe on my Visa?", "balance total in(Visa)"),
        ("What was my balance at the end of August?", "balance total 2026-08-31..2026-08-31"),
        ("how much on my Visa last month", f"spending total in(Visa) {OCTOBER}"),
    ],
)
def test_each_measure_is_told_from_the_others(text: str, meant: str) -> None:
    assert told(understand(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("how much did I spend on groceries in October", f"spending total in(Lebensmittel) {OCTOBER}"),
        ("how much on rent this year", f"spending total in(Miete) {YEAR}"),
        ("spending at Aldi last month", f"spending total in(Aldi Süd) {OCTOBER}"),
        ("how much for energy this year", f"spending total in(Strom & Gas) {YEAR}"),
        ("how much did I spend at Kühn", "spending total in(Bäckerei Kühn)"),
        ("DM last month", f"spending total in(dm-drogerie markt) {OCTOBER}"),
        ("how much at rewe vs edeka in 2026", "spending total in(REWE) against(Edeka) 2026-01-01..2026-12-31"),
        ("how much is in tagesgeld", "balance total in(Tagesgeld)"),
    ],
)
def test_a_question_in_english_finds_names_in_german(text: str, meant: str) -> None:
    assert told(understand(text, KELLERS), KELLERS) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("how much did I spend on gas last month", f"spending total in(Gas & Fuel) {OCTOBER}"),
        ("how much on utilities last month", f"spending total in(Bills & Utilities) {OCTOBER}"),
        ("coffee by month", "spending total in(Coffee Shops) by month"),
        ("purchases over 5,000 at Yodobashi", "spending list in(Yodobashi Camera) >=5001"),
        ("Rakuten card balance", "balance total in(Rakuten Card)"),
        ("what was my salary in October", f"income total in(Income:Salary) {OCTOBER}"),
    ],
)
def test_yen_have_no_minor_unit_and_compound_categories_are_found_by_part(text: str, meant: str) -> None:
    assert told(understand(text, OKADAS), OKADAS) == meant
