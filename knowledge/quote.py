"""Picks the sentences of an article that support an answer, and the passage they stand in: near in meaning, under a heading that is near,
sharing the question's rare words, rather at a section's start than deep in it. At most 300 characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.chunk import Passage, Unit

CHARACTERS_MAX = 300
NEXT_SENTENCE_SHARE = 0.75
SECTION_START, ARTICLE_START = 0.08, 0.04

Worth = Callable[[Unit], float]


def quote(passages: Sequence[Passage], worth: Worth) -> tuple[Passage, str, str]:
    """The passage, the quoted text and the section it stands in. `worth` says how well a sentence answers by itself."""
    row = [(passage, unit) for passage in passages for unit in passage.units]
    prose = [(passage, unit) for passage, unit in row if not unit.is_table] or row
    values = [worth(unit) + _start(prose, place) for place, (_, unit) in enumerate(prose)]
    best = max(range(len(prose)), key=values.__getitem__)
    passage, unit = prose[best]
    text = unit.text
    if best + 1 < len(prose) and values[best + 1] >= NEXT_SENTENCE_SHARE * values[best]:
        text = _with_next(passage, unit, *prose[best + 1])
    return passage, text if len(text) <= CHARACTERS_MAX else _cut(text), unit.section


def _start(prose: Sequence[tuple[Passage, Unit]], place: int) -> float:
    starts_section = place == 0 or prose[place - 1][1].section != prose[place][1].section
    return SECTION_START * starts_section + ARTICLE_START * (prose[place][1].section == prose[0][1].section)


def _with_next(passage: Passage, unit: Unit, next_passage: Passage, following: Unit) -> str:
    both = f"{unit.text} {following.text}"
    stands_together = next_passage is passage and following.section == unit.section and both in passage.text
    return both if stands_together and len(both) <= CHARACTERS_MAX else unit.text


def _cut(text: str) -> str:
    """The beginning of a long sentence up to its last clause or word that fits."""
    head = text[: CHARACTERS_MAX - 1]
    clause = max(head.rfind("; "), head.rfind(": "), head.rfind(", "))
    return head[: clause if clause > CHARACTERS_MAX // 2 else head.rfind(" ")].rstrip(",;: ") + "…"
