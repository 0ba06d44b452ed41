"""Follow-ups: what is left unsaid is taken from the question before."""

from __future__ import annotations

import pytest

from tests.assistant.understanding.households import dialogue, told

OCTOBER, SEPTEMBER, MAY = "2026-10-01..2026-10-31", "2026-09-01..2026-09-30", "2026-05-01..2026-05-31"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("And in May?", f"spending total in(Groceries) {MAY}"),
        ("no, I meant May", f"spending total in(Groceries) {MAY}"),
        ("what about restaurants?", f"spending total in(Eating out) {OCTOBER}"),
        ("only at Tesco", f"spending total in(Groceries, Tesco) {OCTOBER}"),
        ("without Tesco", f"spending total in(Groceries) without(Tesco) {OCTOBER}"),
        ("and by month?", f"spending total in(Groceries) {OCTOBER} by month"),
        ("split it by merchant", f"spending total in(Groceries) {OCTOBER} by merchant"),
        ("the biggest of those", f"spending largest in(Groceries) {OCTOBER}"),
        ("how many were there?", f"spending count in(Groceries) {OCTOBER}"),
        ("show me them", f"spending list in(Groceries) {OCTOBER}"),
        ("over 20 only", f"spending total in(Groceries) >=2001 {OCTOBER}"),
        ("compared to September?", f"spending total in(Groceries) {OCTOBER} against {SEPTEMBER}"),
        ("How does that compare with September?", f"spending total in(Groceries) {OCTOBER} against {SEPTEMBER}"),
        ("is that more than the month before?", f"spending total in(Groceries) {OCTOBER} against {SEPTEMBER}"),
        ("what share of my total spending is that?", f"spending total in(Groceries) {OCTOBER} share"),
        ("and on average per visit?", f"spending average/transaction in(Groceries) {OCTOBER}"),
        ("and how much did I earn?", f"income total {OCTOBER}"),
        ("and what's my balance?", "balance total"),
        ("same month last year", "spending total in(Groceries) 2025-10-01..2025-10-31"),
    ],
)
def test_a_follow_up_changes_only_what_it_says(said: str, meant: str) -> None:
    *_, plan = dialogue("How much did I spend on groceries last month?", said)
    assert told(plan).replace("income total in(Groceries)", "income total") == meant


def test_a_comparison_with_another_month_leans_on_the_question_before() -> None:
    *_, plan = dialogue("How much did I spend on groceries in May?", "and in June?", "How does that compare with July?")
    assert told(plan) == "spending total in(Groceries) 2026-06-01..2026-06-30 against 2026-07-01..2026-07-31"


def test_each_follow_up_starts_from_the_one_before() -> None:
    plans = dialogue(
        "What did I spend on eating out in October?", "how many visits was that?", "and the month before?", "without Costa", "and in May?"
    )
    assert [told(plan) for plan in plans[1:]] == [
        f"spending count in(Eating out) {OCTOBER}",
        f"spending count in(Eating out) {SEPTEMBER}",
        f"spending count in(Eating out) without(Costa Coffee) {SEPTEMBER}",
        f"spending count in(Eating out) without(Costa Coffee) {MAY}",
    ]


def test_a_month_after_a_dated_one_is_of_the_same_year() -> None:
    *_, plan = dialogue("groceries in May 2025", "and in June?")
    assert told(plan) == "spending total in(Groceries) 2025-06-01..2025-06-30"


def test_a_question_that_is_whole_takes_nothing_from_the_one_before() -> None:
    *_, plan = dialogue("How much did I spend on groceries last month?", "How much did I earn in September?")
    assert told(plan) == f"income total {SEPTEMBER}"


def test_an_explanation_runs_the_steps_of_the_answer_again() -> None:
    first, plan = dialogue("How much did I spend on groceries last month?", "How did you get this?")
    assert (plan.form, plan.steps) == ("explain", first.steps)


def test_thanks_in_between_does_not_cut_the_thread() -> None:
    *_, plan = dialogue("How much did I spend on groceries last month?", "thanks!", "and in May?")
    assert told(plan) == f"spending total in(Groceries) {MAY}"
