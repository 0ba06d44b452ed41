"""A linear classifier over the features, with calibrated confidence: what it holds likeliest, and how often in a thousand that is right.

The artefact beside this file is a matrix of small integers with one scale; the card beside that says what it was made of and how good it
is. The same words with the same amount are looked at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledger.enrichment import FactToEnrich, Guess
from risk.behaviour.categories.features import other_buckets, text_buckets, words_seen

HERE = Path(__file__).parent
_REMEMBERED_MAX = 50_000
Seen = tuple[tuple[int, ...], tuple[int, ...]]


class Learned:
    """`weights`: a row for each bucket, a column for each category."""

    def __init__(self, artefact: dict[str, Any], version: str) -> None:
        self.version = version
        self.categories = tuple(str(name) for name in artefact["categories"])
        self._weights = artefact["weights"].astype(np.float32) * artefact["scale"].astype(np.float32)
        self._bias = artefact["bias"].astype(np.float32)
        self._curve = artefact["knots"], artefact["permille"]
        self._texts: dict[tuple[int, ...], NDArray[np.float32]] = {}
        self._others: dict[tuple[int, ...], NDArray[np.float32]] = {}

    def classify(self, facts: Sequence[FactToEnrich]) -> list[Guess | None]:
        """A guess for each fact whose text has words."""
        seen = [seen_of(fact) for fact in facts]
        guesses = iter(self.guesses([each for each in seen if each is not None]))
        return [None if each is None else next(guesses) for each in seen]

    def guesses(self, seen: Sequence[Seen]) -> list[Guess]:
        if not seen:
            return []
        scores = np.array([self.logits(each) for each in seen])
        likely = np.exp(scores - scores.max(1, keepdims=True))
        held = np.interp(1000 * likely.max(1) / likely.sum(1), *self._curve)
        return [Guess(self.categories[best], int(permille)) for best, permille in zip(scores.argmax(1), held, strict=True)]

    def logits(self, seen: Seen) -> NDArray[np.float32]:
        """How much each category is spoken for. Texts repeat, and so do amounts' sizes: each is added up once."""
        text, other = seen
        if len(self._texts) > _REMEMBERED_MAX:
            self._texts.clear()
        if text not in self._texts:
            self._texts[text] = self._bias + self._weights[list(text)].sum(0) / np.sqrt(np.float32(len(text)))
        if other not in self._others:
            self._others[other] = self._weights[list(other)].sum(0)
        return np.add(self._texts[text], self._others[other])


def seen_of(fact: FactToEnrich) -> Seen | None:
    """A fact's features; None when its text has no words."""
    words = words_seen(fact)
    return (text_buckets(words), other_buckets(fact)) if words else None


@cache
def load_classifier(folder: Path = HERE) -> Learned:
    """The committed classifier. Raises ValueError when it is not the one that its card describes."""
    content = (folder / "model.npz").read_bytes()
    card: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
    if sha256(content).hexdigest() != card["sha256"]:
        raise ValueError("the classifier of categories is not the one that its card describes: run `make train`")
    with np.load(BytesIO(content), allow_pickle=False) as archive:
        return Learned(dict(archive), card["version"])
