"""What is asked of money in general goes to the articles, what is asked of one's own money to the books. Wordings are the tests' own."""

from __future__ import annotations

import pytest

from tests.assistant.understanding.households import dialogue, told, understand


@pytest.mark.parametrize(
    "text",
    [
        "how big should an emergency fund be?",
        "what is APR?",
        "what's the difference between an ETF and a fund",
        "my card was stolen, what now?",
        "how do I import a file in Steward?",
        "explain compound interest to me please",
        "is it safe to buy things by bank transfer",
        "somebody phoned and said he was my bank, is that a scam?",
        "Why do lenders look at a credit score?",
        "how much of one's pay should go on rent?",
    ],
)
def test_general_questions_go_to_the_articles(text: str) -> None:
    assert told(understand(text)) == f"articles {text}"


@pytest.mark.parametrize(
    "text",
    [
        "what is my savings rate this year?",
        "how much did the emergency vet cost me in May",
        "what are my biggest expenses this year",
        "did I pay interest on my card last month?",
        "how big was the last Thames Water bill",
        "what is the balance of my Nest egg?",
    ],
)
def test_questions_of_own_money_go_to_the_books(text: str) -> None:
    assert {step.tool for step in understand(text).steps} == {"query"}


def test_both_are_answered_where_both_are_asked() -> None:
    plan = understand("what is the balance of my Nest egg, and how big should my emergency fund be?")
    assert [step.tool for step in plan.steps] == ["query", "articles"]


def test_an_article_lends_nothing_to_the_next_question() -> None:
    *_, plan = dialogue("What is a standing order?", "how much did I spend on groceries in October")
    assert told(plan) == "spending total in(Groceries) 2026-10-01..2026-10-31"
