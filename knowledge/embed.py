"""The one thing that knowledge asks of a language model: sentences in, unit vectors out. Whoever opens the library brings it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
BATCH = 32
PROBE = "What is the difference between a savings account and a bond?"


def embed_all(embed: Embed, texts: Sequence[str]) -> Vectors:
    """Vectors of many texts in batches of similar length, in the order given, each of unit length."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    rows: list[tuple[int, npt.NDArray[np.float32]]] = []
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        rows.extend(zip(places, np.asarray(embed([texts[place] for place in places]), dtype=np.float32), strict=True))
    rows.sort(key=lambda row: row[0])
    vectors = np.stack([vector for _, vector in rows])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def fingerprint(embed: Embed) -> str:
    """Tells one embedding from another by what it makes of a fixed sentence."""
    vector = embed_all(embed, [PROBE])[0]
    return hashlib.sha256(np.round(vector, 2).astype(np.float32).tobytes()).hexdigest()
