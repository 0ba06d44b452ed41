"""OpenAPI 3.1 as the tested contract; `python -m web.api.openapi` prints it for whoever generates a client."""

from __future__ import annotations

import json
import sys
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.problem import MEDIA_TYPE

_FIRST_ERROR = 400


def describe(app: FastAPI) -> None:
    """Makes the app describe itself exactly: a problem has a media type of its own."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes, summary=_SUMMARY)
            for path in schema["paths"].values():
                for operation in path.values():
                    _mark_problems(operation["responses"])
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


_SUMMARY = "A money advisor that one talks to, on a ledger that it cannot bypass."


def _mark_problems(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        if int(status) >= _FIRST_ERROR and schema.get("$ref", "").endswith("/Problem"):
            content[MEDIA_TYPE] = content.pop("application/json")


def main() -> None:
    from kit.settings import Settings
    from web.api.app import Parts, create_app

    sys.stdout.write(json.dumps(create_app(Parts(Settings())).openapi(), indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
