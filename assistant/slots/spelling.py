"""Typing errors: a word that is neither English nor a name of the customer's is read as the nearest one that is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.slots.lexicon import HARMLESS, spellings
from assistant.slots.names import Names
from assistant.slots.text import Utterance

_SHORT = {
    "mnth": "month", "mth": "month", "mths": "months", "wk": "week", "wks": "weeks", "yr": "year", "yrs": "years", "lst": "last",
    "hte": "the", "teh": "the", "spnd": "spend", "spnt": "spent", "acct": "account", "avg": "average", "amt": "amount",
    "txns": "transactions", "txn": "transaction", "bal": "balance", "prev": "previous", "wat": "what", "hwo": "how", "muhc": "much",
    "mcuh": "much",
}  # fmt: skip
_UNITS = ("week", "month", "year", "quarter", "weekend", "months", "weeks", "years")
_BEFORE_UNIT = re.compile(r"\b(?:last|past|this|previous|next|each|every|per|current) $")

_LONG = 8  # so long a word is one slip from a customer's name by chance too seldom to matter


def corrected(utterance: Utterance, names: Names, is_word: Callable[[str], bool]) -> Utterance:
    """The utterance with its typing errors mended; `said` still gives what was typed."""
    changes = [
        (match.span(), new)
        for match in utterance.words()
        if (new := _unit(utterance.text, match, names) or _meant(match[0], names, is_word)) != match[0]
    ]
    if not changes:
        return utterance
    text, origin, end = "", [], 0
    for (start, stop), new in changes:
        text += utterance.text[end:start] + new
        span = utterance.origin[start:stop]
        origin += utterance.origin[end:start] + [span[min(at, len(span) - 1)] if at < len(new) - 1 else span[-1] for at in range(len(new))]
        end = stop
    text += utterance.text[end:]
    origin += utterance.origin[end:]
    return Utterance(utterance.raw, text, origin, list(text), bytearray(len(text)))


def _unit(text: str, match: re.Match[str], names: Names) -> str | None:
    """ "last moth": behind such a word a unit of time was meant, though what was typed is a word."""
    word = match[0]
    if len(word) < 3 or word in _UNITS or word in names.tokens or word in HARMLESS or not _BEFORE_UNIT.search(text[: match.start()]):
        return None
    return next((unit for unit in _UNITS if word[0] == unit[0] and OSA.distance(word, unit) == 1), None)


def _meant(word: str, names: Names, is_word: Callable[[str], bool]) -> str:
    if word in _SHORT:
        return _SHORT[word]
    if len(word) < 4 or not word.isalpha() or not word.isascii() or word in HARMLESS or word in names.tokens or word in names.parts:
        return word
    if word in spellings():
        return word
    if len(word) >= _LONG and (own := _nearest(word, [*names.tokens])) and own[1] == 1:
        return own[0]
    if is_word(word) or (word.endswith("s") and (is_word(word[:-1]) or word[:-1] in names.tokens)):
        return word
    own = _nearest(word, [*names.tokens])
    common = _nearest(word, spellings())
    if own and (not common or own[1] <= common[1]):
        return own[0]
    return common[0] if common else word


def _nearest(word: str, known: Iterable[str]) -> tuple[str, int] | None:
    """The one word within a slip of one, or of two in a long word; none where two are equally near."""
    most = 1 if len(word) < 7 else 2
    found = process.extract(word, [other for other in known if len(other) > 3], scorer=OSA.distance, score_cutoff=most, limit=3)
    found = [one for one in found if one[1] <= most and (one[0][0] == word[0] or one[1] == 1)]
    if not found:
        return None
    best = sorted(found, key=lambda one: (one[1], one[0][0] != word[0]))
    return best[0][0], int(best[0][1])
