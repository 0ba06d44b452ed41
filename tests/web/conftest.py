"""The app over a real database, with the real core process behind it, both in this process; people who are signed in."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from assistant.plan import Plan
from kit.clock import FixedClock
from kit.db import Database
from kit.identity import Principal
from kit.settings import Settings
from tests.conftest import MakeCustomer
from tools.vocabulary import Vocabulary
from web.api.app import Parts, create_app
from web.auth.sessions import Sessions
from web.core.app import create_app as create_core

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PASSWORD = "correct battery horse"


@dataclass(frozen=True)
class SignedInPerson:
    """Somebody with a client that speaks for them."""

    principal: Principal
    email: str
    http: httpx.AsyncClient


class Speechless:
    """In place of the models: nothing that is said is about money."""

    version = "speechless"

    def understand(self, text: str, vocabulary: Vocabulary, previous: Sequence[Plan]) -> Plan:
        return Plan(text=text, intent="out_of_scope", confidence=1, status="out_of_scope")


SignIn = Callable[..., Awaitable[SignedInPerson]]


@pytest.fixture(scope="session")
def settings(home: Path, database_url: str) -> Settings:
    return Settings(home=home, database_url=database_url, max_body_bytes=4 * 2**20)


@pytest.fixture(scope="session")
def session_clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def clock(session_clock: FixedClock) -> FixedClock:
    """The app's clock; each test finds it at NOW."""
    session_clock.at = NOW
    return session_clock


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def core_transport(settings: Settings, session_clock: FixedClock) -> AsyncIterator[httpx.ASGITransport]:
    with mock.patch.dict(os.environ, {"STEWARD_HOME": str(settings.home), "STEWARD_DATABASE_URL": settings.database_url or ""}):
        core = create_core()
    async with core.router.lifespan_context(core):
        core.state.clock = session_clock
        yield httpx.ASGITransport(core, raise_app_exceptions=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def session_app(settings: Settings, session_clock: FixedClock, core_transport: httpx.ASGITransport) -> AsyncIterator[FastAPI]:
    app = create_app(Parts(settings, session_clock, core_transport, lambda _models: Speechless()))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def app(session_app: FastAPI, clock: FixedClock) -> FastAPI:
    return session_app


@pytest_asyncio.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client whom nobody knows."""
    async with client_of(app) as client:
        yield client


@pytest_asyncio.fixture
async def sign_in(app: FastAPI, database: Database, make_customer: MakeCustomer) -> AsyncIterator[SignIn]:
    """`await sign_in(currency=...)`: a new customer with a session and a client."""
    clients: list[httpx.AsyncClient] = []

    async def sign(**details: object) -> SignedInPerson:
        principal = await make_customer(**details)
        email = f"{principal.user_id.hex}@steward.example"
        sessions: Sessions = app.state.sessions
        granted = await sessions.open(principal, email)
        client = client_of(app)
        client.headers["Authorization"] = f"Bearer {granted.access_token}"
        clients.append(client)
        return SignedInPerson(principal, email, client)

    yield sign
    for client in clients:
        await client.aclose()


def client_of(app: FastAPI, address: str = "127.0.0.1") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://steward.test")
