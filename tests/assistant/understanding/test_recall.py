"""What a turn takes from the ones before it, and what it does not. Names and wordings are invented."""

from __future__ import annotations

import pytest

from tests.assistant.understanding.households import dialogue, told

OCTOBER, SEPTEMBER, YEAR = "2026-10-01..2026-10-31", "2026-09-01..2026-09-30", "2026-01-01..2026-11-21"
QUARTER = "2026-04-01..2026-06-30"


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (("How much at Tesco last month?", "and Boots?", "the two of them together"), f"spending total in(Tesco, Boots) {OCTOBER}"),
        (("What did I spend in the second quarter?", "so what remained"), f"net_cash_flow total {QUARTER}"),
        (("transport this year", "list the payments"), f"spending list in(Transport) {YEAR}"),
        (("transport this year", "how many payments"), f"spending count in(Transport) {YEAR}"),
        (("transport last month", "how many payments", "and on average?"), f"spending average/transaction in(Transport) {OCTOBER}"),
        (("What was my largest purchase this year?", "how much was that?"), f"spending largest {YEAR}"),
        (("which shop got the most last month", "how much did they get?"), f"spending total {OCTOBER} by merchant descending limit 1"),
        (("how much came in last month", "and out?"), f"money_out total {OCTOBER}"),
        (("Netflix this year", "thanks. And what's on my Everyday account?"), "balance total in(Everyday)"),
        (("What's in the Nest egg?", "Sorry, the Everyday account I was after"), "balance total in(Everyday)"),
    ],
)
def test_a_turn_takes_what_it_leaves_out_from_those_before(texts: tuple[str, ...], meant: str) -> None:
    assert told(dialogue(*texts)[-1]) == meant


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (("What's left of my groceries budget?", "and eating out?"), "budgets Eating out"),
        (("What's left of my groceries budget?", "what's the limit there?"), "budgets Groceries"),
        (("What's left of my groceries budget?", "raise it to 300 a month"), "propose_budget Groceries 30000 GBP month"),
        (("What's left of my groceries budget?", "change the eating out one to 90"), "propose_budget Eating out 9000 GBP month"),
        (("What's left of my groceries budget?", "and what did I spend on rent last month?"), f"spending total in(Rent) {OCTOBER}"),
        (("How much do I owe on the Visa?", "put 120 from Everyday on it"), "propose_transfer Everyday Visa 12000 GBP"),
    ],
)
def test_a_wish_or_a_limit_is_of_what_was_just_spoken_of(texts: tuple[str, ...], meant: str) -> None:
    assert told(dialogue(*texts)[-1]) == meant
