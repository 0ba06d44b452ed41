"""Sign-in, refresh, sign-out, and who one is."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from kit.db import Database
from kit.errors import Forbidden
from kit.ids import show
from web.api.shapes import Shape, problems
from web.auth.identify import Caller, identify
from web.auth.passwords import Passwords
from web.auth.refusal import Unauthenticated
from web.auth.sessions import Granted, Sessions
from web.auth.throttle import Throttle, place_of
from web.auth.tokens import Kind, bearer
from web.auth.users import User, find_user

COOKIE, COOKIE_PATH = "steward_refresh", "/v1/auth"
router = APIRouter(tags=["session"])
_log = structlog.get_logger()


class SignIn(Shape):
    email: str = Field(max_length=254)
    password: str = Field(max_length=1024)


class Password(Shape):
    password: str = Field(max_length=1024)


class FreshToken(Shape):
    """In place of the access token at hand."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="Seconds.")


class Customer(Shape):
    id: str = Field(examples=["cus_01930000000070008000000000000000"])
    name: str
    email: str
    timezone: str
    currency: str


class Session(Shape):
    """An access token for the Authorization header. The refresh token travels in an HttpOnly cookie."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="Seconds.")
    customer: Customer


@router.post("/v1/auth/sign-in", responses=problems(400, 403, 401, 413, 429))
async def sign_in(request: Request, response: Response, body: SignIn) -> Session:
    """Opens a session. A wrong password and an unknown e-mail address look the same."""
    _require_own_pages(request)
    state, place = request.app.state, place_of(request.client.host if request.client else None)
    throttle: Throttle = state.throttle
    throttle.admit(body.email, place)
    user = await _user_of(state.db, state.passwords, body)
    if user is None:
        _log.warning("sign_in_refused", place=place)
        raise Unauthenticated("sign_in_is_refused", "the e-mail address or the password is wrong")
    throttle.succeeded(body.email, place)
    sessions: Sessions = state.sessions
    with suppress(Unauthenticated):  # whoever signs in anew leaves the session of before
        await sessions.end(Kind.REFRESH, request.cookies.get(COOKIE, ""))
    return _answer(request, response, await sessions.open(user.principal, user.email))


@router.post("/v1/auth/refresh", responses=problems(401, 403))
async def refresh(request: Request, response: Response) -> Session:
    """New tokens for the newest refresh cookie. A cookie that was used before ends the session."""
    _require_own_pages(request)
    sessions: Sessions = request.app.state.sessions
    return _answer(request, response, await sessions.refresh(request.cookies.get(COOKIE, "")))


@router.post("/v1/auth/sign-out", status_code=204, responses=problems(403))
async def sign_out(request: Request) -> Response:
    """Ends the session of the cookie and of the bearer token, if any, and takes the cookie back."""
    _require_own_pages(request)
    sessions: Sessions = request.app.state.sessions
    with suppress(Unauthenticated):
        await sessions.end(Kind.REFRESH, request.cookies.get(COOKIE, ""))
    with suppress(Unauthenticated):
        await sessions.end(Kind.ACCESS, bearer(request.headers.get("authorization")))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="strict", secure=_is_secure(request))
    return response


@router.post("/v1/auth/step-up", responses=problems(400, 401, 403, 413, 429))
async def step_up(request: Request, caller: Annotated[Caller, Depends(identify)], body: Password) -> FreshToken:
    """The password once more, for what moves money: an access token that says so for five minutes."""
    _require_own_pages(request)
    state, place = request.app.state, place_of(request.client.host if request.client else None)
    throttle: Throttle = state.throttle
    throttle.admit(caller.email, place)
    if await _user_of(state.db, state.passwords, SignIn(email=caller.email, password=body.password)) is None:
        _log.warning("step_up_refused", place=place)
        raise Forbidden("password_is_wrong", "the password is wrong")
    throttle.succeeded(caller.email, place)
    sessions: Sessions = state.sessions
    token, seconds = await sessions.step_up(bearer(request.headers.get("authorization")))
    return FreshToken(access_token=token, token_type="Bearer", expires_in=seconds)  # noqa: S106


@router.get("/v1/me", responses=problems(401))
async def me(caller: Annotated[Caller, Depends(identify)]) -> Customer:
    return _customer(caller)


async def _user_of(db: Database, passwords: Passwords, body: SignIn) -> User | None:
    """The user whose password this is. Hashes once in every case, so that the time tells nothing."""
    user = await find_user(db, body.email)
    kept = None if user is None or user.disabled else user.password_hash
    return user if await passwords.verify(kept, body.password) else None


def _answer(request: Request, response: Response, granted: Granted) -> Session:
    response.set_cookie(
        COOKIE, granted.refresh_token, max_age=granted.refresh_expires_in_s, path=COOKIE_PATH, httponly=True, samesite="strict",
        secure=_is_secure(request),
    )  # fmt: skip
    return Session(
        access_token=granted.access_token,
        token_type="Bearer",  # noqa: S106
        expires_in=granted.expires_in_s,
        customer=_customer(Caller(granted.principal, granted.email)),
    )


def _customer(caller: Caller) -> Customer:
    person = caller.principal
    return Customer(
        id=show("cus", person.customer_id), name=person.name, email=caller.email, timezone=person.timezone, currency=person.currency
    )


def _is_secure(request: Request) -> bool:
    return request.app.state.settings.profile == "production" or request.url.scheme == "https"


def _require_own_pages(request: Request) -> None:
    """Pages of other origins, even on another port of the same host, have no business with the cookie."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("request_comes_from_another_site", "this request was made by a page of another site")
