"""PostgreSQL by role. Every statement runs in a transaction that first says who is asking; row-level security does the rest.

The roles are the locks of architecture.md: `owner` (migrations), `core` (the only one that may insert into the ledger), `worker`,
`reader` (read only), `scribe` (conversations and proposals), `app` (users, sessions, budgets, enrichment), `analyst`. They are named
after their database (`steward_core`), so that several databases share a server.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from kit.errors import Unavailable
from kit.identity import Principal
from kit.secrets import derive

if TYPE_CHECKING:
    Connection = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
else:
    Connection = asyncpg.pool.PoolConnectionProxy

ROLES = ("owner", "core", "worker", "reader", "scribe", "app", "analyst")
_AWAY = (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError, asyncpg.InterfaceError)


def database_name(admin_url: str) -> str:
    return urlsplit(admin_url).path.lstrip("/") or "postgres"


def role_name(admin_url: str, role: str) -> str:
    return f"{database_name(admin_url)}_{role}"


def role_password(secret: bytes, role: str) -> str:
    """Derived from the installation's secret, so that no process needs to be told it."""
    return derive(secret, f"database role {role}").hex()


def role_url(admin_url: str, secret: bytes, role: str) -> str:
    """The connection URL of a role on the administrator's database."""
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    user = quote(role_name(admin_url, role), safe="")
    return urlunsplit(parts._replace(scheme="postgresql", netloc=f"{user}:{role_password(secret, role)}@{host}"))


class Database:
    """One pool per role. Opened with the roles that a process needs and no others."""

    def __init__(self, pools: dict[str, asyncpg.Pool[asyncpg.Record]]) -> None:
        self._pools = pools

    @classmethod
    async def open(cls, admin_url: str, secret: bytes, roles: Iterable[str], *, max_size: int = 8) -> Database:
        pools = {}
        for role in roles:
            pool = await asyncpg.create_pool(
                role_url(admin_url, secret, role),
                min_size=1,
                max_size=max_size,
                init=_prepare,
                command_timeout=60,
                server_settings={"application_name": f"steward {role}", "timezone": "UTC"},
            )
            pools[role] = pool
        return cls(pools)

    async def close(self) -> None:
        for pool in self._pools.values():
            await pool.close()

    @asynccontextmanager
    async def read(self, principal: Principal) -> AsyncIterator[Connection]:
        """A READ ONLY transaction as `reader` that sees only what this person may see."""
        async with self._transaction("reader", principal, readonly=True) as connection:
            yield connection

    @asynccontextmanager
    async def write(self, role: str, principal: Principal | None) -> AsyncIterator[Connection]:
        """A transaction as `role`; without a principal, row-level security shows nothing."""
        async with self._transaction(role, principal, readonly=False) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self, role: str, principal: Principal | None, *, readonly: bool) -> AsyncIterator[Connection]:
        try:
            connection = await self._pools[role].acquire(timeout=5)
        except (TimeoutError, *_AWAY) as error:
            raise Unavailable("database_is_away", "the database does not answer; try again shortly") from error
        try:
            async with connection.transaction(readonly=readonly):
                if principal is not None:
                    await connection.execute(_CONTEXT, str(principal.customer_id), str(principal.firm_id), str(principal.user_id))
                yield connection
        except (asyncpg.PostgresConnectionError, asyncpg.AdminShutdownError, asyncpg.CrashShutdownError, ConnectionError) as error:
            raise Unavailable("database_is_away", "the database went away; try again shortly") from error
        finally:
            await self._pools[role].release(connection)


_CONTEXT = "select set_config('app.customer', $1, true), set_config('app.firm', $2, true), set_config('app.user', $3, true)"


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
