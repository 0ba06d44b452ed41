"""The app as the command line sees it: HTTP with a short-lived token, on the running server or on one started for the occasion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import httpx

from kit.settings import Settings
from web.cli.failure import CommandFailure
from web.serve.stack import reachable_app

TIMEOUT = httpx.Timeout(300, connect=5)  # the largest file takes minutes on a busy machine


class Problem(CommandFailure):
    """A problem+json answer. `body` holds its members for commands that can do something about it."""

    def __init__(self, body: dict[str, Any]) -> None:
        fields = "".join(f"\n  {error['pointer']}: {error['detail']}" for error in body.get("errors", []))
        super().__init__(f"{body.get('detail') or body.get('title') or 'the server refused'}{fields}")
        self.body = body


class AppClient:
    """One person's calls. Every refusal raises Problem."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    @classmethod
    def at(cls, url: str, token: str) -> Self:
        return cls(httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT, trust_env=False))

    def use(self, token: str) -> None:
        """Calls with another access token from now on."""
        self._http.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str) -> Any:
        return _body(self._send("GET", path))

    def post(self, path: str, **arguments: Any) -> Any:
        return _body(self._send("POST", path, **arguments))

    def put(self, path: str, **arguments: Any) -> Any:
        return _body(self._send("PUT", path, **arguments))

    def events(self, path: str, body: dict[str, Any]) -> Iterator[str]:
        """The `data:` lines of a server-sent event stream."""
        with self._http.stream("POST", path, json=body, headers={"Accept": "text/event-stream"}) as response:
            if response.is_error:
                response.read()
                _body(response)
            for line in response.iter_lines():
                if line.startswith("data:"):
                    yield line[5:].strip()

    def close(self) -> None:
        self._http.close()

    def _send(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        try:
            return self._http.request(method, path, **arguments)
        except httpx.HTTPError as error:
            raise CommandFailure(f"Steward does not answer at {self._http.base_url}: {error}") from error


def _body(response: httpx.Response) -> Any:
    try:
        body = response.json() if response.content else {}
    except ValueError:
        body = {"detail": f"the server answered {response.status_code} without JSON"}
    if response.is_error:
        raise Problem(body)
    return body


@contextmanager
def signed_in(email: str) -> Iterator[AppClient]:
    """A client as this person, with a development token."""
    from web.cli.people import development_token

    settings = Settings()
    with reachable_app(settings) as address:
        client = AppClient.at(address.url, development_token(settings, address.admin_url, email))
        try:
            yield client
        finally:
            client.close()
