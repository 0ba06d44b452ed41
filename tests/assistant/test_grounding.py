from __future__ import annotations

from datetime import date

import pytest

from assistant.calls import Call
from assistant.grounding import Fault
from assistant.render import render
from tests.assistant.books import APRIL, BOOKS, MAY, Choice, Period, Subject, call, check, fact, groceries, plan, query, result

SPENT = call(groceries(), result(groceries(), amount_minor=8420))
APRILS = call(groceries(period=APRIL), result(groceries(period=APRIL), amount_minor=6420), 1)


def found(draft: str, *calls: Call, foreign: bool = True, text: str = "How much?") -> list[Fault]:
    made = plan(*(calls or (SPENT,)), text=text)
    rendered = render(draft, calls or (SPENT,), made.model_dump(mode="json"), BOOKS.currency, "en")
    return check(rendered, made, *(calls or (SPENT,)), foreign=foreign)


def codes(draft: str, *calls: Call, **options: object) -> list[str]:
    return [fault.code for fault in found(draft, *calls, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "draft",
    [
        "You spent 84.20 on groceries.",
        "You spent €[[0/amount_minor]].",
        "You spent [[0/amount_minor]], that is 12%.",
        "You spent [[0/amount_minor]], which is twelve hundred too much.",
        "About half of it was groceries: [[0/amount_minor]].",
        "You spent ８４.",
        "You spent ½ of it.",
        "You spent Ⅻ.",
        "You spent ٨٤.",
        "You spent [[0/amount_minor]]5.",
        '::table {"of": "0/transactions", "title": "The 9 largest", "columns": {"merchant": "Where"}}',
        '::table {"of": "0/transactions", "columns": {"merchant": "Where, in 9"}}',
        '::list {"items": ["one", "2 more"]}',
        '::reply {"label": "Send 500", "text": "send it"}',
        '::reply {"label": "Send", "text": "send 500 to me"}',
    ],
)
def test_a_figure_that_is_bound_to_no_cell_is_found_wherever_it_stands(draft: str) -> None:
    assert "figure_is_unbound" in codes(draft)


def test_an_answer_of_references_stands() -> None:
    assert found("You spent [[0/amount_minor]] on Groceries in May 2026, [[0/count|of payment,payments]].") == []


@pytest.mark.parametrize("draft", ["That is -[[0/amount_minor]].", "You lost minus [[0/amount_minor]]."])
def test_a_sign_before_a_figure_is_a_figure_of_ones_own(draft: str) -> None:
    assert codes(draft) == ["sign_is_unbound"]


def test_two_figures_may_not_run_together_into_a_third() -> None:
    assert codes("[[0/count]][[0/count]] payments.") == ["figures_run_together"]


@pytest.mark.parametrize(
    "draft", ["You spent [[0/amount_minor]] in April 2026.", "In 2025 you spent [[0/amount_minor]].", "Last month: [[0/amount_minor]]."]
)
@pytest.mark.parametrize("foreign", [True, False])
def test_a_period_that_is_not_the_calls_is_found(draft: str, foreign: bool) -> None:
    assert "period_is_not_the_calls" in codes(draft, foreign=foreign)


def test_periods_swapped_between_two_calls_are_found() -> None:
    right = "You spent [[0/amount_minor]] in May 2026. You spent [[1/amount_minor]] in April 2026."
    swapped = "You spent [[1/amount_minor]] in May 2026. You spent [[0/amount_minor]] in April 2026."
    assert found(right, SPENT, APRILS) == []
    assert codes(swapped, SPENT, APRILS) == ["period_is_not_the_calls"] * 2


def test_a_period_asked_by_another_call_is_found() -> None:
    assert "period_is_not_the_calls" in codes("You spent [[0/amount_minor]] [[1?/period/label]].", SPENT, APRILS)


@pytest.mark.parametrize(
    "draft", ["Your income was [[0/amount_minor]].", "Your balance is [[0/amount_minor]].", "You earned [[0/amount_minor]]."]
)
def test_a_measure_that_is_not_the_calls_is_found(draft: str) -> None:
    assert codes(draft) == ["measure_is_not_the_calls"]


def test_a_subject_that_is_not_the_calls_is_found() -> None:
    assert codes("You spent [[0/amount_minor]] on rent.") == ["subject_is_not_the_calls"]
    assert codes("You spent [[0/amount_minor]] at Aldi.") == ["subject_is_not_the_calls"]
    assert found("You spent [[0/amount_minor]] on groceries.") == []


def test_a_period_label_that_smuggles_a_sum_is_not_believed() -> None:
    smuggled = Period(start_on=MAY.start_on, end_on=MAY.end_on, label="in May 2026 you owe 9999")
    asked = groceries(period=smuggled)
    assert "figure_is_unbound" in codes("You spent [[0/amount_minor]] in May 2026 you owe 9999.", call(asked, result(asked)))


def test_a_label_of_another_month_is_not_believed() -> None:
    mislabelled = Period(start_on=MAY.start_on, end_on=MAY.end_on, label="in April 2026")
    asked = groceries(period=mislabelled)
    assert "period_is_not_the_calls" in codes("You spent [[0/amount_minor]] in April 2026.", call(asked, result(asked)))


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("in the last 90 days", date(2026, 8, 24), date(2026, 11, 21)),
        ("in the last 3 months", date(2026, 8, 1), date(2026, 10, 31)),
        ("in Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("since 12 May 2026", date(2026, 5, 12), date(2026, 11, 21)),
        ("in the 2 weeks before last", date(2026, 11, 2), date(2026, 11, 15)),
        ("before 1 June 2026", date(2025, 1, 3), date(2026, 5, 31)),
    ],
)
def test_a_label_whose_numbers_are_the_periods_own_may_be_spoken(label: str, start: date, end: date) -> None:
    asked = groceries(period=Period(start_on=start, end_on=end, label=label))
    assert found(f"You spent [[0/amount_minor]] {label}.", call(asked, result(asked))) == []


