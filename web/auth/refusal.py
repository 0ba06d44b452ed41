"""Who is asking is not known: the failure of the edge beside the six kinds of `kit.errors`, rendered as 401."""

from __future__ import annotations

from kit.errors import StewardError


class Unauthenticated(StewardError):
    """No valid proof of identity came with the request. Says nothing about why, so that nobody learns from it."""

    def __init__(self, code: str = "sign_in_is_needed", detail: str = "sign in first") -> None:
        super().__init__(code, detail)
