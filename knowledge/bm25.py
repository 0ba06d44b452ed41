"""BM25 over passages: term frequency saturated, long passages discounted. Small enough to be read, and it takes weighted terms."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

SATURATION, LENGTH = 1.2, 0.75


class Bm25:
    """Scores every document for weighted terms."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._count = len(documents)
        lengths = np.array([len(document) for document in documents], dtype=np.float64)
        scale = SATURATION * (1 - LENGTH + LENGTH * lengths / max(float(lengths.mean()), 1.0))
        postings: dict[str, list[tuple[int, int]]] = {}
        for place, document in enumerate(documents):
            for term, times in Counter(document).items():
                postings.setdefault(term, []).append((place, times))
        self._postings: dict[str, tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]] = {}
        for term, found in postings.items():
            places = np.array([place for place, _ in found], dtype=np.intp)
            times_ = np.array([times for _, times in found], dtype=np.float64)
            self._postings[term] = (places, times_ * (SATURATION + 1) / (times_ + scale[places]))

    def rarity(self, term: str) -> float:
        """Inverse document frequency; a term that no document has is the rarest."""
        frequency = len(self._postings[term][0]) if term in self._postings else 0
        return math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))

    def knows(self, term: str) -> bool:
        return term in self._postings

    def scores(self, weighted: Mapping[str, float]) -> npt.NDArray[np.float64]:
        total = np.zeros(self._count)
        for term, weight in weighted.items():
            if term in self._postings:
                places, saturated = self._postings[term]
                total[places] += weight * self.rarity(term) * saturated
        return total
