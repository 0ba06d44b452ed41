"""A turn's events as AG-UI 1.0 events, in the order that its clients enforce."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from ag_ui.core import (
    BaseEvent,
    CustomEvent,
    RunErrorEvent,
    RunFinishedEvent,
    RunStartedEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
    ToolCallArgsEvent,
    ToolCallEndEvent,
    ToolCallResultEvent,
    ToolCallStartEvent,
)
from structlog import get_logger

from assistant.events import Event, TextDelta, ToolCallEnded, ToolCallStarted, TurnDone, TurnStarted
from kit.errors import StewardError

TURN = "steward.turn"
_log = get_logger()


async def as_agui(conversation_id: str, events: AsyncIterator[Event]) -> AsyncIterator[BaseEvent]:
    """RUN_STARTED first; RUN_FINISHED or RUN_ERROR last, whatever happens between."""
    run_id, speaking = "", False
    try:
        async for event in events:
            if isinstance(event, TurnStarted):
                run_id = event.turn_id
                yield RunStartedEvent(thread_id=conversation_id, run_id=run_id)
            elif isinstance(event, ToolCallStarted):
                yield ToolCallStartEvent(tool_call_id=event.identity, tool_call_name=event.name)
                yield ToolCallArgsEvent(tool_call_id=event.identity, delta=_json(event.args))
                yield ToolCallEndEvent(tool_call_id=event.identity)
            elif isinstance(event, ToolCallEnded):
                message_id = f"{run_id}_{event.identity}"
                yield ToolCallResultEvent(message_id=message_id, tool_call_id=event.identity, content=_json(event.result))
            elif isinstance(event, TextDelta):
                if not speaking:
                    yield TextMessageStartEvent(message_id=run_id, role="assistant")
                speaking = True
                yield TextMessageContentEvent(message_id=run_id, delta=event.text)
            elif isinstance(event, TurnDone):
                if speaking:
                    yield TextMessageEndEvent(message_id=run_id)
                yield CustomEvent(name=TURN, value=event.turn)
                yield RunFinishedEvent(thread_id=conversation_id, run_id=run_id)
    except StewardError as error:
        yield RunErrorEvent(message=error.detail, code=error.code)
    except Exception:
        _log.exception("turn_failed")
        yield RunErrorEvent(message="something went wrong on our side; nothing was changed", code="internal_error")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
