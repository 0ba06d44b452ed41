"""The tables of words and how they are found in a text: one pass over its words, one look-up for each.

Texts are compared as words without case, accents and marks, so that "Sainsbury's", "SAINSBURYS" and "sainsbury´s" are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’´`")
_ANYWHERE_LETTERS = 7
_REMEMBERED_MAX = 100_000


@lru_cache(maxsize=200_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, plain."""
    folded = text.casefold().translate(_APOSTROPHES)
    if not folded.isascii():
        folded = folded.replace("ø", "o").replace("ł", "l")
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return tuple(_WORD.findall(folded))


class Found(NamedTuple):
    """A phrase of the table in a text: where its words begin, how many they are, what it stands for."""

    at: int
    length: int
    meaning: str


@dataclass(slots=True)
class Phrases:
    """Phrases and what they stand for. Of two at one place the longer is found."""

    _by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]] = field(default_factory=lambda: defaultdict(list))
    _stems: dict[str, str] = field(default_factory=dict)
    _endings: dict[str, str] = field(default_factory=dict)
    _parts: dict[str, str | None] = field(default_factory=dict)  # words looked into before

    def add(self, phrase: str, meaning: str, *, at_start: bool = False) -> None:
        if phrase.endswith("*"):
            self._stems.setdefault("".join(words_of(phrase)), meaning)
        elif phrase.startswith("*"):
            self._endings.setdefault("".join(words_of(phrase)), meaning)
        else:
            first, *rest = words_of(phrase)
            entries = self._by_first[first]
            if not any(known == tuple(rest) for known, _, _ in entries):
                entries.append((tuple(rest), meaning, at_start))
                entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, words: tuple[str, ...]) -> Iterator[Found]:
        """What occurs in the words, from the first to the last."""
        for at, word in enumerate(words):
            for rest, meaning, at_start in self._by_first.get(word, ()):
                if (not at_start or at == 0) and words[at + 1 : at + 1 + len(rest)] == rest:
                    yield Found(at, len(rest) + 1, meaning)
                    break
            else:
                if (part := self._in_part(word)) is not None:
                    yield Found(at, 1, part)

    def _in_part(self, word: str) -> str | None:
        """What a stem or an ending of the word stands for."""
        if word.isdigit() or not (self._stems or self._endings):
            return None
        if word not in self._parts:
            if len(self._parts) > _REMEMBERED_MAX:
                self._parts.clear()
            stems = (self._stems.get(word[:end]) for end in range(len(word), 2, -1))
            endings = (self._endings.get(word[start:]) for start in range(1, len(word) - 3))
            self._parts[word] = next((meaning for meaning in (*stems, *endings) if meaning is not None), None)
        return self._parts[word]


def _table(name: str) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
    return table


def _items(text: str | None) -> Iterable[str]:
    return (item for each in (text or "").split(",") if (item := each.strip()))


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words.yaml."""
    return frozenset(_items(_lists()[name]))


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
    return lists


@cache
def merchants() -> Phrases:
    """Spellings of known merchants; the meaning is the name as shown."""
    found = Phrases()
    for _, entry in _table("categories.yaml").items():
        for item in _items(entry.get("merchants")):
            name = item.split("|")[0].strip()
            for spelling in map(str.strip, item.split("|")):
                short = len(words_of(spelling)) == 1 and len(words_of(spelling)[0]) < _ANYWHERE_LETTERS
                found.add(spelling.lstrip("^"), name, at_start=short or spelling.startswith("^"))
    return found


@cache
def categories_of_merchants() -> dict[str, str]:
    """The category of each known merchant, by its name as shown."""
    return {
        item.split("|")[0].strip(): category
        for category, entry in _table("categories.yaml").items()
        for item in _items(entry.get("merchants"))
    }


@cache
def category_words() -> Phrases:
    """Words that tell a category."""
    found = Phrases()
    for category, entry in _table("categories.yaml").items():
        for word in _items(entry.get("words")):
            found.add(word, category)
    return found


@cache
def category_order() -> dict[str, int]:
    return {category: rank for rank, category in enumerate(_table("categories.yaml"))}


@cache
def signals() -> Phrases:
    """Words that tell what a movement is. A phrase may be several signals: its meaning is their names, parted by spaces."""
    by_phrase: dict[str, list[str]] = defaultdict(list)
    table: dict[str, str] = yaml.safe_load((Path(__file__).parent / "signals.yaml").read_text("utf-8"))
    for signal, phrases in table.items():
        for phrase in _items(phrases):
            by_phrase[phrase].append(signal)
    found = Phrases()
    for phrase, names in by_phrase.items():
        found.add(phrase, " ".join(names))
    return found
