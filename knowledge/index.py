"""An index over articles: takes a question apart once, orders what may answer it, and says how far the corpus covers it.

Judging and quoting are `search`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge import regions, scope
from knowledge.bm25 import SATURATION, Bm25
from knowledge.chunk import Passage, Unit, passages
from knowledge.embed import Embed, embed_all
from knowledge.ingest import Article
from knowledge.support import Cover, Fit, Weights, rank_score
from knowledge.vectors import Entry, VectorIndex
from knowledge.words import expansions, terms

SYNONYM_WEIGHT, SYNONYM_WORTH = 0.35, 0.6
HEADING_WORTH, WORDS_WORTH = 0.5, 0.5
OUTSIDE = "outside"
BY_WORDS, BY_MEANING, FEW = 30, 250, 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its place in the order and why."""

    passage: Passage
    fit: Fit
    score: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart once: weighted terms, its vector's neighbours, and how near each text is."""

    text: str
    weighted: Mapping[str, float]
    own: tuple[str, ...]
    others: Mapping[str, frozenset[str]]  # the same thing in other words
    nearness: Mapping[tuple[str, int], float]  # (kind, passage) -> best cosine
    texts: Mapping[str, float]  # cosine by text of sentences and headings
    floor: Mapping[str, float]
    few: Mapping[str, float]  # by article: mean of its three nearest texts
    lowest: float  # the cosine of the last neighbour
    outside: float  # cosine of the nearest example of what the corpus does not answer


class Index:
    """Words and vectors of a corpus. Made anew when the corpus or the embedding has changed."""

    def __init__(self, articles: Sequence[Article], embed: Embed, folder: Path, outside: Sequence[str]) -> None:
        self._embed = embed
        self._passages = [passage for article in articles for passage in passages(article)]
        self._by_passage = Bm25([terms(passage.headed) for passage in self._passages])
        self._headed = {article.slug: frozenset(_heading_terms(article)) for article in articles}
        texts = {article.slug: terms(" ".join([article.title, *article.tags, *article.asked, article.body])) for article in articles}
        self._by_article = Bm25(list(texts.values()))
        self._article_terms = {slug: frozenset(row) for slug, row in texts.items()}
        self._article_place = {slug: place for place, slug in enumerate(texts)}
        self._vectors = VectorIndex([*_entries(self._passages), *(Entry(text, OUTSIDE, ()) for text in outside)], embed, folder)

    def ask(self, question: str) -> Question:
        """The question taken apart, with its neighbours."""
        vector = embed_all(self._embed, [question])[0]
        nearness: dict[tuple[str, int], float] = {}
        texts: dict[str, float] = {}
        floor: dict[str, float] = {}
        near: dict[str, list[float]] = {}
        outside = 0.0
        for entry, cosine in self._vectors.nearest(vector, BY_MEANING):
            if entry.kind == OUTSIDE:
                outside = max(outside, cosine)
                continue
            near.setdefault(self._passages[entry.passages[0]].article.slug, []).append(cosine)
            floor[entry.kind] = min(floor.get(entry.kind, 1.0), cosine)
            texts[entry.text] = cosine
            for place in entry.passages:
                nearness[entry.kind, place] = max(nearness.get((entry.kind, place), -1.0), cosine)
        own, others = _own(question), expansions(question)
        lowest = min(floor.values(), default=0.0)
        few = {slug: sum((cosines + [lowest] * FEW)[:FEW]) / FEW for slug, cosines in near.items()}
        return Question(question, _weighted(own, others), own, others, nearness, texts, floor, few, lowest, outside)

    def order(self, asked: Question, region: str | None, weights: Weights) -> list[Ranked]:
        """The best passage of each article in question, best article first."""
        best: dict[str, tuple[Passage, Fit]] = {}
        for passage, fit in self._fits(asked, region):
            known = best.get(passage.article.slug)
            if known is None or fit.of_passage > known[1].of_passage:
                best[passage.article.slug] = passage, fit
        ranked = [Ranked(passage, fit, rank_score(fit, weights)) for passage, fit in best.values()]
        return sorted(ranked, key=lambda one: (-one.score, one.passage.id))

    def passages_of(self, article: Article) -> list[Passage]:
        return [passage for passage in self._passages if passage.article.slug == article.slug]

    def worth(self, asked: Question, article: Article, unit: Unit) -> float:
        """How well a sentence answers by itself: in meaning, by its heading, in words."""
        sentence = asked.texts.get(unit.text, asked.floor.get("sentence", 0.0))
        heading = asked.texts.get(headed(article, unit.section), asked.floor.get("heading", 0.0))
        return sentence + HEADING_WORTH * heading + WORDS_WORTH * self.share(asked, frozenset(terms(f"{unit.section} {unit.text}")))

    def _fits(self, asked: Question, region: str | None) -> Iterator[tuple[Passage, Fit]]:
        by_passage = self._by_passage.scores(asked.weighted) / self._best_possible(self._by_passage, asked)
        by_article = self._by_article.scores(asked.weighted) / self._best_possible(self._by_article, asked)
        lexical = [int(place) for place in np.argsort(-by_passage, kind="stable")[:BY_WORDS] if by_passage[place] > 0]
        for place in sorted({*lexical, *(place for _, place in asked.nearness)}):
            passage = self._passages[place]
            slug = passage.article.slug
            yield (
                passage,
                Fit(
                    words=float(by_passage[place]),
                    article_words=float(by_article[self._article_place[slug]]),
                    passage=self._near(asked, "passage", place),
                    sentence=self._near(asked, "sentence", place),
                    heading=self._near(asked, "heading", place),
                    asked=self._near(asked, "asked", place),
                    few=asked.few.get(slug, asked.lowest),
                    title=self.share(asked, self._headed[slug]),
                    region=regions.fit(passage.article.region, asked.text, region),
                ),
            )

    def _near(self, asked: Question, kind: str, place: int) -> float:
        return asked.nearness.get((kind, place), asked.floor.get(kind, 0.0))

    def _best_possible(self, index: Bm25, asked: Question) -> float:
        return max(sum((SATURATION + 1) * index.rarity(term) for term in asked.own), 1e-9)

    def share(self, asked: Question, present: frozenset[str]) -> float:
        """The share of the question's own words that are present, rare words counting more, a synonym less."""
        total = met = 0.0
        for term in asked.own:
            rarity = self._by_article.rarity(term)
            total += rarity
            if term in present:
                met += rarity
            elif asked.others.get(term, frozenset()) & present:
                met += SYNONYM_WORTH * rarity
        return met / total if total else 0.0

    def cover(self, asked: Question, article: Article) -> Cover:
        """How far the corpus, and one article of it, has what the question speaks of."""
        total = sum(self._by_article.rarity(term) for term in asked.own)
        foreign = sum(self._by_article.rarity(term) for term in asked.own if not self._is_known(term, asked.others.get(term, frozenset())))
        return Cover(
            covered=self.share(asked, self._article_terms[article.slug]),
            unknown=foreign / total if total else 1.0,
            outside=asked.outside,
            elsewhere=scope.is_elsewhere(asked.text, article),
            books=scope.asks_the_books(asked.text),
            market=scope.asks_the_market(asked.text),
        )

    def _is_known(self, term: str, others: frozenset[str]) -> bool:
        return self._by_article.knows(term) or any(map(self._by_article.knows, others))


