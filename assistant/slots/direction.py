"""Which way money goes, where the same words serve both ways: who pays and who gets. Read from a painted text."""

from __future__ import annotations

import re

from assistant.slots.text import Utterance, pattern
from tools.query.model import Measure

_SELDOM = r"(?:{P}|ever|already|actually|just|only|really|now|last|also|usually|normally)"
_OTHER = r"(?:{M}|{C})"
_GETS = r"(?:gets?|got|gotten|receive[sd]?|takes?|took|taken|ha[sd]|have|earn(?:s|ed)?|ma[dk]es?|pocket(?:s|ed)?|collect(?:s|ed)?)"
_OUT: list[re.Pattern[str]] = [
    pattern(source)
    for source in (
        # "what did Lidl get from me"
        rf"{_OTHER}(?: {_SELDOM})* {_GETS}\b[^?]{{0,25}}? (?:from|off|out of) (?:me|us)\b",
        # "which of them gets more of my money"
        rf"\b{_GETS}\b[^?]{{0,25}}? (?:my|our) money\b(?! back)",
        # "what I have paid in rent", "the most we ever paid Lidl"
        rf"(?<!\bwas )(?<!\bwere )(?<!\bam )(?<!\bgot )\b(?:i|we)(?: have| had)?(?: {_SELDOM})* (?:pay|paid|paying)\b"
        r"(?! (?:back|off|into|down|myself|ourselves|(?:\S+ ){0,3}?(?:into|off|to|towards?|in) (?:my |the |our )?{K}))",
        # "has the landlord been paid"
        (
            rf"\b(?:has|have|had|was|were|is|are|did) (?:the |my |our )?(?:{_OTHER}|(?!i\b|we\b|my\b|the\b|our\b|salar|"
            rf"wage|pay)[^\W\d_]+)(?: \w+)?? (?:(?:already|yet|been|"
            rf"get|got|being) )*paid\b(?! (?:me|us|back|into))"
        ),
    )
]
_INWARDS = (Measure.MONEY_IN, Measure.INCOME)
_ALL_PAID = re.compile(
    r"\b(?:everything|all|bills?|costs|expenses|rent) (?:was|were|is|are|has been|have been|had been|got) (?:\\w+ )?paid\b"
)
_INTO = pattern(
    r"\b(?:have|has|had|did|do|was|were|been) (?:(?:i|we|money|"
    r"much) )?(?:ever )?(?P<verb>[^\W\d_]+)(?: \S+){0,2}? into (?:my |the |our )?{K}"
)


def directed(utterance: Utterance, found: dict[Measure, tuple[int, int]]) -> None:
    """Puts right what the words of measures alone take for the other way."""
    for source in _OUT:
        if match := source.search(utterance.view):
            for measure in _INWARDS:
                found.pop(measure, None)
            found[Measure.SPENDING] = max(found.get(Measure.SPENDING, (0, 0)), (4, match.start()))
    if _ALL_PAID.search(utterance.view):
        for measure in _INWARDS:
            found.pop(measure, None)
    if match := _INTO.search(utterance.view):
        utterance.use(*match.span("verb"))
        found[Measure.TRANSFERS] = (5, match.start())
