"""The database's shape, by Alembic. `upgrade` makes the database and its roles if need be and brings them to the newest revision."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from alembic import command
from alembic.config import Config

from kit.db import ROLES, database_name, role_name, role_password, role_url

HERE = Path(__file__).parent


def upgrade(admin_url: str, secret: bytes, revision: str = "head") -> None:
    """Creates the database and the seven roles when absent, sets the roles' passwords, and migrates as `owner`. Blocking."""
    asyncio.run(_prepare(admin_url, secret))
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["url"] = role_url(admin_url, secret, "owner").replace("postgresql://", "postgresql+asyncpg://", 1)
    config.attributes["roles"] = {role: role_name(admin_url, role) for role in ROLES}
    command.upgrade(config, revision)


async def _prepare(admin_url: str, secret: bytes) -> None:
    await _create_database(admin_url)
    admin = await asyncpg.connect(admin_url)
    try:
        database = _quoted(database_name(admin_url))
        for role in ROLES:
            name, password = role_name(admin_url, role), role_password(secret, role)
            known = await admin.fetchval("select 1 from pg_roles where rolname = $1", name)
            verb = "alter" if known else "create"
            await admin.execute(f"{verb} role {_quoted(name)} login nobypassrls password '{password}'")
            await admin.execute(f"grant connect on database {database} to {_quoted(name)}")
        owner = _quoted(role_name(admin_url, "owner"))
        await admin.execute(f"grant create on database {database} to {owner}")
        await admin.execute("revoke create on schema public from public")
        await admin.execute(f"grant usage, create on schema public to {owner}")
    finally:
        await admin.close()


async def _create_database(admin_url: str) -> None:
    try:
        await (await asyncpg.connect(admin_url)).close()
    except asyncpg.InvalidCatalogNameError:
        maintenance = await asyncpg.connect(urlunsplit(urlsplit(admin_url)._replace(path="/postgres")))
        try:
            await maintenance.execute(f"create database {_quoted(database_name(admin_url))} encoding 'UTF8' template template0")
        finally:
            await maintenance.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
