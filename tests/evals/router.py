"""`make evals NAME=router`: the router's trainer on BANKING77, against TF-IDF with a linear SVM.

Everything is chosen on parts of the training texts by the product's own trainer; the test texts are looked at once. The two are compared
on the same test texts by McNemar's exact test. The data set is read from ../shared/data (STEWARD_SHARED_DATA) and never committed.
"""

from __future__ import annotations

import csv
import os
import sys
from math import comb
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from assistant.encoder import Encoder
from assistant.training.blend import Chosen, Examples, Settings, choose, fit, with_choice
from kit.settings import Settings as Environment

ROOT = Path(__file__).resolve().parent.parent.parent
CANDIDATES = tuple(Settings(columns=2**18, strength=strength) for strength in (10.0, 30.0))
GOAL = 0.93


def read(path: Path) -> tuple[list[str], list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["category"] for row in rows]


def floor(texts: list[str], classes: NDArray[np.int64], judged: list[str]) -> NDArray[np.int64]:
    """What the classic makes of the judged texts: words 1-2 and characters 2-5, linear SVM."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    machine = make_pipeline(make_union(words, characters), LinearSVC(random_state=0)).fit(texts, classes)
    return np.asarray(machine.predict(judged))


def mcnemar(ours: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> float:
    """The exact two-sided p-value that two sets of right answers to the same questions differ by chance."""
    won, lost = int((ours & ~theirs).sum()), int((theirs & ~ours).sum())
    number = won + lost
    if number == 0:
        return 1.0
    tail = sum(comb(number, k) for k in range(min(won, lost) + 1))
    return min(1.0, float(2 * tail / 2**number))


def main() -> int:
    folder = Path(os.environ.get("STEWARD_SHARED_DATA", ROOT.parent / "shared" / "data")) / "banking77"
    if not folder.exists():
        print(f"BANKING77 is not at {folder}: nothing to measure (STEWARD_SHARED_DATA names the folder that holds it).")
        return 0
    encoder = Encoder.load(Environment().models)
    (texts, names), (judged, truth_names) = read(folder / "train.csv"), read(folder / "test.csv")
    known = {name: at for at, name in enumerate(sorted(set(names)))}
    classes, truth = np.array([known[name] for name in names]), np.array([known[name] for name in truth_names])
    print(f"{len(texts)} training texts, {len(judged)} test texts, {len(known)} classes; embedding them", flush=True)
    examples = Examples(texts, encoder.encode(texts), classes)
    held_out = np.random.default_rng(5).permutation(len(texts))[: len(texts) // 5]
    tried: list[tuple[float, float, int, Settings, Chosen]] = []
    for settings in CANDIDATES:
        chosen = choose(examples, [held_out], settings)
        tried.append((chosen.accuracy, -chosen.log_loss, len(tried), settings, chosen))
        print(
            f"C {settings.strength:g}, {settings.nearest} nearest: {chosen.accuracy:.4f} on held-out training texts, {chosen.weights}",
            flush=True,
        )
    *_, settings, chosen = max(tried, key=lambda one: one[:3])
    blend = with_choice(fit(examples, settings), chosen)
    found = blend.probabilities(judged, encoder.encode(judged)).argmax(axis=1)
    ours, theirs = found == truth, floor(texts, classes, judged) == truth
    p = mcnemar(ours, theirs)
    majority = np.bincount(classes).max() / len(classes)
    print(f"majority class {majority:.4f}; {len(CANDIDATES)} settings tried, weights {chosen.weights}, temperature {chosen.temperature}")
    print(f"EVAL router banking77={ours.mean():.4f} floor={theirs.mean():.4f} p={p:.2g}")
    return 0 if ours.mean() >= GOAL and ours.mean() > theirs.mean() and p < 0.05 else 1


if __name__ == "__main__":
    sys.exit(main())
