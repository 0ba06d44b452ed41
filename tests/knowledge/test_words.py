"""Words of questions and of articles meet."""

from __future__ import annotations

import pytest

from knowledge.bm25 import Bm25
from knowledge.regions import fit, spoken_of
from knowledge.words import expansions, stem, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("refunds", "refund"),
        ("budgeting", "budgets"),
        ("cancelled", "cancelling"),
        ("policies", "policy"),
        ("charges", "charged"),
        ("SCHUFA", "schufa"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_short_words_and_numbers_keep_their_form() -> None:
    assert [stem(word) for word in ("gas", "us", "50/30/20", "1,000")] == ["gas", "us", "50/30/20", "1,000"]


def test_accents_brackets_and_possessives_do_not_part_words() -> None:
    assert terms("Bonität 401(k) bank’s") == ["bonitat", "401k", "bank"]


def test_a_phrase_brings_the_other_names_of_the_thing() -> None:
    assert stem("emergency") in expansions("a rainy day fund")[stem("rainy")]
    assert expansions("a day of rain") == {}


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    index = Bm25([["card", "lost"], ["card", "fee"], ["card", "limit"]])
    scores = index.scores({"card": 1.0, "fee": 1.0})
    assert scores.argmax() == 1
    assert index.rarity("fee") > index.rarity("card")


def test_a_longer_text_needs_more_of_a_word() -> None:
    short, long = Bm25([["fee"], ["fee", *["word"] * 50]]).scores({"fee": 1.0})
    assert short > long


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("is £500 safe", {"UK"}),
        ("is $500 safe", {"US"}),
        ("tell us about it", set()),
        ("in the US", {"US"}),
        ("credit score in Germany", {"DE"}),
    ],
)
def test_a_country_is_heard_in_words_and_signs(question: str, regions: set[str]) -> None:
    assert spoken_of(question) == regions


def test_the_country_of_the_question_outweighs_that_of_the_reader() -> None:
    assert fit("UK", "deposit limit in the uk", home="US") == 1
    assert fit("UK", "deposit limit", home="US") == -0.5
    assert fit("EU", "deposit limit in Germany", home=None) == 1
    assert fit("global", "deposit limit in the uk", home="US") == 0


def test_a_will_is_a_testament_and_will_is_not() -> None:
    assert terms("Do I need a will?") == ["will"]
    assert terms("Will prices fall?") == terms("prices fall")
