"""An OpenAI-compatible endpoint on a port of its own: `chat.completions` with tools over streamed events, and every way to fail at it.

`Script` says, request by request, what it does; what it was asked is kept.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

MODEL = "tiny-1"
Piece = dict[str, Any]
Line = Callable[[dict[str, Any], "Script"], Response]


@dataclass
class Script:
    """The lines in order; the last one is said for ever. `asked` are the bodies of the requests, `keys` their authorisations."""

    lines: list[Line] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self, *lines: Line) -> None:
        self.lines, self.asked, self.keys = list(lines), [], []
        self.heard.clear()

    def end(self) -> None:
        """Lets go whoever still waits."""
        self.over.set()
        self.over = asyncio.Event()

    async def answer(self, request: Request) -> Response:
        body = json.loads(await request.body())
        self.asked.append(body)
        self.heard.set()
        self.keys.append(request.headers.get("authorization", ""))
        return self.lines[min(len(self.asked), len(self.lines)) - 1](body, self)

    def sent(self) -> str:
        """Everything that left, as text."""
        return json.dumps(self.asked, ensure_ascii=False)


def _chunk(delta: Piece, finish: str | None = None, **more: Any) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    whole = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice], **more}
    return f"data: {json.dumps(whole)}\n\n"


def _usage(prompt: int, completion: int) -> str:
    counts = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    whole = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [], "usage": counts}
    return f"data: {json.dumps(whole)}\n\n"


def _stream(*pieces: str) -> Response:
    async def run() -> AsyncIterator[str]:
        for piece in pieces:
            yield piece

    return StreamingResponse(run(), media_type="text/event-stream")


def says(text: str, finish: str = "stop", usage: tuple[int, int] | None = (100, 20)) -> Line:
    """A few words at a time."""
    parts = [text[at : at + 12] for at in range(0, len(text), 12)]

    def line(body: dict[str, Any], script: Script) -> Response:
        counted = [_usage(*usage)] if usage else []
        return _stream(
            _chunk({"role": "assistant"}), *(_chunk({"content": p}) for p in parts), _chunk({}, finish), *counted, "data: [DONE]\n\n"
        )

    return line


def calls(*wanted: tuple[str, Any]) -> Line:
    """Tool calls; arguments that are text are sent as they are. Each call's arguments come in two pieces."""

    def line(body: dict[str, Any], script: Script) -> Response:
        pieces = [_chunk({"role": "assistant", "content": None})]
        for at, (name, given) in enumerate(wanted):
            text = given if isinstance(given, str) else json.dumps(given)
            identity = f"call_{len(script.asked)}_{at}"
            function = {"name": name, "arguments": text[:5]}
            pieces.append(_chunk({"tool_calls": [{"index": at, "id": identity, "type": "function", "function": function}]}))
            pieces.append(_chunk({"tool_calls": [{"index": at, "function": {"arguments": text[5:]}}]}))
        return _stream(*pieces, _chunk({}, "tool_calls"), _usage(200, 30), "data: [DONE]\n\n")

    return line


def fails(status: int, headers: dict[str, str] | None = None) -> Line:
    def line(body: dict[str, Any], script: Script) -> Response:
        return JSONResponse({"error": {"message": "no", "type": "error", "code": None}}, status, headers)

    return line


def refuses() -> Line:
    return lambda body, script: _stream(
        _chunk({"role": "assistant", "refusal": "I cannot help with that."}), _chunk({}, "stop"), "data: [DONE]\n\n"
    )


def is_cut(text: str) -> Line:
    """Ends in the middle without saying that it is the end."""
    return lambda body, script: _stream(_chunk({"role": "assistant"}), _chunk({"content": text}))


def breaks(text: str) -> Line:
    """The connection goes while the answer runs."""

    def line(body: dict[str, Any], script: Script) -> Response:
        async def run() -> AsyncIterator[str]:
            yield _chunk({"content": text})
            raise ConnectionResetError("pulled")

        return StreamingResponse(run(), media_type="text/event-stream")

    return line


def hangs() -> Line:
    """Takes the question and says nothing."""

    def line(body: dict[str, Any], script: Script) -> Response:
        over = script.over

        async def run() -> AsyncIterator[str]:
            await over.wait()
            yield ""

        return StreamingResponse(run(), media_type="text/event-stream")

    return line


def drips() -> Line:
    """A word now and then, for ever."""

    def line(body: dict[str, Any], script: Script) -> Response:
        over = script.over

        async def run() -> AsyncIterator[str]:
            while not over.is_set():
                yield _chunk({"content": "well "})
                await asyncio.sleep(0.02)

        return StreamingResponse(run(), media_type="text/event-stream")

    return line


def says_rubbish() -> Line:
    return lambda body, script: _stream("data: {not json\n\n", "data: [DONE]\n\n")


class _Server(uvicorn.Server):
    """Leaves the process's signals alone, and says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@asynccontextmanager
async def endpoint() -> AsyncIterator[tuple[str, Script]]:
    """The address and the script of a running endpoint."""
    script = Script()
    app = Starlette(routes=[Route("/v1/chat/completions", script.answer, methods=["POST"])])
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    server = _Server(config)
    running = asyncio.create_task(server.serve())
    await server.ready.wait()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/v1", script
    finally:
        script.over.set()
        server.should_exit = True
        await running
