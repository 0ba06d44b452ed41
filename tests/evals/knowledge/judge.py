"""Puts questions to a library and counts what it finds, and what it rightly and wrongly leaves unanswered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from knowledge.search import Library

QUESTIONS = Path(__file__).parent / "questions.yaml"
TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the slugs of which each answers it; none where the corpus has no answer."""

    text: str
    slugs: frozenset[str]

    @property
    def chooses_weights(self) -> bool:
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 3 == 0


@dataclass(frozen=True, slots=True)
class Score:
    """What is reported of one part of the questions."""

    hit1: float
    hit3: float
    abstained: float
    falsely_abstained: float
    quoted_right: float

    def __str__(self) -> str:
        return (
            f"hit@1 {self.hit1:.3f}  hit@3 {self.hit3:.3f}  abstained rightly {self.abstained:.3f}  falsely {self.falsely_abstained:.3f}"
            f"  quoted, and a right article among them {self.quoted_right:.3f}"
        )


def read_questions(path: Path = QUESTIONS) -> list[Asked]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Asked(row["question"], frozenset(row["slugs"])) for row in rows]


def judge(library: Library, questions: Sequence[Asked], misses: bool = False) -> Score:
    answerable = [asked for asked in questions if asked.slugs]
    others = [asked for asked in questions if not asked.slugs]
    ranks = [_rank(library, asked) for asked in answerable]
    found = [library.search(asked.text, TODAY) for asked in answerable]
    wrongly = [asked for asked in others if library.search(asked.text, TODAY).passages]
    if misses:
        _print_misses(library, answerable, ranks, wrongly)
    quoted = sum(any(one.slug in asked.slugs for one in finding.passages) for asked, finding in zip(answerable, found, strict=True))
    return Score(
        hit1=sum(rank == 1 for rank in ranks) / len(ranks),
        hit3=sum(rank <= 3 for rank in ranks) / len(ranks),
        abstained=1 - len(wrongly) / len(others),
        falsely_abstained=sum(not finding.passages for finding in found) / len(found),
        quoted_right=quoted / len(found),
    )


def _rank(library: Library, asked: Asked) -> int:
    order = [one.passage.article.slug for one in library.rank(asked.text)]
    return next((place for place, slug in enumerate(order, 1) if slug in asked.slugs), 1000)


def _print_misses(library: Library, answerable: Sequence[Asked], ranks: Sequence[int], wrongly: Sequence[Asked]) -> None:
    for asked, rank in zip(answerable, ranks, strict=True):
        finding = library.search(asked.text, TODAY)
        if rank > 3 or not finding.passages:
            first = [one.passage.article.slug for one in library.rank(asked.text)[:3]]
            print(f"  rank {rank:4} support {finding.support:.2f}  {asked.text}  {sorted(asked.slugs)}  first {first}")
    for asked in wrongly:
        finding = library.search(asked.text, TODAY)
        print(f"  quoted  support {finding.support:.2f}  {asked.text}  {finding.passages[0].slug}")
