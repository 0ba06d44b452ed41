"""Hears one answer of a language model to its end: bounded in time, silence and length, whole or a fault.

The answer is streamed so that a hang, a drip or a flood shows at once and is cut off; no piece of it is passed on before the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, message_chunk_to_message

from assistant.providers.budget import Limits, about_tokens
from assistant.providers.fault import FaultCode, ModelFault

NOT_JSON = {"arguments_are_not_json": True}


@dataclass(frozen=True, slots=True)
class Heard:
    """`told`: whether the endpoint counted the tokens itself."""

    message: AIMessage
    prompt_tokens: int
    completion_tokens: int
    told: bool


async def listen(chunks: AsyncIterator[AIMessageChunk], asked: Sequence[BaseMessage], left_s: float, limits: Limits) -> Heard:
    """Raises ModelFault."""
    whole, chars = None, 0
    try:
        async with asyncio.timeout(left_s), aclosing(chunks) as pieces:  # type: ignore[type-var]
            while True:
                async with asyncio.timeout(limits.silence_s):
                    chunk = await anext(pieces, None)
                if chunk is None:
                    break
                whole = chunk if whole is None else whole + chunk
                chars += len(str(chunk.text)) + sum(len(part["args"] or "") for part in chunk.tool_call_chunks)
                if chars > limits.answer_chars:
                    raise ModelFault(FaultCode.ANSWER_IS_TOO_LONG, f"more than {limits.answer_chars} characters")
    except TimeoutError as error:
        raise ModelFault(FaultCode.TIMED_OUT, "no end in time") from error
    return _heard(whole, asked, chars)


def _heard(whole: AIMessageChunk | None, asked: Sequence[BaseMessage], chars: int) -> Heard:
    reason = "" if whole is None else str(whole.response_metadata.get("finish_reason") or "")
    if whole is None or not reason:
        raise ModelFault(FaultCode.STREAM_WAS_CUT, "no end was said")
    if reason == "length":
        raise ModelFault(FaultCode.ANSWER_IS_TOO_LONG, "cut off by the endpoint")
    if reason == "content_filter":
        raise ModelFault(FaultCode.MODEL_REFUSED)
    message = message_chunk_to_message(whole)
    assert isinstance(message, AIMessage)
    calls = [*message.tool_calls, *(_broken(call) for call in message.invalid_tool_calls)]
    if not calls and not str(message.text).strip():
        raise ModelFault(FaultCode.ANSWER_IS_EMPTY)
    usage = whole.usage_metadata
    asked_chars = sum(len(str(one.content)) for one in asked)
    return Heard(
        AIMessage(str(message.text), tool_calls=[{**call, "id": call["id"] or f"call_{at}"} for at, call in enumerate(calls)]),
        usage["input_tokens"] if usage else about_tokens(asked_chars),
        usage["output_tokens"] if usage else about_tokens(chars),
        usage is not None,
    )


def _broken(call: Any) -> Any:
    """A call whose arguments are no JSON stays a call: the tool refuses it in words that the model can mend it by."""
    return {"name": call["name"] or "", "args": NOT_JSON, "id": call["id"], "type": "tool_call"}
