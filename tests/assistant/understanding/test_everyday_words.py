"""Words of everyday speech: what is counted in, which of several places and accounts is meant, and what is only said by the way."""

from __future__ import annotations

import pytest

from tests.assistant.understanding.households import dialogue, household, told, understand

MILLERS = household(
    "USD",
    "Chipotle; Sushi Den; Walgreens; Starbucks; Happy Tails Vet; Summit Mortgage; Hartman & Lowe LLP",
    "Groceries; Restaurants; Coffee Shops; Gas & Fuel; Mortgage & Rent; Pets; Paycheck",
    "Everyday Checking (checking); Emergency Fund (savings); Sapphire Card (card)",
    "Gas & Fuel; Groceries",
    payers=("Hartman & Lowe LLP",),
)
OCTOBER, AUGUST = "2026-10-01..2026-10-31", "2026-08-01..2026-08-31"
THIS_YEAR = "2026-01-01..2026-11-21"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("mortgage payments so far this year, summed up?", f"spending total in(Mortgage & Rent) {THIS_YEAR}"),
        ("How much did I spend over the last 45 days, today included?", "spending total 2026-10-08..2026-11-21"),
        ("From the first thing on file through the end of March, how much on pets?", "spending total in(Pets) 2025-01-03..2026-03-31"),
        ("groceries until the end of April", "spending total in(Groceries) 2025-01-03..2026-04-30"),
        ("How much was on my Emergency Fund on the evening of 30 June?", "balance total in(Emergency Fund) 2026-06-30..2026-06-30"),
        ("Emergency Fund balance on January 1st?", "balance total in(Emergency Fund) 2026-01-01..2026-01-01"),
    ],
)
def test_fillers_and_edges_of_a_period_are_read(said: str, meant: str) -> None:
    assert told(understand(said, MILLERS), MILLERS) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("eating out last month, by restaurant", f"spending total in(Restaurants) {OCTOBER} by merchant"),
        ("groceries this year by store", f"spending total in(Groceries) {THIS_YEAR} by merchant"),
        ("What's the least I ever paid at Walgreens in one visit?", "spending smallest in(Walgreens)"),
        ("how much did the law firm pay me in October", f"income total in(Paycheck) {OCTOBER}"),
        ("what did the company pay me in October", f"income total in(Paycheck) {OCTOBER}"),
        ("after everything was paid, what stayed with me in October?", f"net_cash_flow total {OCTOBER}"),
        ("How much have I moved from checking to the emergency fund this year?", f"transfers total in(Emergency Fund) in {THIS_YEAR}"),
        ("how much did I move out of the emergency fund this year", f"transfers total in(Emergency Fund) out {THIS_YEAR}"),
        ("whole foods last month?", f'spending total in("whole foods") {OCTOBER}'),
    ],
)
def test_a_word_is_taken_for_the_nearest_thing_that_it_means(said: str, meant: str) -> None:
    assert told(understand(said, MILLERS), MILLERS) == meant


@pytest.mark.parametrize(
    "said", ["Overall, do I spend more on weekends than on weekdays Monday to Friday?", "Do I spend more at weekends than Mon-Fri?"]
)
def test_weekends_are_set_against_the_other_five_days(said: str) -> None:
    plan = understand(said, MILLERS)
    assert (told(plan, MILLERS), plan.form) == ("spending total in(6, 7) against(1, 2, 3, 4, 5)", "yes_no")


def test_the_wider_reading_of_a_kind_of_thing_is_offered() -> None:
    plan = understand("how much on eating out in October", MILLERS)
    assert [choice.text for choice in plan.choices] == ["how much on Restaurants and Coffee Shops in October"]


def test_my_account_is_the_everyday_one_with_the_others_offered() -> None:
    plan = understand("How much is in my account?", MILLERS)
    assert told(plan, MILLERS) == "balance total in(Everyday Checking)"
    assert plan.steps[0].reading == "“my account” as Everyday Checking"
    assert [choice.label for choice in plan.choices] == ["Emergency Fund", "Sapphire Card", "All accounts together"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "Two things before my 9:30. Checking balance, and spending yesterday.",
            "balance total in(checking) + spending total 2026-11-20..2026-11-20",
        ),
        ("Net worth, and income in October", f"net_worth total + income total {OCTOBER}"),
        ("spending yesterday, and my checking balance", "spending total 2026-11-20..2026-11-20 + balance total in(checking)"),
        ("How much of the gas budget have I used and how much is left?", "budgets Gas & Fuel"),
        ("We had guests on Saturday. What did I spend last week?", "spending total 2026-11-09..2026-11-15"),
    ],
)
def test_a_time_belongs_to_its_own_clause(said: str, meant: str) -> None:
    assert told(understand(said, MILLERS), MILLERS) == meant


@pytest.mark.parametrize("said", ["Zelle Happy Tails Vet $85 for me", "can you pay the vet bill for me? it is 820", "pay my rent please"])
def test_money_for_somebody_else_is_not_moved(said: str) -> None:
    assert understand(said, MILLERS).form == "refused_act"


@pytest.mark.parametrize(
    ("first", "then", "meant"),
    [
        ("restaurants in October", "No wait. August.", f"spending total in(Restaurants) {AUGUST}"),
        ("what do I owe on the Sapphire Card?", "biggest charge on it last month?", f"spending largest in(Sapphire Card) {OCTOBER}"),
        ("largest payment in October", "to whom was that?", f"spending largest {OCTOBER}"),
        (
            "average per visit at Starbucks in October",
            "and Chipotle, how much in the same month?",
            f"spending total in(Chipotle) {OCTOBER}",
        ),
        ("Chipotle in October", "When was the last time I paid them?", "spending latest in(Chipotle)"),
        ("largest payment in October", "do you have a good recipe for fondue?", "articles do you have a good recipe for fondue?"),
    ],
)
def test_what_is_said_next_keeps_the_subject_and_drops_the_rest(first: str, then: str, meant: str) -> None:
    *_, plan = dialogue(first, then, vocabulary=MILLERS)
    assert told(plan, MILLERS) == meant


@pytest.mark.parametrize(
    ("first", "then", "meant"),
    [
        ("set a budget of 150 for groceries", "sorry, make that 180", {"category": "Groceries", "amount_minor": 18000}),
        ("set a budget of 150 for groceries", "no, for pets", {"category": "Pets", "amount_minor": 15000}),
        ("move 200 from checking to the emergency fund", "actually 250", {"amount_minor": 25000}),
    ],
)
def test_a_correction_makes_the_same_proposal_anew(first: str, then: str, meant: dict[str, object]) -> None:
    before, plan = dialogue(first, then, vocabulary=MILLERS)
    assert plan.status == "proposed"
    assert plan.steps[0].arguments == before.steps[0].arguments | meant
