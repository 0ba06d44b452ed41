"""Sign-in, refresh and sign-out over HTTP, and every way to misuse them."""

from __future__ import annotations

import asyncio
import statistics
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from customers.directory import HOUSE_FIRM
from kit.clock import FixedClock
from kit.db import Database
from kit.errors import Conflict, Forbidden, Invalid, NotFound
from kit.ids import show
from kit.settings import Settings
from tests.web.conftest import NOW, PASSWORD, SignIn, client_of
from web.auth.development import development_token
from web.auth.endpoints import COOKIE
from web.auth.sessions import IDLE, Sessions
from web.auth.throttle import PER_ACCOUNT_AND_PLACE
from web.auth.tokens import Kind, Signer
from web.auth.users import NewUser, create_user, find_user


@pytest.fixture
async def email(app: FastAPI, kek: bytes, request: pytest.FixtureRequest) -> str:
    """The address of somebody new whose password is PASSWORD."""
    address = f"{abs(hash((request.node.nodeid, time.time_ns()))):x}@example.org"
    await _create(app, kek, address)
    return address


async def _create(app: FastAPI, kek: bytes, address: str, **details: Any) -> NewUser:
    details = {"password": PASSWORD, "name": "Ada", "timezone": "Europe/Berlin", "currency": "EUR"} | details
    return await create_user(app.state.db, kek, address, passwords=app.state.passwords, **details)


async def _enter(http: httpx.AsyncClient, email: str, password: str = PASSWORD) -> httpx.Response:
    return await http.post("/v1/auth/sign-in", json={"email": email, "password": password})


