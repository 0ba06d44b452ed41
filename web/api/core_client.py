"""The core process as this app calls it: HTTP on the loopback, with a token that carries the person's identity for a minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import httpx

from kit.clock import Clock
from kit.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, StewardError, Unavailable
from kit.identity import Principal
from kit.ids import show
from kit.log import request_id
from kit.settings import Settings
from web.auth.tokens import Signer

_TIMEOUT = httpx.Timeout(60, connect=2)
_ROWS_PER_S = 1_000  # what the core surely books, on a busy machine too
_KINDS: dict[int, type[StewardError]] = {403: Forbidden, 404: NotFound, 409: Conflict, 422: Invalid}


class CoreClient:
    """Each call raises what the core answered as the same kit error, or Unavailable when it did not answer."""

    def __init__(self, settings: Settings, clock: Clock, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._signer = Signer.of(settings, clock)
        self._http = httpx.AsyncClient(base_url=settings.core_url, timeout=_TIMEOUT, transport=transport, trust_env=False)

    async def create_import(self, principal: Principal, message: dict[str, Any], key: str | None) -> tuple[dict[str, Any], bool]:
        """The core's answer, and whether it is the replay of an earlier one."""
        headers = {} if key is None else {"Idempotency-Key": key}
        timeout_s = 60 + len(message["rows"]) / _ROWS_PER_S
        response = await self._call("POST", "/internal/imports", principal, message, headers, timeout_s)
        return response.json(), response.headers.get("Idempotent-Replayed") == "true"

    async def undo_import(self, principal: Principal, import_id: UUID) -> int:
        """The number of facts taken back."""
        response = await self._call("DELETE", f"/internal/imports/{show('imp', import_id)}", principal)
        return int(response.json()["undone"])

    async def tell_balance(self, principal: Principal, account_id: UUID, on: date, balance_minor: int) -> None:
        message = {"on": on.isoformat(), "balance_minor": balance_minor}
        await self._call("POST", f"/internal/accounts/{show('acc', account_id)}/opening-balance", principal, message)

    async def open_account(self, principal: Principal, message: dict[str, Any], key: str | None) -> tuple[str, bool]:
        """The id of the account opened in Steward's own book, and whether the answer is a replay."""
        headers = {} if key is None else {"Idempotency-Key": key}
        response = await self._call("POST", "/internal/accounts", principal, message, headers)
        return response.json()["id"], response.headers.get("Idempotent-Replayed") == "true"

    async def move_money(self, principal: Principal, message: dict[str, Any], key: str) -> dict[str, Any]:
        """What the gate decided: {decision_id, reasons, transfer_id, instruction_id}. The same key has one effect and one answer."""
        response = await self._call("POST", "/internal/transfers", principal, message, {"Idempotency-Key": key})
        found: dict[str, Any] = response.json()
        return found

    async def check(self) -> None:
        """Raises Unavailable unless the core is ready."""
        await self._send("GET", "/readyz", {}, None, timeout_s=2)

    async def close(self) -> None:
        await self._http.aclose()

    async def _call(
        self,
        method: str,
        path: str,
        principal: Principal,
        message: dict[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout_s: float | None = None,
    ) -> httpx.Response:
        sent = {"Authorization": f"Bearer {self._signer.sign_for_core(principal)}", **(headers or {})}
        if current := request_id.get():
            sent["X-Request-Id"] = current
        return await self._send(method, path, sent, message, timeout_s)

    async def _send(
        self, method: str, path: str, headers: Mapping[str, str], message: dict[str, Any] | None, timeout_s: float | None = None
    ) -> httpx.Response:
        try:
            response = await self._http.request(
                method, path, headers=dict(headers), json=message, timeout=httpx.USE_CLIENT_DEFAULT if timeout_s is None else timeout_s
            )
        except httpx.TransportError as error:
            raise Unavailable("core_is_away", "the books cannot be written just now; try again shortly", retry_after_s=2) from error
        if response.is_error:
            raise _as_kit_error(response)
        return response


def _as_kit_error(response: httpx.Response) -> Exception:
    if response.status_code == 503:
        return Unavailable("core_is_away", "the books cannot be written just now; try again shortly", retry_after_s=2)
    kind = _KINDS.get(response.status_code)
    if kind is None:
        return RuntimeError(f"the core answered {response.status_code}: {response.text[:500]}")
    body = response.json()
    errors = [FieldError(error["pointer"], error["detail"]) for error in body.get("errors", [])]
    return kind(body.get("code", "request_is_refused"), body.get("detail", "the core refused"), errors)
