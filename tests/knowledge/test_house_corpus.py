"""The house's corpus with the product's own encoder, and what keeps its judging fair."""

from __future__ import annotations

import re

import pytest

from knowledge.ingest import read_corpus
from knowledge.scope import outside
from knowledge.search import Library
from knowledge.words import words
from tests.evals.knowledge.judge import read_questions
from tests.knowledge.corpora import TODAY
from tests.knowledge.encoder import encoder, is_there
from tests.need import need


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    need(is_there(), "the encoder in var/models (STEWARD_MODELS)")
    return Library.open(encoder(), tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("question", "slug", "fact"),
    [
        ("How much of my money is protected if a British bank fails?", "deposit-insurance-uk", "120,000"),
        ("Can I have a SEPA direct debit returned after five weeks?", "sepa-direct-debits", "eight weeks"),
        ("What is the difference between the avalanche and the snowball?", "paying-down-debt", "highest interest rate"),
        ("Why do you say that my balance is unknown?", "steward-unknown-balances", "balance"),
    ],
)
def test_a_question_is_answered_with_the_fact_in_the_passage(library: Library, question: str, slug: str, fact: str) -> None:
    first = library.search(question, TODAY).passages[0]
    assert first.slug == slug
    assert fact in first.text


@pytest.mark.parametrize(
    "question", ["How tall is the Eiffel Tower?", "What did I spend on shoes in April?", "Should I buy Siemens shares?", "ok"]
)
def test_what_is_outside_brings_nothing(library: Library, question: str) -> None:
    assert library.search(question, TODAY).passages == ()


def test_every_quote_stands_word_for_word_in_its_article(library: Library) -> None:
    bodies = {article.slug: " ".join(article.body.split()) for article in read_corpus()}
    quotes = [one for asked in read_questions()[::5] for one in library.search(asked.text, TODAY).passages]
    assert len(quotes) > 50
    assert [one.quote for one in quotes if one.quote.rstrip("…") not in bodies[one.slug] or len(one.quote) > 300] == []


def test_no_question_for_judging_is_in_the_index() -> None:
    judged = {_plain(asked.text) for asked in read_questions()}
    known = {_plain(text) for text in [*outside(), *(way for article in read_corpus() for way in article.asked)]}
    assert judged & known == set()


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", " ".join(words(text))).strip()
