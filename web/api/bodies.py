"""Request bodies within bounds, before any route sees them: size (also of chunked ones), time to arrive, strict JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.errors import Invalid
from web.api.errors import problem_response, steward_response
from web.api.strict_json import NotJson, check_json

MAX_JSON_BYTES = 2**20
ARRIVAL_S = 60
DRAIN_BYTES, DRAIN_S = 64 * 2**20, 5
_BODILESS = {"GET", "HEAD", "OPTIONS", "DELETE"}


class Bodies:
    """A file may have `max_bytes`, everything else a mebibyte."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _BODILESS:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        is_form = kind == "multipart/form-data"
        limit = self._max_bytes if is_form else MAX_JSON_BYTES
        bounded = _bounded(receive, limit)
        try:
            if int(headers.get("content-length") or 0) > limit:
                if "expect" not in headers:
                    await _drain(receive)
                raise _too_large(limit)
            if not is_form:
                bounded = await _checked(bounded, strict=kind == "application/json" or kind.endswith("+json"))
        except HTTPException as error:
            response = problem_response(error.status_code, detail=error.detail)
        except NotJson as error:
            response = problem_response(400, "body_is_not_json", str(error))
        except Invalid as error:
            response = steward_response(error)
        except ValueError:
            response = problem_response(400, detail="Content-Length is not a number")
        else:
            await self._app(scope, bounded, send)
            return
        await response(scope, receive, send)


def _bounded(receive: Receive, limit: int) -> Receive:
    """`receive` that counts, and gives up on a body that is too large or too slow."""
    deadline = asyncio.get_running_loop().time() + ARRIVAL_S
    seen, complete = 0, False

    async def bounded() -> Message:
        nonlocal seen, complete
        if complete:
            return await receive()
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError as error:
            raise HTTPException(408, f"the body did not arrive within {ARRIVAL_S} s") from error
        seen += len(message.get("body", b""))
        complete = not message.get("more_body", False)
        if seen > limit:
            if not complete:
                await _drain(receive)
            raise _too_large(limit)
        return message

    return bounded


async def _drain(receive: Receive) -> None:
    """Reads on and forgets, within bounds: a caller who is still sending would see a broken connection instead of the answer."""
    seen = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_S):
            while seen < DRAIN_BYTES:
                message = await receive()
                seen += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


async def _checked(receive: Receive, *, strict: bool) -> Receive:
    """The whole body read and checked, to be received again as one message."""
    chunks = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400, "the body was cut short")
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            break
    body = b"".join(chunks)
    if strict and body:
        check_json(body)
    return _again({"type": "http.request", "body": body, "more_body": False}, receive)


def _again(first: Message, receive: Callable[[], Awaitable[Message]]) -> Receive:
    pending = [first]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again


def _too_large(limit: int) -> HTTPException:
    return HTTPException(
        413, f"the body is larger than {limit // 2**20} MiB" if limit >= 2**20 else f"the body is larger than {limit} bytes"
    )
