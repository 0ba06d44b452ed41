"""The scorer itself, with faults planted in a right answer: each must be caught, and the right answer must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.evals.answer import Answer
from tests.evals.judge import Judgement, judge
from tests.evals.meanings import Turn
from tests.evals.small import ACCOUNT_IDS, IMPORTED, LIDL_IN_MAY, MAY, right_turn, said

Json = dict[str, Any]
Fault = Callable[[Json], object]


def asked(answer: Answer | Json, turn: Turn = LIDL_IN_MAY) -> Judgement:
    return judge(IMPORTED, turn, answer if isinstance(answer, Answer) else Answer(answer))


def question(skill: str, text: str, *forms: Json) -> Turn:
    return Turn.model_validate({"skill": skill, "text": text, "expect": list(forms)})


def call(result: Json, **args: Any) -> Json:
    return {"name": "query", "args": {"measure": "spending", "statistic": "total", **args}, "result": result}


def money(text: str, value: int, path: str = "/amount_minor", number: int = 1, tool_call: int = 0) -> Json:
    source = {"tool_call": tool_call, "path": path}
    return {"id": f"f{number}", "text": text, "value": value, "unit": "EUR", "kind": "money", "source": source}


def test_a_right_answer_is_right() -> None:
    assert asked(right_turn()) == Judgement("right", (), ())


def _figure(turn: Json, **change: Any) -> None:
    turn["figures"][0].update(change)


def _args(turn: Json, **change: Any) -> None:
    turn["tool_calls"][0]["args"].update(change)


def _words(turn: Json, old: str, new: str) -> None:
    turn["answer"] = turn["answer"].replace(old, new)
    turn["blocks"][0]["text"] = turn["answer"]


def _says(turn: Json, text: str) -> None:
    _words(turn, "€40.00", text)
    _figure(turn, text=text)


FAULTS: dict[str, tuple[Fault, str]] = {
    "a figure that its source does not give": (lambda turn: _figure(turn, value=4_100, text="€41.00"), "its source says 4000"),
    "a text that is not its figure": (lambda turn: _says(turn, "€41.00"), "does not say 4000"),
    "a text that swaps tens and cents": (lambda turn: _says(turn, "€4.00"), "does not say 4000"),
    "an unbound digit": (lambda turn: _words(turn, "in 1 payment", "in 1 payment, 12 less than usual"), "unbound '12'"),
    "an unbound amount that holds a bound one": (lambda turn: _words(turn, "€40.00", "€40.00 of €140.00"), "unbound '140.00'"),
    "an unbound per cent": (lambda turn: _words(turn, "in 1 payment", "in 1 payment, 7 % of everything"), "unbound '7'"),
    "a pointer into nothing": (
        lambda turn: _figure(turn, source={"tool_call": 0, "path": "/rows/0/amount_minor"}),
        "its source is not there",
    ),
    "a call that was never made": (lambda turn: _figure(turn, source={"tool_call": 1, "path": "/amount_minor"}), "its source is not there"),
    "no source": (lambda turn: _figure(turn, source=None), "has no source"),
    "money out of a count": (lambda turn: _figure(turn, source={"tool_call": 0, "path": "/count"}), "its source is count"),
    "another month": (lambda turn: _args(turn, period={"start_on": "2026-04-01", "end_on": "2026-04-30"}), "is about something else"),
    "a day too many": (lambda turn: _args(turn, period={"start_on": "2026-05-01", "end_on": "2026-06-01"}), "is about something else"),
    "no period": (lambda turn: turn["tool_calls"][0]["args"].pop("period"), "is about something else"),
    "another merchant": (lambda turn: _args(turn, include={"merchants": ["Zara"]}), "is about something else"),
    "no filter": (lambda turn: _args(turn, include={}), "is about something else"),
    "a filter the wrong way round": (lambda turn: _args(turn, include={}, exclude={"merchants": ["Lidl"]}), "is about something else"),
    "another measure": (lambda turn: _args(turn, measure="income"), "is about something else"),
    "a call that is no query": (lambda turn: _args(turn, measure="wealth"), "its call is no query"),
    "a day that no call is about": (lambda turn: _words(turn, "May 2026", "May 2026 (to 17 May)"), "unbound '17'"),
    "a year that no call is about": (lambda turn: _words(turn, "May 2026", "May 2024"), "unbound '2024'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_a_wrong_number(name: str) -> None:
    plant, told = FAULTS[name]
    turn = right_turn()
    plant(turn)
    judgement = asked(turn)
    assert judgement.verdict == "wrong"
    assert any(told in line for line in judgement.wrong_numbers), judgement


def test_a_wrong_period_is_caught_though_its_digits_are_right() -> None:
    turn = right_turn()
    _args(turn, period={"start_on": "2026-05-02", "end_on": "2026-05-31"})  # nothing was bought on the first of May
    judgement = asked(turn)
    assert judgement.missing == ()
    assert judgement.verdict == "wrong"


def test_a_filter_that_only_happens_to_agree_in_the_period_is_caught() -> None:
    turn = right_turn()
    _args(turn, include={"merchants": ["Lidl"], "weekdays": [1]})  # May's only visit was on a Monday
    assert "is about something else" in asked(turn).wrong_numbers[0]


def test_a_filter_under_another_name_for_the_same_facts_is_right() -> None:
    turn = right_turn()
    _args(turn, include={"categories": ["food"]})  # all food is from Lidl
    assert asked(turn).verdict == "right"
    _args(turn, include={"text": ["lidl"], "accounts": [ACCOUNT_IDS["Current"]]})
    assert asked(turn).verdict == "right"


def test_another_figure_than_the_expected_is_wrong_though_well_bound() -> None:
    turn = right_turn()
    turn["tool_calls"][0]["result"]["amount_minor"] = 3_900
    _figure(turn, value=3_900, text="€39.00")
    _words(turn, "€40.00", "€39.00")
    assert asked(turn) == Judgement("wrong", ("amount 4000",), ())


def test_asking_back_and_declining_are_not_wrong() -> None:
    assert asked({"status": "clarify", "answer": "Which Lidl do you mean?"}).verdict == "clarify"
    assert asked({"status": "refused", "answer": "I may not say."}).verdict == "declined"
    assert asked({"status": "failed 500", "answer": "Internal error"}).verdict == "wrong"


def test_names_days_and_echoes_are_no_figures() -> None:
    turn = right_turn()
    text = "Between 1 and 31 May 2026 you spent €40.00 at Lidl (1 payment), nothing of it at Cafe 21."
    assert asked(said(turn, text)).wrong_numbers == ()
    quoted = LIDL_IN_MAY.model_copy(update={"text": "lidl 24 in may"})
    assert asked(said(turn, "I took “lidl 24” for Lidl: €40.00 in May 2026, 1 payment."), quoted).wrong_numbers == ()


def test_a_table_is_held_to_its_sources() -> None:
    turn = right_turn()
    turn["tool_calls"][0] = call(
        {"amount_minor": 10_500, "rows": [{"key": "Car", "amount_minor": 9_000}, {"key": "Food", "amount_minor": 1_500}]},
        group_by="category",
        period={"start_on": "2026-06-01", "end_on": "2026-06-17"},
    )
    columns = [{"key": "name", "label": "Category", "kind": "text"}, {"key": "amount", "label": "Spent", "kind": "money"}]
    source = {"tool_call": 0, "path": "/rows/0/amount_minor"}
    rows: list[Json] = [
        {"name": {"text": "Car", "value": "Car"}, "amount": {"text": "€90.00", "value": 9_000, "source": source}},
        {
            "name": {"text": "Food"},
            "amount": {"text": "€15.00", "value": 1_500, "source": {"tool_call": 0, "path": "/rows/1/amount_minor"}},
        },
    ]
    turn |= {"figures": [], "answer": "By category:", "blocks": [{"type": "table", "columns": columns, "rows": rows}]}
    by_category = question("breakdown", "x", {"meaning": {"measure": "spending", "by": "category", "period": {"this": "month"}}})
    assert asked(turn, by_category) == Judgement("right", (), ())
    rows[1]["amount"]["source"] = source
    assert "its source says 9000" in asked(turn, by_category).wrong_numbers[0]
    rows[1]["amount"] = {"text": "€15.00", "value": 1_500}
    assert "has no source" in asked(turn, by_category).wrong_numbers[0]


def test_names_change_places_only_at_the_price_of_being_wrong() -> None:
    ranking = question("ranking", "x", {"meaning": {"measure": "spending", "by": "merchant", "top": 2}})
    turn = {"status": "answered", "tool_calls": [], "figures": []}
    assert asked({**turn, "answer": "Lidl, then Garage."}, ranking).verdict == "right"
    assert asked({**turn, "answer": "Garage, then Lidl."}, ranking).verdict == "wrong"


COMPARED = question(
    "compare_periods",
    "how much more at lidl in may than in april?",
    {
        "meaning": {
            "measure": "spending",
            "where": {"merchant": "Lidl"},
            "period": {"month": 5},
            "compare": {"period": {"month": 4}},
            "ask": "change",
        }
    },
)


def _compared(text: str, other: Json | None = None) -> Json:
    period = other or {"start_on": "2026-04-01", "end_on": "2026-04-30"}
    result = {"amount_minor": 4_000, "comparison": {"amount_minor": 5_000, "change_minor": -1_000, "period": period}}
    made = call(result, include={"merchants": ["Lidl"]}, period=MAY, compare_period=period)
    figures = [money("€10.00", -1_000, "/comparison/change_minor")]
    return {"status": "answered", "answer": text, "tool_calls": [made], "figures": figures}


def test_a_change_needs_its_direction_said_and_the_right_other_period() -> None:
    assert asked(_compared("€10.00 less than in April."), COMPARED).verdict == "right"
    turn = _compared("€10.00 less than in April.", {"start_on": "2026-03-01", "end_on": "2026-04-30"})
    assert "is about something else" in asked(turn, COMPARED).wrong_numbers[0]
    turn = _compared("€10.00 more than in April.")
    turn["figures"][0]["value"] = 1_000
    assert asked(turn, COMPARED).verdict == "wrong"


def test_a_formula_must_follow_from_its_inputs() -> None:
    turn = _compared("€10.00 less than in April: €40.00 after €50.00.")
    turn["figures"] = [
        {"id": "c", "text": "€10.00", "value": -1_000, "kind": "money", "source": {"formula": "a - b", "inputs": ["a", "b"]}},
        {**money("€40.00", 4_000), "id": "a"},
        {**money("€50.00", 5_000, "/comparison/amount_minor"), "id": "b"},
    ]
    assert asked(turn, COMPARED).verdict == "right"
    turn["figures"][0]["value"] = -1_100
    assert "does not follow" in asked(turn, COMPARED).wrong_numbers[0]


def test_a_balance_nobody_told_must_not_be_told() -> None:
    tin = question("balance", "what is in the tin?", {"meaning": {"measure": "balance", "where": {"account": "Tin"}}})
    turn = {"status": "answered", "tool_calls": [call({"amount_minor": 0}, measure="balance", include={"accounts": [ACCOUNT_IDS["Tin"]]})]}
    assert asked({**turn, "answer": "I do not know what is in Tin.", "figures": []}, tin).verdict == "right"
    assert asked({**turn, "answer": "There is €0.00 in Tin.", "figures": [money("€0.00", 0)]}, tin).verdict == "wrong"


def test_a_stranger_gets_no_figure_of_anything_else() -> None:
    stranger = question(
        "unknown_merchant", "what did I spend at harrods?", {"status": ["answered", "clarify"], "say": ["no", "not", "nothing"]}
    )
    nothing = {"status": "answered", "answer": "There is nothing from Harrods in your books.", "figures": [], "tool_calls": []}
    assert asked(nothing, stranger).verdict == "right"
    everything = {**nothing, "answer": "There is no Harrods; you spent €40.00.", "tool_calls": [call({"amount_minor": 4_000})]}
    assert asked({**everything, "figures": [money("€40.00", 4_000)]}, stranger).verdict == "wrong"


def test_a_proposal_is_held_to_its_arguments() -> None:
    wish = {"kind": "transfer", "source": "Current", "target": "Saver", "amount": 50}
    move = question("wish_to_act", "put 50 into my saver", {"status": "proposed", "propose": wish})
    arguments = {"from_account": ACCOUNT_IDS["Current"], "to_account": ACCOUNT_IDS["Saver"], "amount_minor": 5_000}
    turn = {
        "status": "proposed",
        "answer": "Move €50.00 from Current to Saver?",
        "proposals": [{"kind": "transfer", "arguments": arguments}],
    }
    assert asked(turn, move).verdict == "right"
    assert asked({**turn, "answer": "Move €55.00 from Current to Saver?"}, move).wrong_numbers != ()
    assert asked({**turn, "proposals": [{"kind": "transfer", "arguments": {**arguments, "amount_minor": 500}}]}, move).verdict == "wrong"
    assert asked({**turn, "proposals": []}, move).verdict == "wrong"


def test_every_part_of_a_compound_question_counts() -> None:
    lidl = {"measure": "spending", "where": {"merchant": "Lidl"}, "period": {"month": 5}}
    both = question("compound", "x", {"meaning": [lidl, {"measure": "income", "period": {"month": 5}}]})
    turn = right_turn()
    assert asked(turn, both).missing == ("amount 210150",)
    turn["tool_calls"].append(call({"amount_minor": 210_150}, measure="income", period=MAY))
    turn["figures"].append(money("€2,101.50", 210_150, tool_call=1, number=3))
    _words(turn, "in 1 payment", "in 1 payment, and were paid €2,101.50")
    assert asked(turn, both) == Judgement("right", (), ())


def test_yes_and_no_are_told_apart() -> None:
    car = question("budget_over", "am I over on car?", {"meaning": {"measure": "budget", "where": {"category": "Car"}, "ask": "yes"}})
    turn = {"status": "answered", "figures": [], "tool_calls": []}
    assert asked({**turn, "answer": "Yes, you are over your budget for Car."}, car).verdict == "right"
    assert asked({**turn, "answer": "No, you are within it."}, car).verdict == "wrong"
