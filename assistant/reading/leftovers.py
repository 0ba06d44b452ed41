"""What to do with the words of a clause that nothing has read: a place nobody has heard of, a thing by another name, or chaff."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.encoder import Vectors
from assistant.slots.concepts import concepts
from assistant.slots.frame import Frame
from assistant.slots.lexicon import HARMLESS
from assistant.slots.negation import is_left_out
from assistant.slots.text import CATEGORY, MERCHANT

Encode = Callable[[Sequence[str]], Vectors]
_PLACED = re.compile(
    r"(?:\b(?:at|from|to|on|for|with|in|by|of|about|called|named|than|without|excluding|except|only|just|"
    r"towards?|into|via) (?:(?:the|my|our|a|an|any|all|some|new|buying|going|this|that|one) )*|^(?:and |"
    r"what about |how about |and what about ))$"
)
_AT = re.compile(r"\b(?:at|from|to|by|with|called|named|via) (?:the )?$")
_OF_A_NAME = re.compile(r"(?:^|\b(?:did|does|do|has|have|is|was|were|and|or|vs|versus|against|did the|does the) |[,/] ?)$")
_DONE = re.compile(r"\b(?:i|we|have|has|had|am|been|not|just|really|kept|keep) $")
EMPLOYER = (
    r"\b(?:firm|employer|company|boss|work|job|office|agency|school|hospital|"
    r"university)\b(?= (?:pays?|paid|gives?|gave|sends?|sent) (?:me|us)\b)"
)
_PAYS_ME = re.compile(EMPLOYER)
_ALIKE, _DOUBTFUL = 0.62, 0.45
# Nouns that say how, where or for whom in general: a subject only where something is said to be spent on them.
_GENERIC = frozenset(
    """machine machines place places company companies firm firms business family household flat house home shop shops store stores
    trip trips visit visits person guy guys partner wife husband ticket tickets return returns order orders way ways bit side name
    names till counter corner town city street country world life work office book pocket purse reason question answer chat kind
    table chart list sum digit digits ones stuff bunch pile heap half rest""".split()  # noqa: SIM905
)
_PURPOSE = re.compile(r"^(?:(?:it|this|that) is )?for (?:my|our|the) $")
_NAME_BEFORE = re.compile(rf"[{MERCHANT}{CATEGORY}] ?(?:,|and|or|plus|&|/|vs|versus)(?: (?:the|at|on|from))* ?$")
_NAME_AFTER = re.compile(rf" ?(?:,|and|or|plus|&|/|vs|versus)(?: (?:the|at|on|from))* ?[{MERCHANT}{CATEGORY}]")
_SOLD_THERE = re.compile(rf" (?:at|from|with|by|in) (?:the |my |our )?{MERCHANT}")  # "haircuts at the barber's"
_AT_A_NAME = re.compile(rf" (?:at|from|for|with) (?:the |my |our )?{MERCHANT}")
_HOW_MANY = re.compile(r"\bhow (?:many|often) (?:of (?:my|the) )?$")
_SPENT_ON = re.compile(r"\b(?:on|for|buying|category) (?:(?:the|my|our|a|an|any|all|some|new) )*$")


@dataclass
class Leftovers:
    """`unread` words change nothing that was asked; `unknown` phrases are subjects that nothing in the books answers to; `readings` say
    what was taken for what."""

    unread: list[str] = field(default_factory=list)
    unknown: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  # the phrase, and the names that come nearest
    readings: list[str] = field(default_factory=list)
    texts: int = 0


def resolve(frame: Frame, intent_words: frozenset[str], encode: Encode, is_word: Callable[[str], bool]) -> Leftovers:
    """Fills the frame's subjects from leftover words where that is safe, and tells of the rest."""
    found = Leftovers()
    for span in frame.subjects:
        if span.match.how == "chief":
            found.readings.append(f"“{frame.utterance.said(span.start, span.end)}” as {' and '.join(span.match.names)}")
    for span in frame.unmatched:
        if frame.utterance.free(span.start, span.end):
            _resolve_concept(frame, span.start, span.end, span.unmatched, found)
    for account in frame.accounts:
        if not account.known:
            frame.utterance.use(account.start, account.end)
            found.unknown.append((account.spoken, ()))
    for start, end in _phrases(frame, intent_words):
        _resolve_phrase(frame, start, end, found, encode, is_word)
    return found


def _resolve_concept(frame: Frame, start: int, end: int, wanted: frozenset[str], found: Leftovers) -> None:
    """A known kind of thing that no category is for: wider categories are offered, else its word is looked for in descriptions."""
    utterance = frame.utterance
    before = frame.view[:start]
    beside = before.rstrip().endswith(MERCHANT) or _SOLD_THERE.match(frame.view, end) or _HOW_MANY.search(before)
    if all(utterance.used[start:end]) or (frame.include.merchants and beside):
        utterance.use(start, end)
        return
    said = utterance.said(start, end)
    wider = frame.names.wider(wanted)
    utterance.use(start, end)
    if wider:
        found.unknown.append((said, wider[:2]))
    else:
        _take_text(frame, start, said, found)


