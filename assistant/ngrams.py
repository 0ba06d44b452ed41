"""Counts of words (1-2) and of characters within words (2-5), hashed into a fixed number of columns: what TF-IDF weighs."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Columns = NDArray[np.int64]
Values = NDArray[np.float32]


def counted(text: str, columns: int) -> tuple[Columns, Values]:
    """The columns that a text touches, and 1 + log of how often."""
    words = re.findall(r"\w+|[^\w\s]", text.lower())
    counts: Counter[int] = Counter()
    for word in words:
        counts.update(_pieces(word, columns))
    counts.update(_column(f"2 {one} {two}", columns) for one, two in pairwise(words))
    at = np.fromiter(counts, dtype=np.int64, count=len(counts))
    how_often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
    return at, 1 + np.log(how_often)


@lru_cache(maxsize=50_000)
def _pieces(word: str, columns: int) -> tuple[int, ...]:
    padded = f" {word} "
    pieces = [f"1 {word}"]
    pieces += [f"c {padded[at : at + size]}" for size in range(2, 6) for at in range(max(len(padded) - size + 1, 0))]
    return tuple(_column(piece, columns) for piece in pieces)


def _column(piece: str, columns: int) -> int:
    return zlib.crc32(piece.encode()) % columns
