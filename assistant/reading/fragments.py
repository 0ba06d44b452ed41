"""Parts of an utterance that ask nothing lend what they name to the clause that asks: "Over the summer, how much on fuel?" """

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.reading.clauses import asks
from assistant.slots.frame import Frame, frame_of
from assistant.slots.lexicon import HARMLESS
from assistant.slots.when import MONTHS, WEEKDAYS
from tools.query.model import STOCKS, Statistic
from tools.vocabulary import Vocabulary

_ELLIPTIC = re.compile(r"^(?:and|or|but|plus|also|then|what about|how about)\b", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:(?:and|but|so|ok(?:ay)?) )?(?:what|how) (?=about\b)", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:and |so |ok )?(?:by |roughly |about )?(?:how (?:much|many)|what(?:s| is|"
    r" was)?(?: the)? ?(?:total|sum|figure|damage|amount|number)?)"
    r"(?: (?:is|was|were|are) (?:that|it|this|they|those))?(?: in (?:total|all))?[ ?.!]*$|^(?:the |"
    r"just the |in )?(?:grand )?(?:total|sum)(?: only| please)*[ ?.!]*$"
)
_BACK = re.compile(r"\b(?:there|it|its|them|they|their|those|these|both|each)\b")
_DATED = "|".join(word.title() for word in (*MONTHS, *WEEKDAYS))
_NAME = re.compile(rf"(?<=[^\W\d_,;:] )(?!(?:I|{_DATED})\b)[A-ZÀ-Þ][\w&'-]+")


@dataclass
class _Part:
    text: str
    frame: Frame
    asks: bool
    bare: bool

    @property
    def has_subject(self) -> bool:
        frame = self.frame
        return frame.include.names_facts() or bool(frame.accounts) or not frame.exclude.is_empty()

    @property
    def lends(self) -> bool:
        return bool(self.has_subject or self.frame.periods or self.frame.amounts or self.frame.unmatched or _NAME.search(self.text))


def whole_clauses(parts: Sequence[str], vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> list[str]:
    """The clauses that ask, each with what its neighbours lend it: fragments, and the time that another clause told."""
    if len(parts) < 2:
        return list(parts)
    read = [_part(text, vocabulary, is_word) for text in parts]
    if any(part.asks for part in read):
        read = _gathered(read, vocabulary, is_word)
    return _with_periods(read)


def _part(text: str, vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> _Part:
    frame = frame_of(text, vocabulary, is_word)
    view = frame.utterance.text
    bare = bool(_BARE.match(view))
    return _Part(text, frame, bare or (asks(view) and not _ABOUT.match(view)) or _is_figure(frame), bare)


def _is_figure(frame: Frame) -> bool:
    """ "And my income?": a figure named is asked for."""
    return any(strength >= 4 for _, strength in frame.measures) and len(frame.view.split()) <= 6


def _gathered(read: list[_Part], vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> list[_Part]:
    kept: list[_Part] = []
    waiting: list[_Part] = []
    for part in read:
        if not part.asks and not (kept and _is_elliptic(part)):
            if not kept or part.lends:
                waiting.append(part)
            continue
        if part.bare and kept and not waiting:
            kept[-1] = _part(_joined(kept[-1].text, part.text), vocabulary, is_word)
            continue
        lent = [one for one in waiting if one.lends and not _is_said_again(one, part)]
        separate = [one for one in lent if _stands_apart(one, part)]
        kept += separate
        text = part.text
        for one in reversed([one for one in lent if one not in separate]):
            text = _joined(lent_words, text) if (lent_words := _lent(one)) else text
        kept.append(_part(text, vocabulary, is_word) if text != part.text else part)
        waiting = []
    for one in waiting:
        if kept and one.lends:
            kept[-1] = _part(_joined(kept[-1].text, one.text), vocabulary, is_word)
    return kept or read


def _lent(part: _Part) -> str:
    """All of a fragment; of a sentence that tells something beside the question, the names alone."""
    utterance, subjects = part.frame.utterance, part.frame.subjects
    told = [match for match in utterance.left_over() if match[0] not in HARMLESS and utterance.said(*match.span()).islower()]
    if len(told) < 2:
        return _ABOUT.sub("", part.text)
    names = [span for span in subjects if not span.unmatched and (span.match.kind == "M" or span.match.how == "exact")]
    said = [(span.start, span.end) for span in names] + [(span.start, span.end) for span in part.frame.accounts]
    return ", ".join(utterance.said(*place) for place in sorted(said))


def _is_elliptic(part: _Part) -> bool:
    """ "And in June?", after a question."""
    return part.lends and (bool(_ELLIPTIC.match(part.text)) or part.text.rstrip().endswith("?"))


def _is_said_again(fragment: _Part, clause: _Part) -> bool:
    """A remark about another time than the question's lends nothing."""
    frame = fragment.frame
    return bool(frame.periods and clause.frame.periods) and not fragment.has_subject and not _NAME.search(fragment.text)


def _stands_apart(fragment: _Part, clause: _Part) -> bool:
    """ "Aldi this year? And how much at Lidl?": both have a subject, and the first was asked about."""
    asked = fragment.text.rstrip().endswith("?")
    both = clause.has_subject or bool(clause.frame.periods and fragment.frame.periods)
    return asked and fragment.has_subject and both and not _BACK.search(clause.frame.utterance.text)


def _joined(one: str, two: str) -> str:
    return f"{one.rstrip(' ?.!;,')}, {_within(two)}"


def _within(text: str) -> str:
    """As it stands in the middle of a sentence: an everyday word that began one was no name."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text.replace(first, first.lower(), 1) if first.lower() in HARMLESS and first != "I" else text


def _with_periods(read: Sequence[_Part]) -> list[str]:
    """What one clause says of the time holds for its neighbours, but for stocks: "what did I earn and what did I spend in May?" """
    said = [_spoken_period(part.frame) for part in read]
    shared = next((words for words in reversed(said) if words), "")
    lacking = [not part.frame.periods and part.asks and not _is_stock(part.frame) and not _tells_time(part.frame) for part in read]
    return [f"{part.text.rstrip(' ?.!')} {shared}" if shared and lacks else part.text for part, lacks in zip(read, lacking, strict=True)]


def _spoken_period(frame: Frame) -> str:
    return frame.utterance.said(frame.periods[0].start, frame.periods[0].end) if len(frame.periods) == 1 else ""


def _tells_time(frame: Frame) -> bool:
    """ "when was I last at Trader Joe's": the time is what is asked for."""
    return any(cue.statistic in (Statistic.LATEST, Statistic.EARLIEST) for cue in frame.statistics)


def _is_stock(frame: Frame) -> bool:
    return any(measure in STOCKS for measure, _ in frame.measures[:1]) or (bool(frame.accounts) and not frame.measures)
