"""`make evals NAME=categories`: categories of merchants that the classifier never saw and no table knows, through the product's enrichment.

Baselines: always the commonest category, and the tables of merchants and words alone. A second look at the made-up households of the money
evaluation, whose merchants were written by people who had not seen this code; their own categories are mapped to ours by hand.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

import yaml

from ledger.enrichment import SURE_PERMILLE, FactToEnrich, enrich, reading_of
from ledger.enrichment.facts import UNCATEGORISED
from risk.behaviour.categories import load_classifier
from risk.behaviour.categories.training.descriptors import fact_of
from risk.behaviour.categories.training.merchants import merchants

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SEED, PRINTED = 7, 5
# A household's own word for what we call so; words that could be several of ours are left out.
OURS = {
    "Lebensmittel": "Groceries", "Supermarket": "Groceries", "Food Shop": "Groceries", "Groceries": "Groceries",
    "Gastronomie": "Eating out", "Dining": "Eating out", "Restaurants": "Eating out", "Pub & Takeaway": "Eating out", "Coffee": "Coffee",
    "Coffee Shops": "Coffee", "Versicherung": "Insurance", "Insurance": "Insurance", "Fuel": "Fuel", "Gas & Fuel": "Fuel",
    "Kleidung": "Clothing", "Clothes": "Clothing", "Reisen": "Travel", "Holidays": "Travel", "Travel": "Travel", "Drogerie": "Pharmacy",
    "Pharmacy": "Pharmacy", "Fitness": "Fitness", "Pets": "Pets", "Abos": "Subscriptions", "Subscriptions": "Subscriptions",
    "Streaming": "Subscriptions", "Rent": "Rent", "Miete": "Rent", "Mortgage": "Mortgage", "Home Loan": "Mortgage",
    "Mobilität": "Transport", "Getting Around": "Transport", "Transport": "Transport", "Phone": "Internet & phone", "Gebühren": "Fees",
    "Bank Fees": "Fees", "Bargeld": "Cash", "Cash": "Cash", "Gadgets": "Electronics", "Utilities": "Utilities",
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A fact's category as it should be, as the tables alone say it, as we say it, and the confidence of what was learned."""

    right: str
    tabled: str
    ours: str
    sure: bool
    permille: int | None
    guessed: str


def main() -> None:
    cases = held_out()
    found = judge(cases)
    commonest = Counter(m.category for m in merchants() if m.part == "fit").most_common(1)[0][0]
    figures = figures_of(found, commonest)
    homes = judge(households())
    at_home = figures_of(homes, commonest)
    print(f"held out: {len(found)} descriptors; majority is {commonest}; right when sure {figures['sure_accuracy']}")
    print(f"households: {len(homes)} descriptors, {_shown(at_home)}, right when sure {at_home['sure_accuracy']}")
    out = ROOT / "var" / "evals" / "categories.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"held_out": figures, "households": at_home, "wrong": wrong(found)}, indent=1, ensure_ascii=False), "utf-8")
    print(f"EVAL categories {_shown(figures)}")


def _shown(figures: dict[str, float]) -> str:
    return " ".join(f"{name}={figures[name]}" for name in ("accuracy", "table", "majority", "coverage", "ece"))


def held_out() -> list[tuple[FactToEnrich, str]]:
    """Descriptors of merchants for judging, without those that the product's table knows after all."""
    rng = Random(SEED)
    cases = [(fact_of(m.name, m.country, m.category, rng), m.category) for m in merchants() if m.part == "judge" for _ in range(PRINTED)]
    return [(fact, category) for fact, category in cases if reading_of(fact).known_category is None]


def households() -> list[tuple[FactToEnrich, str]]:
    """Each merchant of each household once, as its bank prints it, where the household's own category is one of ours."""
    cases: list[tuple[FactToEnrich, str]] = []
    for path in sorted((HERE / "households").glob("*.yaml")):
        table = yaml.safe_load(path.read_text("utf-8"))
        for entry in (each for group in table.values() if isinstance(group, list) for each in group if isinstance(each, dict)):
            texts = entry.get("texts") or [entry["text"]] if "merchant" in entry else []
            amount = abs(entry.get("amount") or sum(entry.get("range", [1000, 1000])) // 2)
            for text in texts[:1]:
                if category := OURS.get(str(entry.get("category"))):
                    fact = FactToEnrich(UUID(int=len(cases)), UUID(int=1), "checking", date(2026, 5, 6), -amount, text)
                    cases.append((fact, category))
    return cases


def judge(cases: Sequence[tuple[FactToEnrich, str]]) -> list[Judged]:
    guesses = load_classifier().classify([fact for fact, _ in cases])
    found = []
    for (fact, right), guess in zip(cases, guesses, strict=True):
        (tabled,) = enrich([fact])
        (ours,) = enrich([replace(fact, guess=guess)])
        sure = ours.category_source != "none" and (ours.confidence_permille is None or ours.confidence_permille >= SURE_PERMILLE)
        best = guess.category if ours.category == UNCATEGORISED and guess else ours.category
        found.append(
            Judged(right, tabled.category, best, sure, guess.permille if guess else None, guess.category if guess else UNCATEGORISED)
        )
    return found


def figures_of(found: Sequence[Judged], commonest: str) -> dict[str, float]:
    """`coverage`: the share that is not asked about; `ece`: by how much the learned confidence is off, over tenths."""
    sure = [each for each in found if each.sure]
    return {
        "accuracy": _share([each.ours == each.right for each in found]),
        "table": _share([each.tabled == each.right for each in found]),
        "majority": _share([commonest == each.right for each in found]),
        "coverage": _share([each.sure for each in found]),
        "sure_accuracy": _share([each.ours == each.right for each in sure]),
        "ece": _calibration_error(found),
    }


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / max(len(hits), 1), 3)


def _calibration_error(found: Sequence[Judged]) -> float:
    tenths: dict[int, list[Judged]] = {}
    for each in found:
        if each.permille is not None:
            tenths.setdefault(min(each.permille // 100, 9), []).append(each)
    gaps = [
        abs(sum(e.guessed == e.right for e in group) - sum(e.permille or 0 for e in group) / 1000) for group in tenths.values()
    ]  # each already times the size of its group
    return round(sum(gaps) / max(sum(len(group) for group in tenths.values()), 1), 3)


def wrong(found: Sequence[Judged]) -> list[str]:
    """What was surely said and is not so, the commonest confusions first."""
    pairs = Counter(f"{each.right} taken for {each.ours}" for each in found if each.sure and each.ours != each.right)
    return [f"{pair}: {count}" for pair, count in pairs.most_common(20)]


if __name__ == "__main__":
    main()
