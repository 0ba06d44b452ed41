"""What the words of one fact say: its merchant, the categories and the signals in them. The same words are read once."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from ledger.enrichment.lexicon import categories_of_merchants, category_order, category_words, merchants, signals, word_list, words_of
from ledger.enrichment.merchants import merchant_of

_LONG_NUMBER = re.compile(r"\d{4,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """`known_category` is the merchant's own; `word_category` what the generic words say."""

    merchant: str
    known_category: str | None
    word_category: str | None
    signals: frozenset[str]
    names: frozenset[str]  # words that may be somebody's name
    words: frozenset[str]

    def has(self, *names: str) -> bool:
        return not self.signals.isdisjoint(names)

    @property
    def category(self) -> str | None:
        return self.known_category or self.word_category


def read(description: str, counterparty: str | None) -> Reading:
    """Reads the words of a fact. Long numbers name nobody, so texts that differ by them are read once."""
    return _read(_LONG_NUMBER.sub(_zeros, description), counterparty and _LONG_NUMBER.sub(_zeros, counterparty))


def _zeros(number: re.Match[str]) -> str:
    return "0" * len(number[0])


@lru_cache(maxsize=100_000)
def _read(description: str, counterparty: str | None) -> Reading:
    merchant = merchant_of(description, counterparty)
    words = words_of(f"{counterparty} {description}" if counterparty else description)
    found = frozenset(name for each in signals().find(words) for name in each.meaning.split())
    return Reading(merchant, _known_category(merchant, description), _word_category(words), found, _names(words), frozenset(words))


def _known_category(merchant: str, description: str) -> str | None:
    """The category of a known merchant; of two in one text ("Amazon Prime" in an Amazon payment) the finer."""
    categories = categories_of_merchants()
    if merchant not in categories:
        return None
    others = {categories[found.meaning] for found in merchants().find(words_of(description))}
    return categories[merchant] if len(others) != 1 else others.pop()


def _word_category(words: tuple[str, ...]) -> str | None:
    order = category_order()
    found = [(-each.length, order[each.meaning], each.at, each.meaning) for each in category_words().find(words)]
    return min(found)[3] if found else None


def _names(words: Collection[str]) -> frozenset[str]:
    bland = word_list("bland")
    return frozenset(word for word in words if len(word) > 1 and word.isalpha() and word not in bland)
