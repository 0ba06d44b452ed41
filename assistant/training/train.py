"""Fits the router to our own utterances and writes its artefact: `make train`, `python -m assistant.training`."""

from __future__ import annotations

import hashlib
import io
import json
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.encoder import Encoder
from assistant.router import FOLDER, Blend
from assistant.slots.text import Utterance
from assistant.training.blend import Chosen, Examples, Settings, choose, fit, with_choice
from assistant.training.utterances import Example, Need, examples, needs

SETTINGS = Settings(columns=2**13)
FOLDS = 5


def train(models: Path, folder: Path = FOLDER) -> Chosen:
    """Writes router.npz and router.json; the same utterances give the same files."""
    encoder = Encoder.load(models)
    found = needs()
    filled = examples(found)
    texts = [Utterance.of(example.text).text for example in filled]
    labelled = Examples(texts, encoder.encode(texts), np.array([example.need for example in filled], dtype=np.int64))
    chosen = choose(labelled, _folds(filled), SETTINGS)
    _write(folder, found, with_choice(fit(labelled, SETTINGS), chosen), chosen, encoder)
    return chosen


def _folds(filled: list[Example]) -> list[NDArray[np.int64]]:
    lines = np.array([example.line for example in filled])
    fold_of = np.random.default_rng(11).integers(0, FOLDS, size=int(lines.max()) + 1)
    return [np.flatnonzero(fold_of[lines] == fold) for fold in range(FOLDS)]


def _write(folder: Path, found: list[Need], blend: Blend, chosen: Chosen, encoder: Encoder) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    np.savez_compressed(
        packed,
        linear=blend.linear.astype(np.float16),
        neighbours=np.round(blend.neighbours * 127).astype(np.int8),
        neighbour_classes=blend.neighbour_classes.astype(np.uint8),
        tfidf=blend.tfidf.astype(np.float16),
        idf=blend.idf.astype(np.float16),
    )
    content = packed.getvalue()
    card = {
        "what": "needs of a person who asks about their own money; frozen MiniLM with a linear head, nearest neighbours and TF-IDF",
        "data": "assistant/training/utterances, written for this product; no customer's words",
        "sha256": hashlib.sha256(content).hexdigest(),
        "encoder_sha256": encoder.name,
        "held_out": {"accuracy": round(chosen.accuracy, 4), "log_loss": round(chosen.log_loss, 4), "folds": FOLDS},
        "sizes": {"needs": len(found), "examples": len(blend.neighbour_classes)},
        "weights": list(chosen.weights),
        "temperature": chosen.temperature,
        "nearest": blend.nearest,
        "sharpness": blend.sharpness,
        "tfidf_scale": blend.tfidf_scale,
        "settings": asdict(SETTINGS),
        "intents": [{"name": n.name, "status": n.status, "form": n.form, "query": n.query, "words": n.words} for n in found],
    }  # fmt: skip
    (folder / "router.npz").write_bytes(content)
    (folder / "router.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    from kit.settings import Settings as Environment

    started = time.monotonic()
    chosen = train(Environment().models)
    seconds = time.monotonic() - started
    print(f"router: {chosen.accuracy:.3f} right on held-out utterances, weights {chosen.weights}, {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
