"""An answer's blocks in a terminal: tables as tables; a chart's figures already stand in its table or text."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table


def show_text(text: str) -> None:
    """As it comes, at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def show_blocks(blocks: list[dict[str, Any]]) -> None:
    console = Console(highlight=False)
    for block in blocks:
        if block["type"] == "table":
            console.print(_table(block))
        elif block["type"] == "quick_replies":
            console.print("  " + "  |  ".join(reply["text"] for reply in block["replies"]), style="dim", markup=False)


def _table(block: dict[str, Any]) -> Table:
    table = Table(title=block.get("title"), title_justify="left")
    columns = block["columns"]
    for column in columns:
        table.add_column(str(column["label"]), justify="left" if column["kind"] == "text" else "right")
    for row in block["rows"]:
        table.add_row(*(escape(row[column["key"]]["text"]) for column in columns))
    return table
