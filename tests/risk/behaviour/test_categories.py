"""The classifier of categories: the committed artefact, its guesses, and what enrichment makes of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.enrichment import SURE_PERMILLE, FactToEnrich, Guess, Rule, Rules, Sorting, enrich
from risk.behaviour.categories.classifier import HERE, load_classifier
from risk.behaviour.categories.training.descriptors import CITIES, FORMATS, SIZES
from risk.behaviour.categories.training.merchants import merchants


def fact(description: str, amount_minor: int = -1250, **more: object) -> FactToEnrich:
    made = FactToEnrich(UUID(int=1), UUID(int=2), "checking", date(2026, 5, 6), amount_minor, description)
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("description", "category"),
    [
        ("KARTENZAHLUNG FRISEURSALON ELKE SAGT DANKE 0021//HALLE/DE", "Personal care"),
        ("CB BOULANGERIE DES LICES 12/03", "Groceries"),
        ("SumUp *TAQUERIA EL JEFE", "Eating out"),
        ("COMPRA TARJ. 5540XXXXXXXX1234 FERRETERIA NAVARRO-GIJON", "Home"),
        ("PAGAMENTO POS AUTOFFICINA E GOMMISTA NERI CARTA 1234", "Car"),
        ("VISA DEBIT PEMBERTON VETERINARY CLINIC", "Pets"),
    ],
)
def test_shops_are_known_by_what_they_are_called(description: str, category: str) -> None:
    (guess,) = load_classifier().classify([fact(description)])
    assert guess is not None
    assert (guess.category, guess.permille > SURE_PERMILLE // 2) == (category, True)


def test_a_name_that_says_nothing_is_no_sure_guess_and_stays_open() -> None:
    (guess,) = load_classifier().classify([fact("VISA DEBIT ZQUORV")])
    (found,) = enrich([fact("VISA DEBIT ZQUORV", guess=guess)])
    assert (found.category, found.category_source) == ("Uncategorised", "none")
    assert guess is not None
    assert found.confidence_permille == guess.permille < SURE_PERMILLE


def test_what_comes_first_counts() -> None:
    sure = Guess("Pets", 990)
    plain = fact("TESCO STORES 3290", guess=sure)
    always = Sorting(rules=Rules([Rule(UUID(int=9), "Home", merchant="tesco")]))
    wares = fact("ODDMENTS AND SONS", guess=sure)
    cases = [
        (replace(plain, told_category="Rent", file_category="Party"), always, ("Rent", "customer", None)),
        (replace(plain, file_category="Party"), always, ("Home", "rule", None)),
        (replace(plain, file_category="Party"), Sorting(), ("Party", "file", None)),
        (plain, Sorting(), ("Groceries", "table", None)),
        (wares, Sorting(), ("Pets", "learned", 990)),
        (replace(wares, guess=Guess("Pets", SURE_PERMILLE - 1)), Sorting(), ("Uncategorised", "none", SURE_PERMILLE - 1)),
    ]
    for given_fact, sorting, expected in cases:
        (found,) = enrich([given_fact], sorting)
        assert (found.category, found.category_source, found.confidence_permille) == expected


def test_the_card_describes_the_artefact(tmp_path: Path) -> None:
    card = json.loads((HERE / "model.json").read_text())
    assert card["categories"] == sorted(SIZES)
    assert card["figures"]["judge"]["right_when_sure_permille"] >= 900
    (tmp_path / "model.json").write_text((HERE / "model.json").read_text())
    (tmp_path / "model.npz").write_bytes((HERE / "model.npz").read_bytes()[:-1] + b"!")
    with pytest.raises(ValueError, match="not the one that its card describes"):
        load_classifier(tmp_path)


def test_merchants_for_judging_share_nothing_with_those_that_were_learnt() -> None:
    by_part = {part: {m.name.casefold() for m in merchants() if m.part == part} for part in ("fit", "choose", "judge")}
    assert sum(len(names) for names in by_part.values()) == len(set.union(*by_part.values()))
    assert min(len(names) for names in by_part.values()) >= 200
    assert FORMATS.keys() == CITIES.keys()


@given(st.text(max_size=200), st.integers(-(2**52), 2**52).filter(bool))
def test_any_text_gets_a_category_of_the_tree_or_none(description: str, amount_minor: int) -> None:
    first, second = (load_classifier().classify([fact(description, amount_minor)])[0] for _ in range(2))
    assert first == second
    assert first is None or (first.category in SIZES and 0 <= first.permille <= 1000)
