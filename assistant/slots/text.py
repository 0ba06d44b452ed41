"""An utterance folded for reading: lower case, no accents, contractions written out, every character still tied to where it came from.

Slots are painted over the text (`paint`): a painted span keeps its length but reads as a run of its kind's mark, so that the patterns of
cues see "how much on CCCCC PPPP" and never the customer's own words. What a cue or slot has used is read (`use`); the rest is left over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

MERCHANT, CATEGORY, ACCOUNT, PERIOD, AMOUNT, TEXT, WEEKDAY = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006"
MARKS = {"M": MERCHANT, "C": CATEGORY, "K": ACCOUNT, "P": PERIOD, "A": AMOUNT, "T": TEXT, "W": WEEKDAY}
ANY_MARK = "".join(MARKS.values())

_CONTRACTIONS = [
    ((r"\b(january|february|march|april|may|june|july|august|september|october|november|december|spring|"
r"summer|autumn|winter)'s\b"), r"\1"),
    (r"\b(what|how|where|who|when|that|it|there|here|which|he|she)'?s\b(?= )", r"\1 is"),
    (r"\bwhats\b", "what is"),
    (r"\bhows\b", "how is"),
    (r"\bwheres\b", "where is"),
    (r"\bwhens\b", "when is"),
    (r"\bi'?m\b", "i am"),
    (r"\b(i|you|we|they|what|how|where)'?ve\b", r"\1 have"),
    (r"\b(i|you|we|they|what|how|where|he|she|it)'d\b", r"\1 did"),
    (r"\b(i|you|we|they|that|it|he|she)'ll\b", r"\1 will"),
    (r"\b(you|we|they|what)'re\b", r"\1 are"),
    (r"\bcan'?t\b", "can not"),
    (r"\bwon'?t\b", "will not"),
    (r"\b(did|do|does|is|are|was|were|have|has|had|should|would|could|must)n'?t\b", r"\1 not"),
    (r"\blet'?s\b", "let us"),
    (r"\bgonna\b", "going to"),
    (r"\bwanna\b", "want to"),
    (r"\bgotta\b", "have to"),
    (r"\bgimme\b", "give me"),
    (r"\blemme\b", "let me"),
    (r"\b(hav)'?nt\b", "have not"),
    (r"\bu\b", "you"),
    (r"\bpls\b|\bplz\b", "please"),
    (r"\bthx\b", "thanks"),
    (r"\bhw\b", "how"),
    (r"\bmuch'd\b", "much did"),
    (r"\bw/o\b", "without"),
    (r"\bb/w\b", "between"),
    (r"\bthru\b", "through"),
    (r"\bacc(?:t|ts|s)?\b", "account"),
    (r"\bkonten\b", "accounts"),
    (r"\bhav\b", "have"),
    (r"\ball in(?=[ ?.!]*$)", "in total"),
    (r"^(?:k|kk)\b(?= )", "ok"),
    (r"\bwks?\b", "week"),
    (r"(?<=\w )(?:atm|rn)(?=[ ?.!]*$)", "right now"),
    (r"\bi\.? ?e\.?,? (?=(?:did|do|does|was|is|are|am|have|has)\b)", ""),
    (r"(?<=\w) v\.? (?=\w)", " versus "),
    (r"\bsat ?(?:/|and|&|\+) ?sun\b", "weekends"),
    (r"\b(?:soz|sry|sozz|my bad)\b", "sorry"),
    (r"\bhole in the wall\b|\bcash ?points?\b|\bcash machines?\b", "atm"),
]  # fmt: skip
_FIXED = [(re.compile(pattern), new) for pattern, new in _CONTRACTIONS]


@dataclass
class Utterance:
    """`text` is the folded text, `raw` what was said, `origin[i]` the place in `raw` that `text[i]` came from."""

    raw: str
    text: str = ""
    origin: list[int] = field(default_factory=list)
    painted: list[str] = field(default_factory=list)
    used: bytearray = field(default_factory=bytearray)

    @classmethod
    def of(cls, raw: str) -> Utterance:
        folded = _fold(raw)
        for pattern, new in _FIXED:
            folded = _replaced(folded, pattern, new)
        for pattern, new in _TIDIED:
            folded = _replaced(folded, pattern, new)
        text = "".join(character for character, _ in folded)
        return cls(raw, text, [at for _, at in folded], list(text), bytearray(len(text)))

    @property
    def view(self) -> str:
        """The text with its painted spans."""
        return "".join(self.painted)

    def paint(self, start: int, end: int, mark: str) -> None:
        self.painted[start:end] = mark * (end - start)
        self.use(start, end)

    def use(self, start: int, end: int) -> None:
        self.used[start:end] = b"\1" * (end - start)

    def use_match(self, match: re.Match[str], known: Callable[[str], bool]) -> None:
        """What a cue has read: its own words, and not those that stood where it lets any word stand."""
        self.use(*match.span())
        for word in re.finditer(r"[^\W_]+", match[0]):
            start, end = match.start() + word.start(), match.start() + word.end()
            if known(word[0]):
                continue
            stranger = "".join("x" if character.isalpha() else "0" for character in word[0])
            again = match.re.match(self.view[:start] + stranger + self.view[end:], match.start())
            if again and again.end() >= end and stranger != word[0]:
                self.used[start:end] = bytes(end - start)

    def free(self, start: int, end: int) -> bool:
        """Whether no slot lies in this span."""
        return not any(character in ANY_MARK for character in self.painted[start:end])

    def said(self, start: int, end: int) -> str:
        """The span as it was written."""
        if start >= end:
            return ""
        return self.raw[self.origin[start] : self.origin[end - 1] + 1]

    def words(self) -> Iterator[re.Match[str]]:
        """The words outside painted spans."""
        yield from re.finditer(r"[^\W_]+", self.view)

    def left_over(self) -> Iterator[re.Match[str]]:
        """The words that nothing has used yet."""
        for match in self.words():
            if not all(self.used[match.start() : match.end()]):
                yield match


@lru_cache(maxsize=16_384)  # the names of a customer's books come again with every clause
def fold(text: str) -> str:
    """A name as the customer's books have it, folded as utterances are, without punctuation."""
    return " ".join(re.findall(r"[^\W_]+", Utterance.of(text).text))