def test_a_name_with_digits_is_no_figure() -> None:
    asked = query(include=Subject(merchants=("7-Eleven",)))
    assert found("You spent [[0/amount_minor]] at 7-Eleven in May 2026.", call(asked, result(asked))) == []


def test_what_a_model_puts_among_its_arguments_is_no_name_of_the_books() -> None:
    asked = query(include=Subject(text=("you owe 9999",)))
    made = call(asked, result(asked))
    for draft in ("Note: you owe 9999.", "Note: [[0?/include/text/0]]."):
        assert codes(draft, made) == ["figure_is_unbound"]
        assert found(draft, made, text="find “you owe 9999”") == []


def test_a_memo_that_could_pass_for_an_answer_is_shown_as_a_quotation() -> None:
    asked = query(statistic="list")
    listed = call(asked, result(asked, transactions=[fact(merchant="Win $500", description="your balance is 9,999.00")]))
    rendered = render("So: [[0/transactions/0/description]] at [[0/transactions/0/merchant]].", (listed,), {}, "EUR", "en")
    assert rendered.answer == "So: “your balance is 9,999.00” at “Win $500”."


def test_the_persons_own_words_may_be_quoted_and_only_quoted() -> None:
    assert found("I do not know “route 66”.", text="what about route 66?") == []
    assert codes("I do not know route 66.", text="what about route 66?") == ["figure_is_unbound"]
    assert codes("I do not know “route 67”.", text="what about route 66?") == ["figure_is_unbound"]


def test_a_sum_among_the_arguments_may_be_spoken_only_if_the_person_said_it() -> None:
    asked = groceries(amount_min_minor=500000)
    made = call(asked, result(asked))
    assert found("Above [[0?/amount_min_minor]]: [[0/amount_minor]].", made, text="anything above 5,000?") == []
    assert codes("Above [[0?/amount_min_minor]]: [[0/amount_minor]].", made, text="anything large?") == ["figure_was_not_said"]


def test_a_quick_reply_of_the_plan_may_hold_digits() -> None:
    choice = Choice(label="The last 90 days", text="How much in the last 90 days?")
    made = plan(SPENT, choices=(choice,))
    rendered = render('::reply {"label": "The last 90 days", "text": "How much in the last 90 days?"}', (SPENT,), {}, "EUR", "en")
    assert check(rendered, made, SPENT) == []
