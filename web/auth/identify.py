"""Who calls: the bearer's access token, checked against its session on every request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kit.identity import Principal
from web.auth.refusal import Unauthenticated
from web.auth.sessions import Sessions

_SCHEME = HTTPBearer(auto_error=False, bearerFormat="JWT", scheme_name="access_token", description="From sign-in; lives for minutes.")


@dataclass(frozen=True, slots=True)
class Caller:
    principal: Principal
    email: str


async def identify(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_SCHEME)]) -> Caller:
    """The signed-in person. Raises Unauthenticated."""
    if credentials is None:
        raise Unauthenticated
    sessions = cast(Sessions, request.app.state.sessions)
    return Caller(*await sessions.find(credentials.credentials))


async def principal_of(caller: Annotated[Caller, Depends(identify)]) -> Principal:
    return caller.principal


SignedIn = Annotated[Principal, Depends(principal_of)]
