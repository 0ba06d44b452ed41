"""The core process's application: internal endpoints for the app, each call under the identity of the person it is made for."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kit.clock import SystemClock
from kit.db import Database, role_url
from kit.log import configure_logs
from kit.secrets import load_secret
from kit.settings import Settings
from web.core.endpoints import create_import, tell_opening_balance, undo_import
from web.core.problems import RequestIds, problem_handlers
from web.core.transfers import move_money, open_account

log = structlog.get_logger()
_OWNERSHIP = "select pg_try_advisory_lock(hashtextextended('steward core: shard 0', 0))"
_DURABILITY = "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')"


def create_app() -> Starlette:
    """The application for uvicorn's factory mode; settings from the environment."""
    settings = Settings()
    configure_logs("core")
    return Starlette(
        routes=[
            Route("/internal/imports", create_import, methods=["POST"]),
            Route("/internal/imports/{import_id}", undo_import, methods=["DELETE"]),
            Route("/internal/accounts/{account_id}/opening-balance", tell_opening_balance, methods=["POST"]),
            Route("/internal/accounts", open_account, methods=["POST"]),
            Route("/internal/transfers", move_money, methods=["POST"]),
            Route("/healthz", _healthz),
            Route("/readyz", _readyz),
        ],
        middleware=[Middleware(RequestIds)],
        exception_handlers=problem_handlers(),
        lifespan=_lifespan(settings),
    )


def _lifespan(settings: Settings) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        assert settings.database_url is not None, "STEWARD_DATABASE_URL must be set for the core process"
        secret = load_secret(settings.secrets, "installation")
        owner = await _own_the_books(role_url(settings.database_url, secret, "core"))
        app.state.settings = settings
        app.state.clock = SystemClock()
        app.state.kek = load_secret(settings.secrets, "kek")
        app.state.db = await Database.open(settings.database_url, secret, ["core"])
        log.info("core_is_ready")
        yield
        owner.remove_termination_listener(_give_up)
        await app.state.db.close()
        await owner.close()

    return lifespan


async def _own_the_books(url: str, attempts: int = 40) -> asyncpg.Connection[asyncpg.Record]:
    """The connection that holds the lock of the one writer. A predecessor that was killed lets go within seconds."""
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(url)
    for setting in await connection.fetch(_DURABILITY):
        if setting["setting"] == "off":
            raise RuntimeError(f"the database runs with {setting['name']}=off: acknowledged money could be lost; switch it on")
    for _ in range(attempts):
        if await connection.fetchval(_OWNERSHIP):
            connection.add_termination_listener(_give_up)
            return connection
        await asyncio.sleep(0.25)
    raise RuntimeError("another core process owns these books; stop it first")


def _give_up(_connection: Any) -> None:
    """Without the lock's connection ownership is unproven: end in order, and be started again."""
    log.error("core_lost_its_ownership")
    signal.raise_signal(signal.SIGTERM)


async def _healthz(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _readyz(request: Request) -> Response:
    async with request.app.state.db.write("core", None) as connection:
        await connection.fetchval("select 1")
    return JSONResponse({"status": "ready"})
