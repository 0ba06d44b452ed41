"""Vectors of passages, sentences and headings in Chroma on disk, made anew when the corpus, its cutting or the embedding changes.

Vectors are handed to Chroma ready-made, so its own embedding (which would download a model) is never used; telemetry is off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings

from knowledge.embed import Embed, embed_all, fingerprint

PREFIX = "knowledge-"
WRITE_BATCH = 1000
SEARCH_WIDTH = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """A text with a vector of its own. `passages` are the places of the passages it belongs to (a heading may have several)."""

    text: str
    kind: str  # passage, sentence or heading
    passages: tuple[int, ...]


class VectorIndex:
    """Nearest entries by cosine."""

    def __init__(self, entries: Sequence[Entry], embed: Embed, folder: Path) -> None:
        self._entries = entries
        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
        client = chromadb.PersistentClient(path=str(folder), settings=settings)
        name = PREFIX + _digest(entries, embed)
        self._collection = client.get_or_create_collection(name, embedding_function=None, configuration=_configuration())
        if self._collection.count() != len(entries):
            _fill(self._collection, entries, embed)
        _drop_others(client, name)

    def nearest(self, vector: npt.NDArray[np.float32], count: int) -> list[tuple[Entry, float]]:
        """The nearest entries of any kind with their cosines, best first."""
        query: list[Sequence[float] | Sequence[int]] = [vector.tolist()]
        found = self._collection.query(query_embeddings=query, n_results=min(count, len(self._entries)), include=["distances"])
        distances = found["distances"] or [[]]
        return [(self._entries[int(key)], 1 - distance) for key, distance in zip(found["ids"][0], distances[0], strict=True)]


def _configuration() -> CreateCollectionConfiguration:
    return {"hnsw": {"space": "cosine", "ef_construction": SEARCH_WIDTH, "ef_search": SEARCH_WIDTH}}


def _digest(entries: Sequence[Entry], embed: Embed) -> str:
    digest = hashlib.sha256(fingerprint(embed).encode())
    for entry in entries:
        digest.update(f"\0{entry.kind}\0{entry.passages}\0{entry.text}".encode())
    return digest.hexdigest()[:32]


def _fill(collection: Collection, entries: Sequence[Entry], embed: Embed) -> None:
    vectors = embed_all(embed, [entry.text for entry in entries])
    for start in range(0, len(entries), WRITE_BATCH):
        places = range(start, min(start + WRITE_BATCH, len(entries)))
        collection.upsert(
            ids=[str(place) for place in places],
            embeddings=vectors[start : start + WRITE_BATCH],
        )


def _drop_others(client: ClientAPI, kept: str) -> None:
    for collection in client.list_collections():
        if collection.name.startswith(PREFIX) and collection.name != kept:
            client.delete_collection(collection.name)
