"""The merchants to learn from, parted into those for fitting, for choosing and for judging.

Whole merchants are kept apart, and so are merchants that share a rare word: the Italian branch of a chain tells nothing of how unknown
names fare when its French branch was learnt. What the product's own table knows is only ever learnt from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from zlib import crc32

import yaml

from ledger.enrichment.lexicon import categories_of_merchants, category_words, words_of

_RARE = 6
COUNTRIES = ("us", "uk", "de", "fr", "es", "it", "nl")
_SURNAMES = (
    "Miller Baker Jones Smith Carter Schneider Weber Wagner Hoffmann Becker Dupont Martin Bernard Petit Moreau Garcia Lopez Sanchez Ruiz"
    " Ortega Rossi Russo Ferrari Romano Ricci Visser Bakker Mulder Janssen Vos Kaya Nguyen Chen Ali Novak Silva Cohen Patel Kim"
)
_ADJECTIVES = "Central City Royal Blue Green Old New Golden Corner Park Nord Sud Centro Plaza Europa Star Sole Mare Lux Prima Oase Bell"


@dataclass(frozen=True, slots=True)
class Merchant:
    name: str
    country: str
    category: str
    part: str  # fit, choose or judge


def merchants() -> list[Merchant]:
    """Those written by hand, and those of the product's table."""
    table: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "merchants.yaml").read_text("utf-8"))
    written = [
        (name.strip(), country, category)
        for category, by_country in table.items()
        for country, names in by_country.items()
        for name in names.split(";")
    ]
    known = sorted((name, "us", category) for name, category in categories_of_merchants().items() if category in table)
    groups = _groups([name for name, _, _ in (*written, *known)])
    tabled = {groups[name] for name, _, _ in known}
    parts = {group: _part(group, group in tabled) for group in groups.values()}
    return [Merchant(name, country, category, parts[groups[name]]) for name, country, category in (*written, *known)]


def _part(group: str, is_known: bool) -> str:
    if is_known:
        return "fit"
    tenth = crc32(group.encode()) % 10
    return "fit" if tenth < 6 else "choose" if tenth < 8 else "judge"


def _groups(names: Iterable[str]) -> dict[str, str]:
    """Each name's group, told by the least name in it (union-find over rare words)."""
    words = {name: {word for word in words_of(name) if len(word) > 3 and not any(category_words().find((word,)))} for name in names}
    often = Counter(word for each in words.values() for word in each)
    parent = {name: name for name in words}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    sharing: dict[str, list[str]] = defaultdict(list)
    for name, each in words.items():
        for word in each:
            if often[word] <= _RARE:
                sharing[word].append(name)
    for found in sharing.values():
        for name in found[1:]:
            first, second = sorted((root(found[0]), root(name)))
            parent[second] = first
    return {name: root(name) for name in words}


def made_up(category: str, phrases: Iterable[str], rng: Random, count: int) -> list[Merchant]:
    """Shops named after what they are: a word of the category with somebody's name, for fitting only."""
    said = list(phrases)
    found = []
    for _ in range(count if said else 0):
        word = rng.choice(said)
        second = rng.choice((_SURNAMES if rng.randrange(2) else _ADJECTIVES).split())
        name = rng.choice((f"{word} {second}", f"{second} {word}", f"{word}", f"{second}s {word}")).title()
        found.append(Merchant(name, rng.choice(COUNTRIES), category, "fit"))
    return found
