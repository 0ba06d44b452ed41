"""Finds what the corpus says to a question, or that it says nothing: BM25 and vectors, fused by learned weights, with an honest threshold.

`Library.search` is what callers use; it takes some 10 ms of one core and never blocks on anything but the disk. The rest is for evals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge import freshness
from knowledge.embed import Embed
from knowledge.index import Index, Question, Ranked
from knowledge.ingest import Article, read_corpus
from knowledge.quote import quote
from knowledge.scope import outside as examples_outside
from knowledge.support import Weights, evidence, house_weights, support

NEAR_BEST = 0.8  # a further article is quoted when it fits nearly as well as the first


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that may be cited. `quote` stands word for word in `section` of the article; `stale` must be said when it is quoted."""

    slug: str
    title: str
    section: str
    quote: str
    text: str
    source: str
    url: str | None
    region: str
    score: float
    reviewed: date
    stale: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of a search. No passages: the corpus does not answer the question."""

    passages: tuple[Quoted, ...]
    support: float


class Library:
    """A corpus, ready to be searched. Opening it makes the index when the corpus or the embedding has changed."""

    def __init__(
        self, articles: Sequence[Article], embed: Embed, folder: Path, weights: Weights | None = None, outside: Sequence[str] = ()
    ) -> None:
        self.weights = weights or house_weights()
        self._articles = {article.slug: article for article in articles}
        self._index = Index(articles, embed, folder, outside)

    @classmethod
    def open(cls, embed: Embed, folder: Path) -> Library:
        """The house's own corpus, indexed under `folder`."""
        return cls(read_corpus(), embed, folder, outside=examples_outside())

    def search(self, question: str, today: date, region: str | None = None, limit: int = 3) -> Finding:
        """The best passages of at most `limit` articles. `region` (UK, US, EU, DE) is the reader's, for questions that name none."""
        asked = self._index.ask(question)
        judged = [(one, self._support(asked, one)) for one in self._index.order(asked, region, self.weights)[: 2 * limit]]
        if not judged or judged[0][1] < self.weights.threshold:
            return Finding((), judged[0][1] if judged else 0.0)
        least = NEAR_BEST * judged[0][0].score
        enough = [one for one, likely in judged if likely >= self.weights.threshold and one.score >= least]
        kept = freshness.quotable(enough, lambda one: one.passage.article, today)[:limit]
        return Finding(tuple(self._quoted(asked, one, today) for one in kept), judged[0][1])

    def article(self, slug: str) -> Article | None:
        return self._articles.get(slug)

    def rank(self, question: str, region: str | None = None) -> list[Ranked]:
        """The best passage of each article in question, best first, whether or not it supports anything."""
        return self._index.order(self._index.ask(question), region, self.weights)

    def support(self, question: str, ranked: Ranked) -> float:
        """How likely it is that a passage of the order answers the question."""
        return self._support(self._index.ask(question), ranked)

    def lesson(self, question: str) -> tuple[list[Ranked], dict[str, float]]:
        """The order, and what is known of its first: what fitting learns from."""
        asked = self._index.ask(question)
        order = self._index.order(asked, None, self.weights)
        return order, evidence(order[0].fit, self._index.cover(asked, order[0].passage.article))

    def _support(self, asked: Question, ranked: Ranked) -> float:
        return support(ranked.fit, self._index.cover(asked, ranked.passage.article), self.weights)

    def _quoted(self, asked: Question, ranked: Ranked, today: date) -> Quoted:
        article = ranked.passage.article
        passage, text, section = quote(self._index.passages_of(article), lambda unit: self._index.worth(asked, article, unit))
        return Quoted(
            slug=article.slug,
            title=article.title,
            section=section,
            quote=text,
            text=passage.text,
            source=article.sources[0].name,
            url=article.sources[0].url,
            region=article.region,
            score=ranked.score,
            reviewed=article.reviewed,
            stale=freshness.is_stale(article, today),
        )
