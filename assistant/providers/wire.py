"""The wire to an OpenAI-compatible endpoint: `chat.completions` with tools, streamed, by langchain-openai.

Only what every such server knows is sent: model, messages, tools, stream. No tokeniser is fetched, nothing is traced elsewhere, redirects
are not followed (a key goes to one address), and retries are decided above.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import openai
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.providers.fault import FaultCode, ModelFault

CONNECT_S = 3.0
MAX_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is, and which one."""

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)


@runtime_checkable
class Wire(Protocol):
    def stream(self, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]]) -> AsyncIterator[AIMessageChunk]:
        """The answer piece by piece. Raises ModelFault."""
        ...

    async def close(self) -> None: ...


class OpenAIWire:
    """One for the process: it keeps connections open. `silence_s` bounds the wait for any byte."""

    def __init__(self, endpoint: Endpoint, silence_s: float) -> None:
        timeout = openai.Timeout(silence_s, connect=min(CONNECT_S, silence_s))
        self._http = openai.DefaultAsyncHttpxClient(timeout=timeout, follow_redirects=False)
        self._chat = ChatOpenAI(
            base_url=endpoint.base_url, model=endpoint.model, api_key=SecretStr(endpoint.api_key or "none"), timeout=timeout, max_retries=0,
            http_async_client=self._http, stream_usage=True, use_responses_api=False, stream_chunk_timeout=silence_s, cache=False,
        )  # fmt: skip

    async def stream(self, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]]) -> AsyncIterator[AIMessageChunk]:
        extra: dict[str, Any] = {"tools": list(tools)} if tools else {}
        try:
            async with aclosing(self._chat.astream(list(messages), **extra)) as chunks:  # type: ignore[type-var]
                async for chunk in chunks:
                    if isinstance(chunk, AIMessageChunk):
                        yield chunk
        except ModelFault:
            raise
        except Exception as error:
            raise as_fault(error) from error

    async def close(self) -> None:
        await self._http.aclose()


def as_fault(error: Exception) -> ModelFault:
    """Which of our faults an error of the library is. Its text may quote what was sent, so it goes no further than its type."""
    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        if status == 429:
            return ModelFault(FaultCode.RATE_LIMITED, "HTTP 429", _retry_after_s(error.response.headers))
        code = FaultCode.SERVER_FAILED if status >= 500 else FaultCode.REFUSED_BY_SERVER
        return ModelFault(code, f"HTTP {status}", _retry_after_s(error.response.headers))
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return ModelFault(FaultCode.TIMED_OUT, type(error).__name__)
    if isinstance(error, openai.APIConnectionError):
        return ModelFault(FaultCode.UNREACHABLE, type(error.__cause__ or error).__name__)
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError) or type(error).__module__.split(".")[0] in (
        "httpx",
        "httpx2",
        "httpcore",
    ):
        timed_out = "Timeout" in type(error).__name__
        return ModelFault(FaultCode.TIMED_OUT if timed_out else FaultCode.STREAM_WAS_CUT, type(error).__name__)
    return ModelFault(FaultCode.SERVER_FAILED, type(error).__name__)


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None  # a date, or nothing
