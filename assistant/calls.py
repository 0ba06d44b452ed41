"""A tool call as the turn keeps it, and the address of a cell in it: `call index` and JSON Pointer (RFC 6901)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class NoSuchCell(LookupError):
    """A reference that leads nowhere."""


@dataclass(frozen=True, slots=True)
class Call:
    """`args` and `result` are plain JSON. Of a failed call, `result` is `{"error": {kind, code, detail, errors}}`."""

    index: int
    name: str
    args: dict[str, Any]
    result: dict[str, Any]

    @property
    def failed(self) -> bool:
        return "error" in self.result

    def shown(self) -> dict[str, Any]:
        """As `tool_calls[]` of an answer shows it."""
        return {"name": self.name, "args": self.args, "result": self.result}


def resolve(document: Any, pointer: str) -> Any:
    """The value at a JSON Pointer. Raises NoSuchCell."""
    if pointer and not pointer.startswith("/"):
        raise NoSuchCell(pointer)
    value = document
    for raw in pointer.split("/")[1:]:
        value = _step(value, raw.replace("~1", "/").replace("~0", "~"), pointer)
    return value


def _step(value: Any, part: str, pointer: str) -> Any:
    if isinstance(value, dict) and part in value:
        return value[part]
    if isinstance(value, list) and part.isascii() and part.isdigit() and str(int(part)) == part and int(part) < len(value):
        return value[int(part)]
    raise NoSuchCell(pointer)


def currency_of(document: Any, pointer: str) -> str | None:
    """The currency of a money cell: the nearest `currency` beside it or above it; of what was given to an exchange, its own."""
    *parts, key = pointer.split("/")
    while parts:
        try:
            holder = resolve(document, "/".join(parts))
        except NoSuchCell:
            return None
        if isinstance(holder, dict) and key == "amount_minor" and isinstance(holder.get("from_currency"), str):
            return str(holder["from_currency"])
        if isinstance(holder, dict) and isinstance(holder.get("currency"), str):
            return str(holder["currency"])
        parts.pop()
    return None
