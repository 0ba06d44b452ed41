"""A PostgreSQL for the session (the embedded one, or STEWARD_TEST_DATABASE_URL), a migrated database on it, and people."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
import pytest_asyncio
from hypothesis import settings

from kit.db import ROLES, Database
from kit.identity import Principal
from kit.secrets import load_secret
from migrations import upgrade
from tests.people import add_customer
from tests.servers import drop_database
from web.serve.postgres import EmbeddedPostgres

MakeCustomer = Callable[..., Awaitable[Principal]]

settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands on a PostgreSQL is marked `database`, so that CI can run it on two of them."""
    for item in items:
        if "server_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A folder that the database's account may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="steward-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server_url(scratch: Path) -> Iterator[str]:
    """An administrator's URL of a PostgreSQL server."""
    if outside := os.environ.get("STEWARD_TEST_DATABASE_URL"):
        yield outside
        return
    server = EmbeddedPostgres(scratch / "server")
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def home(scratch: Path) -> Path:
    """A STEWARD_HOME whose secrets fit `database_url`."""
    (scratch / "home").mkdir()
    return scratch / "home"


@pytest.fixture(scope="session")
def secret(home: Path) -> bytes:
    return load_secret(home / "secrets", "installation")


@pytest.fixture(scope="session")
def kek(home: Path) -> bytes:
    """The key that wraps every customer's data key."""
    return load_secret(home / "secrets", "kek")


@pytest.fixture(scope="session")
def database_url(server_url: str, secret: bytes) -> Iterator[str]:
    """An administrator's URL of a database of this session's own, migrated."""
    yield from _database(server_url, secret)


@pytest.fixture
def new_database_url(server_url: str, secret: bytes) -> Iterator[str]:
    """The same for one test alone: for those that break things."""
    yield from _database(server_url, secret)


def _database(server_url: str, secret: bytes) -> Iterator[str]:
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/steward_{uuid4().hex[:12]}"))
    upgrade(url, secret)
    yield url
    drop_database(url)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def database(database_url: str, secret: bytes) -> AsyncIterator[Database]:
    """Pools of every role."""
    opened = await Database.open(database_url, secret, ROLES, max_size=4)
    yield opened
    await opened.close()


@pytest.fixture
def make_customer(database: Database, kek: bytes) -> MakeCustomer:
    """`await make_customer(timezone=..., currency=...)`: a new customer, of a new firm unless `firm_id` says otherwise."""

    async def make(**details: object) -> Principal:
        return await add_customer(database, kek, **details)  # type: ignore[arg-type]

    return make
