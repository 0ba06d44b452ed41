"""Words as retrieval sees them: small letters, no accents, stems, and the terms that people use for the same thing of money."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

SYNONYMS = Path(__file__).parent / "synonyms.yaml"
STOP_WORDS = Path(__file__).parent / "stop_words.txt"
TESTAMENT = re.compile(r"\b(a|the|my|your|our|his|her|their|no|make|making|writing) will\b")
WORD = re.compile(r"\d+(?:[.,/]\d+)*[a-z]*|[a-z]+(?:'[a-z]+)?")
ENDINGS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))
VOWELS = frozenset("aeiouy")


def words(text: str) -> list[str]:
    """The words of a text in order, stop words included."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("(k)", "k"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return WORD.findall(TESTAMENT.sub(r"\1 wills", plain))


def terms(text: str) -> list[str]:
    """Stems of the words that carry content."""
    empty = stop_words()
    return [stem(word) for word in words(text) if word not in empty]


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of a subject."""
    return frozenset(STOP_WORDS.read_text(encoding="utf-8").split())


@cache
def stem(word: str) -> str:
    """A light stem: plural, -ing, -ed and -ly go; a wrong stem does no harm as long as it is the same everywhere."""
    word = word.removesuffix("'s").replace("'", "")
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending, kept in ENDINGS:
        if word.endswith(ending):
            word = word.removesuffix(ending) + kept
            break
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and VOWELS & set(root):
            word = root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls" else root
            break
    return word.removesuffix("e") if len(word) > 3 else word


@cache
def _table() -> tuple[tuple[tuple[str, ...], ...], ...]:
    groups = yaml.safe_load(SYNONYMS.read_text(encoding="utf-8"))
    return tuple(tuple(tuple(stem(word) for word in words(phrase)) for phrase in group) for group in groups)


def expansions(text: str) -> dict[str, frozenset[str]]:
    """For each term of the text that the table knows, the other terms of its groups. Phrases are matched whole."""
    row = [stem(word) for word in words(text)]
    found: dict[str, set[str]] = {}
    for group in _table():
        said = [phrase for phrase in group if _stands_in(phrase, row)]
        others = {term for phrase in group if phrase not in said for term in phrase} - _stop_stems()
        for phrase in said:
            for term in phrase:
                found.setdefault(term, set()).update(others - set(phrase))
    return {term: frozenset(others) for term, others in found.items()}


def _stands_in(phrase: tuple[str, ...], row: list[str]) -> bool:
    return any(tuple(row[start : start + len(phrase)]) == phrase for start in range(len(row) - len(phrase) + 1))


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(map(stem, stop_words()))
