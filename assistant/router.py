"""Tells what an utterance needs: a linear head on frozen sentence embeddings, blended with nearest neighbours and TF-IDF.

Artefact: `models/router.npz` (arrays, no pickle) and `models/router.json` (intents, weights, hashes and the card). `assistant.training`
makes both; the blend's weights and its temperature were chosen on held-out utterances, so that a confidence of 0.8 means 8 in 10.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.encoder import Encoder, ModelIsMissing, Vectors
from assistant.ngrams import counted

Probabilities = NDArray[np.float64]
FOLDER = Path(__file__).with_name("models")


@dataclass(frozen=True)
class Blend:
    """Three views of a text and how much each counts. `tfidf` rows are columns of the hashed counts."""

    linear: Vectors  # (dimension + 1, classes)
    neighbours: Vectors  # (examples, dimension)
    neighbour_classes: NDArray[np.int64]
    tfidf: Vectors  # (columns + 1, classes)
    idf: Vectors  # (columns,)
    weights: tuple[float, float, float]
    nearest: int
    sharpness: float
    tfidf_scale: float
    temperature: float

    def probabilities(self, texts: Sequence[str], vectors: Vectors) -> Probabilities:
        """One row for each text, calibrated."""
        parts = self.parts(texts, vectors)
        mixed = sum(weight * part for weight, part in zip(self.weights, parts, strict=True)) / sum(self.weights)
        return softmax(np.log(np.maximum(mixed, 1e-9)) / self.temperature)

    def parts(self, texts: Sequence[str], vectors: Vectors) -> tuple[Probabilities, Probabilities, Probabilities]:
        linear = softmax(vectors @ self.linear[:-1] + self.linear[-1])
        return linear, self._by_neighbours(vectors), self._by_tfidf(texts)

    def _by_neighbours(self, vectors: Vectors) -> Probabilities:
        likeness = vectors @ self.neighbours.T
        found = np.zeros((len(vectors), self.linear.shape[1]))
        nearest = np.argpartition(-likeness, min(self.nearest, likeness.shape[1] - 1), axis=1)[:, : self.nearest]
        for row, places in enumerate(nearest):
            np.add.at(found[row], self.neighbour_classes[places], np.exp(self.sharpness * (likeness[row, places] - 1)))
        found += 1e-6
        return np.asarray(found / found.sum(axis=1, keepdims=True))

    def _by_tfidf(self, texts: Sequence[str]) -> Probabilities:
        scores = np.empty((len(texts), self.linear.shape[1]))
        for row, text in enumerate(texts):
            at, values = counted(text, len(self.idf))
            values = values * self.idf[at]
            norm = np.linalg.norm(values)
            scores[row] = (values / norm if norm else values) @ self.tfidf[at] + self.tfidf[-1]
        return softmax(self.tfidf_scale * scores)


def softmax(scores: NDArray[Any]) -> Probabilities:
    shifted = np.asarray(scores, dtype=np.float64)
    exponents = np.exp(shifted - shifted.max(axis=1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Intent:
    """A need. `query` is what it asks of the books by default; `status` and `form` say how other needs are answered."""

    name: str
    status: str
    form: str
    query: Mapping[str, Any]
    words: frozenset[str]


@dataclass(frozen=True)
class Guess:
    intent: Intent
    probability: float


class Router:
    """Loaded once; `route` is pure."""

    def __init__(self, blend: Blend, intents: Sequence[Intent], version: str) -> None:
        self._blend, self.intents, self.version = blend, tuple(intents), version
        self.words: frozenset[str] = frozenset().union(*(intent.words for intent in intents if intent.query or intent.form in _LOOK_UPS))

    @classmethod
    def load(cls, encoder: Encoder, folder: Path = FOLDER) -> Router:
        """Raises ModelIsMissing when the artefact is absent, altered, or made for another encoder."""
        try:
            card = json.loads((folder / "router.json").read_text(encoding="utf-8"))
            content = (folder / "router.npz").read_bytes()
        except (OSError, ValueError) as error:
            raise ModelIsMissing(f"the router in {folder} cannot be read ({error}); run `make train`") from error
        if hashlib.sha256(content).hexdigest() != card["sha256"]:
            raise ModelIsMissing(f"the router in {folder} differs from its card; run `make train`")
        with np.load(folder / "router.npz", allow_pickle=False) as arrays:
            blend = Blend(
                linear=arrays["linear"].astype(np.float32),
                neighbours=arrays["neighbours"].astype(np.float32) / 127,
                neighbour_classes=arrays["neighbour_classes"].astype(np.int64),
                tfidf=arrays["tfidf"].astype(np.float32),
                idf=arrays["idf"].astype(np.float32),
                weights=tuple(card["weights"]),
                nearest=card["nearest"],
                sharpness=card["sharpness"],
                tfidf_scale=card["tfidf_scale"],
                temperature=card["temperature"],
            )
        intents = [
            Intent(item["name"], item["status"], item["form"], item["query"], frozenset(item["words"].split())) for item in card["intents"]
        ]
        return cls(blend, intents, f"router-{card['sha256'][:12]}")

    def route(self, text: str, vector: Vectors) -> list[Guess]:
        """Every intent, the likeliest first; `vector` is the text's embedding, one row."""
        found = self._blend.probabilities([text], vector)[0]
        return [Guess(self.intents[at], float(found[at])) for at in np.argsort(-found)]


_LOOK_UPS = frozenset({"accounts", "budgets", "budget_set", "transfer_make"})
