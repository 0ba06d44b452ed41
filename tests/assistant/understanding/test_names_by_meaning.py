"""Things named by what they are, names left out or lent by chatter, accounts named in part, and payments to others."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assistant.understanding.households import household, told, understand

MORENOS = household(
    "CHF",
    "Swift Retail Ltd; Migros; Number 12 Barbers; Lumen House Ltd Inv; Harbour Trust Salary; Lloyds Interest",
    "Groceries; Transport; Utilities; Interest; Fees; Children",
    "Compte privé (checking); Rainy Day Saver (savings); Credit Card (card)",
    "Groceries; Transport",
    payday_on=date(2026, 11, 13),
    payers=("Harbour Trust Salary", "Lumen House Ltd Inv"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("train tickets last month?", "spending total in(Transport) 2026-10-01..2026-10-31"),
        ("what did trams and buses cost in October", "spending total in(Transport) 2026-10-01..2026-10-31"),
        ("gas, electric and water in May", "spending total in(Utilities) 2026-05-01..2026-05-31"),
        ("how many percent of my expenses this year were for the train?", "spending total in(Transport) 2026-01-01..2026-11-21 share"),
        ("what is left for the bus this week out of my budget", "budgets Transport"),
        ("what have my haircuts at Number 12 Barbers cost in May", "spending total in(Number 12 Barbers) 2026-05-01..2026-05-31"),
        ("how much in card fees this year", "spending total in(Fees) 2026-01-01..2026-11-21"),
        (
            "how much have I made from translating for Lumen House this year?",
            "income total in(Lumen House Ltd Inv) 2026-01-01..2026-11-21",
        ),
    ],
)
def test_a_thing_is_known_by_what_it_is(text: str, expected: str) -> None:
    assert told(understand(text, MORENOS), MORENOS) == expected


def test_the_wider_category_that_was_taken_is_told() -> None:
    assert understand("train tickets last month?", MORENOS).steps[0].reading == "“train tickets” as Transport"


@pytest.mark.parametrize(
    "text",
    [
        "Groceries in May but leave Migros out of it",
        "Groceries in May, but keep Migros out of it",
        "Groceries in May, with Migros left out",
    ],
)
def test_what_is_kept_out_of_a_sum_is_excluded(text: str) -> None:
    assert told(understand(text, MORENOS), MORENOS) == "spending total in(Groceries) without(Migros) 2026-05-01..2026-05-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kids in bed, finally. quick one: what did we spend this week", "spending total 2026-11-16..2026-11-21"),
        (
            "I keep buying trousers at Swift and returning half. Net of what went back, what did they cost me this year?",
            "spending total in(Swift Retail Ltd) 2026-01-01..2026-11-21",
        ),
    ],
)
def test_chatter_lends_its_names_and_nothing_else(text: str, expected: str) -> None:
    assert told(understand(text, MORENOS), MORENOS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rainy day pot, whats in it now?", "balance total in(Rainy Day Saver)"),
        ("balance of compte prive on the last day of August", "balance total in(Compte privé) 2026-08-31..2026-08-31"),
        ("what did we spend in the week of the 12th of October", "spending total 2026-10-12..2026-10-18"),
        ("what have I spent since the trust last paid me", "spending total 2026-11-13..2026-11-21"),
        ("what have I spent since Lumen last paid me", "clarify payday_unknown"),
        ("average grocery bill per month since March", "spending average/month in(Groceries) 2026-03-01..2026-11-21"),
        (
            "who were the three biggest takers of my money last quarter",
            "spending total 2026-07-01..2026-09-30 by merchant descending limit 3",
        ),
        ("both accounts less the card debt, what am I worth?", "net_worth total"),
    ],
)
def test_accounts_days_and_payers_are_known_by_a_part(text: str, expected: str) -> None:
    assert told(understand(text, MORENOS), MORENOS) == expected


@pytest.mark.parametrize(
    "text", ["can you pay the water bill for me? it is 82 francs", "settle the Swift invoice for me", "pay my fees, 20 francs"]
)
def test_paying_others_is_refused(text: str) -> None:
    assert told(understand(text, MORENOS), MORENOS) == "refused refused_act"
