"""The oracle against sums done by hand, over the books of small.py."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.evals.meanings import Meaning
from tests.evals.oracle import Cell, Unanswerable, expected, payday
from tests.evals.small import BOOKS

MAY = {"month": 5}


def value(**meaning: Any) -> object:
    values = expected(BOOKS, Meaning.model_validate(meaning))
    assert len(values) == 1
    return values[0].value


@pytest.mark.parametrize(
    ("meaning", "by_hand"),
    [
        ({"measure": "spending", "period": MAY}, 4_000),  # 4,000 + 6,000 less the refund of 6,000; the transfer left out
        ({"measure": "spending", "period": MAY, "where": {"category": "Clothes"}}, 0),
        ({"measure": "spending", "period": MAY, "except": {"merchant": "Lidl"}}, 0),
        ({"measure": "spending"}, 3_000 + 5_000 + 2_500 + 4_000 + 1_500 + 9_000),
        ({"measure": "income", "period": MAY}, 210_150),
        ({"measure": "net_cash_flow", "period": MAY}, 206_150),
        ({"measure": "savings_rate", "period": MAY}, Fraction(206_150, 210_150)),
        ({"measure": "refunds"}, 6_000),
        ({"measure": "transfers", "period": MAY}, 30_000),
        ({"measure": "transfers", "direction": "in", "where": {"kind": "savings"}}, 30_000),
        ({"measure": "money_out", "period": MAY}, 10_000),
        ({"measure": "money_out", "period": MAY, "where": {"account": "Current"}}, 34_000),
        ({"measure": "money_in", "period": MAY, "where": {"account": "Saver"}}, 30_150),
        ({"measure": "spending", "statistic": "count", "period": MAY, "where": {"merchant": "Zara"}}, 1),
        ({"measure": "spending", "where": {"weekday": "weekend"}}, 2_500),
        ({"measure": "spending", "where": {"over": 50}}, 6_000 - 6_000 + 9_000),
        ({"measure": "spending", "where": {"min": 50}}, 5_000 + 9_000),
        ({"measure": "spending", "where": {"text": "lid"}, "period": {"this": "month"}}, 1_500),
        ({"measure": "spending", "period": {"since": "payday"}}, 10_500),
        ({"measure": "spending", "share": True, "where": {"category": "Food"}}, Fraction(13_500, 25_000)),
    ],
)
def test_flows_are_summed_as_defined(meaning: dict[str, Any], by_hand: object) -> None:
    assert value(**meaning) == by_hand


def test_an_average_runs_over_complete_months_after_the_first_fact() -> None:
    food = {"category": "Food"}
    assert (
        value(measure="spending", statistic="average", per="month", where=food) == 4_500
    )  # April and May; March began before its first fact
    with pytest.raises(Unanswerable, match="no complete month"):
        value(measure="spending", statistic="average", per="month", period={"this": "month"})


def test_single_payments_leave_refunds_out() -> None:
    largest = Meaning.model_validate({"measure": "spending", "statistic": "largest", "period": MAY, "ask": ["amount", "name", "date"]})
    assert [one.value for one in expected(BOOKS, largest)] == [6_000, ("Zara",), date(2026, 5, 9)]
    assert value(measure="spending", statistic="latest", where={"merchant": "Lidl"}, ask="date") == date(2026, 6, 2)
    assert value(measure="spending", statistic="list", where={"category": "Clothes"}) == ((date(2026, 5, 9), 6_000),)


def test_groups_are_ranked_by_their_figure() -> None:
    assert value(measure="spending", by="merchant", top=2) == ("Lidl", "Garage")
    assert value(measure="spending", by="month", top=1) == ("2026-06-01",)
    assert value(measure="spending", by="category", period={"this": "month"}) == (Cell("Car", 9_000), Cell("Food", 1_500))


def test_comparisons_say_both_sides_and_the_change() -> None:
    meaning = {"measure": "spending", "where": {"merchant": "Lidl"}, "period": MAY, "compare": {"period": {"month": 4}}}
    asked = Meaning.model_validate({**meaning, "ask": ["amount", "other", "change", "change_ratio", "yes", "less"]})
    assert [one.value for one in expected(BOOKS, asked)] == [4_000, 5_000, -1_000, Fraction(-1, 5), False, True]
    assert value(measure="spending", where={"merchant": "Lidl"}, compare={"where": {"merchant": "Garage"}}, ask="more") == ("Lidl",)


def test_balances_are_those_of_the_end_of_a_day() -> None:
    assert value(measure="balance", where={"account": "Card"}) == 10_000 + 2_500 + 9_000
    assert value(measure="balance", where={"account": "Saver"}, at="05-20") == 80_000
    assert value(measure="balance", where={"kind": ["checking", "savings"]}, at={"end_of": MAY}) == 668_000 + 80_150
    assert value(measure="net_worth") is None  # nobody told what was in the tin
    assert expected(BOOKS, Meaning(measure="net_worth"))[0].kind == "unknown"


def test_budgets_count_the_period_so_far() -> None:
    assert value(measure="budget", where={"category": "Food"}) == 3_500
    assert value(measure="budget", where={"category": "Car"}, ask="left") == -1_000
    assert value(measure="budget", ask="over") == ("Car",)


def test_payday_is_the_main_employers() -> None:
    assert payday(BOOKS) == date(2026, 6, 1)
