"""From a draft to blocks: every reference replaced by its formatted value, every figure recorded with its source.

The same draft over the same calls gives the same bytes. Whether the text may be said is `grounding`'s question: for it, each text is
kept as runs that know where they came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.calls import Call, NoSuchCell, resolve
from assistant.draft import CardOf, ChartOf, ListOf, Mention, Paragraph, Part, Reference, Reply, TableOf, cell, parse, pieces
from assistant.figures import Cell, Reader, kind_of

MAX_ROWS = 100
_QUOTED_NAME = re.compile(r"/(?:description|quote) |\d[.,]\d\d(?!\d)|[%\u00a2-\u00a5\u20a0-\u20cf$]")  # of names: could pass for a figure
Origin = Literal["said", "figure", "name", "asked", "person"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and its origin: said by the draft, a figure, a name in the books, an argument of the call, the person's words."""

    text: str
    origin: Origin
    call: int | None = None
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Text:
    """One text, wherever it stands; `call` is the one that a title or a heading belongs to."""

    runs: tuple[Run, ...]
    call: int | None = None


@dataclass
class Rendered:
    """`answer` is the text alone; `texts` is every text of the answer."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    @property
    def answer(self) -> str:
        said: list[str] = []
        for block in self.blocks:
            if block["type"] == "text":
                said.append(block["text"])
            elif block["type"] == "list":
                said.extend(f"- {item}" for item in block["items"])
        return "\n".join(said)


def render(draft: str, calls: Sequence[Call], plan: dict[str, Any], currency: str, locale: str) -> Rendered:
    """Raises DraftIsMalformed, or NoSuchCell for a reference that leads to no figure or name."""
    reader = Reader(calls, plan, currency, locale)
    rendered = Rendered(figures=reader.figures)
    replies: list[dict[str, str]] = []
    for part in parse(draft):
        if isinstance(part, Reply):
            replies.append({"label": _text(reader, rendered, part.label)[0], "text": _text(reader, rendered, part.text)[0]})
        else:
            rendered.blocks.append(_block(part, reader, rendered))
    if replies:
        rendered.blocks.append({"type": "quick_replies", "replies": replies})
    return rendered


def _block(part: Part, reader: Reader, rendered: Rendered) -> dict[str, Any]:
    if isinstance(part, Paragraph):
        text, ids = _text(reader, rendered, part.text)
        return {"type": "text", "text": text, "figures": ids}
    if isinstance(part, ListOf):
        return {"type": "list", "items": [_text(reader, rendered, item)[0] for item in part.items]}
    if isinstance(part, CardOf):
        return {"type": "card", "kind": "proposal", "proposal": proposal_of(reader.document(cell(part.proposal)))}
    assert isinstance(part, TableOf | ChartOf)
    title = {"title": _text(reader, rendered, part.title, cell(part.of).call)[0]} if part.title else {}
    if isinstance(part, TableOf):
        return {"type": "table", **title, **_table(part, reader, rendered, figures=True)}
    return {"type": "chart", **title, **_chart(part, reader, rendered)}


def _text(reader: Reader, rendered: Rendered, text: str, call: int | None = None) -> tuple[str, list[str]]:
    runs, ids = [], []
    for piece in pieces(text):
        if isinstance(piece, str):
            runs.append(Run(piece, "said"))
            continue
        found = reader.read(piece)
        quoted = found.kind == "text" and not piece.left.path.endswith("/rate") and _QUOTED_NAME.search(f"{piece.left.path} {found.text}")
        text_of = f"“{found.text}”" if quoted else found.text
        runs.append(Run(text_of, _origin(piece, found), None if piece.left.root == "plan" else piece.left.call, found.kind))
        identity = reader.keep(found)
        if identity is not None and identity not in ids:
            ids.append(identity)
    rendered.texts.append(Text(tuple(runs), call))
    return "".join(run.text for run in runs), ids


def _origin(piece: Mention, found: Cell) -> Origin:
    if piece.left.root == "plan":
        return "person"
    if piece.left.asked:
        return "asked"
    return "name" if found.kind == "text" else "figure"


def _rows(part: TableOf | ChartOf, reader: Reader) -> tuple[Reference, list[Any]]:
    reference = cell(part.of)
    rows = resolve(reader.document(reference), reference.path)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NoSuchCell(part.of)
    return reference, rows


def _table(part: TableOf | ChartOf, reader: Reader, rendered: Rendered, *, figures: bool) -> dict[str, Any]:
    reference, rows = _rows(part, reader)
    shown = [
        {key.split("|")[0].strip(): _table_cell(reader, reference, row, index, key, figures=figures) for key in part.columns}
        for index, row in enumerate(rows[:MAX_ROWS] if figures else rows)
    ]
    rendered.texts.extend(Text((Run(hint.partition(":")[2], "said"),)) for key in part.columns for hint in key.split("|")[1:])
    keys = {key.split("|")[0].strip(): label for key, label in part.columns.items()}
    columns = [{"key": key, "label": _text(reader, rendered, label)[0], "kind": kind_of(key)} for key, label in keys.items()]
    return {"columns": columns, "rows": shown}


def _table_cell(reader: Reader, reference: Reference, row: dict[str, Any], index: int, column: str, *, figures: bool) -> dict[str, Any]:
    """One cell; `column` is the key with its hints. `when owed: owed` adds a word where the row's own `owed` holds."""
    key, *hints = (part.strip() for part in column.split("|"))
    if key not in row:
        raise NoSuchCell(key)
    if row[key] is None:
        return {"value": None, "text": "—"}
    found = reader.cell(Reference(reference.root, False, f"{reference.path}/{index}/{key}"), hints)
    if figures:
        reader.keep(found)
    text = found.text
    for hint in hints:
        condition, _, word = hint.removeprefix("when ").partition(":")
        if hint.startswith("when ") and row.get(condition.strip()) is True:
            text = f"{text} {word.strip()}"
    return {"value": found.value, "text": text, "source": found.source}


def _chart(part: ChartOf, reader: Reader, rendered: Rendered) -> dict[str, Any]:
    reference, rows = _rows(part, reader)
    points, units = [], set()
    for index, row in enumerate(rows):
        if row.get(part.y) is None:
            continue
        x, y = (reader.cell(Reference(reference.root, False, f"{reference.path}/{index}/{key}")) for key in (part.x, part.y))
        if index < MAX_ROWS:
            reader.keep(y)
        points.append({"x": x.text, "y": y.value, "text": y.text, "source": y.source})
        units.add(y.unit)
    name = _text(reader, rendered, part.name or part.columns.get(part.y, ""))[0]
    unit = next(iter(units)) if len(units) == 1 else None
    table = _table(part, reader, rendered, figures=False)
    return {"kind": part.kind, "series": [{"name": name, "points": points}], "unit": unit or kind_of(part.y), "table": table}


def proposal_of(result: dict[str, Any]) -> dict[str, Any]:
    """A proposal as an answer shows it. Raises NoSuchCell for the result of any other tool."""
    keys = ("id", "kind", "arguments", "arguments_sha256", "provenance", "effect", "expires_at")
    if not all(key in result for key in keys):
        raise NoSuchCell("no proposal")
    return {key: result[key] for key in keys}
