"""The whole of Steward on one machine: database, migrations, core process, app process. Started in this order, stopped in the reverse."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self

from kit.settings import Settings
from web.serve.console import Teller
from web.serve.database import embedded, migrate, without_password
from web.serve.failure import StartFailure, Stopped
from web.serve.lock import GRACE_S, HomeLock
from web.serve.ports import LOOPBACK, free_port, is_free, occupant
from web.serve.process import Child, Command, end_leftover

ROOT = Path(__file__).resolve().parents[2]
READY_TIMEOUT_S = 60
PATIENCE_S = 60  # of a command for another that uses the same home
ADDRESS = "serve.json"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  recognised, not chosen
SERVERS = {"core": "web.core.app:create_app", "app": "web.api.app:create_app"}
OFFLINE = {
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "LANGSMITH_TRACING": "false",
    "DO_NOT_TRACK": "1",
}


@dataclass(frozen=True)
class Address:
    """Where a running stack is to be found; written to var/run for the CLI."""

    url: str
    admin_url: str
    core_port: int
    pid: int


class Stack:
    """A started stack. `children` are what the supervisor watches; a `passing` stack serves one command and is not shown to others.

    Once `stop` is set, a start that is under way raises Stopped at its next step.
    """

    def __init__(self, settings: Settings, teller: Teller, *, passing: bool = False, stop: threading.Event | None = None) -> None:
        self.settings = settings.model_copy(update={"home": settings.home.resolve()})
        self._teller = teller
        self._passing = passing
        self._stop = stop or threading.Event()
        self._lock = HomeLock(self.settings.home)
        self._run = self.settings.home / "run"
        self._postgres = embedded(self.settings)
        self.admin_url = ""
        self.children: dict[str, Child] = {}

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://{self._host('app')}:{self.settings.port}"

    def start(self) -> None:
        """Returns when the app says that it is ready. Raises StartFailure and Stopped."""
        self._lock.take(PATIENCE_S if self._passing else GRACE_S)
        self._check_encoder()
        for name in reversed(SERVERS):
            end_leftover(self._run, name)
        self._check_ports()
        for name in SERVERS:
            self._prepare_server(name)
        self.start_database()
        self.check_wanted()
        migrate(self.admin_url, self.settings)
        for name in SERVERS:
            self.children[name].tell(without_password(self.admin_url))
        for name in SERVERS:
            self._await_ready(name)
        self._show_address()

    def check_wanted(self) -> None:
        """Raises Stopped once somebody has asked for the end."""
        if self._stop.is_set():
            raise Stopped

    def start_database(self) -> None:
        if self._postgres is None:
            self.admin_url = self.settings.database_url or ""
            return
        self._postgres.start(self._stop.is_set)
        assert self._postgres.child is not None
        self.children["postgres"] = self._postgres.child
        self.admin_url = self._postgres.url
        self._teller.say(f"PostgreSQL is up on port {self._postgres.port}", "database_started", port=self._postgres.port)

    def start_server(self, name: str) -> None:
        """Starts `core` or `app` on the database; it is not ready yet."""
        self._prepare_server(name)
        self.children[name].tell(without_password(self.admin_url))

    def _prepare_server(self, name: str) -> None:
        port = self._port(name)
        host = self.settings.host if name == "app" else LOOPBACK
        arguments = [sys.executable, "-P", "-m", "web.serve.server", name, SERVERS[name], host, str(port)]
        log = self.settings.home / "log" / f"{name}.log"
        self.children[name] = Child(Command(name, arguments, self._environment(), log, cwd=ROOT, waits=True), self._run)

    def restart(self, name: str) -> None:
        """Starts a dead child again. With the database the servers begin anew: its port may be another, and the core must own the books."""
        if name != "postgres":
            self.start_server(name)
            return
        for server in reversed(SERVERS):
            self.children[server].stop()
        self.start_database()
        for server in SERVERS:
            self.start_server(server)
        self._show_address()

    def stop(self) -> None:
        if self._lock.is_mine:
            (self._run / ADDRESS).unlink(missing_ok=True)
        for name in reversed(SERVERS):
            if child := self.children.pop(name, None):
                child.stop()
        if self._postgres is not None:
            self._postgres.stop()
        self.children.clear()
        self._lock.drop()

    def _port(self, name: str) -> int:
        return self.settings.port if name == "app" else self.settings.core_port

    def _host(self, name: str) -> str:
        """Where a server is reached from here: the core is on loopback only, the app wherever the operator wants it."""
        host = self.settings.host if name == "app" else LOOPBACK
        return LOOPBACK if host in EVERYWHERE else host

    def _check_encoder(self) -> None:
        if not (self.settings.models / "minilm.json").exists():
            raise StartFailure(f"The sentence encoder is not in {self.settings.models}: run `make setup` (with the same STEWARD_HOME).")

    def _show_address(self) -> None:
        if self._passing:
            return
        descriptor = os.open(self._run / ADDRESS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({"url": self.url, "admin_url": self.admin_url, "core_port": self.settings.core_port, "pid": os.getpid()}, file)

    def _check_ports(self) -> None:
        for name, variable in (("app", "STEWARD_PORT"), ("core", "STEWARD_CORE_PORT")):
            port = self._port(name)
            if not is_free(port, self.settings.host if name == "app" else LOOPBACK):
                raise StartFailure(f"Port {port} is taken by {occupant(port)}: stop it, or choose another with {variable}.")

    def _environment(self) -> dict[str, str]:
        """Without the database's URL: it is told later, and never with the administrator's password."""
        settings = self.settings
        inherited = {name: value for name, value in os.environ.items() if name != "STEWARD_DATABASE_URL"}
        return {
            **inherited,
            **OFFLINE,
            "STEWARD_PROFILE": settings.profile,
            "STEWARD_HOME": str(settings.home),
            "STEWARD_HOST": settings.host,
            "STEWARD_PORT": str(settings.port),
            "STEWARD_CORE_PORT": str(settings.core_port),
        }

    def _await_ready(self, name: str) -> None:
        child, end = self.children[name], time.monotonic() + READY_TIMEOUT_S
        while time.monotonic() < end:
            self.check_wanted()
            if child.exit_code() is not None:
                raise StartFailure(f"The {name} process ended at its start (see {child.command.log}):\n{child.last_words()}")
            if is_ready(self._host(name), self._port(name)):
                return
            time.sleep(0.05)
        raise StartFailure(f"The {name} process is not ready after {READY_TIMEOUT_S} s (see {child.command.log}).")


def is_ready(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def running_address(home: Path) -> Address | None:
    """Where the stack of this home is served right now, if it is."""
    try:
        address = Address(**json.loads((home / "run" / ADDRESS).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return address if HomeLock(home).is_held() else None


@contextmanager
def reachable_app(settings: Settings) -> Iterator[Address]:
    """The running stack, or one of our own on free ports for as long as the block lasts, quietly."""
    if (address := running_address(settings.home)) is not None:
        yield address
        return
    own = settings.model_copy(update={"host": LOOPBACK, "port": free_port(), "core_port": free_port()})
    with Stack(own, Teller(settings.home / "log" / "serve.log", quiet=True), passing=True) as stack:
        yield Address(stack.url, stack.admin_url, own.core_port, os.getpid())


@contextmanager
def reachable_database(settings: Settings) -> Iterator[str]:
    """An administrator's URL of the migrated database, started for the block if need be."""
    if settings.database_url is not None:
        migrate(settings.database_url, settings)
        yield settings.database_url
    elif (address := running_address(settings.home)) is not None:
        yield address.admin_url
    else:
        lock = HomeLock(settings.home)
        lock.take(PATIENCE_S)
        postgres = embedded(settings)
        assert postgres is not None
        try:
            postgres.start()
            migrate(postgres.url, settings)
            yield postgres.url
        finally:
            postgres.stop()
            lock.drop()
