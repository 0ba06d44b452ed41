"""An article past its review date is stale: it gives way to any fresh one, and where nothing else answers it is quoted as stale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from knowledge.ingest import Article

Found = TypeVar("Found")


def is_stale(article: Article, today: date) -> bool:
    return today > article.review_by


def quotable(found: Sequence[Found], article_of: Callable[[Found], Article], today: date) -> list[Found]:
    """The fresh ones in their order, or all of them when none is fresh."""
    return [one for one in found if not is_stale(article_of(one), today)] or list(found)


def due_for_review(articles: Sequence[Article], today: date) -> list[Article]:
    """What an editor has to read again, the longest overdue first."""
    return sorted((article for article in articles if is_stale(article, today)), key=lambda article: article.review_by)