def _bearer(response: httpx.Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {response.json()['access_token']}"}


def _cookie(response: httpx.Response) -> str:
    return response.cookies[COOKIE]


async def _refresh(app: FastAPI, token: str) -> httpx.Response:
    async with client_of(app) as client:
        client.cookies.set(COOKIE, token, path="/v1/auth")
        return await client.post("/v1/auth/refresh")


async def test_the_right_password_opens_a_session(http: httpx.AsyncClient, email: str) -> None:
    answer = await _enter(http, email.upper())
    body = answer.json()
    assert (answer.status_code, body["token_type"], body["expires_in"]) == (200, "Bearer", 900)
    customer = body["customer"]
    assert customer == {"id": customer["id"], "name": "Ada", "email": email, "timezone": "Europe/Berlin", "currency": "EUR"}
    assert (await http.get("/v1/me", headers=_bearer(answer))).json() == customer


async def test_the_refresh_token_is_out_of_reach_of_scripts_and_other_sites(http: httpx.AsyncClient, email: str) -> None:
    answer = await _enter(http, email)
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/v1/auth", f"max-age={30 * 86400}"))
    assert _cookie(answer) not in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_a_stranger_and_a_wrong_password_look_the_same(http: httpx.AsyncClient, email: str) -> None:
    wrong, unknown = await _enter(http, email, "wrong battery horse"), await _enter(http, "nobody@example.org")
    same = [{k: v for k, v in answer.json().items() if k != "request_id"} for answer in (wrong, unknown)]
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert same[0] == same[1]
    assert PASSWORD not in wrong.text + unknown.text
    assert "set-cookie" not in wrong.headers


async def test_a_stranger_waits_as_long_as_an_owner(app: FastAPI, email: str) -> None:
    async def elapsed(address: str, place: str) -> float:
        async with client_of(app, place) as client:
            started = time.perf_counter()
            assert (await _enter(client, address, "wrong battery horse")).status_code == 401
            return time.perf_counter() - started

    await elapsed(email, "10.9.0.1")
    pairs = [(await elapsed(email, f"10.9.1.{n}"), await elapsed(f"{n}@example.org", f"10.9.2.{n}")) for n in range(12)]
    known, unknown = zip(*pairs, strict=True)
    assert statistics.median(unknown) > 0.5 * statistics.median(known)  # without the decoy it is a tenth


async def test_guessing_is_stopped_and_the_owner_comes_in_from_elsewhere(app: FastAPI, email: str, clock: FixedClock) -> None:
    async with client_of(app, "203.0.113.5") as thief, client_of(app, "198.51.100.5") as owner:
        answers = [await _enter(thief, email, f"wrong battery {number}") for number in range(PER_ACCOUNT_AND_PLACE + 3)]
        assert [answer.status_code for answer in answers] == [401] * PER_ACCOUNT_AND_PLACE + [429] * 3
        assert int(answers[-1].headers["retry-after"]) > 0
        assert (await _enter(thief, email)).status_code == 429
        assert (await _enter(owner, email)).status_code == 200
        clock.at += timedelta(minutes=16)
        assert (await _enter(thief, email)).status_code == 200


async def test_a_refresh_gives_new_tokens_and_keeps_the_session(app: FastAPI, http: httpx.AsyncClient, email: str) -> None:
    first = await _enter(http, email)
    second = await _refresh(app, _cookie(first))
    assert second.status_code == 200
    assert (second.json()["access_token"], _cookie(second)) != (first.json()["access_token"], _cookie(first))
    for answer in (first, second):
        assert (await http.get("/v1/me", headers=_bearer(answer))).status_code == 200


async def test_an_old_refresh_token_ends_the_session_for_everybody(app: FastAPI, http: httpx.AsyncClient, email: str) -> None:
    first = await _enter(http, email)
    second = await _refresh(app, _cookie(first))
    assert (await _refresh(app, _cookie(first))).status_code == 401
    assert (await _refresh(app, _cookie(second))).status_code == 401
    for answer in (first, second):
        assert (await http.get("/v1/me", headers=_bearer(answer))).status_code == 401


async def test_of_ten_refreshes_at_once_at_most_one_wins(app: FastAPI, http: httpx.AsyncClient, email: str) -> None:
    token = _cookie(await _enter(http, email))
    answers = await asyncio.gather(*(_refresh(app, token) for _ in range(10)))
    won = [answer for answer in answers if answer.status_code == 200]
    assert len(won) <= 1
    assert {answer.status_code for answer in answers} <= {200, 401}
    for answer in won:
        assert (await _refresh(app, _cookie(answer))).status_code == 401


async def test_sign_out_ends_the_session_at_once(app: FastAPI, http: httpx.AsyncClient, email: str) -> None:
    answer = await _enter(http, email)
    left = await http.post("/v1/auth/sign-out")
    assert (left.status_code, left.headers["set-cookie"].startswith(f'{COOKIE}=""')) == (204, True)
    assert (await http.get("/v1/me", headers=_bearer(answer))).status_code == 401
    assert (await _refresh(app, _cookie(answer))).status_code == 401


async def test_sign_out_works_with_the_bearer_alone_and_without_anything(app: FastAPI, http: httpx.AsyncClient, email: str) -> None:
    answer = await _enter(http, email)
    async with client_of(app) as other:
        assert (await other.post("/v1/auth/sign-out")).status_code == 204
        assert (await http.get("/v1/me", headers=_bearer(answer))).status_code == 200
        assert (await other.post("/v1/auth/sign-out", headers=_bearer(answer))).status_code == 204
    assert (await http.get("/v1/me", headers=_bearer(answer))).status_code == 401


async def test_signing_in_again_leaves_the_session_of_before(http: httpx.AsyncClient, email: str) -> None:
    first = await _enter(http, email)
    second = await _enter(http, email)
    assert (await http.get("/v1/me", headers=_bearer(first))).status_code == 401
    assert (await http.get("/v1/me", headers=_bearer(second))).status_code == 200


async def test_a_disabled_user_is_out_at_once(
    app: FastAPI, http: httpx.AsyncClient, database: Database, email: str, settings: Settings
) -> None:
    answer = await _enter(http, email)
    user = await find_user(app.state.db, email)
    assert user is not None
    async with database.write("app", user.principal) as connection:
        await connection.execute("update web.users set disabled_at = now() where id = $1", user.id)
    assert (await http.get("/v1/me", headers=_bearer(answer))).status_code == 401
    assert (await _refresh(app, _cookie(answer))).status_code == 401
    assert (await _enter(http, email)).json()["code"] == "sign_in_is_refused"
    with pytest.raises(NotFound):
        await development_token(app.state.db, settings, email)


async def test_an_access_token_ends_and_a_session_ends_unused_or_at_its_longest(
    app: FastAPI, http: httpx.AsyncClient, email: str, clock: FixedClock
) -> None:
    answer = await _enter(http, email)
    clock.at = NOW + timedelta(minutes=15)
    assert (await http.get("/v1/me", headers=_bearer(answer))).status_code == 401
    token = _cookie(await _refresh(app, _cookie(answer)))
    for days in (10, 20, 29):
        clock.at = NOW + timedelta(days=days)
        token = _cookie(await _refresh(app, token))
    clock.at = NOW + timedelta(days=30)
    assert (await _refresh(app, token)).status_code == 401
    clock.at = NOW
    token = _cookie(await _enter(http, email))
    clock.at = NOW + IDLE
    assert (await _refresh(app, token)).status_code == 401


async def test_no_token_does_the_work_of_another(app: FastAPI, http: httpx.AsyncClient, email: str, settings: Settings) -> None:
    answer = await _enter(http, email)
    access, refresh = answer.json()["access_token"], _cookie(answer)
    user = await find_user(app.state.db, email)
    assert user is not None
    for_core = Signer.of(settings, app.state.clock).sign_for_core(user.principal)
    for wrong in (refresh, for_core, "", "none", f"{access}x"):
        assert (await http.get("/v1/me", headers={"Authorization": f"Bearer {wrong}"})).status_code == 401
    for wrong in (access, for_core, "", "x"):
        assert (await _refresh(app, wrong)).status_code == 401
    for wrong in (access, refresh):
        told = await app.state.core._http.post("/internal/imports", headers={"Authorization": f"Bearer {wrong}"}, json={})
        assert told.status_code == 401


async def test_a_token_of_one_session_does_not_open_another_persons(app: FastAPI, sign_in: SignIn, settings: Settings) -> None:
    ada, bob = await sign_in(), await sign_in()
    signer, sessions = Signer.of(settings, app.state.clock), Sessions(app.state.db, settings, app.state.clock)
    granted = await sessions.open(bob.principal, bob.email)
    theirs = signer.verify(Kind.ACCESS, granted.access_token)
    mixed = type(theirs)(ada.principal.user_id, ada.principal.customer_id, ada.principal.firm_id, theirs.session_id)
    token = signer.sign(Kind.ACCESS, mixed, timedelta(minutes=5))
    assert (await ada.http.get("/v1/me", headers={"Authorization": f"Bearer {token}"})).status_code == 401


@pytest.mark.parametrize("path", ["/v1/auth/sign-in", "/v1/auth/refresh", "/v1/auth/sign-out"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_pages_of_other_sites_have_no_business_here(http: httpx.AsyncClient, path: str, site: str) -> None:
    body = {"json": {"email": "a@example.org", "password": "x"}} if path.endswith("sign-in") else {}
    answer = await http.post(path, headers={"Sec-Fetch-Site": site}, **body)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (403, "request_comes_from_another_site")


async def test_the_password_is_kept_as_a_hash_only(app: FastAPI, database: Database, email: str) -> None:
    user = await find_user(app.state.db, email)
    assert user is not None
    assert user.password_hash.startswith("$argon2id$")
    async with database.write("app", user.principal) as connection:
        row = await connection.fetchrow("select * from web.users")
        sessions = await connection.fetch("select * from web.sessions")
    assert PASSWORD not in repr(row) + repr(sessions)


async def test_a_user_is_made_whole_or_not_at_all(app: FastAPI, kek: bytes, database: Database, email: str) -> None:
    with pytest.raises(Conflict) as taken:
        await _create(app, kek, email.upper())
    assert taken.value.code == "email_is_taken"
    made = await _create(app, kek, f"second-{email}")
    assert made.firm_id == HOUSE_FIRM
    assert show("cus", made.customer_id).startswith("cus_")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password", "short"),
        ("password", "password12345"),
        ("name", ""),
        ("name", "A\x00da"),
        ("timezone", "Mars/Olympus"),
        ("currency", "XXX"),
    ],
)
async def test_a_user_of_impossible_details_is_refused(app: FastAPI, kek: bytes, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        await _create(app, kek, "new@example.org", **{field: value})
    assert refused.value.errors[0].pointer == f"/{field}"
    assert await find_user(app.state.db, "new@example.org") is None


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b.c", "a b@c.d", "a@b", "a@b..c", "a\x00@b.c", "a@b.c\u2028d", "a@" + "b" * 251 + ".c"]
)
async def test_what_is_no_address_is_refused(app: FastAPI, kek: bytes, address: str) -> None:
    with pytest.raises(Invalid):
        await _create(app, kek, address)


async def test_a_development_token_lives_for_hours_in_development_only(
    app: FastAPI, http: httpx.AsyncClient, email: str, settings: Settings, clock: FixedClock
) -> None:
    token = await development_token(app.state.db, settings, email, clock=clock)
    clock.at += timedelta(hours=11, minutes=59)
    assert (await http.get("/v1/me", headers={"Authorization": f"Bearer {token}"})).status_code == 200
    with pytest.raises(Forbidden):
        await development_token(app.state.db, settings.model_copy(update={"profile": "production"}), email)
    with pytest.raises(NotFound):
        await development_token(app.state.db, settings, "nobody@example.org")
