"""The database that a start uses: the embedded one or a given one, fit for money and migrated."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from kit.secrets import load_secret
from kit.settings import Settings
from web.serve.failure import StartFailure
from web.serve.postgres import EmbeddedPostgres

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
VERSION_MIN = 150000


def migrate(admin_url: str, settings: Settings) -> None:
    """Brings the database to the newest revision, and asserts that it keeps what it acknowledges.

    When this home saw these very migrations through on this very database, Alembic (a second of imports) is not asked again.
    """
    note, files = settings.home / "run" / "migrated.json", _fingerprint()
    try:
        if not _is_noted(note, files, asyncio.run(_state(admin_url, must_exist=False))):
            from migrations import upgrade

            upgrade(admin_url, load_secret(settings.secrets, "installation"))
        _note(note, files, asyncio.run(_state(admin_url, must_exist=True)))
    except (OSError, asyncpg.PostgresError) as error:
        raise StartFailure(f"The database at {without_password(admin_url)} cannot be used: {error}") from error


def without_password(url: str) -> str:
    """The URL as children and messages may have it: they sign in as their own roles."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def embedded(settings: Settings) -> EmbeddedPostgres | None:
    """None when the settings name a database."""
    return EmbeddedPostgres(settings.home) if settings.database_url is None else None


async def _state(admin_url: str, *, must_exist: bool) -> list[str]:
    """Which database this is, and its revision; nothing when it does not exist yet. Raises StartFailure when it is not fit for money."""
    try:
        connection = await asyncpg.connect(admin_url)
    except asyncpg.InvalidCatalogNameError:
        if must_exist:
            raise
        return []
    try:
        await _check(connection)
        if await connection.fetchval("select to_regclass('public.alembic_version')") is None:
            return []
        row = await connection.fetchrow(
            "select s.system_identifier::text, d.oid::text, v.version_num"
            " from pg_control_system() s, pg_database d, public.alembic_version v where d.datname = current_database()"
        )
        return list(row.values()) if row else []
    finally:
        await connection.close()


async def _check(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    version = int(await connection.fetchval("show server_version_num"))
    if version < VERSION_MIN:
        raise StartFailure(f"PostgreSQL 15 or newer is needed; this one is {version // 10000}.")
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if await connection.fetchval(f"show {name}") == "off":
            raise StartFailure(f"PostgreSQL runs with {name}=off and may lose acknowledged money: switch it on.")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(MIGRATIONS.rglob("*")):
        if path.suffix in {".py", ".sql"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_noted(note: Path, files: str, state: list[str]) -> bool:
    try:
        return bool(state) and json.loads(note.read_text()) == [files, *state]
    except (OSError, ValueError):
        return False


def _note(note: Path, files: str, state: list[str]) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps([files, *state]))
