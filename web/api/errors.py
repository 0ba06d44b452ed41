"""Every failure as problem+json. The six kinds are rendered by `web.problem`; here are those that only this edge knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kit.errors import FieldError, Invalid, StewardError
from kit.log import request_id
from kit.redact import redact
from web.auth.throttle import TooManyAttempts
from web.problem import MEDIA_TYPE, headers_of, problem, status_of

_NAMES = {
    400: ("request_is_malformed", "The request is malformed"),
    404: ("route_is_unknown", "Not found"),
    405: ("method_is_not_allowed", "This address does not take that method"),
    408: ("request_is_too_slow", "The request took too long to arrive"),
    413: ("body_is_too_large", "The body is too large"),
    429: ("too_many_attempts", "Too many attempts"),
    500: ("unexpected_error", "Unexpected error"),
}
MAX_ERRORS = 50


def problem_response(
    status: int,
    code: str | None = None,
    detail: str | None = None,
    errors: Sequence[FieldError] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem of the edge's own."""
    name, title = _NAMES.get(status, ("request_is_refused", "The request is refused"))
    body = {
        "type": f"urn:steward:problem:{code or name}",
        "title": title,
        "status": status,
        "code": code or name,
        "detail": detail or title,
        "request_id": request_id.get(),
        "errors": [{"pointer": error.pointer, "detail": error.detail} for error in errors],
    }
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


def steward_response(error: StewardError) -> Response:
    """A kit error, or one of identity."""
    if isinstance(error, TooManyAttempts):
        return problem_response(429, error.code, error.detail, headers={"Retry-After": str(error.retry_after_s)})
    return JSONResponse(problem(error, request_id.get()), status_of(error), headers_of(error), media_type=MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    app.add_exception_handler(StewardError, _steward_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(asyncpg.DataError, _data_error)


async def _steward_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, StewardError)
    return steward_response(error)


async def _validation_error(_request: Request, error: Exception) -> Response:
    """Says which field is wrong and why, never what was in it."""
    assert isinstance(error, RequestValidationError)
    errors = [FieldError(_pointer(found["loc"]), str(found["msg"])) for found in error.errors()[:MAX_ERRORS]]
    return steward_response(Invalid("request_is_invalid", "the request is not valid; errors says where", errors))


async def _http_exception(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail if error.status_code in (400, 408, 413) else None
    return problem_response(error.status_code, detail=detail, headers=dict(error.headers or {}))


async def _data_error(_request: Request, _error: Exception) -> Response:
    """PostgreSQL keeps no NUL in text and no number beyond its types: what slipped past the checks is the caller's to mend."""
    return steward_response(Invalid("value_cannot_be_kept", "a value holds a character or a size that cannot be kept"))


def _pointer(location: Sequence[Any]) -> str:
    parts = [str(part).replace("~", "~0").replace("/", "~1")[:100] for part in location[1:]]
    return redact("/" + "/".join(parts)) if parts else ""
