"""A turn as the HTTP API tells it, read with care: figures, cells, and what their sources resolve to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = Any
NUMERIC = frozenset({"money", "count", "ratio", "date"})
MISSING = object()


@dataclass(frozen=True)
class Figure:
    """A number that is said somewhere: a figure of the text, a cell of a table, a point of a chart."""

    text: str
    value: Json
    kind: str
    source: Json
    place: str  # text, table, chart
    id: str = ""


@dataclass(frozen=True)
class Answer:
    """`latency_ms` is what the customer waited."""

    turn: dict[str, Json]
    latency_ms: float = 0.0

    @property
    def status(self) -> str:
        return str(self.turn.get("status", ""))

    @property
    def partial(self) -> bool:
        return bool(self.turn.get("partial"))

    @property
    def text(self) -> str:
        return str(self.turn.get("answer", ""))

    @property
    def tool_calls(self) -> list[dict[str, Json]]:
        return list(self.turn.get("tool_calls") or ())

    @property
    def proposals(self) -> list[dict[str, Json]]:
        return list(self.turn.get("proposals") or ())

    def blocks(self, *kinds: str) -> Iterator[dict[str, Json]]:
        return (block for block in self.turn.get("blocks") or () if block.get("type") in kinds)

    def prose(self) -> list[str]:
        """Every text that is read: the answer, text blocks, list items, titles. Quick replies are questions, and cards proposals."""
        texts = [self.text]
        for block in self.blocks("text", "list", "table", "chart"):
            texts += [str(block[key]) for key in ("text", "title") if block.get(key)]
            texts += [str(item.get("text", "") if isinstance(item, dict) else item) for item in block.get("items") or ()]
        return [text for number, text in enumerate(texts) if text and text not in texts[:number]]

    def tables(self) -> Iterator[dict[str, Json]]:
        yield from self.blocks("table")
        yield from (block["table"] for block in self.blocks("chart") if isinstance(block.get("table"), dict))

    def table_rows(self) -> Iterator[list[tuple[dict[str, Json], dict[str, Json]]]]:
        """Each row as pairs of column and cell."""
        for table in self.tables():
            for row in table.get("rows") or ():
                yield [(column, _cell(row.get(column["key"]))) for column in table.get("columns") or () if column["key"] in row]

    def said(self) -> list[Figure]:
        """Figures of the text."""
        figures = self.turn.get("figures") or ()
        return [
            Figure(str(f.get("text", "")), f.get("value"), str(f.get("kind", "")), f.get("source"), "text", str(f.get("id")))
            for f in figures
        ]

    def shown(self) -> list[Figure]:
        """Figures of tables and charts. A numeric cell with nothing in it is no figure."""
        found = []
        for row in self.table_rows():
            for column, cell in row:
                if column.get("kind") in NUMERIC and cell.get("value") is not None:
                    found.append(Figure(str(cell.get("text", "")), cell["value"], column["kind"], cell.get("source"), "table"))
        for chart in self.blocks("chart"):
            for series in chart.get("series") or ():
                found += [_point(point) for point in series.get("points") or ()]
        return found

    def figures(self) -> list[Figure]:
        return [*self.said(), *self.shown()]

    def resolve(self, source: Json) -> Json:
        """The value in the tool's result, MISSING where the source points nowhere."""
        if not isinstance(source, dict) or not isinstance(source.get("tool_call"), int):
            return MISSING
        calls = self.tool_calls
        if not 0 <= source["tool_call"] < len(calls):
            return MISSING
        return pointed(calls[source["tool_call"]].get("result"), str(source.get("path", "")))

    def inputs(self, source: Json) -> list[Figure | None]:
        """What a formula stands on, each as a figure; None for one that is not there."""
        by_id = {figure.id: figure for figure in self.said()}
        found: list[Figure | None] = []
        for given in source.get("inputs") or ():
            if isinstance(given, str):
                found.append(by_id.get(given))
            else:
                value = self.resolve(given)
                found.append(None if value is MISSING else Figure("", value, kind_of(str(given.get("path", ""))), given, "formula"))
        return found


def _cell(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {"value": value, "text": "" if value is None else str(value)}


def _point(point: dict[str, Json]) -> Figure:
    """A chart's height is drawn, its text is read; where there is none the value is what the source says."""
    return Figure(str(point.get("text", "")), point.get("value", point.get("y")), "point", point.get("source"), "chart")


def pointed(document: Json, pointer: str) -> Json:
    """JSON Pointer (RFC 6901)."""
    if pointer and not pointer.startswith("/"):
        return MISSING
    for raw in pointer.split("/")[1:]:
        key = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list) and key.isdigit() and int(key) < len(document):
            document = document[int(key)]
        elif isinstance(document, dict) and key in document:
            document = document[key]
        else:
            return MISSING
    return document


def kind_of(path: str) -> str:
    """What the cell's name says that it is."""
    name = path.rsplit("/", 1)[-1]
    for kind, endings in {"money": ("_minor",), "count": ("count",), "ratio": ("ratio",), "date": ("_on",)}.items():
        if name.endswith(endings):
            return kind
    return ""
