"""What the classifier sees of a fact: pieces of its words, the table's opinion, amount, weekday, merchant category code.

Every feature is a bucket of a hash, so that there is no vocabulary to keep. Numbers within words are dropped: they name no kind of shop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from ledger.enrichment import FactToEnrich, reading_of
from ledger.enrichment.lexicon import words_of

BUCKETS = 1 << 15
_MCC = re.compile(r"\bmcc[ :#]*(\d{4})\b", re.IGNORECASE)
_WORDS_MAX = 30


def words_seen(fact: FactToEnrich) -> tuple[str, ...]:
    """The words that may say what a fact is for: those of the merchant first, then the rest of the text, none twice."""
    return _words_seen(reading_of(fact).merchant, fact.counterparty, fact.description)


@lru_cache(maxsize=50_000)
def _words_seen(merchant: str, counterparty: str | None, description: str) -> tuple[str, ...]:
    kept = (
        word
        for word in (*words_of(merchant), *words_of(f"{counterparty or ''} {description}"))
        if len(word) > 1 and not any(char.isdigit() for char in word)
    )
    return tuple(dict.fromkeys(kept))[:_WORDS_MAX]


@lru_cache(maxsize=50_000)
def text_buckets(words: tuple[str, ...]) -> tuple[int, ...]:
    """Whole words, pairs, and pieces of three to five characters."""
    return tuple(sorted({_bucket(piece) for piece in _pieces(words)}))


def _pieces(words: tuple[str, ...]) -> Iterator[str]:
    yield from (f"w {word}" for word in words)
    yield from (f"p {first} {second}" for first, second in pairwise(words))
    for word in words:
        bound = f"<{word}>"
        yield from (bound[at : at + size] for size in (3, 4, 5) for at in range(len(bound) - size + 1))


def other_buckets(fact: FactToEnrich) -> tuple[int, ...]:
    """The table of words, sign and size of the amount, whether it is round, the weekday, the code of the kind of merchant."""
    reading, size = reading_of(fact), abs(fact.amount_minor)
    round_to = next((step for step in (10_000, 1_000, 100) if size % step == 0), 1)
    code = _MCC.search(fact.description)
    shape = (fact.amount_minor > 0, size.bit_length(), round_to, fact.booked_on.weekday() // 5, fact.account_kind)
    return _others(reading.word_category, reading.signals, shape, code[1] if code else None)


@lru_cache(maxsize=50_000)
def _others(
    word_category: str | None, signals: frozenset[str], shape: tuple[bool, int, int, int, str], code: str | None
) -> tuple[int, ...]:
    incoming, bits, round_to, weekend, kind = shape
    found = [
        f"table {word_category}",
        f"sign {incoming}",
        f"size {bits}",
        f"round {round_to}",
        f"day {weekend}",
        f"kind {kind}",
        *(f"signal {name}" for name in sorted(signals)),
    ]
    if code is not None:
        found += [f"mcc {code}", f"mcc {code[:2]}"]
    return tuple(_bucket(name) for name in found)


@lru_cache(maxsize=200_000)
def _bucket(feature: str) -> int:
    return crc32(feature.encode()) & (BUCKETS - 1)
