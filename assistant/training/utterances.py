"""Reads the utterances of each need and fills their places from generic lists, by a seed. `corpus: asked` adds the articles' own ways of
being asked for."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.fillers import STANDARD
from assistant.slots.text import Utterance
from knowledge.ingest import read_corpus

_ASKED_WORDS_MIN = 4
_OF_ITSELF = "steward-assistant"  # "what can you do?" is a need of its own
FOLDER = Path(__file__).with_name("utterances")
_FILLS = {
    "category": "groceries|rent|eating out|clothes|transport|insurance|utilities|holidays|pets|subscriptions|takeaways|fuel|gifts|health",
    "merchant": "amazon|aldi|starbucks|ikea|netflix|uber|lidl|the bakery|shell|zara|spotify|h&m|the gym|decathlon|paypal|mcdonald's",
    "period": "last month|this year|in may|last week|this month|since january|in 2025|over the last 30 days|yesterday|last quarter|today",
    "month": "may|june|october|january|last december|march",
    "amount": "50|£100|20 euros|$250|1000|75 quid",
    "account": "savings account|current account|credit card|savings|joint account|visa card",
    "n": "3|5|ten|10|four",
}


@dataclass(frozen=True)
class Need:
    """One file: a need and how people put it."""

    name: str
    utterances: tuple[str, ...]
    status: str = "answered"
    form: str = ""
    query: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The words of the need itself, without those that fill its places."""
        return " ".join(
            sorted({word for line in self.utterances for word in re.findall(r"[^\W_]+", re.sub(r"\{\w+\}", " ", line.replace("'", "")))})
        )


@dataclass(frozen=True)
class Example:
    """`line` tells which utterance it was filled from: all its fillings are held out together."""

    text: str
    need: int
    line: int


def needs(folder: Path = FOLDER) -> list[Need]:
    found = []
    for path in sorted(folder.glob("*.yaml")):
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
        lines = tuple(line.strip() for line in entry["utterances"].splitlines() if line.strip())
        lines += _asked_of_articles() if entry.get("corpus") == "asked" else ()
        found.append(Need(entry["intent"], lines, entry.get("status", "answered"), entry.get("form", ""), entry.get("query", {})))
    return found


def _asked_of_articles() -> tuple[str, ...]:
    """How people ask for each article, where it is a question or a sentence rather than a key word."""
    ways = (Utterance.of(way).text.strip(" ?.!") for article in read_corpus() if article.slug != _OF_ITSELF for way in article.asked)
    return tuple(dict.fromkeys(way for way in ways if len(way.split()) >= _ASKED_WORDS_MIN))


def examples(found: list[Need], seed: int = 7) -> list[Example]:
    """Each utterance with the standard words in its places, and once more with others."""
    draw = random.Random(seed)  # noqa: S311
    made, line = [], 0
    for at, need in enumerate(found):
        for utterance in need.utterances:
            texts = [_filled(utterance, None), *([_filled(utterance, draw)] if "{" in utterance else [])]
            made += [Example(text, at, line) for text in dict.fromkeys(texts)]
            line += 1
    return made


def _filled(utterance: str, draw: random.Random | None) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: draw.choice(_FILLS[place[1]].split("|")) if draw else STANDARD[place[1]], utterance)
