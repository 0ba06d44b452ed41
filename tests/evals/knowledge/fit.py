"""Chooses retrieval's weights and threshold, and writes them beside the code that uses them.

It learns from the third of the blind questions set aside for it, from questions without an answer that were written for practice, and from
the articles' own ways of being asked for: half of those are taken out of the index and asked, then the other half.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from knowledge.embed import Embed
from knowledge.index import Ranked
from knowledge.ingest import read_corpus
from knowledge.scope import outside
from knowledge.search import Library
from knowledge.support import NAMES, named

RIVALS = 20
RANK_STRENGTH, SUPPORT_STRENGTH = 3.0, 1.0
SUPPORT_FEATURES = ("asked", "few", "covered", "unknown", "outside", "elsewhere", "books", "market")
RIGHT_ABSTENTION_MIN = 0.88  # practice is harder than life: half of its kind is taken out of the index first
BLIND_WEIGHT, PRACTICE_WEIGHT = 10.0, 1.0
STRANGER_WEIGHT, ASKED_WEIGHT = 0.1, 0.02  # of practice in support: ways of asking are terser than questions, and count little there
FOLDS = 10

Question = tuple[str, frozenset[str]]
Row = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question with what a library knew of it."""

    slugs: frozenset[str]
    order: tuple[Ranked, ...]
    evidence: dict[str, float]
    is_blind: bool


@dataclass(frozen=True, slots=True)
class School:
    """A library and the questions to put to it."""

    library: Library
    questions: tuple[Question, ...]
    is_blind: bool

    def lessons(self) -> Iterator[Lesson]:
        for text, slugs in self.questions:
            order, known = self.library.lesson(text)
            yield Lesson(slugs, tuple(order), known, self.is_blind)


def fit(library: Library, embed: Embed, questions: Sequence[Question], path: Path, index: Path) -> None:
    """Learns the order, then, with the order as learned, the support, and writes both. `index` is a folder for the indexes of practice."""
    schools = [School(library, tuple(questions), is_blind=True), *_practice(embed, index)]
    rank = _rank_weights([lesson for school in schools for lesson in school.lessons()])
    for school in schools:
        school.library.weights = replace(school.library.weights, rank=rank)
    support, bias, threshold = _support_weights([lesson for school in schools for lesson in school.lessons()])
    weights = {"rank": rank, "support": support, "bias": bias, "threshold": threshold}
    path.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
    print(f"  weights: {weights}")


def _practice(embed: Embed, index: Path) -> Iterator[School]:
    articles, strangers = read_corpus(), outside()
    for half in (0, 1):
        known = [replace(article, asked=article.asked[half::2]) for article in articles]
        library = Library(known, embed, index / f"half-{half}", outside=strangers[half::2])
        questions = [(way, frozenset({article.slug})) for article in articles for way in article.asked[1 - half :: 2]]
        questions += [(text, frozenset[str]()) for text in strangers[1 - half :: 2]]
        yield School(library, tuple(questions), is_blind=False)


def _row(one: Ranked) -> Row:
    return np.array(list(named(one.fit).values()))


def _rank_weights(lessons: Sequence[Lesson]) -> dict[str, float]:
    """Pairwise: the best right article against each of its nearest rivals."""
    differences: list[Row] = []
    weights: list[float] = []
    for lesson in lessons:
        right = [one for one in lesson.order if one.passage.article.slug in lesson.slugs]
        rivals = [one for one in lesson.order[:RIVALS] if one.passage.article.slug not in lesson.slugs]
        if right:
            differences += [_row(right[0]) - _row(rival) for rival in rivals]
            weights += [BLIND_WEIGHT if lesson.is_blind else PRACTICE_WEIGHT] * len(rivals)
    rows = np.stack(differences + [-row for row in differences])
    labels = np.array([1] * len(differences) + [0] * len(differences))
    model = LogisticRegression(C=RANK_STRENGTH, fit_intercept=False, max_iter=5000).fit(rows, labels, sample_weight=weights * 2)
    coefficients = np.maximum(model.coef_[0], 0.0)  # no sign of fitness may count against a passage
    return {name: round(float(value), 4) for name, value in zip(NAMES, coefficients / coefficients.sum(), strict=True)}


def _support_weights(lessons: Sequence[Lesson]) -> tuple[dict[str, float], float, float]:
    features = np.array([[lesson.evidence[name] for name in SUPPORT_FEATURES] for lesson in lessons])
    truth = np.array([int(bool(lesson.slugs)) for lesson in lessons])
    blind = np.array([lesson.is_blind for lesson in lessons])
    weight = np.where(blind, BLIND_WEIGHT, np.where(truth == 1, ASKED_WEIGHT, STRANGER_WEIGHT))
    weight[truth == 0] *= weight[truth == 1].sum() / weight[truth == 0].sum()
    scale = features.std(axis=0) + 1e-9
    model = LogisticRegression(C=SUPPORT_STRENGTH, max_iter=5000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    held_out = cross_val_predict(model, features / scale, truth, cv=folds, method="predict_proba", params={"sample_weight": weight})[:, 1]
    threshold = _threshold(held_out, truth, blind)
    model.fit(features / scale, truth, sample_weight=weight)
    weights = {name: round(float(value), 4) for name, value in zip(SUPPORT_FEATURES, model.coef_[0] / scale, strict=True)}
    return weights, round(float(model.intercept_[0]), 4), round(threshold, 3)


def _threshold(held_out: Row, truth: npt.NDArray[np.int64], blind: npt.NDArray[np.bool_]) -> float:
    """The lowest that turns away enough of what has no answer, blind questions and practice counting as much as each other."""
    for choice in np.arange(0.05, 0.96, 0.01):
        turned_away = [float((held_out[(truth == 0) & part] < choice).mean()) for part in (blind, ~blind)]
        if sum(turned_away) / 2 >= RIGHT_ABSTENTION_MIN:
            break
    falsely = float((held_out[(truth == 1) & blind] < choice).mean())
    print(f"  held out at {choice:.2f}: rightly turned away {turned_away[0]:.3f} (practice {turned_away[1]:.3f}), falsely {falsely:.3f}")
    return float(choice)
