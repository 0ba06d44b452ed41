"""What an answer cites: the passages that the articles tool found, each once, as definitions.md shapes a citation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.calls import Call


def citations_of(calls: Sequence[Call]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for call in calls:
        if call.name != "articles" or call.failed:
            continue
        for passage in call.result["passages"]:
            cited = {key: passage[key] for key in ("document", "title", "section", "quote")}
            cited |= {"reviewed": passage["reviewed_on"], **({"url": passage["url"]} if passage["url"] else {})}
            if cited not in found:
                found.append(cited)
    return found
