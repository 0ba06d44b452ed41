"""General knowledge of money and of Steward itself: passages of the house's own articles, quoted word for word with their source.

Nothing of the customer goes in but the question and the region that their currency and time zone stand for.
"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kit.errors import NotFound, Unavailable
from knowledge.freshness import is_stale
from knowledge.ingest import Article
from knowledge.search import Library, Quoted
from tools.context import ToolContext
from tools.query.model import Model

Region = Literal["UK", "US", "EU", "DE"]
_OF_CURRENCY: dict[str, Region] = {"GBP": "UK", "USD": "US", "EUR": "EU"}
_OF_ZONE: tuple[tuple[str, Region], ...] = (("Europe/London", "UK"), ("Europe/Berlin", "DE"), ("America/New_York", "US"))


class ArticlesArguments(Model):
    """A question of money in general. `region` is the reader's own unless given."""

    question: Annotated[str, Field(min_length=1, max_length=1000)]
    region: Region | None = None


class Passage(Model):
    """`quote` stands word for word in `section` of the article `document`. `stale`: due for review, which must be said."""

    document: str
    title: str
    section: str
    quote: str
    source: str
    url: str | None
    region: str
    reviewed_on: date
    stale: bool
    score_ratio: float


class Articles(Model):
    """`supported` is false where no article answers: then nothing is quoted."""

    supported: bool
    region: Region | None
    passages: tuple[Passage, ...]
    count: int


class ArticleSource(Model):
    name: str
    url: str | None


class Section(Model):
    title: str
    text: str


class WholeArticle(Model):
    """An article as it is read beside an answer that cites it."""

    document: str
    title: str
    region: str
    reviewed_on: date
    stale: bool
    sources: tuple[ArticleSource, ...]
    sections: tuple[Section, ...]


def home_region(currency: str, timezone: str) -> Region | None:
    """The country whose rules concern a customer, as far as currency and time zone tell."""
    by_zone = next((region for zone, region in _OF_ZONE if zone == timezone), None)
    if currency == "EUR":
        return "DE" if by_zone == "DE" else "EU"
    return _OF_CURRENCY.get(currency) or by_zone


async def search_articles(context: ToolContext, arguments: ArticlesArguments) -> Articles:
    """Raises Unavailable while the articles are away."""
    library = await _library(context)
    region = arguments.region or home_region(context.principal.currency, context.principal.timezone)
    found = await asyncio.to_thread(library.search, arguments.question, context.today, region)
    passages = tuple(_passage(quoted, found.support) for quoted in found.passages)
    return Articles(supported=bool(passages), region=region, passages=passages, count=len(passages))


async def read_whole(context: ToolContext, document: str) -> WholeArticle:
    """Raises NotFound, and Unavailable while the articles are away."""
    article = (await _library(context)).article(document)
    if article is None:
        raise NotFound("article_is_unknown", "there is no such article")
    return WholeArticle(
        document=article.slug,
        title=article.title,
        region=article.region,
        reviewed_on=article.reviewed,
        stale=is_stale(article, context.today),
        sources=tuple(ArticleSource(name=source.name, url=source.url) for source in article.sources),
        sections=_sections(article),
    )


async def _library(context: ToolContext) -> Library:
    if context.shelf is None:
        raise Unavailable("articles_are_away", "the articles cannot be read just now")
    return await context.shelf.library()


def _passage(quoted: Quoted, support: float) -> Passage:
    return Passage(
        document=quoted.slug,
        title=quoted.title,
        section=quoted.section,
        quote=quoted.quote,
        source=quoted.source,
        url=quoted.url,
        region=quoted.region,
        reviewed_on=quoted.reviewed,
        stale=quoted.stale,
        score_ratio=round(min(max(support, 0.0), 1.0), 4),
    )


def _sections(article: Article) -> tuple[Section, ...]:
    """The body cut at its headings."""
    parts = [part.partition("\n") for part in f"\n{article.body}".split("\n## ")[1:]]
    return tuple(Section(title=title.strip(), text=text.strip()) for title, _, text in parts)
