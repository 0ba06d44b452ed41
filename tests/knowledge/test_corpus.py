"""What holds for every article of the house."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from knowledge.chunk import WORDS_MAX, WORDS_MIN, passages
from knowledge.ingest import Article, read_corpus
from knowledge.words import words

ARTICLES = read_corpus()
MINIMUM = 62
WORDS_OF_AN_ARTICLE = range(250, 701)
RUN = 12


def test_there_are_enough_articles() -> None:
    assert len(ARTICLES) >= MINIMUM


def test_titles_differ() -> None:
    assert len({article.title for article in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_an_article_is_of_readable_length_with_sections_and_an_example(article: Article) -> None:
    assert len(article.body.split()) in WORDS_OF_AN_ARTICLE
    assert len(re.findall(r"^## ", article.body, re.MULTILINE)) >= 3
    assert re.search(r"\d", article.body), "no worked example"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_its_passages_are_the_whole_article_in_readable_pieces(article: Article) -> None:
    found = passages(article)
    assert all(WORDS_MIN <= passage.words <= WORDS_MAX for passage in found)
    text = " ".join(line for line in article.body.splitlines() if not line.startswith("#"))
    assert " ".join(" ".join(passage.text for passage in found).split()) == " ".join(text.split())


def test_no_two_articles_share_a_run_of_words() -> None:
    runs = {article.slug: _runs(article) for article in ARTICLES}
    assert [(one, other) for one, other in combinations(runs, 2) if runs[one] & runs[other]] == []


def _runs(article: Article) -> set[tuple[str, ...]]:
    row = words(article.body)
    return {tuple(row[start : start + RUN]) for start in range(len(row) - RUN + 1)}
