"""The day that "since payday" counts from: the last income of the main employer, as the books have it."""

from __future__ import annotations

import re

from assistant.slots.names import Names
from assistant.slots.periods import PeriodSpan
from assistant.slots.text import Utterance
from assistant.slots.when import MONTHS, When
from tools.vocabulary import Vocabulary

_PAYER = re.compile(r" (?:by|from|at) (?:the |my )?(?P<name>[^\W_]+(?: [^\W_]+){0,5})")


_LAST_PAID = re.compile(r" (?:the |my |our )?(?P<name>\S+(?: \S+)*) last paid ")  # "since the trust last paid me"


def _endings(phrase: str) -> list[str]:
    words = phrase.split()
    return [" ".join(words[at:]) for at in range(len(words))]


def since_paid(span: PeriodSpan, utterance: Utterance, names: Names, vocabulary: Vocabulary) -> PeriodSpan:
    """The period with its first day, where it is known; a payer named is a part of it, and must be the one whose day is known."""
    if span.relation != "payday":
        return span
    end, payers = _payer(utterance, span.end, names)
    if within := _LAST_PAID.search(utterance.text[span.start : span.end]):
        payers = next((meant for phrase in _endings(within["name"]) if (meant := names.whole(phrase) or names.shortened(phrase))), ())
    if vocabulary.payday_on is None or (payers and vocabulary.payers[0] not in payers):
        return PeriodSpan(span.start, end, span.when, "payday")
    on = vocabulary.payday_on
    label = f"since your last pay day, {on.day} {MONTHS[on.month - 1].title()} {on.year}"
    return PeriodSpan(span.start, end, When(on, vocabulary.today, label))


def _payer(utterance: Utterance, at: int, names: Names) -> tuple[int, tuple[str, ...]]:
    """Where the payer's name ends, and the merchants that it stands for."""
    if match := _PAYER.match(utterance.text, at):
        words = match["name"].split()
        for size in range(len(words), 0, -1):
            phrase = " ".join(words[:size])
            if meant := names.whole(phrase) or names.shortened(phrase):
                return match.start("name") + len(phrase), meant
    return at, ()
