"""The app process: sign-in, the customer's books over HTTP, the conversation, and the front end, behind one port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import httpx
import structlog
from fastapi import FastAPI

from assistant.search import SearchBox
from assistant.turn import Assistant, Understands
from assistant.understand import Understanding
from assistant.wording import Wording
from kit.clock import Clock, SystemClock
from kit.db import Database
from kit.log import configure_logs
from kit.secrets import load_secret
from kit.settings import Settings
from knowledge.search import Library
from knowledge.shelf import Shelf
from web.api import (
    accounts,
    articles,
    budgets,
    categories,
    category_rules,
    exchange_rates,
    goals,
    health,
    imports,
    insights,
    net_worth,
    proposals,
    query,
    recurring,
    relations,
    review,
    search,
    transactions,
)
from web.api.bodies import Bodies
from web.api.core_client import CoreClient
from web.api.edge import Edge, Metrics
from web.api.errors import add_handlers
from web.api.language_model import LanguageModelMetrics, provider_of
from web.api.openapi import describe
from web.api.workspace import workspace
from web.auth import endpoints as auth
from web.auth.passwords import Passwords
from web.auth.sessions import Sessions
from web.auth.throttle import Throttle
from web.chat import endpoints as chat

ROLES = ("reader", "app", "scribe")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parts:
    """What an app is made of; tests bring their own."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)
    core: httpx.AsyncBaseTransport | None = None  # another road to the core process
    understanding: Callable[[Path], Understands] | None = None  # how the models folder is read


def create_app(parts: Parts | None = None) -> FastAPI:
    """The application; without parts, as uvicorn's factory mode wants it: settings from the environment.

    `app.state` holds what routes need: settings, clock, db, kek, core, sessions, passwords, throttle, metrics, and the assistant with the
    shelf of articles, which are None while the models are away.
    """
    if parts is None:
        parts = Parts(Settings(), understanding=Understanding.load)
        configure_logs("app")
    settings, metrics = parts.settings, Metrics()
    app = FastAPI(
        title="Steward",
        version=version("steward"),
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        lifespan=_lifespan(parts),
    )
    app.state.settings, app.state.clock, app.state.metrics = settings, parts.clock, metrics
    app.state.throttle = Throttle(parts.clock)
    for module in (
        auth,
        accounts,
        net_worth,
        exchange_rates,
        imports,
        transactions,
        categories,
        category_rules,
        review,
        query,
        search,
        budgets,
        recurring,
        insights,
        goals,
        relations,
        proposals,
        articles,
        chat,
        health,
    ):
        app.include_router(module.router)
    add_handlers(app)
    describe(app)
    app.mount("/", workspace(), name="workspace")
    app.add_middleware(Bodies, max_bytes=settings.max_body_bytes)
    app.add_middleware(Edge, metrics=metrics, production=settings.profile == "production")
    return app


def _lifespan(parts: Parts) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings, state = parts.settings, app.state
        if settings.database_url is None:
            raise RuntimeError("STEWARD_DATABASE_URL is not set: start the app by `steward serve`, or name a database")
        state.kek = load_secret(settings.secrets, "kek")
        state.db = await Database.open(settings.database_url, load_secret(settings.secrets, "installation"), ROLES)
        state.core = CoreClient(settings, parts.clock, parts.core)
        state.passwords = Passwords()
        state.sessions = Sessions(state.db, settings, parts.clock)
        understanding = await _understanding(parts)
        state.shelf = _shelf(settings, understanding)
        state.search_box = SearchBox(understanding, Wording.load()) if isinstance(understanding, Understanding) else None
        state.assistant = None if understanding is None else Assistant(understanding, state.db, parts.clock, shelf=state.shelf)
        provider = provider_of(settings, state.db)
        if provider is not None:
            state.metrics.registry.register(LanguageModelMetrics(provider))
            if state.assistant is not None:
                state.assistant.chat_model = provider.chat_model
        _log.info("app_is_ready")
        yield
        if provider is not None:
            await provider.close()
        state.passwords.close()
        await state.core.close()
        await state.db.close()

    return lifespan


async def _understanding(parts: Parts) -> Understands | None:
    """Without its models the assistant is away, and the rest of the app serves all the same."""
    if parts.understanding is None:
        return None
    try:
        return await asyncio.to_thread(parts.understanding, parts.settings.models)
    except (OSError, ValueError) as error:
        _log.error("models_are_away", reason=str(error))
        return None


def _shelf(settings: Settings, understanding: Understands | None) -> Shelf | None:
    """The articles, searched with the encoder that the understanding has loaded; they are opened while the app already serves."""
    if not isinstance(understanding, Understanding):
        return None
    embed, folder = understanding.embed, settings.models / "articles"
    shelf = Shelf(lambda: Library.open(embed, folder))
    shelf.begin()
    return shelf
