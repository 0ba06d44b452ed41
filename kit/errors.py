"""Six kinds of failure, each rendered twice: as problem+json in `web`, and in words for the model in `tools`.

`code` is a sentence-name that callers may rely on (`amount_is_not_an_integer`); `detail` is for people. A bug is none of these:
it is whatever Python raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: a JSON Pointer into the request, and the reason."""

    pointer: str
    detail: str


class StewardError(Exception):
    """Base of the six kinds. `extra` holds members that the answer carries beside the standard ones."""

    def __init__(self, code: str, detail: str, errors: Sequence[FieldError] = (), **extra: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.extra = extra


class Invalid(StewardError):
    """The request is malformed or says something impossible."""


class NotFound(StewardError):
    """There is no such thing, or not for this reader: both look the same."""


class Forbidden(StewardError):
    """The reader is known and may not."""


class Conflict(StewardError):
    """The state of things contradicts the request."""


class Refused(StewardError):
    """A business rule says no; asking again changes nothing."""


class Unavailable(StewardError):
    """Not now: the same request may succeed later. `retry_after_s` says when to try."""

    def __init__(self, code: str, detail: str, errors: Sequence[FieldError] = (), *, retry_after_s: int = 1, **extra: Any) -> None:
        super().__init__(code, detail, errors, **extra)
        self.retry_after_s = retry_after_s
