from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil
import pytest

from web.serve.failure import StartFailure
from web.serve.ports import free_port
from web.serve.postgres import EmbeddedPostgres
from web.serve.process import wait_until

ORPHAN_MAKER = """
import sys, pathlib
from web.serve import process
process._die_with_parent = lambda number: None
from web.serve.postgres import EmbeddedPostgres
server = EmbeddedPostgres(pathlib.Path(sys.argv[1]))
server.start()
print(server.child.pid, flush=True)
sys.stdin.read()
"""


def maintenance(server: EmbeddedPostgres) -> str:
    return server.url.rsplit("/", 1)[0] + "/postgres"


async def test_it_is_durable_and_asks_for_a_password(home_of_its_own: Path) -> None:
    server = EmbeddedPostgres(home_of_its_own)
    server.start()
    try:
        connection = await asyncpg.connect(maintenance(server))
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert await connection.fetchval(f"show {name}") == "on"
        await connection.close()
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(f"postgresql://postgres:wrong@127.0.0.1:{server.port}/postgres")
        assert (home_of_its_own / "secrets" / "postgres").stat().st_mode & 0o077 == 0
    finally:
        server.stop()


async def test_what_was_committed_survives_a_kill(home_of_its_own: Path) -> None:
    server = EmbeddedPostgres(home_of_its_own)
    server.start()
    connection = await asyncpg.connect(maintenance(server))
    await connection.execute("create table kept (n int); insert into kept values (7)")
    assert server.child is not None
    psutil.Process(server.child.pid).kill()
    connection.terminate()
    wait_until(lambda: server.child is not None and server.child.exit_code() is not None, 5)
    again = EmbeddedPostgres(home_of_its_own)
    again.start()
    try:
        connection = await asyncpg.connect(maintenance(again))
        assert await connection.fetchval("select n from kept") == 7
        await connection.close()
    finally:
        again.stop()


def test_a_server_that_a_killed_supervisor_left_behind_is_replaced(home_of_its_own: Path) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", ORPHAN_MAKER, str(home_of_its_own)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    orphan = psutil.Process(int(starter.stdout.readline()))
    starter.kill()
    starter.communicate()
    assert orphan.is_running()
    server = EmbeddedPostgres(home_of_its_own)
    server.start()
    try:
        assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
    finally:
        server.stop()


def test_a_stale_pid_file_that_names_a_living_stranger_does_not_block_the_start(home_of_its_own: Path) -> None:
    server = EmbeddedPostgres(home_of_its_own)
    server.start()
    data = (home_of_its_own / "postgres").resolve()
    lines = (data / "postmaster.pid").read_text().splitlines()
    assert server.child is not None
    server.child.stop()
    with subprocess.Popen(["sleep", "60"], user=data.stat().st_uid) as stranger:
        (data / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        server.start()
        server.stop()
        assert stranger.poll() is None
        stranger.kill()


def test_an_interrupted_creation_is_begun_anew(home_of_its_own: Path) -> None:
    half = home_of_its_own / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server = EmbeddedPostgres(home_of_its_own)
    server.start()
    server.stop()
    assert not half.exists()


def test_a_home_that_its_account_cannot_reach_gets_a_shelter(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "closed" / "var")
    (tmp_path / "closed").mkdir(mode=0o700)
    server.start()
    server.stop()
    server.start()
    server.stop()
    place = tmp_path / "closed" / "var" / "postgres"
    if place.is_symlink():  # only root needs a shelter
        shutil.rmtree(place.resolve())


def test_a_start_that_fails_says_why(home_of_its_own: Path) -> None:
    server = EmbeddedPostgres(home_of_its_own, port=free_port())
    server.start()
    server.stop()
    (home_of_its_own / "postgres" / "postgresql.conf").write_text("nonsense = yes\n")
    with pytest.raises(StartFailure, match="nonsense"):
        server.start()
    assert server.child is None
