"""What a search gives: passages with a quote that stands in the article, or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.freshness import due_for_review
from knowledge.ingest import Article
from knowledge.search import Library
from knowledge.support import Weights
from tests.knowledge.corpora import TODAY, CountingEmbed, article, embed_words

FILLER = "Some further sentences follow that speak about this matter in general and fill the passage until it has a fair length. " * 5
LOST = article(
    "card-lost",
    f"## Blocking\n\nA lost card is blocked by the emergency line at any hour. {FILLER}\n\n## Later\n\nA new card comes by post. {FILLER}",
)
RENT = article("rent", f"## Deposits\n\nA landlord keeps the tenancy deposit as security. {FILLER}")
BONDS = article("bonds", f"## Coupons\n\nA bond pays a coupon each year until maturity. {FILLER}")
ARTICLES = (LOST, RENT, BONDS)
WEIGHTS = Weights(
    rank={"words": 1, "article_words": 1, "passage": 1, "sentence": 1, "heading": 1, "asked": 1, "few": 1, "title": 1, "region": 0.5},
    support={"covered": 8.0, "unknown": -4.0},
    bias=-4.0,
    threshold=0.5,
)


def library(folder: Path, *articles: Article) -> Library:
    return Library(articles or ARTICLES, embed_words, folder, WEIGHTS)


def test_the_article_that_answers_comes_first_with_section_and_quote(tmp_path: Path) -> None:
    first = library(tmp_path).search("Who keeps a tenancy deposit, the landlord?", TODAY).passages[0]
    assert (first.slug, first.section) == ("rent", "Deposits")
    assert first.quote.startswith("A landlord keeps the tenancy deposit as security.")
    assert (first.source, first.url, first.reviewed, first.stale) == ("A law", "https://example.org/law", RENT.reviewed, False)


@pytest.mark.parametrize("question", ["Which mushrooms can be eaten raw?", "", "what is it", "¿?"])
def test_what_the_corpus_does_not_know_brings_nothing(tmp_path: Path, question: str) -> None:
    assert library(tmp_path).search(question, TODAY).passages == ()


@pytest.mark.parametrize("question", ["lost card emergency line", "bond coupon", "deposit landlord"])
def test_a_quote_stands_in_the_article_and_is_short(tmp_path: Path, question: str) -> None:
    for passage in library(tmp_path).search(question, TODAY).passages:
        found = next(one for one in ARTICLES if one.slug == passage.slug)
        assert passage.quote.rstrip("…") in " ".join(found.body.split())
        assert len(passage.quote) <= 300


def test_a_long_sentence_is_quoted_up_to_a_clause(tmp_path: Path) -> None:
    long = "A dividend is a part of the profit, " + ", ".join(["and the board decides on it every year again"] * 12) + "."
    quote = (
        library(tmp_path, article("dividends", f"## What\n\n{long} {FILLER}"))
        .search("What part of profit is a dividend?", TODAY)
        .passages[0]
        .quote
    )
    assert quote.endswith("every year again…")
    assert len(quote) <= 300


def test_one_article_gives_one_passage_however_many_fit(tmp_path: Path) -> None:
    slugs = [passage.slug for passage in library(tmp_path).search("card", TODAY).passages]
    assert slugs == ["card-lost"]


def test_a_stale_article_gives_way_to_a_fresh_one(tmp_path: Path) -> None:
    old = article("old-rent", RENT.body, review_by=date(2026, 6, 1))
    slugs = [passage.slug for passage in library(tmp_path, old, RENT).search("tenancy deposit landlord", TODAY).passages]
    assert slugs == ["rent"]


def test_a_stale_article_is_quoted_as_stale_when_nothing_else_answers(tmp_path: Path) -> None:
    old = article("old-rent", RENT.body, review_by=date(2026, 6, 1))
    (passage,) = library(tmp_path, old, BONDS).search("tenancy deposit landlord", TODAY).passages
    assert (passage.slug, passage.stale) == ("old-rent", True)


def test_editors_see_what_is_overdue_oldest_first() -> None:
    older, old = article("b", BONDS.body, review_by=date(2026, 1, 1)), article("a", RENT.body, review_by=date(2026, 6, 1))
    assert due_for_review([old, RENT, older], TODAY) == [older, old]


def test_the_readers_country_decides_between_equal_articles(tmp_path: Path) -> None:
    uk, us = article("uk", RENT.body, region="UK"), article("us", RENT.body, region="US")
    books = library(tmp_path, us, uk)
    assert books.search("tenancy deposit landlord", TODAY, region="UK").passages[0].slug == "uk"
    assert books.search("tenancy deposit landlord in the US", TODAY, region="UK").passages[0].slug == "us"


def test_the_index_is_made_once_and_again_only_when_the_corpus_changes(tmp_path: Path) -> None:
    embed = CountingEmbed()
    Library(ARTICLES, embed, tmp_path, WEIGHTS)
    made = embed.texts
    Library(ARTICLES, embed, tmp_path, WEIGHTS)
    assert embed.texts == made + 1, "only the probe"
    changed = article("bonds", f"## Coupons\n\nA bond pays interest twice a year. {FILLER}")
    books = Library((LOST, RENT, changed), embed, tmp_path, WEIGHTS)
    assert embed.texts > made + 2
    assert books.search("Does a bond pay interest twice a year?", TODAY).passages[0].quote.startswith("A bond pays interest twice a year.")


def test_an_index_that_was_left_half_made_is_completed(tmp_path: Path) -> None:
    whole = library(tmp_path)
    collection = whole._index._vectors._collection
    collection.delete(ids=["0", "1"])
    assert library(tmp_path).search("bond coupon", TODAY).passages[0].slug == "bonds"
    assert collection.count() == len(whole._index._vectors._entries)
