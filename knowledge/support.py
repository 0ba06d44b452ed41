"""How well a passage fits a question, and whether that suffices for quoting it. The weights are learned and kept in weights.json."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Fit:
    """What is known of a question and a passage. All are about 0 to 1, `region` is -1 to 1."""

    words: float  # BM25 of the passage, as a share of the best that any text could reach
    article_words: float  # the same for the whole article
    passage: float  # cosine with the passage
    sentence: float  # cosine with its nearest sentence
    heading: float  # cosine with its nearest heading
    asked: float  # cosine with the nearest way of asking for it
    few: float  # mean of the article's three nearest texts of any kind
    title: float  # share of the question's words that stand in title, headings or tags
    region: float

    @property
    def of_passage(self) -> float:
        """What tells one passage of an article from another."""
        return self.words + self.passage + self.sentence


NAMES = tuple(field.name for field in fields(Fit))


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known of a question and the corpus, beside the best passage's fit."""

    covered: float  # share of the question's words that stand in the passage's article, rare words counting more
    unknown: float  # share that stands nowhere in the corpus
    outside: float  # cosine with the nearest example of what the corpus does not answer
    elsewhere: bool  # it names a country of which the article says nothing
    books: bool  # it asks for the reader's own figures
    market: bool  # it asks for a price, an offer or a forecast


@dataclass(frozen=True, slots=True)
class Weights:
    """The learned numbers. `rank` orders passages; `support` with its `bias` is a logistic regression, cut at `threshold`."""

    rank: Mapping[str, float]
    support: Mapping[str, float]
    bias: float
    threshold: float


def read_weights(path: Path = WEIGHTS) -> Weights:
    return Weights(**json.loads(path.read_text(encoding="utf-8")))


@cache
def house_weights() -> Weights:
    return read_weights()


def named(fit: Fit) -> dict[str, float]:
    return {name: float(getattr(fit, name)) for name in NAMES}


def rank_score(fit: Fit, weights: Weights) -> float:
    return sum(weights.rank[name] * value for name, value in named(fit).items())


def evidence(fit: Fit, cover: Cover) -> dict[str, float]:
    """The features of support by name."""
    return named(fit) | {name: float(value) for name, value in asdict(cover).items()}


def support(fit: Fit, cover: Cover, weights: Weights) -> float:
    """The probability that the passage answers the question."""
    known = evidence(fit, cover)
    total = weights.bias + sum(weight * known[name] for name, weight in weights.support.items())
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
