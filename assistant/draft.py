"""The draft of an answer: text whose figures are references to cells of tool results, never digits of its own.

One syntax for the answer templates and for any language model:

- `[[0/amount_minor]]` is the cell /amount_minor of the result of tool call 0, formatted by its kind; hints follow bars:
  `[[0/comparison/change_minor|abs]]`, `[[0/count|of payment,payments]]`. A name's cell (`[[0/rows/0/label]]`) quotes the books.
- `[[0?/period/label]]` is what the call asked (its arguments), `[[plan/slots/threshold_minor]]` what the person said.
- `[[0/amount_minor - 1/amount_minor]]` (also `+`, and `of` for a ratio) is a figure computed from two cells.
- Paragraphs are parted by blank lines. A line `::table {json}` (also chart, list, reply, card) is a block: see the classes below.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class DraftIsMalformed(ValueError):
    """The draft does not follow the syntax."""


class Directive(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Paragraph(Directive):
    text: str


class TableOf(Directive):
    """A table of the array of objects at a reference: `{"of": "0/rows", "columns": {"label": "Category", "amount_minor": "Spent"}}`."""

    of: str
    columns: dict[str, str] = Field(min_length=1)
    title: str = ""


class ChartOf(Directive):
    """A chart of the same: `{"kind": "bar", "of": "0/rows", "x": "label", "y": "amount_minor", "columns": {...}}`."""

    kind: str = Field(pattern="^(line|bar|donut|waterfall)$")
    of: str
    x: str
    y: str
    columns: dict[str, str] = Field(min_length=1)
    title: str = ""
    name: str = ""


class ListOf(Directive):
    items: tuple[str, ...] = Field(min_length=1)


class Reply(Directive):
    label: str = Field(min_length=1, max_length=160)
    text: str = Field(min_length=1, max_length=400)


class CardOf(Directive):
    """The proposal that a call made."""

    proposal: str


Part = Paragraph | TableOf | ChartOf | ListOf | Reply | CardOf
_DIRECTIVES: dict[str, TypeAdapter[Any]] = {
    "table": TypeAdapter(TableOf),
    "chart": TypeAdapter(ChartOf),
    "list": TypeAdapter(ListOf),
    "reply": TypeAdapter(Reply),
    "card": TypeAdapter(CardOf),
}
MAX_DRAFT = 60_000
_LINE = re.compile(r"^::(\w+) +(\{.*\})$")


def parse(draft: str) -> list[Part]:
    """The parts in order. Raises DraftIsMalformed."""
    if len(draft) > MAX_DRAFT:
        raise DraftIsMalformed("too long")
    parts: list[Part] = []
    lines: list[str] = []
    for line in [*(raw.strip() for raw in draft.splitlines()), ""]:
        if line and not line.startswith("::"):
            lines.append(line)
            continue
        if lines:
            parts.append(Paragraph(text=" ".join(" ".join(lines).split())))
            lines = []
        if line:
            parts.append(_directive(line))
    return parts


def _directive(line: str) -> Part:
    match = _LINE.match(line)
    if match is None or match[1] not in _DIRECTIVES:
        raise DraftIsMalformed(line[:80])
    try:
        part: Part = _DIRECTIVES[match[1]].validate_python(json.loads(match[2]))
    except (ValueError, ValidationError) as error:
        raise DraftIsMalformed(line[:80]) from error
    return part


@dataclass(frozen=True, slots=True)
class Reference:
    """`root`: a call's number as text, or "plan". `asked`: of the call's arguments, not of its result."""

    root: str
    asked: bool
    path: str

    @property
    def call(self) -> int:
        return int(self.root)


@dataclass(frozen=True, slots=True)
class Mention:
    """What stands between double brackets: one reference, or two and the operator between them, and format hints."""

    left: Reference
    operator: str = ""
    right: Reference | None = None
    hints: tuple[str, ...] = ()


_REFERENCE = r"(plan|\d{1,3})(\??)(/[^\s|\[\]]*)"
_MENTION = re.compile(rf"^\s*{_REFERENCE}(?:\s+(\+|-|of)\s+{_REFERENCE})?\s*((?:\|[^|\[\]]+)*)$")
_BRACKETS = re.compile(r"\[\[(.*?)\]\]")


def pieces(text: str) -> list[str | Mention]:
    """A text as literal strings and mentions, in order. Raises DraftIsMalformed for a mention that is none."""
    found: list[str | Mention] = []
    end = 0
    for match in _BRACKETS.finditer(text):
        if match.start() > end:
            found.append(text[end : match.start()])
        found.append(mention(match[1]))
        end = match.end()
    if end < len(text):
        found.append(text[end:])
    if any(isinstance(piece, str) and ("[[" in piece or "]]" in piece) for piece in found):
        raise DraftIsMalformed("brackets do not pair")
    return found


def mention(inner: str) -> Mention:
    match = _MENTION.match(inner)
    if match is None:
        raise DraftIsMalformed(f"[[{inner[:80]}]]")
    left = Reference(match[1], match[2] == "?", match[3])
    right = Reference(match[5], match[6] == "?", match[7]) if match[4] else None
    return Mention(left, match[4] or "", right, tuple(hint.strip() for hint in match[8].split("|")[1:]))


def cell(text: str) -> Reference:
    """A bare reference such as `0/rows`, as directives name their source. Raises DraftIsMalformed."""
    found = mention(text)
    if found.right is not None or found.hints or found.left.asked or found.left.root == "plan":
        raise DraftIsMalformed(text[:80])
    return found.left


def plain(text: str) -> str:
    """Foreign words made safe to stand in a draft: they can neither refer nor command."""
    flat = " ".join(text.split())
    return flat.replace("[", "(").replace("]", ")").removeprefix("::") if flat.startswith("::") or "[[" in flat or "]]" in flat else flat
