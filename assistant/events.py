"""What happens in a turn, in the order in which it may be told: started, tool calls, text, done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TurnStarted:
    turn_id: str


@dataclass(frozen=True, slots=True)
class ToolCallStarted:
    identity: str
    name: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCallEnded:
    identity: str
    name: str
    result: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class TurnDone:
    """`turn` is the whole turn as it was stored."""

    turn: dict[str, Any]


Event = TurnStarted | ToolCallStarted | ToolCallEnded | TextDelta | TurnDone
