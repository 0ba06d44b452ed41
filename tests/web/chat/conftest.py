"""The chat's routes over canned tools and a real database; who is asking is said by a header."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI, Request

from assistant.plan import Plan
from kit.db import Database
from kit.identity import Principal
from tests.assistant.test_turn import World
from tests.assistant.turns import CLOCK
from tests.conftest import MakeCustomer
from web.api.errors import add_handlers
from web.auth.identify import principal_of
from web.chat.endpoints import router


@dataclass
class Chat:
    """The app, the world behind it, and somebody's client."""

    app: FastAPI
    world: World
    http: httpx.AsyncClient
    me: Principal

    async def new(self) -> str:
        return str((await self.http.post("/v1/conversations", json={})).json()["id"])

    async def say(self, text: str, talk: str | None = None, accept: str = "application/json") -> httpx.Response:
        address = f"/v1/conversations/{talk or await self.new()}/turns"
        return await self.http.post(address, json={"text": text}, headers={"Accept": accept})


Open = Callable[..., Awaitable[Chat]]


@pytest.fixture
async def open_chat(database: Database, make_customer: MakeCustomer) -> AsyncIterator[Open]:
    """`await open_chat(*plans)`: a chat of a new customer's; `app=` joins an app that there is."""
    clients: list[httpx.AsyncClient] = []
    people: dict[str, Principal] = {}

    async def start(*plans: Plan, beside: Chat | None = None) -> Chat:
        me = await make_customer()
        people[me.user_id.hex] = me
        world = beside.world if beside else World(database, *plans)
        app = beside.app if beside else _app(database, world, people)
        headers = {"X-Person": me.user_id.hex}
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://steward.test", headers=headers)
        clients.append(client)
        return Chat(app, world, client, me)

    yield start
    for client in clients:
        await client.aclose()


def _app(database: Database, world: World, people: dict[str, Principal]) -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    add_handlers(app)
    app.state.db, app.state.clock, app.state.assistant = database, CLOCK, world.assistant

    def who(request: Request) -> Principal:
        return people[request.headers["X-Person"]]

    app.dependency_overrides[principal_of] = who
    return app
