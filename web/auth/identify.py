"""Who calls: the bearer's access token, checked against its session on every request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kit.clock import Clock
from kit.errors import Forbidden
from kit.identity import Principal
from web.auth.refusal import Unauthenticated
from web.auth.sessions import Sessions

_SCHEME = HTTPBearer(auto_error=False, bearerFormat="JWT", scheme_name="access_token", description="From sign-in; lives for minutes.")

FRESH_S = 300


@dataclass(frozen=True, slots=True)
class Caller:
    """`authenticated_at`: when they last gave their password, in Unix seconds; 0: never in this session."""

    principal: Principal
    email: str
    authenticated_at: int = 0


async def identify(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_SCHEME)]) -> Caller:
    """The signed-in person. Raises Unauthenticated."""
    if credentials is None:
        raise Unauthenticated
    sessions = cast(Sessions, request.app.state.sessions)
    return Caller(*await sessions.find(credentials.credentials))


def require_fresh(caller: Caller, clock: Clock) -> None:
    """Money takes a password given within the last minutes. Raises Forbidden."""
    now_s = int(clock.now().timestamp())
    if not now_s - FRESH_S <= caller.authenticated_at <= now_s:
        raise Forbidden("step_up_is_needed", "to move money, give your password again")


async def principal_of(caller: Annotated[Caller, Depends(identify)]) -> Principal:
    return caller.principal


SignedIn = Annotated[Principal, Depends(principal_of)]
