"""Marks what others wrote as data, and keeps from the model what it does not need to see.

A tool's result goes to the model as JSON between fences that carry a random mark of this turn, which nobody who wrote into the books can
know. Free text of banks, identifiers of rows and long tails of lists stay here: a reference reaches a cell whether the model saw it or not.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

MAX_ROWS = 30
MAX_TEXT = 80
MAX_QUOTE = 700
WITHHELD = frozenset({"description", "transaction_ids", "account_id", "provenance"})
FOREIGN = frozenset({"merchant", "label", "key", "name", "category", "account", "title", "section", "quote", "note", "notes", "document"})


@dataclass
class Fence:
    """One turn's. `read` collects which fields with the words of others the model was shown: its words are tainted by them."""

    mark: str = field(default_factory=lambda: secrets.token_hex(6))
    read: set[str] = field(default_factory=set)

    def around(self, content: str) -> str:
        return f"<data {self.mark}>\n{content.replace(self.mark, '')}\n</data {self.mark}>"

    def result(self, tool: str, told: dict[str, Any]) -> str:
        """What a tool said, for the model."""
        return self.around(json.dumps(self._lean(tool, told), ensure_ascii=False, separators=(",", ":")))

    def _lean(self, tool: str, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            kept = {name: item for name, item in value.items() if name not in WITHHELD and item not in (None, [], (), "")}
            if tool == "query" and "id" in kept and "booked_on" in kept:
                del kept["id"]
            return {name: self._lean(tool, item, name) for name, item in kept.items()}
        if isinstance(value, list):
            return [self._lean(tool, item, key) for item in value[:MAX_ROWS]]
        if isinstance(value, str) and key in FOREIGN:
            self.read.add(f"{tool}:{key}")
            most = MAX_QUOTE if key == "quote" else MAX_TEXT
            return value if len(value) <= most else f"{value[:most]}…"
        return value
