"""A kit error as problem+json (RFC 9457): the one place that knows which kind has which status."""

from __future__ import annotations

from typing import Any

from kit.errors import Conflict, Forbidden, Invalid, NotFound, Refused, StewardError, Unavailable
from web.auth.refusal import Unauthenticated

MEDIA_TYPE = "application/problem+json"
_KINDS: tuple[tuple[type[StewardError], int, str], ...] = (
    (Invalid, 422, "The request is not valid"),
    (NotFound, 404, "Not found"),
    (Forbidden, 403, "Not allowed"),
    (Conflict, 409, "In conflict with the present state"),
    (Refused, 422, "Refused"),
    (Unavailable, 503, "Not available now"),
    (Unauthenticated, 401, "Sign-in needed"),
)


def status_of(error: StewardError) -> int:
    """The HTTP status of an error's kind."""
    return next(status for kind, status, _ in _KINDS if isinstance(error, kind))


def problem(error: StewardError, request_id: str | None) -> dict[str, Any]:
    """The body: type, title, status, code, detail, request_id, errors[] and what the error carries beside."""
    status, title = next((status, title) for kind, status, title in _KINDS if isinstance(error, kind))
    return {
        "type": f"urn:steward:problem:{error.code}",
        "title": title,
        "status": status,
        "code": error.code,
        "detail": error.detail,
        "request_id": request_id,
        "errors": [{"pointer": e.pointer, "detail": e.detail} for e in error.errors],
        **error.extra,
    }


def headers_of(error: StewardError) -> dict[str, str]:
    """Headers that an error's answer carries."""
    if isinstance(error, Unavailable):
        return {"Retry-After": str(error.retry_after_s)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}
