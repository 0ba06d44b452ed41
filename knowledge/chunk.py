"""Cuts an article into passages of 80 to 220 words, at section borders where it can, never inside a sentence or a table.

An article becomes a row of units (sentences and whole tables); the cheapest set of borders between them is found exactly. A border
where a section starts is a gain, inside a section a loss, and each word outside 80 to 220 a larger one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from knowledge.ingest import Article

WORDS_MIN, WORDS_MAX = 80, 220
UNITS_MAX = 120
AT_SECTION, AT_PARAGRAPH, AT_SENTENCE, PER_WORD = -1, 3, 6, 2
SENTENCE_END = re.compile(r"""(?<=[.!?])["”)]?\s+(?=["“(]?[A-Z0-9])""")
ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|No|Art|St|vs|approx|U\.S)|\b[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a table, with the section it stands in."""

    text: str
    section: str
    is_table: bool
    border: int  # what a border before this unit costs

    @property
    def words(self) -> int:
        return len(re.findall(r"\w+", self.text))


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one article, in order of reading. `id` is stable as long as the article is."""

    id: str
    article: Article
    units: tuple[Unit, ...]

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit.section for unit in self.units))

    @property
    def text(self) -> str:
        return " ".join(unit.text for unit in self.units)

    @property
    def words(self) -> int:
        return sum(unit.words for unit in self.units)

    @property
    def headed(self) -> str:
        """Title and section headings before the text: what is embedded and indexed."""
        return f"{self.article.title}. {'. '.join(self.sections)}. {self.text}"


def passages(article: Article) -> tuple[Passage, ...]:
    """The passages of an article, which together are the whole of it."""
    row = tuple(units(article.body))
    borders = _cheapest_borders(row)
    return tuple(Passage(f"{article.slug}:{place}", article, row[start:end]) for place, (start, end) in enumerate(pairwise(borders)))


def units(body: str) -> Iterator[Unit]:
    """Sentences and tables of a Markdown body in order."""
    section, cost = "", AT_SECTION
    for block in re.split(r"\n\s*\n|\n(?=#)|(?<=[^|])\n(?=\|)", body):
        lines = block.strip().splitlines()
        while lines and lines[0].startswith("#"):
            section, cost = lines.pop(0).lstrip("#").strip(), AT_SECTION
        if not lines:
            continue
        is_table = lines[0].startswith("|")
        texts = ["\n".join(lines)] if is_table else sentences(" ".join(lines))
        for text in texts:
            yield Unit(text, section, is_table, cost)
            cost = AT_SENTENCE
        cost = AT_PARAGRAPH


def sentences(text: str) -> list[str]:
    """A paragraph's sentences; an abbreviation or an initial ends none."""
    found: list[str] = []
    for piece in SENTENCE_END.split(text.strip()):
        if found and ABBREVIATION.search(found[-1]):
            found[-1] += " " + piece
        elif piece:
            found.append(piece)
    return found


def _cheapest_borders(row: tuple[Unit, ...]) -> list[int]:
    """Positions of all borders, start and end included, by dynamic programming over the units."""
    reached = list(accumulate((unit.words for unit in row), initial=0))
    best: list[tuple[int, int]] = [(0, 0)]  # cheapest cost of cutting row[:end], and its last piece's start
    for end in range(1, len(row) + 1):
        starts = range(max(0, end - UNITS_MAX), end)
        best.append(min((best[start][0] + _cost(row[start].border, reached[end] - reached[start], start), start) for start in starts))
    borders = [len(row)]
    while borders[0] > 0:
        borders.insert(0, best[borders[0]][1])
    return borders


def _cost(border: int, words: int, start: int) -> int:
    outside = max(WORDS_MIN - words, words - WORDS_MAX, 0)
    return (border if start else 0) + PER_WORD * outside
