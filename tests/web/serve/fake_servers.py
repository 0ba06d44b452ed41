"""A server that is ready at once, in the place of core and app; and one that always dies."""

from __future__ import annotations

import os

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


def create_app() -> Starlette:
    return Starlette(routes=[Route("/readyz", _ready), Route("/die", _die)])


async def _ready(_request: Request) -> Response:
    return JSONResponse({"status": "ready", "pid": os.getpid()})


async def _die(_request: Request) -> Response:
    os._exit(3)
