"""Passwords: what may be one, and Argon2id hashes of them, computed off the event loop, a few at a time.

A password is compared as typed: never cut, folded or normalised. The hash takes 46 MiB and one pass (OWASP ASVS 5.0, appendix C), so
the number of hashes at once and of those that wait is bounded; beyond it, sign-in is briefly unavailable instead of the machine.
"""

from __future__ import annotations

import asyncio
import string
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kit.errors import FieldError, Invalid, Unavailable

T = TypeVar("T")
MIN_LENGTH, MAX_LENGTH = 12, 128
AT_ONCE, WAITING = 2, 32
_HASHER = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
_PADDING = string.digits + string.punctuation + string.whitespace
_MIN_DISTINCT = 5


def check_password(password: str, email: str) -> None:
    """Raises Invalid for a password that is too short, too long or among the first that are tried."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise _refusal("password_has_the_wrong_length", f"a password has {MIN_LENGTH} to {MAX_LENGTH} characters")
    _bytes(password)
    folded = password.casefold()
    core = folded.strip(_PADDING)
    guessable = core in _common() or folded in _common() or len(set(folded)) < _MIN_DISTINCT or not core
    if guessable or email.casefold() in folded or core == email.casefold().partition("@")[0]:
        raise _refusal("password_is_easily_guessed", "this password is among the first that are tried; choose another")


class Passwords:
    """Hashes and verifies. One per process."""

    def __init__(self, hasher: PasswordHasher = _HASHER) -> None:
        self._hasher = hasher
        self._workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")
        self._places = asyncio.Semaphore(AT_ONCE + WAITING)
        self._decoy = hasher.hash("a password that nobody has")

    async def hash(self, password: str) -> str:
        secret = _bytes(password)
        return await self._run(lambda: self._hasher.hash(secret))

    async def verify(self, kept: str | None, password: str) -> bool:
        """Whether this is the password. Takes as long for somebody who does not exist (`kept` None)."""
        try:
            secret = _bytes(password)
        except Invalid:
            secret, kept = b"", None
        matches = await self._run(lambda: self._matches(kept or self._decoy, secret))
        return matches and kept is not None

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _matches(self, kept: str, secret: bytes) -> bool:
        try:
            return self._hasher.verify(kept, secret)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if self._places.locked():
            raise Unavailable("sign_in_is_busy", "too many people are signing in; try again shortly", retry_after_s=2)
        async with self._places:
            return await asyncio.get_running_loop().run_in_executor(self._workers, work)


def _bytes(password: str) -> bytes:
    try:
        return password.encode()
    except UnicodeEncodeError as error:
        raise _refusal("password_is_not_text", "the password holds half a character") from error


def _refusal(code: str, detail: str) -> Invalid:
    return Invalid(code, detail, [FieldError("/password", detail)])


@cache
def _common() -> frozenset[str]:
    listed = Path(__file__).with_name("common_passwords.txt").read_text().split()
    return frozenset(listed) | {password.strip(_PADDING) for password in listed}