def _own(question: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms(question)))


def _weighted(own: Sequence[str], others: Mapping[str, frozenset[str]]) -> dict[str, float]:
    weighted = dict.fromkeys(own, 1.0)
    for same in others.values():
        for term in same:
            weighted.setdefault(term, SYNONYM_WEIGHT)
    return weighted


def _heading_terms(article: Article) -> list[str]:
    headings = [line.lstrip("#") for line in article.body.splitlines() if line.startswith("#")]
    return terms(" ".join([article.title, *article.tags, *article.asked, *headings]))


def _entries(found: Sequence[Passage]) -> list[Entry]:
    entries = [Entry(passage.headed, "passage", (place,)) for place, passage in enumerate(found)]
    headings: dict[str, list[int]] = {}
    for place, passage in enumerate(found):
        entries += [Entry(unit.text, "sentence", (place,)) for unit in passage.units if not unit.is_table]
        for heading in (passage.article.title, *(headed(passage.article, section) for section in passage.sections)):
            headings.setdefault(heading, []).append(place)
    for article, places in _places(found).items():
        entries += [Entry(way, "asked", places) for way in article.asked]
    return entries + [Entry(heading, "heading", tuple(places)) for heading, places in headings.items()]


def headed(article: Article, section: str) -> str:
    return f"{article.title}: {section}"


def _places(found: Sequence[Passage]) -> dict[Article, tuple[int, ...]]:
    places: dict[Article, tuple[int, ...]] = {}
    for place, passage in enumerate(found):
        places[passage.article] = (*places.get(passage.article, ()), place)
    return places
