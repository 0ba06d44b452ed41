"""The table of concepts (concepts.yaml): which words mean the same kind of thing, and which kinds lie under a wider one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.slots.text import fold

_TABLE = Path(__file__).with_name("concepts.yaml")


@dataclass(frozen=True)
class Concepts:
    """`by_word`: concepts of a folded phrase. `under`: each concept with every concept below it, itself included."""

    by_word: Mapping[str, frozenset[str]]
    under: Mapping[str, frozenset[str]]
    wider: Mapping[str, tuple[str, ...]]
    chief: Mapping[str, tuple[str, ...]]  # the wider concept that people mean a kind of thing by, where their books have no finer one
    longest: int

    def of(self, phrase: str) -> frozenset[str]:
        """The concepts that a folded phrase names, singular or plural."""
        return next((found for form in forms(phrase) if (found := self.by_word.get(form))), frozenset())

    def closure(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self.under[name] for name in names))

    def of_category(self, name: str) -> frozenset[str]:
        """The concepts of a category: of its whole name, else of its leaf, else of the phrases in it."""
        whole = fold(name)
        leaf = fold(re.split(r"\s*(?:[:>|/\\]|->| - )\s*", name.strip())[-1])
        for phrase in (whole, leaf):
            if found := self.of(phrase):
                return found
        words = [word for word in leaf.split() if word not in _JOINTS]
        named, at = list[frozenset[str]](), 0
        while at < len(words):
            sizes = range(min(self.longest, len(words) - at), 0, -1)
            size = next((size for size in sizes if self.of(" ".join(words[at : at + size]))), 0)
            if size:
                named.append(self.of(" ".join(words[at : at + size])))
            at += size or 1
        return _agreed(named)


def _agreed(named: list[frozenset[str]]) -> frozenset[str]:
    """All that the words name; one that may mean several things means what another says too ("gas" in "Gas & fuel")."""
    found = frozenset[str]()
    for at, own in enumerate(named):
        others = frozenset[str]().union(*named[:at], *named[at + 1 :])
        found |= own & others if len(own) > 1 and own & others else own
    return found


_JOINTS = frozenset(["and", "und", "et", "y", "e", "en", "och", "og", "i", "the", "of", "&", "my", "other", "general"])


def forms(phrase: str) -> tuple[str, ...]:
    """The phrase as it is, then as its singular or plural."""
    if phrase.endswith("ies"):
        return phrase, phrase[:-3] + "y", phrase[:-1]
    if phrase.endswith("es"):
        return phrase, phrase[:-1], phrase[:-2]
    return (phrase, phrase[:-1]) if phrase.endswith("s") else (phrase, phrase + "s")


@cache
def concepts() -> Concepts:
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    by_word: dict[str, set[str]] = {}
    for name, entry in table.items():
        for word in {*entry["words"], name.replace("_", " ")}:
            by_word.setdefault(fold(str(word)), set()).add(name)
    wider = {name: tuple(entry.get("under", ())) for name, entry in table.items()}
    under = {name: frozenset(other for other in wider if name in _ancestors(other, wider)) for name in wider}
    chief = {name: tuple(entry.get("chief", ())) for name, entry in table.items()}
    return Concepts(
        {word: frozenset(found) for word, found in by_word.items()}, under, wider, chief, max(len(word.split()) for word in by_word)
    )


def _ancestors(name: str, wider: Mapping[str, tuple[str, ...]]) -> set[str]:
    return {name}.union(*(_ancestors(above, wider) for above in wider[name]))
