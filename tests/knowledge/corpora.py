"""Small corpora for tests, and an embedding that knows nothing but words: texts that share stems are near."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import numpy as np

from knowledge.embed import Vectors
from knowledge.ingest import Article, Source
from knowledge.words import terms

REVIEWED = date(2026, 5, 1)
REVIEW_BY = date(2027, 5, 1)
TODAY = date(2026, 11, 21)
DIMENSIONS = 256


class CountingEmbed:
    """Counts the texts it was given."""

    def __init__(self) -> None:
        self.texts = 0

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return embed_words(texts)


def embed_words(texts: Sequence[str]) -> Vectors:
    vectors = np.full((len(texts), DIMENSIONS), 1e-3, dtype=np.float32)
    for row, text in enumerate(texts):
        for term in terms(text):
            vectors[row, int(hashlib.sha256(term.encode()).hexdigest(), 16) % DIMENSIONS] += 1
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def article(
    slug: str, body: str, title: str = "", region: str = "global", asked: tuple[str, ...] = (), review_by: date = REVIEW_BY
) -> Article:
    sources = (Source("A law", "https://example.org/law"),)
    return Article(slug, title or slug.capitalize(), region, sources, REVIEWED, REVIEWED, review_by, ("tag",), asked, body)
