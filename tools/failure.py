"""What the model hears when a tool fails: the same kit errors that `web` renders as problem+json, in words. Nothing propagates."""

from __future__ import annotations

from typing import Any

import structlog
from pydantic import ValidationError

from kit.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refused, StewardError, Unavailable

_KINDS: tuple[tuple[type[StewardError], str], ...] = (
    (Invalid, "invalid"),
    (NotFound, "not_found"),
    (Forbidden, "forbidden"),
    (Conflict, "conflict"),
    (Refused, "refused"),
    (Unavailable, "unavailable"),
)
_log = structlog.get_logger()


def in_words(error: Exception) -> dict[str, Any]:
    """`{"error": {kind, code, detail, errors}}`; of a bug, only that the tool failed (the log has the rest)."""
    known = _as_kit_error(error)
    kind = next(name for cls, name in _KINDS if isinstance(known, cls))
    errors = [{"pointer": field.pointer, "detail": field.detail} for field in known.errors]
    return {"error": {"kind": kind, "code": known.code, "detail": known.detail, "errors": errors}}


def _as_kit_error(error: Exception) -> StewardError:
    if isinstance(error, ValidationError):
        fields = [FieldError("/" + "/".join(str(part) for part in e["loc"]), e["msg"]) for e in error.errors(include_url=False)]
        return Invalid("arguments_are_invalid", "the tool does not take these arguments", fields)
    if any(isinstance(error, cls) for cls, _ in _KINDS):
        assert isinstance(error, StewardError)
        return error
    _log.error("tool_failed", exc_info=error)
    return Unavailable("tool_failed", "the tool failed; nothing was changed")
