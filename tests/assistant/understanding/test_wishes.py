"""Wishes to act become proposals with exact arguments; what is missing is asked for; what may not be done is refused."""

from __future__ import annotations

import pytest

from tests.assistant.understanding.households import KELLERS, dialogue, told, understand


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Set a grocery budget of 300", "propose_budget Groceries 30000 GBP month"),
        ("I'd like to cap eating out at £150 a week", "propose_budget Eating out 15000 GBP week"),
        ("I want to spend no more than 1.2k on travel a year", "propose_budget Travel 120000 GBP year"),
        ("Transfer 50 to savings", "propose_transfer Everyday Nest egg 5000 GBP"),
        ("Move £200 from my everyday account to my nest egg", "propose_transfer Everyday Nest egg 20000 GBP"),
        ("pay off 100 on my visa", "propose_transfer Everyday Visa 10000 GBP"),
        ("please put twenty quid from the nest egg into my everyday account", "propose_transfer Nest egg Everyday 2000 GBP"),
    ],
)
def test_a_wish_is_proposed_with_exact_arguments(text: str, step: str) -> None:
    plan = understand(text)
    assert (plan.status, told(plan)) == ("proposed", step)


def test_a_budget_s_missing_parts_are_asked_for_one_by_one() -> None:
    plans = dialogue("set me a budget", "groceries", "300")
    assert [plan.question for plan in plans[:2]] == ["budget_category", "budget_amount"]
    assert plans[0].choices
    assert told(plans[2]) == "propose_budget Groceries 30000 GBP month"


def test_a_transfer_without_an_amount_is_asked_for_it() -> None:
    plans = dialogue("transfer money to my nest egg", "75")
    assert plans[0].question == "transfer_amount"
    assert told(plans[1]) == "propose_transfer Everyday Nest egg 7500 GBP"


def test_an_amount_in_another_currency_is_asked_about() -> None:
    assert understand("Set a grocery budget of 300 dollars", KELLERS).question == "other_currency"


@pytest.mark.parametrize(
    "text", ["Send 50 to Ana", "transfer 50 to Tesco", "cancel my Netflix subscription", "delete my grocery budget", "delete all my data"]
)
def test_what_only_the_person_may_do_is_refused(text: str) -> None:
    plan = understand(text)
    assert (plan.status, plan.form, plan.steps) == ("refused", "refused_act", ())


@pytest.mark.parametrize(
    ("text", "step", "claim"),
    [
        ("Am I over budget on groceries?", "budgets Groceries", "over"),
        ("How are my budgets doing?", "budgets", ""),
        ("how much can I still spend on eating out this month?", "budgets Eating out", ""),
        ("am I on track with my budgets", "budgets", "on_track"),
        ("What accounts do I have?", "accounts", ""),
    ],
)
def test_look_ups(text: str, step: str, claim: str) -> None:
    plan = understand(text)
    assert (plan.status, told(plan), plan.slots.get("claim", "")) == ("answered", step, claim)
