"""The built front end at /: hashed assets cached for good, every address of the workspace answered by its one page."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

DIST = Path(__file__).parents[1] / "ui" / "dist"
_FOR_EVER = "public, max-age=31536000, immutable"
_NOT_PAGES = ("assets/", "internal/")


class Workspace(StaticFiles):
    """Files of the build; any other path without an extension is a view of the page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path.startswith("v1/"):  # whatever the method: there is no such route
            raise HTTPException(404)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or path.startswith(_NOT_PAGES) or "." in path.rpartition("/")[2]:
                raise
            response = await super().get_response("index.html", scope)
        response.headers["Cache-Control"] = _FOR_EVER if path.startswith("assets/") else "no-cache"
        return response


def workspace(folder: Path = DIST) -> ASGIApp:
    """The front end, compressed. Where it was not built, every page is 404."""
    return GZipMiddleware(Workspace(directory=folder, html=True, check_dir=False))
