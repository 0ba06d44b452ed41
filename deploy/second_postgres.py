"""A PostgreSQL other than the embedded one, for CI: `find` prints an administrator's URL, `stop` ends what `find` started.

Looked for in this order: STEWARD_TEST_DATABASE_URL, a server on localhost:5432 that trusts us, the programs of the distribution (started
on a free port for the occasion). Only a server that is not the embedded wheel's counts.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import asyncpg
import psutil

from web.serve.account import database_account
from web.serve.ports import free_port

PLACE = Path(tempfile.gettempdir()) / "steward-second-postgres"
VERSION_MIN = 15


def find() -> str | None:
    candidates = [os.environ.get("STEWARD_TEST_DATABASE_URL", "")]
    candidates += [f"postgresql://{user}@127.0.0.1:5432/postgres" for user in ("postgres", "root")]
    for url in filter(None, candidates):
        if asyncio.run(_may_administer(url)):
            return url
    return _start()


def stop() -> None:
    """Ends the server that `find` started, if it did."""
    try:
        postmaster = psutil.Process(int((PLACE / "data" / "postmaster.pid").read_text().splitlines()[0]))
        if Path(postmaster.cwd()) == PLACE / "data":
            postmaster.send_signal(signal.SIGINT)
            psutil.wait_procs([postmaster], 20)
    except (OSError, ValueError, psutil.Error):
        pass
    shutil.rmtree(PLACE, ignore_errors=True)


async def _may_administer(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url, timeout=3)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    try:
        recent = int(await connection.fetchval("show server_version_num")) >= VERSION_MIN * 10000
        return recent and bool(await connection.fetchval("select rolsuper from pg_roles where rolname = current_user"))
    finally:
        await connection.close()


def _start() -> str | None:
    programs = _programs()
    if programs is None:
        return None
    stop()
    PLACE.mkdir(mode=0o755)
    data, port = PLACE / "data", free_port()
    data.mkdir(mode=0o700)
    account = database_account()
    if account:
        account.own(PLACE)
    options = account.popen_arguments() if account else {}
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust"], check=True, stdout=subprocess.DEVNULL, cwd="/", **options
    )
    server: list[str | Path] = [
        programs / "postgres",
        "-D",
        data,
        "-p",
        str(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
    ]
    with (PLACE / "log").open("wb") as log:
        subprocess.Popen(server, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/", **options)
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    for _ in range(100):
        if asyncio.run(_may_administer(url)):
            return url
        time.sleep(0.2)
    return None


def _programs() -> Path | None:
    """The newest PostgreSQL that the distribution or the PATH offers."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if (on_path := shutil.which("initdb")) is not None:
        folders.append(Path(on_path).parent)
    versions = {folder: _version(folder) for folder in folders}
    newest = max(folders, key=lambda folder: versions[folder], default=None)
    return newest if newest is not None and versions[newest] >= VERSION_MIN else None


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["stop"]:
        stop()
    elif url := find():
        print(url)
    else:
        sys.exit("no second PostgreSQL: set STEWARD_TEST_DATABASE_URL, or install one")