def pattern(source: str) -> re.Pattern[str]:
    """A cue's pattern: {M}, {C}, ... stand for a painted span of that kind, {any} for one of any kind."""
    for letter, mark in MARKS.items():
        source = source.replace("{" + letter + "}", mark + "+")
    return re.compile(source.replace("{any}", f"[{ANY_MARK}]+"))


_TIDIED = [
    (re.compile(r"'s\b"), "s"),
    (re.compile(r"'"), ""),
    (re.compile(r"&"), " and "),
    (re.compile(r"(?<=[^\W\d_])[-./_+*@](?=\w)|(?<=[0-9])[-/_](?=[^\W\d_])"), " "),
    (re.compile(r"[^\w .,;:?!%$€£¥<>=+/\-\"]|_"), " "),
    (re.compile(r"\s+"), " "),
    (re.compile(r"^ | $"), ""),
]


def _fold(raw: str) -> list[tuple[str, int]]:
    folded: list[tuple[str, int]] = []
    for at, character in enumerate(raw):
        if character in "’‘`´ʼ":
            pieces = "'"
        elif character in "“”„«»":
            pieces = '"'
        elif character in "–—−‐‑":
            pieces = "-"
        elif character in "€£¥":
            pieces = character
        else:
            pieces = "".join(c for c in unicodedata.normalize("NFKD", character.casefold()) if not unicodedata.combining(c))
        folded.extend((_LATIN.get(piece, piece), at) for piece in pieces if len(_LATIN.get(piece, piece)) == 1)
    return folded


_LATIN = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "a", "œ": "o"}


def _replaced(folded: list[tuple[str, int]], wanted: re.Pattern[str], new: str) -> list[tuple[str, int]]:
    text = "".join(character for character, _ in folded)
    if not wanted.search(text):
        return folded
    result: list[tuple[str, int]] = []
    end = 0
    for match in wanted.finditer(text):
        result.extend(folded[end : match.start()])
        written = match.expand(new)
        span = [at for _, at in folded[match.start() : match.end()]] or [folded[min(match.start(), len(folded) - 1)][1]]
        result.extend((character, span[min(place, len(span) - 1)]) for place, character in enumerate(written))
        end = match.end()
    result.extend(folded[end:])
    return result
