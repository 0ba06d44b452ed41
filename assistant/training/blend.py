"""Fits the router's blend to labelled texts: weights and temperature are chosen on held-out parts, then all of it is fitted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.encoder import Vectors
from assistant.ngrams import counted
from assistant.router import Blend, Probabilities, softmax

Classes = NDArray[np.int64]
_GRID = [(1.0, knn, tfidf) for knn, tfidf in product((0.0, 0.25, 0.5, 0.75, 1.0), (0.0, 0.25, 0.5, 0.75, 1.0, 1.5))]
_TEMPERATURES = [round(0.3 + 0.05 * step, 2) for step in range(35)]


@dataclass(frozen=True)
class Settings:
    """What is not learned. `strength` is LogisticRegression's C."""

    columns: int = 2**15
    strength: float = 30.0
    nearest: int = 10
    sharpness: float = 18.0
    tfidf_strength: float = 0.7
    tfidf_scale: float = 4.0


@dataclass(frozen=True)
class Examples:
    texts: Sequence[str]
    vectors: Vectors
    classes: Classes

    def part(self, rows: NDArray[Any]) -> Examples:
        return Examples([self.texts[at] for at in rows], self.vectors[rows], self.classes[rows])


@dataclass(frozen=True)
class Chosen:
    """What held-out parts say of a blend: how often its first guess is right, and how sure it should be."""

    weights: tuple[float, float, float]
    temperature: float
    accuracy: float
    log_loss: float


def fit(examples: Examples, settings: Settings) -> Blend:
    """The three parts, fitted to all examples; equal weights, no temperature yet."""
    head = LogisticRegression(C=settings.strength, max_iter=400, tol=1e-3).fit(examples.vectors, examples.classes)
    counts, idf = _counts(examples.texts, settings.columns)
    machine = LinearSVC(C=settings.tfidf_strength, random_state=0).fit(counts, examples.classes)
    return Blend(
        linear=np.vstack([head.coef_.T, head.intercept_]).astype(np.float32),
        neighbours=examples.vectors,
        neighbour_classes=examples.classes,
        tfidf=np.vstack([machine.coef_.T, machine.intercept_]).astype(np.float32),
        idf=idf,
        weights=(1.0, 0.5, 0.5),
        nearest=settings.nearest,
        sharpness=settings.sharpness,
        tfidf_scale=settings.tfidf_scale,
        temperature=1.0,
    )


def _counts(texts: Sequence[str], columns: int) -> tuple[csr_matrix, Vectors]:
    rows = [counted(text, columns) for text in texts]
    ends = np.cumsum([0, *(len(at) for at, _ in rows)])
    at = np.concatenate([at for at, _ in rows])
    seen = np.bincount(at, minlength=columns)
    idf = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
    weighed = [values * idf[columns_of] for columns_of, values in rows]
    values = np.concatenate([row / (np.linalg.norm(row) or 1) for row in weighed])
    return csr_matrix((values, at, ends), shape=(len(texts), columns)), idf


def choose(examples: Examples, folds: Sequence[NDArray[Any]], settings: Settings) -> Chosen:
    """Weights and temperature from predictions for each fold by a blend that has not seen it."""
    classes = int(examples.classes.max()) + 1
    parts = [np.zeros((len(examples.texts), classes)) for _ in range(3)]
    everything = np.arange(len(examples.texts))
    judged = np.concatenate(list(folds))
    for fold in folds:
        blend = fit(examples.part(np.setdiff1d(everything, fold)), settings)
        held = examples.part(fold)
        for part, found in zip(parts, blend.parts(held.texts, held.vectors), strict=True):
            part[fold] = found
    judged_parts, truth = [part[judged] for part in parts], examples.classes[judged]
    weights = max(
        _GRID, key=lambda grid: _accuracy(_mixed(grid, judged_parts), truth) - 1e-3 * _log_loss(_mixed(grid, judged_parts), truth, 1.0)
    )
    mixed = _mixed(weights, judged_parts)
    temperature = min(_TEMPERATURES, key=lambda one: _log_loss(mixed, truth, one))
    return Chosen(weights, temperature, _accuracy(mixed, truth), _log_loss(mixed, truth, temperature))


def with_choice(blend: Blend, chosen: Chosen) -> Blend:
    return replace(blend, weights=chosen.weights, temperature=chosen.temperature)


def _mixed(weights: tuple[float, float, float], parts: Sequence[Probabilities]) -> Probabilities:
    return np.asarray(sum(weight * part for weight, part in zip(weights, parts, strict=True)) / sum(weights))


def _accuracy(found: Probabilities, truth: Classes) -> float:
    return float((found.argmax(axis=1) == truth).mean())


def _log_loss(found: Probabilities, truth: Classes, temperature: float) -> float:
    sharpened = softmax(np.log(np.maximum(found, 1e-9)) / temperature)
    return float(-np.log(np.maximum(sharpened[np.arange(len(truth)), truth], 1e-9)).mean())
