"""What is said where the plan's form or another tool than the query decides: yes and no, budgets, proposals, questions, small talk."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.calls import Call
from assistant.plan import Plan
from assistant.render import Rendered
from tests.assistant.books import APRIL, Choice, Comparison, call, check, groceries, plan, query, result, speak

BUDGET = {
    "id": "bud_" + "1" * 32, "category": "Groceries", "period": "month", "limit_minor": 30000, "spent_minor": 8420, "left_minor": 21580,
    "over_minor": 0, "projected_minor": 25000, "over": False, "on_track": True, "start_on": "2026-11-01", "end_on": "2026-11-30",
    "every_count": 1, "carried_minor": 0, "alerts": [],
}  # fmt: skip
HOLIDAY = {
    "id": "gol_" + "1" * 32, "name": "Holiday", "status": "active", "target_minor": 120000, "saved_minor": 30000, "left_minor": 90000,
    "progress_ratio": 0.25, "target_on": "2027-06-01", "monthly_needed_minor": 15000, "pace_minor": 10000, "pace_months_count": 3,
    "projected_on": "2027-08-25", "on_track": False, "account": "Nest egg", "account_id": "acc_1",
}  # fmt: skip
RENT = {
    **BUDGET,
    "category": "Rent",
    "spent_minor": 40000,
    "left_minor": -10000,
    "over_minor": 10000,
    "projected_minor": 50000,
    "over": True,
    "on_track": False,
}


def budgets(*cells: dict[str, Any], **args: Any) -> Call:
    found = {"currency": "EUR", "budgets": list(cells), "count": len(cells), "over_count": sum(bool(c["over"]) for c in cells)}
    return Call(0, "budgets", args, found)


def accounts(*balances: tuple[str, str, int | None]) -> Call:
    cells = [
        {"id": f"acc_{at:032x}", "name": name, "kind": kind, "balance_minor": minor, "owed": kind == "card", "facts_count": 3,
         "first_on": None, "last_on": "2026-11-20"}
        for at, (name, kind, minor) in enumerate(balances)
    ]  # fmt: skip
    return Call(0, "accounts", {}, {"currency": "EUR", "accounts": cells, "count": len(cells)})


def spoken(made: Plan, *calls: Call) -> Rendered:
    rendered = speak(made, *calls)
    assert check(rendered, made, *calls) == []
    return rendered


def compared(change: int) -> Call:
    cells = {"label": "", "period": APRIL, "amount_minor": 8420 - change, "count": 9, "change_minor": change, "change_count": 3}
    asked = groceries(compare_period=APRIL)
    return call(asked, result(asked, comparison=Comparison.model_validate({**cells, "change_ratio": 0.5})))


@pytest.mark.parametrize(
    ("claim", "change", "opening"),
    [("more", 2000, "Yes. You spent €20.00 more"), ("more", -2000, "No. You spent €20.00 less"),
     ("less", -2000, "Yes. You spent €20.00 less"), ("same", 0, "Yes. Exactly the same"), ("more", 0, "No. Exactly the same")],
)  # fmt: skip
def test_a_yes_or_no_question_gets_a_yes_or_a_no_and_its_figures(claim: str, change: int, opening: str) -> None:
    made = compared(change)
    assert spoken(plan(made, form="yes_no", slots={"claim": claim}), made).answer.startswith(opening)


def test_a_claim_about_a_limit_is_decided_by_the_total() -> None:
    made = call(groceries(), result(groceries()))
    answer = spoken(plan(made, form="yes_no", slots={"claim": "above", "threshold_minor": 5000}, text="more than 50?"), made).answer
    assert answer == "Yes, more than €50.00. You spent €84.20 on Groceries in May 2026. That is 12 payments."


def test_a_claim_about_nothing_names_no_limit() -> None:
    asked = query(measure="net_cash_flow")
    made = call(asked, result(asked, amount_minor=-500))
    answer = spoken(plan(made, form="yes_no", slots={"claim": "below", "threshold_minor": 0}), made).answer
    assert answer == "Yes. You spent €5.00 more than you received in May 2026."


def test_a_yes_or_no_about_nothing_is_a_no() -> None:
    made = call(groceries(), result(groceries(), amount_minor=0, count=0))
    assert spoken(plan(made, form="yes_no", slots={"claim": "any"}), made).answer == "No. I found no spending on Groceries in May 2026."


def test_the_difference_of_two_questions_is_a_figure_with_a_formula() -> None:
    one = call(query(measure="income"), result(query(measure="income"), amount_minor=20000))
    two = call(query(), result(query(), amount_minor=8000), 1)
    rendered = spoken(plan(one, two, form="difference"), one, two)
    assert (
        rendered.answer == "You received €120.00 more than you spent: you received €200.00 in May 2026, and you spent €80.00 in May 2026."
    )
    assert rendered.figures[0]["source"]["formula"] == "a - b"


def test_a_month_is_set_against_the_usual_one() -> None:
    usual = query(statistic="average", per="month", period=None)
    one, two = call(query(), result(query())), call(usual, result(usual, amount_minor=10000, periods_count=6), 1)
    assert spoken(plan(one, two, form="difference"), one, two).answer == (
        "That is €15.80 less than usual: you spent €84.20 in May 2026, and on average you spent €100.00 a month."
        " The average runs over 6 complete months."
    )


def test_a_part_of_another_figure_is_a_ratio_with_a_formula() -> None:
    one, two = call(groceries(), result(groceries())), call(query(measure="income"), result(query(measure="income"), amount_minor=84200), 1)
    rendered = spoken(plan(one, two, form="ratio"), one, two)
    assert rendered.answer == "10 % of your income in May 2026: you spent €84.20 on Groceries, and you received €842.00."
    assert rendered.figures[0]["source"]["formula"] == "a / b"


def test_several_steps_are_answered_one_after_another() -> None:
    one, two = call(groceries(), result(groceries())), call(query(measure="income"), result(query(measure="income"), count=1), 1)
    rendered = spoken(plan(one, two), one, two)
    assert rendered.answer == (
        "You spent €84.20 on Groceries in May 2026. That is 12 payments.\nYou received €84.20 in May 2026. That is 1 incoming payment."
    )
    assert [figure["source"]["tool_call"] for figure in rendered.figures] == [0, 0, 1, 1]


def test_words_that_were_not_used_are_named() -> None:
    made = call(groceries(), result(groceries()))
    rendered = spoken(plan(made, unread=("organic", "route 66"), text="organic groceries on route 66"), made)
    assert rendered.answer.endswith("\nI left out: “organic”, “route 66”.")


def test_a_reading_that_was_taken_is_said_and_the_other_offered() -> None:
    made = call(groceries(), result(groceries()))
    step = plan(made).steps[0].model_copy(update={"reading": "the three calendar months before this one"})
    choice = Choice(label="The last 90 days", text="How much in the last 90 days?")
    rendered = spoken(plan(made).model_copy(update={"steps": (step,), "choices": (choice,)}), made)
    assert rendered.answer.endswith(" I read that as the three calendar months before this one.")
    assert rendered.blocks[-1] == {"type": "quick_replies", "replies": [choice.model_dump()]}


def test_the_plans_own_words_for_a_subject_are_spoken_only_where_they_name_what_was_asked() -> None:
    made = call(groceries(), result(groceries()))
    for subject, spoken_as in (
        ("on your groceries", "on your groceries"),
        ("on rent", "on Groceries"),
        ("on groceries at Aldi", "on Groceries"),
    ):
        step = plan(made).steps[0].model_copy(update={"subject": subject})
        answer = spoken(plan(made).model_copy(update={"steps": (step,)}), made).answer
        assert answer.startswith(f"You spent €84.20 {spoken_as} in May 2026.")


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (
            budgets(BUDGET, category="groceries"),
            "You have €215.80 left of your Groceries budget of €300.00 for the month: you have spent €84.20. You are on track."
            " It runs from 1 November 2026 to 30 November 2026.",
        ),
        (
            budgets(RENT),
            "You are €100.00 over your Rent budget of €300.00 for the month: you have spent €400.00."
            " At this pace you end the month at €500.00. It runs from 1 November 2026 to 30 November 2026.",
        ),
        (budgets(BUDGET, RENT), "You are over 1 of your 2 budgets: Rent by €100.00."),
        (budgets(BUDGET, BUDGET), "You are within all of your 2 budgets."),
        (
            budgets(category="travel"),
            "You have no travel budget. Say, for example, “set a monthly budget for groceries”, with an amount, and I will write down"
            " a proposal.",
        ),
    ],
)  # fmt: skip
def test_budgets_are_said_as_left_or_over_and_by_their_pace(made: Call, text: str) -> None:
    assert spoken(plan(made), made).answer == text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"period": "payday", "carried_minor": 2000},
            "for the pay period, with €20.00 left over from before: you have spent €84.20. You are on track.",
        ),
        (
            {"period": "week", "every_count": 2, "carried_minor": -2000, "on_track": False},
            "for the 2 weeks, of which €20.00 was overspent before: you have spent €84.20."
            " You are not on track: at this pace you end the 2 weeks at €250.00.",
        ),
        ({"alerts": ["nearly_used"]}, "for the month: you have spent €84.20. You are on track, with little of it left."),
    ],
)
def test_a_budgets_period_and_what_carried_over_are_said(changes: dict[str, Any], text: str) -> None:
    assert text in spoken(plan(made := budgets({**BUDGET, **changes})), made).answer


def goals(*cells: dict[str, Any], **args: Any) -> Call:
    found = {"currency": "EUR", "goals": list(cells), "count": len(cells), "reached_count": sum(c["status"] == "reached" for c in cells)}
    totals = {f"{key}_total_minor": sum(c[f"{key}_minor"] or 0 for c in cells) for key in ("saved", "target")}
    return Call(0, "goals", args, found | totals)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (
            goals(HOLIDAY),
            "You have saved €300.00 of €1,200.00 for Holiday; €900.00 to go. To be there by 1 June 2027 it takes €150.00 a month: you are"
            " not on track. At your present pace of €100.00 a month, you get there around 25 August 2027.",
        ),
        (
            goals({**HOLIDAY, "target_on": None, "monthly_needed_minor": None, "on_track": None, "projected_on": None, "pace_minor": 0}),
            "You have saved €300.00 of €1,200.00 for Holiday; €900.00 to go. At your present pace you do not get there: the last"
            " 3 complete months added nothing to it.",
        ),
        (
            goals({**HOLIDAY, "saved_minor": None}),
            "Your goal Holiday is €1,200.00. I do not know how far you are: nobody has told the balance of Nest egg yet.",
        ),
        (
            goals({**HOLIDAY, "status": "reached", "saved_minor": 120000}),
            "You have reached your goal Holiday: €1,200.00 saved, of €1,200.00.",
        ),
        (goals(HOLIDAY, HOLIDAY), "You have 2 goals, with €600.00 saved of €2,400.00. Holiday is not on track. Holiday is not on track."),
        (
            goals(),
            "You have no savings goal. Say, for example, “I want to save for a holiday”, with an amount, and I will write down a proposal.",
        ),
    ],
)
def test_goals_are_said_with_what_is_needed_and_what_is_not_known(made: Call, text: str) -> None:
    assert spoken(plan(made), made).answer == text


def test_accounts_are_listed_with_what_is_owed_and_what_is_not_known() -> None:
    made = accounts(("Everyday", "checking", 8420), ("Visa", "card", 1000), ("Cash", "cash", None))
    rendered = spoken(plan(made), made)
    assert rendered.answer == (
        "You have 3 accounts: Everyday (€84.20), Visa (€10.00 owed) and Cash (balance unknown)."
        " Where a balance is unknown, open Accounts and tell me what the bank showed on any one day."
    )
    assert [row["balance_minor"]["text"] for row in rendered.blocks[1]["rows"]] == ["€84.20", "€10.00 owed", "—"]


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("at_once", "Confirm it here on the card, with your password, and I move it at once; else it lapses within a day."),
        (
            "at_the_bank",
            "Your bank keeps at least one of these accounts, so confirming it here on the card, with your password, gives you the exact"
            " data for a transfer there; I mark it done when the bank's records show it. Unconfirmed, it lapses within a day.",
        ),
    ],
)
def test_a_proposal_says_what_it_is_and_that_nothing_has_been_done(way: str, said: str) -> None:
    arguments = {
        "from_account": {"id": "acc_1", "name": "Everyday"}, "to_account": {"id": "acc_2", "name": "Nest egg"}, "amount_minor": 5000,
        "currency": "EUR",
    }  # fmt: skip
    kept = {"id": "prp_1", "kind": "transfer", "arguments": arguments, "provenance": {}, "effect": {"way": way}}
    kept |= {"arguments_sha256": "0" * 64, "expires_at": "2026-11-22T09:00:00Z"}
    made = Call(0, "propose_transfer", {}, kept)
    rendered = spoken(plan(made, status="proposed"), made)
    assert rendered.answer == ("I have written down a proposal: €50.00 from Everyday to Nest egg. No money has been moved. " + said)
    assert rendered.blocks[1] == {"type": "card", "kind": "proposal", "proposal": kept}


@pytest.mark.parametrize(
    ("kind", "code", "text"),
    [
        ("unavailable", "database_is_away", "I could not read your books just now. Nothing was changed; please ask again in a moment."),
        ("invalid", "account_is_unknown", "I find no such account among yours. Nothing was changed."),
        ("refused", "limit", "That is not possible. Nothing was changed."),
        ("invalid", "arguments_are_invalid", "I could not do that as you said it. Nothing was changed; please say it another way."),
    ],
)
def test_a_failure_is_said_without_its_details(kind: str, code: str, text: str) -> None:
    made = Call(0, "query", {}, {"error": {"kind": kind, "code": code, "detail": "acc_123 at 10.0.0.1", "errors": []}})
    assert spoken(plan(made), made).answer == text


@pytest.mark.parametrize("form", ["greeting", "thanks", "goodbye", "help", "identity", "refused", "out_of_scope", ""])
@pytest.mark.parametrize("status", ["answered", "clarify", "refused", "out_of_scope"])
def test_without_a_call_something_helpful_is_said_and_no_figure(form: str, status: str) -> None:
    made = Plan.model_validate({"text": "x", "intent": "x", "confidence": 1, "status": status, "form": form})
    rendered = spoken(made)
    assert rendered.answer
    assert rendered.figures == []


def test_a_lost_card_is_sent_to_the_bank() -> None:
    made = Plan.model_validate({"text": "x", "intent": "bank_service", "confidence": 1, "status": "out_of_scope"})
    assert "call your bank at once" in spoken(made).answer


def test_the_assistant_says_that_it_is_an_ai() -> None:
    made = Plan.model_validate({"text": "who are you?", "intent": "x", "confidence": 1, "status": "answered", "form": "identity"})
    assert "an AI assistant, not a person" in spoken(made).answer


def test_a_question_back_offers_its_choices() -> None:
    choices = ({"label": "Aldi", "text": "at Aldi?"}, {"label": "Lidl", "text": "at Lidl?"})
    fields = {
        "text": "x",
        "intent": "x",
        "confidence": 0.4,
        "status": "clarify",
        "question": "unclear",
        "choices": choices,
        "unread": ("markt 24",),
    }
    rendered = spoken(Plan.model_validate(fields))
    assert rendered.answer == "I do not know “markt 24”. Do you mean one of these?"
    assert rendered.blocks[-1]["replies"] == list(choices)


PENDING = {"tool": "propose_budget", "period": "month", "category": "Groceries"}


@pytest.mark.parametrize(
    ("question", "slots", "text"),
    [
        ("which_subject", {"phrase": "route 66"}, "I find nothing called “route 66” in your books. Which of these do you mean?"),
        ("no_such_account", {"phrase": "route 66"}, "I find no account called “route 66”. Which one do you mean?"),
        ("payday_unknown", {}, "I do not know your pay day yet. From when shall I count?"),
        (
            "other_currency",
            {"currency": "EUR", "other": "USD"},
            "Your books are in EUR, and I do not convert from USD. Please say the amount in EUR.",
        ),
        ("budget_category", {}, "For which category shall the budget be?"),
        ("budget_amount", {"pending": PENDING}, "How much shall the budget for Groceries be per month? Please say an amount."),
        ("transfer_amount", {}, "How much would you like to move? Please say an amount."),
        ("transfer_to", {}, "To which of your accounts?"),
        ("transfer_from", {}, "From which of your accounts?"),
    ],
)
def test_each_question_back_has_its_words(question: str, slots: dict[str, Any], text: str) -> None:
    choices = ({"label": "Lidl", "text": "How much did I spend at Lidl?"},)
    fields = {"text": "on route 66", "intent": "x", "confidence": 0.4, "status": "clarify", "unread": ("route 66",), "choices": choices}
    rendered = spoken(Plan.model_validate({**fields, "question": question, "slots": slots}))
    assert rendered.answer == text
    assert rendered.blocks[-1]["replies"] == list(choices)


def test_an_explanation_says_what_was_put_to_the_books() -> None:
    made = call(groceries(), result(groceries()))
    assert spoken(plan(made, form="explain"), made).answer == (
        "I looked at spending on Groceries in May 2026 and found 12 payments, which gives €84.20. Spending is every outflow that is no"
        " transfer between your own accounts and no investment, less refunds. Click a figure to see its rows."
    )