def _take_text(frame: Frame, start: int, said: str, found: Leftovers) -> None:
    parts = frame.exclude if is_left_out(frame.utterance, start) else frame.include
    parts.text.extend(word for word in said.split() if len(word) > 1)
    found.readings.append(f"payments that mention “{said}”")
    found.texts += 1


def _phrases(frame: Frame, intent_words: frozenset[str]) -> list[tuple[int, int]]:
    """Runs of unread words that carry meaning."""
    runs: list[tuple[int, int]] = []
    for match in frame.utterance.left_over():
        word, joint = match[0], _joint(frame, match)
        if not joint and (word in HARMLESS or word in intent_words or (word.isdigit() and len(word) < 2)):
            continue
        gap = frame.view[runs[-1][1] : match.start()] if runs else ""
        signed = gap == " and " and "&" in frame.utterance.said(runs[-1][1], match.start())
        if runs and (signed or re.fullmatch(r" (?:the |of |de )?", gap)):
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append((match.start(), match.end()))
    return runs


def _joint(frame: Frame, match: re.Match[str]) -> bool:
    """Written together with an "&", as in "C&A": no everyday word."""
    raw, origin = frame.utterance.raw, frame.utterance.origin
    first, last = origin[match.start()], origin[match.end() - 1]
    return raw[first - 1 : first] == "&" or raw[last + 1 : last + 2] == "&"


def _resolve_phrase(frame: Frame, start: int, end: int, found: Leftovers, encode: Encode, is_word: Callable[[str], bool]) -> None:
    utterance, before = frame.utterance, frame.view[:start]
    phrase, said = utterance.text[start:end], utterance.said(start, end)
    placed = bool(_PLACED.search(before)) or (start == 0 and end >= len(frame.view.rstrip(" ?.!")))
    strange = "&" in said or not all(is_word(word) or is_word(word.removesuffix("s")) for word in phrase.split())
    named = (strange and (placed or bool(_OF_A_NAME.search(before)))) or (said[:1].isupper() and start > 0)
    if all(word in _GENERIC for word in phrase.split()) and not named and not _SPENT_ON.search(before):
        utterance.use(start, end)
        return
    if (employer := _PAYS_ME.search(frame.view)) and employer.end() == end:
        utterance.use(start, end)
        return
    purpose = _PURPOSE.search(before) and frame.view[end : end + 1] in (":", ",") and frame.include.names_facts()
    done = bool(_DONE.search(before)) and not said[:1].isupper()  # "I have overdone it": a deed, no name
    sold = not named and (phrase.endswith("ing") or not _AT.search(before)) and _AT_A_NAME.match(frame.view, end)
    if not named and _HOW_MANY.search(before) and frame.include.merchants:  # "how many haircuts did I pay for at the barber's"
        utterance.use(start, end)
        return
    if purpose or done or sold or not (placed or named):
        found.unread.append(said)
        return
    utterance.use(start, end)
    if not _AT.search(before) and not named and (meant := _by_meaning(frame, phrase, encode)):
        category, alike = meant
        if alike >= _ALIKE:
            (frame.exclude if is_left_out(utterance, start) else frame.include).categories.append(category)
            found.readings.append(f"“{said}” as {category}")
            return
        found.unknown.append((said, (category,)))
        return
    if close := frame.names.closest(phrase, 2):
        found.unknown.append((said, tuple(close)))
        return
    frame.joined = frame.joined or _beside_a_name(frame.view, start, end)
    _take_text(frame, start, said, found)
    utterance.paint(start, end, MERCHANT)


def _beside_a_name(view: str, start: int, end: int) -> bool:
    """ "REWE and Edeka", of which one is known: either, not both at once."""
    return bool(_NAME_BEFORE.search(view[:start]) or _NAME_AFTER.match(view, end))


def _by_meaning(frame: Frame, phrase: str, encode: Encode) -> tuple[str, float] | None:
    """The category that is most like a phrase by the encoder, if any is at all."""
    names = list(frame.names.concepts)
    if not names:
        return None
    spoken = [" ".join([name, *(concept.replace("_", " ") for concept in sorted(frame.names.concepts[name]))]) for name in names]
    vectors = encode([phrase, *spoken])
    likeness = vectors[1:] @ vectors[0]
    best = int(np.argmax(likeness))
    return (names[best], float(likeness[best])) if likeness[best] >= _DOUBTFUL else None


def carries_meaning(words: frozenset[str]) -> frozenset[str]:
    """The words of the utterances that are cues: not those that name a kind of thing, which a question must read."""
    barred = "card cards weekend weekends saturday online gift gifts job work wife husband friend landlord stock market crypto".split()  # noqa: SIM905
    return frozenset(word for word in words if not concepts().of(word) and word not in barred)
