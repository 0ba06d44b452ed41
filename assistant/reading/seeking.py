"""The search box: words become the query that lists what they name, by the same slots as a question, with what stayed unread told.

Nothing is asked back here: a name that the books do not know is looked for in the descriptions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from assistant.reading.decide import Prior, figure_of
from assistant.reading.fields import Composed, bounds_fields, build, subject_fields
from assistant.reading.leftovers import Leftovers
from assistant.reading.times import anchored
from assistant.slots.frame import Frame
from tools.query.model import COMPUTED, SINGLE_FACTS, STOCKS, Measure, Query, Statistic
from tools.vocabulary import Vocabulary

_NAMED_STRENGTH = 3
_NO_FACTS = STOCKS | COMPUTED
_TEXT_WORDS_MAX = 3


_NOT = re.compile(r"(?<=\s)(?:-(?=[^\W\d])|(?<!did )(?<!do )(?<!does )(?<!was )(?<!is )not (?=\w))", re.IGNORECASE)


def told_apart(text: str) -> str:
    """The shorthand of search boxes in words: "coffee not starbucks", "coffee -starbucks"."""
    return _NOT.sub("without ", text)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search box's words come to. `unread` words changed nothing."""

    query: Query
    unread: tuple[str, ...]


def sought(frame: Frame, left: Leftovers, vocabulary: Vocabulary) -> Sought:
    """A listing of single facts, newest first unless the words rank them."""
    unread = _looked_for(frame, left)
    figure = figure_of(frame, Prior())
    named = frame.measures and frame.measures[0][1] >= _NAMED_STRENGTH and frame.measures[0][0] not in _NO_FACTS
    figure.measure = frame.measures[0][0] if named else Measure.MOVEMENTS
    figure.group_by, figure.per = None, None
    if figure.statistic not in SINGLE_FACTS:
        figure.statistic, figure.limit = Statistic.LIST, None
    if figure.measure is Measure.MOVEMENTS and figure.statistic is not Statistic.LIST:
        figure.measure = Measure.SPENDING
    frame.comparing.yes_no = False
    fields: dict[str, Any] = {"measure": figure.measure, "statistic": figure.statistic, "limit": figure.limit}
    fields |= subject_fields(frame, figure) | bounds_fields(frame, figure, Composed())
    when = anchored(frame.periods[0], None, frame) if frame.periods else None
    try:
        return Sought(build(fields, when, vocabulary), unread)
    except (ValidationError, OverflowError):
        return Sought(Query(measure=Measure.MOVEMENTS, statistic=Statistic.LIST), (frame.utterance.raw,))


def _looked_for(frame: Frame, left: Leftovers) -> tuple[str, ...]:
    """Puts what the books have no name for among the texts; what is left of it is unread."""
    unread = [frame.utterance.said(span.start, span.end) for span in (*frame.barred_periods, *frame.periods[1:])]
    for phrase in [*(said for said, _ in left.unknown), *left.unread]:
        words = [word for word in phrase.split() if len(word) > 1]
        if words and len(words) <= _TEXT_WORDS_MAX:
            frame.include.text.extend(words)
        else:
            unread.append(phrase)
    return tuple(unread)
