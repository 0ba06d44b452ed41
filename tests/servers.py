"""Databases on a PostgreSQL server, for tests."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from kit.db import ROLES, database_name, role_name


def drop_database(admin_url: str) -> None:
    """Removes the database and its seven roles."""
    asyncio.run(_drop(admin_url))


async def _drop(admin_url: str) -> None:
    connection = await asyncpg.connect(urlunsplit(urlsplit(admin_url)._replace(path="/postgres")))
    try:
        await connection.execute(f'drop database if exists "{database_name(admin_url)}" with (force)')
        for role in ROLES:
            await connection.execute(f'drop role if exists "{role_name(admin_url, role)}"')
    finally:
        await connection.close()
