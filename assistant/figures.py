"""Figures: cells of tool results made readable, each with where it came from (docs/definitions.md, Signs and shapes)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from assistant import formats
from assistant.calls import Call, NoSuchCell, currency_of, resolve
from assistant.draft import Mention, Reference

Kind = Literal["money", "count", "ratio", "date", "text"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its reading. `source` is None for what was asked or said, which proves nothing."""

    value: Any
    text: str
    kind: Kind
    unit: str | None
    source: dict[str, Any] | None


def kind_of(key: str) -> Kind:
    """A cell's kind is its name's suffix."""
    if key.endswith("_minor"):
        return "money"
    if key == "count" or key.endswith("_count"):
        return "count"
    if key == "ratio" or key.endswith("_ratio"):
        return "ratio"
    return "date" if key == "on" or key.endswith("_on") else "text"


@dataclass
class Reader:
    """Reads references against the calls of a turn and the plan, and keeps the figures that were read."""

    calls: Sequence[Call]
    plan: dict[str, Any]
    currency: str
    locale: str
    figures: list[dict[str, Any]] = field(default_factory=list)

    def document(self, reference: Reference) -> Any:
        if reference.root == "plan":
            return self.plan
        found = next((call for call in self.calls if call.index == reference.call), None)
        if found is None or (found.failed and not reference.asked):
            raise NoSuchCell(f"call {reference.root}")
        return found.args if reference.asked else found.result

    def read(self, mention: Mention) -> Cell:
        """The cell behind a mention. Raises NoSuchCell when it leads nowhere or to no figure or name."""
        if mention.right is None:
            return self.cell(mention.left, mention.hints)
        return self._computed(mention, mention.right)

    def cell(self, reference: Reference, hints: Sequence[str] = ()) -> Cell:
        document = self.document(reference)
        value = resolve(document, reference.path)
        kind = kind_of(reference.path.rsplit("/", 1)[-1])
        unit = (currency_of(document, reference.path) or self.currency) if kind == "money" else None
        proven = reference.root != "plan" and not reference.asked
        source = {"tool_call": reference.call, "path": reference.path} if proven else None
        return Cell(value, self._text(value, kind, unit, hints, reference), kind, unit, source)

    def _text(self, value: Any, kind: Kind, unit: str | None, hints: Sequence[str], reference: Reference) -> str:
        if kind == "text" and isinstance(value, str) and value:
            return " ".join(value.split())
        if kind == "date" and isinstance(value, str):
            return formats.day(date.fromisoformat(value), self.locale)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NoSuchCell(reference.path)
        number = abs(value) if "abs" in hints else value
        if kind == "money" and isinstance(number, int):
            return formats.money(number, unit or self.currency, self.locale, signed="signed" in hints)
        if kind == "count" and isinstance(number, int):
            return formats.count(number, self.locale, _forms(hints))
        if kind == "ratio":
            return formats.ratio(float(number), self.locale, signed="signed" in hints)
        raise NoSuchCell(reference.path)

    def _computed(self, mention: Mention, right: Reference) -> Cell:
        a, b = self.cell(mention.left), self.cell(right)
        if a.source is None or b.source is None or a.kind not in ("money", "count") or (a.kind, a.unit) != (b.kind, b.unit):
            raise NoSuchCell(f"{a.kind} {mention.operator} {b.kind}")
        if mention.operator == "of":
            if b.value == 0:
                raise NoSuchCell("a part of nothing")
            value, kind, unit = a.value / b.value, "ratio", None
        else:
            value, kind, unit = (a.value + b.value if mention.operator == "+" else a.value - b.value), a.kind, a.unit
        text = self._text(value, kind, unit, mention.hints, mention.left)  # type: ignore[arg-type]
        formula = {"+": "a + b", "-": "a - b", "of": "a / b"}[mention.operator]
        return Cell(value, text, kind, unit, {"formula": formula, "inputs": [a.source, b.source]})  # type: ignore[arg-type]

    def keep(self, cell: Cell) -> str | None:
        """Records a figure once and returns its id; names and what was asked are none."""
        if cell.source is None or cell.kind == "text":
            return None
        for known in self.figures:
            if known["source"] == cell.source and known["text"] == cell.text:
                return str(known["id"])
        figure = {"id": f"f{len(self.figures) + 1}", "text": cell.text, "value": cell.value, "unit": cell.unit, "kind": cell.kind}
        self.figures.append({**figure, "source": cell.source})
        return str(figure["id"])


def _forms(hints: Sequence[str]) -> tuple[str, ...]:
    """The plural forms of an `of payment,payments` hint."""
    return next((tuple(form.strip() for form in hint[3:].split(",")) for hint in hints if hint.startswith("of ")), ())
