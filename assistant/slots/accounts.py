"""Finds the customer's accounts: by name, by part of it, by kind ("my card", "current account", "savings")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.slots.concepts import concepts
from assistant.slots.lexicon import HARMLESS, cue_words
from assistant.slots.text import ACCOUNT, Utterance, fold
from tools.query.model import AccountKind
from tools.vocabulary import AccountName, Vocabulary

_KINDS: list[tuple[AccountKind, str]] = [
    (
        AccountKind.BROKERAGE,
        (
            r"(?:brokerage|investment|investing|trading|securities|stock|share|depot)(?: (?:account|portfolio|"
            r"depot))s?|brokerage|portfolio|depot"
        ),
    ),
    (
        AccountKind.SAVINGS,
        (
            r"(?:instant |easy |online |high interest )?savings? (?:accounts?|pots?|book)|savers?|deposit account|"
            r"isa|rainy day fund|nest egg|_LEDsavings(?! rate| goal| ratio)|savings(?= (?:balance|account|pot))|"
            r"tagesgeld(?:konto)?|sparkonto|livret(?: a)?"
        ),
    ),
    (
        AccountKind.CARD,
        (
            r"(?:credit|charge|store) ?cards?(?: account)?|mastercard|amex|american express|visa(?: card)?|"
            r"_LEDcards?(?! payments?| machine| reader| spending| fees?\b| charges?\b| interest)|cards?(?= (?:spending|spend|"
            r"expenses|purchases|"
            r"payments|transactions|balance))|plastic|kreditkarte|carte"
        ),
    ),
    (
        AccountKind.CHECKING,
        (
            r"(?:current|checking|chequing|everyday|main|day to day|giro|debit|salary|transaction|private|personal|"
            r"bank current) ?(?:accounts?|card)|checking|girokonto|debit cards?|compte courant"
        ),
    ),
    (AccountKind.CASH, r"(?:my |the |our )?(?:wallet|purse|petty cash|cash account|cash box|cash in hand)|(?:in|with|by|using) cash"),
]
_LED = "(?:" + "|".join(rf"(?<=\b{word} )" for word in "my the our in to into from of on by with via off".split()) + ")"  # noqa: SIM905
_KIND_PATTERNS = [(kind, re.compile(rf"\b(?:{source.replace('_LED', _LED)})\b")) for kind, source in _KINDS]
_AFTER = r"(?: (?:accounts?|card|pot|konto))?"
_NEAR = re.compile(r"(?:\b(?:my|the|our|in|on|from|into|to|of|with|via|by|using|and|or|,|account|than|for|at|is) )$")


@dataclass(frozen=True)
class AccountSpan:
    """`ids` of accounts named, or the `kind` meant. `known` is false where there is no account of that kind."""

    start: int
    end: int
    ids: tuple[str, ...] = ()
    kind: AccountKind | None = None
    known: bool = True
    spoken: str = ""


def find_accounts(utterance: Utterance, vocabulary: Vocabulary) -> list[AccountSpan]:
    """From left to right, painted over the text; a kind that the customer has no account of is not."""
    found = [*_by_name(utterance, vocabulary), *_by_kind(utterance, vocabulary)]
    return sorted(found, key=lambda span: span.start)


def _by_name(utterance: Utterance, vocabulary: Vocabulary) -> Iterator[AccountSpan]:
    for phrase, ids in _phrases(vocabulary.accounts):
        for match in re.finditer(rf"\b{re.escape(phrase)}{_AFTER}\b(?! rate)", utterance.view):
            if not utterance.free(*match.span()):
                continue
            single = " " not in phrase
            named = (
                match[0] != phrase
                or bool(_NEAR.search(utterance.view[: match.start()]))
                or utterance.view[match.end() :].startswith(" balance")
                or _tells(phrase)
                or (match.start() == 0 and len(phrase) > 3 and utterance.view[match.end() : match.end() + 1] in (",", ":", "?"))
            )
            if single and not named and utterance.view.strip(" ?.!") != phrase:
                continue
            utterance.paint(*match.span(), ACCOUNT)
            yield AccountSpan(*match.span(), ids=ids, spoken=utterance.said(*match.span()))


def _tells(phrase: str) -> bool:
    """Whether a name of one word means an account wherever it stands."""
    return len(phrase) > 5 and phrase not in HARMLESS and phrase not in _COMMON and phrase not in cue_words() and not concepts().of(phrase)


@lru_cache(maxsize=256)
def _phrases(accounts: tuple[AccountName, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Whole names, names without "account" and telling words of them; the longest first."""
    found: dict[str, list[str]] = {}
    for account in accounts:
        whole = fold(account.name)
        bare = re.sub(r" ?\b(?:account|konto|card)s?$", "", whole)
        for phrase in {whole, bare}:
            if phrase and phrase not in HARMLESS and phrase not in ("credit", "debit"):
                found.setdefault(phrase, []).append(account.id)
    for account in accounts:
        words = fold(account.name).split()
        if len(words) == 1 and words[0].endswith(("konto", "account")):  # "giro" of "Girokonto"
            stem = re.sub(r"(?:konto|account)$", "", words[0])
            found.setdefault(stem, []).append(account.id) if len(stem) > 3 else None
        for size in range(2, len(words)):
            if not all(word in _COMMON or word in HARMLESS for word in words[:size]):
                beginning = " ".join(words[:size])
                found.setdefault(beginning, [other.id for other in accounts if fold(other.name).startswith(beginning)])
        for word in words if len(words) > 1 else ():
            if len(word) > 2 and word not in HARMLESS and word not in _COMMON and word not in found:
                sharing = [other.id for other in accounts if word in fold(other.name).split()]
                if len(sharing) < len(accounts) or len(accounts) == 1:
                    found[word] = sharing
    return sorted(((phrase, tuple(ids)) for phrase, ids in found.items()), key=lambda pair: -len(pair[0]))


_COMMON = frozenset(
    [
        "savings",
        "saving",
        "current",
        "checking",
        "credit",
        "debit",
        "card",
        "account",
        "konto",
        "giro",
        "cash",
        "everyday",
        "main",
        "investment",
        "visa",
        "mastercard",
        "bank",
        "egg",
        "plus",
        "gold",
    ]
)


def _by_kind(utterance: Utterance, vocabulary: Vocabulary) -> Iterator[AccountSpan]:
    kinds = {account.kind for account in vocabulary.accounts}
    for kind, pattern in _KIND_PATTERNS:
        for match in pattern.finditer(utterance.view):
            if not utterance.free(*match.span()):
                continue
            if kind is AccountKind.CASH and kind not in kinds:
                continue
            if kind in kinds:
                utterance.paint(*match.span(), ACCOUNT)
            yield AccountSpan(*match.span(), kind=kind, known=kind in kinds, spoken=utterance.said(*match.span()))
