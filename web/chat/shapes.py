"""The chat's answers as the OpenAPI contract describes them (docs/definitions.md, Signs and shapes)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.guard import MAX_CHARS
from tools.query.model import Fact
from web.api.shapes import Shape

Kind = Literal["money", "count", "ratio", "date"]
Status = Literal["answered", "clarify", "refused", "out_of_scope", "proposed"]


class Nothing(Shape):
    """No fields yet: an empty object."""


class Said(Shape):
    text: Annotated[str, Field(description=f"What the person says: at most {MAX_CHARS} characters.", max_length=20_000)]


class CellSource(Shape):
    """A cell of a tool call's result: 0-based index into `tool_calls`, JSON Pointer into its `result`."""

    tool_call: int
    path: str


class FormulaSource(Shape):
    formula: str
    inputs: list[CellSource]


class Figure(Shape):
    """`value`: minor units for money (`unit` is the currency), a number for counts and ratios, an ISO date for dates."""

    id: str
    text: str
    value: int | float | str
    unit: str | None
    kind: Kind
    source: CellSource | FormulaSource


class Cell(Shape):
    value: int | float | str | None
    text: str
    source: CellSource | None = None


class Column(Shape):
    key: str
    label: str
    kind: Literal["money", "count", "ratio", "date", "text"]


class Grid(Shape):
    columns: list[Column]
    rows: list[dict[str, Cell]]


class TextBlock(Shape):
    type: Literal["text"]
    text: str
    figures: list[str]


class TableBlock(Grid):
    type: Literal["table"]
    title: str | None = None


class Point(Shape):
    x: str
    y: int | float
    text: str
    source: CellSource


class Series(Shape):
    name: str
    points: list[Point]


class ChartBlock(Shape):
    """`unit` is a currency, `count` or `ratio`."""

    type: Literal["chart"]
    title: str | None = None
    kind: Literal["line", "bar", "donut", "waterfall"]
    series: list[Series]
    unit: str
    table: Grid


class ListBlock(Shape):
    type: Literal["list"]
    items: list[str]


class QuickReply(Shape):
    """`text` is the whole utterance that the button sends."""

    label: str
    text: str


class QuickRepliesBlock(Shape):
    type: Literal["quick_replies"]
    replies: list[QuickReply]


class Proposal(Shape):
    id: str
    kind: Literal["budget", "goal", "category_rule", "transfer"]
    arguments: dict[str, Any]
    arguments_sha256: str
    provenance: dict[str, str]
    effect: dict[str, Any]
    expires_at: datetime


class CardBlock(Shape):
    type: Literal["card"]
    kind: Literal["proposal"]
    proposal: Proposal


Block = Annotated[
    TextBlock | TableBlock | ChartBlock | ListBlock | QuickRepliesBlock | CardBlock,
    Field(discriminator="type"),
]


class ToolCall(Shape):
    name: str
    args: dict[str, Any]
    result: dict[str, Any]


class Citation(Shape):
    document: str
    title: str
    section: str
    quote: str
    url: str | None = None
    reviewed: str


class Turn(Shape):
    """One answer, with everything it stands on."""

    id: str
    answer: str
    status: Status
    partial: bool
    blocks: list[Block]
    tool_calls: list[ToolCall]
    figures: list[Figure]
    citations: list[Citation]
    proposals: list[Proposal]
    versions: dict[str, str]
    timings: dict[str, float]


class StoredTurn(Turn):
    text: str
    created_at: datetime


class NewConversation(Shape):
    id: str
    created_at: datetime


class Conversation(NewConversation):
    """`opening` is the first thing that was said."""

    opening: str | None


class Conversations(Shape):
    data: list[Conversation]
    has_more: bool
    next_cursor: str | None


class WholeConversation(NewConversation):
    turns: list[StoredTurn]


class Rows(Shape):
    """The facts behind a figure; `formula` where it was computed from several."""

    data: list[Fact]
    has_more: bool
    next_cursor: str | None
    formula: str | None = None
