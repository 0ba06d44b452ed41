"""Sessions: a row per sign-in, kept open by a refresh token that changes with every use.

Only the newest refresh token is good. An older one means that somebody else has a copy, so the session ends for everybody. Access tokens
live for minutes and name their session, which is looked up on every call: a session that ended is over at once, everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from kit.clock import Clock
from kit.db import Connection, Database
from kit.identity import Principal
from kit.ids import new_uuid, show
from kit.settings import Settings
from web.auth.refusal import Unauthenticated
from web.auth.tokens import Kind, Signer, Subject

IDLE = timedelta(days=14)
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Granted:
    """What a sign-in or a refresh gives."""

    access_token: str
    expires_in_s: int
    refresh_token: str
    refresh_expires_in_s: int
    principal: Principal
    email: str


_OPEN = """
insert into web.sessions (id, user_id, customer_id, firm_id, refresh_sha256, created_at, used_at, expires_at, authenticated_at)
values ($1, $2, $3, $4, $5, $6, $6, $7, $8)
"""
_ROTATE = """
update web.sessions s set refresh_sha256 = $6, used_at = $3
from web.users u, customers.customers c
where u.id = s.user_id and c.id = s.customer_id and s.id = $1 and s.user_id = $2 and s.refresh_sha256 = $5
    and s.revoked_at is null and s.expires_at > $3 and s.used_at > $4 and u.disabled_at is null
returning s.expires_at, s.authenticated_at, u.email, c.name, c.timezone, c.currency
"""
_FIND = """
select u.email, c.name, c.timezone, c.currency
from web.sessions s join web.users u on u.id = s.user_id join customers.customers c on c.id = s.customer_id
where s.id = $1 and s.user_id = $2
    and s.revoked_at is null and s.expires_at > $3 and s.used_at > $4 and u.disabled_at is null
"""
_STEP_UP = """
update web.sessions set authenticated_at = $3 where id = $1 and user_id = $2 and revoked_at is null and expires_at > $3 returning true
"""
_END = "update web.sessions set revoked_at = $2 where id = $1 and revoked_at is null returning true"


class Sessions:
    """Opens, renews, finds and ends sessions."""

    def __init__(self, db: Database, settings: Settings, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._signer = Signer.of(settings, clock)
        self._access = timedelta(minutes=settings.access_token_minutes)
        self._longest = timedelta(days=settings.session_days)

    async def open(self, principal: Principal, email: str, access: timedelta | None = None, *, authenticated: bool = True) -> Granted:
        """A new session; `authenticated`: for somebody whose password was right just now."""
        now = self._clock.now()
        subject = _subject(principal, int(now.timestamp()) if authenticated else 0)
        refresh_token = self._signer.sign(Kind.REFRESH, subject, self._longest)
        async with self._db.write("app", principal) as connection:
            await connection.execute(
                _OPEN, subject.session_id, principal.user_id, principal.customer_id, principal.firm_id,
                _digest(refresh_token), now, now + self._longest, now if authenticated else None,
            )  # fmt: skip
        return self._granted(subject, principal, email, refresh_token, now + self._longest, access)

    async def refresh(self, refresh_token: str) -> Granted:
        """New tokens for the newest refresh token; an older one ends the session. Raises Unauthenticated."""
        subject, now = self._signer.verify(Kind.REFRESH, refresh_token), self._clock.now()
        fresh = self._signer.sign(Kind.REFRESH, subject, self._longest)
        async with self._within(subject) as connection:
            row = await connection.fetchrow(
                _ROTATE, subject.session_id, subject.user_id, now, now - IDLE, _digest(refresh_token), _digest(fresh)
            )
            ended = row is None and await connection.fetchval(_END, subject.session_id, now)
        if row is None:
            if ended:
                _log.warning("session_ended_by_a_stale_refresh_token", session=show("ses", subject.session_id))
            raise Unauthenticated("session_is_over", "the session is over; sign in again")
        told = row["authenticated_at"]
        subject = replace(subject, authenticated_at=0 if told is None else int(told.timestamp()))
        return self._granted(subject, _principal(subject, row), row["email"], fresh, row["expires_at"], None)

    async def step_up(self, access_token: str) -> tuple[str, int]:
        """An access token, and its seconds, that says that the password was right just now. Raises Unauthenticated."""
        subject, now = self._signer.verify(Kind.ACCESS, access_token), self._clock.now()
        async with self._within(subject) as connection:
            if not await connection.fetchval(_STEP_UP, subject.session_id, subject.user_id, now):
                raise Unauthenticated("session_is_over", "the session is over; sign in again")
        fresh = self._signer.sign(Kind.ACCESS, replace(subject, authenticated_at=int(now.timestamp())), self._access)
        return fresh, int(self._access.total_seconds())

    async def find(self, access_token: str) -> tuple[Principal, str, int]:
        """Who calls, their e-mail address, and when they last gave their password (Unix seconds), by an access token of a session that
        still lives. Raises Unauthenticated."""
        subject, now = self._signer.verify(Kind.ACCESS, access_token), self._clock.now()
        async with self._within(subject) as connection:
            row = await connection.fetchrow(_FIND, subject.session_id, subject.user_id, now, now - IDLE)
        if row is None:
            raise Unauthenticated("session_is_over", "the session is over; sign in again")
        return _principal(subject, row), row["email"], subject.authenticated_at

    async def end(self, kind: Kind, token: str) -> None:
        """Ends the session of an access or refresh token, even an old one. Raises Unauthenticated when it is not ours."""
        subject = self._signer.verify(kind, token)
        async with self._within(subject) as connection:
            await connection.fetchval(_END, subject.session_id, self._clock.now())

    @asynccontextmanager
    async def _within(self, subject: Subject) -> AsyncIterator[Connection]:
        async with self._db.write("app", _nameless(subject)) as connection:
            yield connection

    def _granted(
        self, subject: Subject, principal: Principal, email: str, refresh_token: str, ends_at: datetime, access: timedelta | None
    ) -> Granted:
        lifetime = access or self._access
        return Granted(
            access_token=self._signer.sign(Kind.ACCESS, subject, lifetime),
            expires_in_s=int(lifetime.total_seconds()),
            refresh_token=refresh_token,
            refresh_expires_in_s=int((ends_at - self._clock.now()).total_seconds()),
            principal=principal,
            email=email,
        )


def _subject(principal: Principal, authenticated_at: int) -> Subject:
    return Subject(principal.user_id, principal.customer_id, principal.firm_id, new_uuid(), authenticated_at)


def _nameless(subject: Subject) -> Principal:
    return Principal(subject.user_id, subject.customer_id, subject.firm_id, name="", timezone="UTC", currency="XXX")


def _principal(subject: Subject, row: Any) -> Principal:
    return Principal(subject.user_id, subject.customer_id, subject.firm_id, row["name"], row["timezone"], row["currency"])


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
