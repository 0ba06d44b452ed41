"""How the core answers when something is wrong: problem+json with the request's id, a bug as 500 with a log line."""

from __future__ import annotations

from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.errors import StewardError
from kit.ids import new_uuid
from kit.log import request_id
from web.problem import MEDIA_TYPE, headers_of, problem, status_of

log = structlog.get_logger()


class RequestIds:
    """Takes X-Request-Id from the app, or makes one; puts it in the logs and on the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        current = given if given.isascii() and given.isprintable() and 0 < len(given) <= 64 else new_uuid().hex
        token = request_id.set(current)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", current.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            request_id.reset(token)


async def _steward_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, StewardError)
    return JSONResponse(problem(error, request_id.get()), status_of(error), headers_of(error), media_type=MEDIA_TYPE)


async def _http_exception(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = {"type": "about:blank", "title": error.detail, "status": error.status_code, "request_id": request_id.get()}
    return JSONResponse(body, error.status_code, error.headers, media_type=MEDIA_TYPE)


async def _bug(_request: Request, error: Exception) -> Response:
    log.error("unexpected_error", exc_info=error)
    body = {"type": "about:blank", "title": "Unexpected error", "status": 500, "code": "unexpected_error", "request_id": request_id.get()}
    return JSONResponse(body, 500, media_type=MEDIA_TYPE)


def problem_handlers() -> dict[Any, Any]:
    """Starlette's exception handlers."""
    return {StewardError: _steward_error, HTTPException: _http_exception, Exception: _bug}
