"""What operators ask: is the process alive, is everything it needs there, how is it doing."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable
from typing import Literal

import structlog
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException

from kit.db import Database
from kit.errors import Unavailable
from web.api.shapes import Shape

router = APIRouter(tags=["operations"])
_log = structlog.get_logger()


class Health(Shape):
    status: Literal["ok"] = "ok"


class Readiness(Shape):
    """`checks` says of each part whether it is there."""

    status: Literal["ready", "not_ready"]
    checks: dict[Literal["database", "core", "models"], Literal["ok", "away"]]


@router.get("/healthz", name="health")
async def healthz() -> Health:
    """The process lives."""
    return Health()


@router.get("/readyz", name="readiness", responses={503: {"model": Readiness, "description": "Something that is needed is away."}})
async def readyz(request: Request, response: Response) -> Readiness:
    """Database, core process and models are there."""
    state = request.app.state
    database, core = await asyncio.gather(_answers(_query(state.db), "database"), _answers(state.core.check(), "core"))
    models = state.assistant is not None
    ready = database and core and models
    response.status_code = 200 if ready else 503
    word: dict[bool, Literal["ok", "away"]] = {True: "ok", False: "away"}
    return Readiness(
        status="ready" if ready else "not_ready", checks={"database": word[database], "core": word[core], "models": word[models]}
    )


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Prometheus' text format, for the machine itself and private networks only."""
    if not _is_private(request.client.host if request.client else ""):
        raise HTTPException(404)
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)


async def _query(db: Database) -> None:
    async with db.write("app", None) as connection:
        await connection.fetchval("select 1")


async def _answers(check: Awaitable[None], name: str) -> bool:
    try:
        async with asyncio.timeout(3):
            await check
    except (Unavailable, TimeoutError, OSError) as error:
        _log.warning("part_is_away", part=name, reason=str(error))
        return False
    return True


def _is_private(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False
