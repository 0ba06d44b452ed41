"""`python -m risk.behaviour.categories.training`: fits, calibrates, judges, and writes the artefact with its card.

A multinomial logistic regression on hashed features; its strength and the curve of its confidence are chosen on merchants that it was
not fitted on, and its figures come from merchants that neither saw.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

import ledger.enrichment.lexicon as lexicon
from ledger.enrichment import SURE_PERMILLE
from risk.behaviour.categories.classifier import HERE, Learned, Seen, seen_of
from risk.behaviour.categories.features import BUCKETS
from risk.behaviour.categories.training.descriptors import SIZES, fact_of
from risk.behaviour.categories.training.merchants import Merchant, made_up, merchants

SEED, VERSION = 20261125, "categories-1"
PRINTED = {"fit": 5, "choose": 5, "judge": 5}
LEAST_CHANGE = 1 / 1000  # of the slope: beyond, nothing that is kept in eight bits changes
MADE_UP = 320
STRENGTHS = (2, 5)
Example = tuple[Seen, str]


def main(folder: Path = HERE) -> int:
    parts, examples = examples_by_part()
    categories = sorted({category for _, category in examples["fit"]})
    with threadpool_limits(1):  # sums in one order, so that the same comes out everywhere
        fitted = [_fit(examples["fit"], categories, strength) for strength in STRENGTHS]
    scores = [_scores(Learned(each, VERSION), examples["choose"]) for each in fitted]
    right = np.array([categories.index(category) for _, category in examples["choose"]])
    losses = [_loss(each, right) for each in scores]
    chosen = int(np.argmin(losses))
    best = fitted[chosen]
    best["knots"], best["permille"] = _calibration(scores[chosen], right)
    content = _bytes(best)
    learned = Learned(best, VERSION)
    card = {
        "version": VERSION, "sha256": sha256(content).hexdigest(), "bytes": len(content), "seed": SEED,
        "what": "Logistic regression on hashed pieces of words, amount, weekday and merchant category code; our own descriptors only",
        "strength": STRENGTHS[chosen], "categories": categories,
        "merchants": {part: len({m.name for m in found}) for part, found in parts.items()},
        "descriptors": {part: len(found) for part, found in examples.items()},
        "figures": {part: judged(learned, examples[part]) for part in ("choose", "judge")},
    }  # fmt: skip
    (folder / "model.npz").write_bytes(content)
    (folder / "model.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"categories: {card['figures']['judge']}, {len(content)} bytes, {card['sha256'][:12]}")  # type: ignore[index]
    return 0


def examples_by_part() -> tuple[dict[str, list[Merchant]], dict[str, list[Example]]]:
    """The merchants of each part, and what the classifier sees of their descriptors."""
    rng = Random(SEED)  # noqa: S311  not a secret
    known = merchants()
    parts = {part: [m for m in known if m.part == part] for part in PRINTED}
    examples = {part: _printed(found, PRINTED[part], rng) for part, found in parts.items()}
    for category, phrases in sorted(words_of_categories().items()):
        examples["fit"] += _printed(made_up(category, phrases, rng, MADE_UP), 1, rng)
    return parts, examples


def words_of_categories() -> dict[str, list[str]]:
    """Words for kinds of shops: those by which the product's table tells a category, whole ones only, and more of the like."""
    table: dict[str, dict[str, str]] = yaml.safe_load((Path(lexicon.__file__).parent / "categories.yaml").read_text("utf-8"))
    shops: dict[str, str] = yaml.safe_load((Path(__file__).parent / "shops.yaml").read_text("utf-8"))
    told = {name: f"{table.get(name, {}).get('words') or ''}, {shops.get(name) or ''}".split(",") for name in SIZES}
    return {name: [word for each in words if len(word := each.strip().strip("*")) > 2] for name, words in told.items()}


def _printed(found: Sequence[Merchant], times: int, rng: Random) -> list[Example]:
    facts = [(fact_of(m.name, m.country, m.category, rng), m.category) for m in found for _ in range(times)]
    return [(seen, category) for fact, category in facts if (seen := seen_of(fact)) is not None]


def _fit(examples: Sequence[Example], categories: Sequence[str], strength: int) -> dict[str, NDArray[Any]]:
    """The artefact: weights as small integers with one scale for each category."""
    rows = [(row, bucket, 1 / np.sqrt(len(text))) for row, ((text, _), _) in enumerate(examples) for bucket in text]
    rows += [(row, bucket, 1) for row, ((_, other), _) in enumerate(examples) for bucket in other]
    places = np.array([(row, bucket) for row, bucket, _ in rows]).T
    matrix = csr_matrix((np.array([value for _, _, value in rows]), places), shape=(len(examples), BUCKETS))
    regression = LogisticRegression(C=strength, max_iter=120, tol=LEAST_CHANGE).fit(matrix, [category for _, category in examples])
    assert list(regression.classes_) == list(categories)
    weights = regression.coef_.T
    scale = np.abs(weights).max(0) / 127
    return {
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": np.round(regression.intercept_, 3).astype(np.float32),
        "knots": np.array([0, 1000], np.int16),
        "permille": np.array([0, 1000], np.int16),
        "categories": np.array(categories),
    }


def _scores(learned: Learned, examples: Sequence[Example]) -> NDArray[np.float32]:
    return np.array([learned.logits(seen) for seen, _ in examples])


def _loss(scores: NDArray[np.float32], right: NDArray[np.int64]) -> Any:
    """Mean negative log-likelihood."""
    likely = scores - scores.max(1, keepdims=True)
    return np.mean(np.log(np.exp(likely).sum(1)) - likely[np.arange(len(right)), right])


def _calibration(scores: NDArray[np.float32], right: NDArray[np.int64]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """How often in a thousand a guess is right, by how likely it is held: an isotonic curve, kept at fifty places."""
    likely = np.exp(scores - scores.max(1, keepdims=True))
    held = 1000 * likely.max(1) / likely.sum(1)
    curve = IsotonicRegression(y_min=0, y_max=990, out_of_bounds="clip").fit(held, 1000 * (scores.argmax(1) == right))
    knots = np.arange(0, 1001, 20, dtype=np.int16)
    return knots, np.round(curve.predict(knots)).astype(np.int16)


def judged(learned: Learned, examples: Sequence[Example]) -> dict[str, int]:
    """How the guesses do, in thousandths: right, right and share of those that are sure, calibration error."""
    guesses = learned.guesses([seen for seen, _ in examples])
    right = np.array([guess.category == category for guess, (_, category) in zip(guesses, examples, strict=True)])
    sure = np.array([guess.permille for guess in guesses])
    bins = np.minimum(sure // 100, 9)
    gaps = [abs(int(1000 * right[bins == b].mean()) - int(sure[bins == b].mean())) * int((bins == b).sum()) for b in sorted(set(bins))]
    counted = sure >= SURE_PERMILLE
    return {
        "right_permille": int(1000 * right.mean()),
        "sure_permille": int(1000 * counted.mean()),
        "right_when_sure_permille": int(1000 * right[counted].mean()),
        "calibration_error_permille": sum(gaps) // len(examples),
    }


def _bytes(artefact: dict[str, NDArray[Any]]) -> bytes:
    file = BytesIO()
    np.savez_compressed(file, **artefact)  # type: ignore[arg-type]
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
