"""The customer's own names, ready to be found in an utterance: whole, in part, by initials, squashed, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from assistant.slots.concepts import concepts, forms
from assistant.slots.lexicon import HARMLESS, cue_words
from assistant.slots.text import fold
from tools.vocabulary import Vocabulary

# Words of merchants' names that tell no merchant from another.
_GENERIC = frozenset(
    """
    gmbh ltd limited inc co corp company group holding ag sa se plc llc bv srl spa oy ab as kg ohg ev the and und et de la le les
    el los da do del der die das den von van shop store stores market markt online express superstore supermarket services service
    city local payment payments payroll bank card direct debit international central uk us de eu com www net org app pay paypal
    sumup zettle square mobile home house new old united national general global station st street road centre center transfer
    order standing monthly fee fees charge subscription premium plus
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Match:
    """What a phrase stands for. `kind`: M or C. `how`: exact, part or concept."""

    kind: str
    names: tuple[str, ...]
    how: str
    phrase: str
    concepts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Names:
    """Phrases to names; made once for a vocabulary."""

    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    merchants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    concepts: dict[str, frozenset[str]] = field(default_factory=dict)  # category -> concepts
    shy: dict[str, tuple[str, ...]] = field(default_factory=dict)  # first words that are everyday words: names where written like one
    tokens: frozenset[str] = frozenset()
    longest: int = 1

    def whole(self, phrase: str) -> tuple[str, ...]:
        """The merchants of that name."""
        return _found(self.merchants, phrase)

    def shortened(self, phrase: str) -> tuple[str, ...]:
        """The merchants that a part of a name stands for."""
        return _found(self.parts, phrase)

    def holding(self, phrase: str) -> tuple[str, ...]:
        """The merchants one of whose words begins or ends with a phrase: "gym" in "PureGym"."""
        short = phrase.removesuffix("s")
        if len(short) < 3 or " " in short:
            return ()
        words = [word for word in self.tokens if word.startswith(short) or word.endswith(short)]
        return tuple(dict.fromkeys(name for word in sorted(words) for name in (*self.merchants.get(word, ()), *self.parts.get(word, ()))))

    def of_concepts(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """The categories that lie under any of the concepts."""
        closure = concepts().closure(wanted)
        return tuple(name for name, own in self.concepts.items() if own & closure)

    def chiefly(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """The categories that things of a finer kind are kept in, where every meaning of them has one."""
        held = [self.of_exactly(frozenset(concepts().chief[concept])) for concept in wanted]
        return tuple(dict.fromkeys(name for names in held for name in names))

    def of_exactly(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """The categories of these concepts themselves."""
        return tuple(name for name, own in self.concepts.items() if own & wanted)

    def nearest(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """The categories of the very concepts, where there are any; else all that lie under them."""
        return tuple(name for name, own in self.concepts.items() if own & wanted) or self.of_concepts(wanted)

    def wider(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """The categories of the concepts above: they hold more than was asked for."""
        above = frozenset(name for concept in wanted for name in concepts().wider[concept])
        return tuple(name for name, own in self.concepts.items() if own & above)

    def closest(self, word: str, limit: int = 3) -> list[str]:
        """The names that a word may have been meant for, nearest first."""
        scored = sorted((OSA.normalized_distance(word, phrase), phrase) for phrase in [*self.categories, *self.merchants, *self.parts])
        found: list[str] = []
        for distance, phrase in scored:
            if distance > 0.4 or len(found) >= limit:
                break
            names = self.categories.get(phrase) or self.merchants.get(phrase) or self.parts[phrase]
            found.extend(name for name in names[:1] if name not in found)
        return found


_TO_OWN = r"(?:from|to|into|till|fran|von|auf|nach|an|de|vers|da|a|naar|van) (?:{})"  # a transfer's text, and no merchant


def _found(index: dict[str, tuple[str, ...]], phrase: str) -> tuple[str, ...]:
    """By the phrase, by another spelling of it, or without the s of "Jackie's"."""
    bare = phrase.removesuffix("s") if len(phrase) > 4 else phrase
    return next((found for key in (phrase, alike(phrase), bare) if (found := index.get(key))), ())


@lru_cache(maxsize=256)
def names_of(vocabulary: Vocabulary) -> Names:
    """The index of a vocabulary."""
    categories: dict[str, list[str]] = {}
    for name, _ in vocabulary.categories:
        for phrase in _category_phrases(name):
            categories.setdefault(phrase, []).append(name)
    for phrase, names in _pieces([name for name, _ in vocabulary.categories]).items():
        categories.setdefault(phrase, [*names])
    for name, _ in vocabulary.categories:  # a whole name means that category alone
        categories[fold(name)] = [other for other, _ in vocabulary.categories if fold(other) == fold(name)]
    transfers = re.compile(_TO_OWN.format("|".join(re.escape(fold(account.name)) for account in vocabulary.accounts) or "-"))
    merchants, parts = _merchant_phrases([name for name, _ in vocabulary.merchants if not transfers.fullmatch(fold(name))])
    tokens = {word for phrase in [*categories, *merchants] for word in phrase.split()}
    tokens |= {word for account in vocabulary.accounts for word in fold(account.name).split()}
    longest = max((len(phrase.split()) for phrase in [*categories, *merchants]), default=1)
    return Names(
        {phrase: tuple(dict.fromkeys(found)) for phrase, found in categories.items() if phrase},
        merchants,
        parts,
        {name: concepts().of_category(name) for name, _ in vocabulary.categories},
        _shy([name for name, _ in vocabulary.merchants]),
        frozenset(tokens),
        min(longest, 8),
    )


_UMLAUTS = re.compile(r"([aou])e(?=[^aeiou\W])")
_CONJUNCTIONS = re.compile(r" (?:und|et|och|og|y) ")


def alike(phrase: str) -> str:
    """One spelling for names that people and banks write in two: "Oel" and "Öl", "und" and "&"."""
    return _CONJUNCTIONS.sub(" and ", _UMLAUTS.sub(r"\1", phrase))


def _pieces(names: Sequence[str]) -> dict[str, list[str]]:
    """ "pub" of "Pub & Takeaway": one side of a category's name, where no other category has that word."""
    found: dict[str, list[str]] = {}
    for name in names:
        sides = re.split(r" (?:and|und|et|och|y) |, ?", fold(name.replace(",", " and ")))
        for side in sides if len(sides) > 1 else ():
            others = [other for other in names if other != name and set(side.split()) & set(fold(other).split())]
            if side and not others and side not in HARMLESS:
                for form in forms(side):
                    found.setdefault(form, []).append(name)
    return found


def _shy(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in names:
        words = fold(name).split()
        if len(words) > 1 and len(words[0]) > 1 and (words[0] in HARMLESS or words[0] in cue_words()) and words[0] not in _GENERIC:
            found.setdefault(words[0], []).append(name)
    return {word: tuple(dict.fromkeys(held)) for word, held in found.items()}


def _category_phrases(name: str) -> Iterator[str]:
    """The whole name, its leaf and its parents, each singular and plural."""
    pieces = [fold(piece) for piece in re.split(r"\s*(?:[:>|/\\]|->| - )\s*", name.strip())]
    for phrase in (fold(name), *pieces):
        if phrase:
            yield from forms(phrase)
            if "-" in name:
                yield phrase.replace(" ", "")


def _merchant_phrases(names: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    whole: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    for name in names:
        phrase = fold(name)
        words = phrase.split()
        if not words:
            continue
        whole.setdefault(phrase, []).append(name)
        if len(words) > 1 and len(phrase) > 4:
            whole.setdefault(phrase.replace(" ", ""), []).append(name)
        for part in _parts(words):
            parts.setdefault(part, []).append(name)
    for part, found in list(parts.items()):
        whole_names = whole.get(part)
        if whole_names:
            parts[part] = [*whole_names, *(name for name in found if name not in whole_names)]
    for part, found in parts.items():  # people shorten a name to its beginning
        parts[part] = [name for name in found if fold(name).startswith(part)] or found
    return _indexed(whole), _indexed(parts)


def _indexed(found: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """By phrase, and by the one spelling of phrases that have several."""
    for phrase, names in list(found.items()):
        if alike(phrase) != phrase:
            found[alike(phrase)] = [*found.get(alike(phrase), ()), *names]
    return {phrase: tuple(dict.fromkeys(names)) for phrase, names in found.items()}


def _parts(words: list[str]) -> Iterator[str]:
    """What people shorten a name to: its beginning, a telling word of it, its initials, without domain or branch."""
    for size in range(2, len(words)):
        own = any(word not in HARMLESS and word not in cue_words() for word in words[:size])
        if own and (size > 2 or words[1] not in _GENERIC):
            yield " ".join(words[:size])
    for word in words:
        if len(word) > 2 and not word.isdigit() and word not in _GENERIC and word not in HARMLESS and word not in cue_words():
            yield word
            if word.endswith("s") and len(word) > 4:
                yield word[:-1]
    if len(words) > 1 and len(words[0]) == 2 and words[0] not in HARMLESS and words[0] not in _GENERIC:
        yield words[0]
    telling = [word for word in words if word not in ("and", "und", "et", "the", "of", "for", "de")]
    if 2 <= len(telling) <= 5 and not any(word.isdigit() for word in telling):
        yield "".join(word[0] for word in telling)
        yield " ".join(word if word in ("and", "und", "et") else word[0] for word in words)
        if any(word in ("of", "for", "and") for word in words):
            yield "".join(word[0] for word in words if word != "the")
