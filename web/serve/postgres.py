"""The embedded PostgreSQL: the wheel's programs as a child of ours, on loopback TCP with a password, durable.

No Unix socket (its path may not exceed 107 bytes). A server that a killed supervisor left behind is stopped before ours starts, and a pid
file that names a living process of somebody else is removed: PostgreSQL would take it for itself and refuse.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from kit.secrets import load_secret
from web.serve.account import Account, database_account
from web.serve.binaries import data_folder, programs
from web.serve.failure import StartFailure, Stopped
from web.serve.ports import LOOPBACK, free_port, is_free
from web.serve.process import Child, Command, wait_until

USER = "postgres"
DATABASE = "steward"
START_TIMEOUT_S = 60  # crash recovery after much work
STOP_TIMEOUT_S = 30
ATTEMPTS = 5
PASSING = ("shared memory block", "in use")  # a killed server's last backends still leave; somebody took the port

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",  # costs more than it gains on queries of milliseconds
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %a ",
}


class EmbeddedPostgres:
    """One data folder and, while started, its server."""

    def __init__(self, home: Path, port: int | None = None) -> None:
        self._home = home.resolve()
        self._wanted_port = port
        self._child: Child | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The administrator's URL, password included."""
        return f"postgresql://{USER}:{self._password()}@{LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def child(self) -> Child | None:
        return self._child

    def start(self, unwanted: Callable[[], bool] = lambda: False) -> None:
        """Returns when the server accepts connections. Raises StartFailure with PostgreSQL's own last words, Stopped once `unwanted`."""
        self._home.mkdir(parents=True, exist_ok=True)
        account = database_account()
        self._bin = programs(account)
        self._data = data_folder(self._home, account)
        self._account = self._owner(account)
        if not (self._data / "PG_VERSION").exists():
            self._create()
        self._settle_previous()
        for attempt in range(ATTEMPTS):
            self.port = self._choose_port(attempt)
            self._child = child = self._launch()
            ended = wait_until(lambda: self._is_ready() or self._has_exited() or unwanted(), START_TIMEOUT_S)
            if unwanted():
                self.stop()
                raise Stopped
            if ended and not self._has_exited():
                self._port_note.write_text(str(self.port))
                return
            words = child.last_words(4)
            self.stop()
            if not any(passing in words for passing in PASSING):
                break
            time.sleep(attempt)
        raise StartFailure(f"PostgreSQL does not start (see {self._log}):\n{words}")

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop(STOP_TIMEOUT_S)
            self._child = None

    @property
    def _log(self) -> Path:
        return self._home / "log" / "postgres.log"

    @property
    def _port_note(self) -> Path:
        return self._home / "run" / "postgres.port"

    def _password(self) -> str:
        return load_secret(self._home / "secrets", "postgres").hex()

    def _choose_port(self, attempt: int) -> int:
        if self._wanted_port is not None:
            return self._wanted_port
        if attempt == 0 and self._port_note.exists():
            previous = int(self._port_note.read_text())
            if is_free(previous):
                return previous
        return free_port()

    def _owner(self, account: Account | None) -> Account | None:
        """The account that made the data, so that root also starts what an ordinary user made."""
        if not self._data.exists():
            return account
        uid = self._data.stat().st_uid
        if account is None:
            if uid != os.geteuid():
                raise StartFailure(f"{self._home / 'postgres'} belongs to user {uid}: start Steward as that user or as root.")
            return None
        if uid in (0, account.uid):
            return account
        owner = pwd.getpwuid(uid)
        return Account(owner.pw_name, owner.pw_uid, owner.pw_gid)

    def _create(self) -> None:
        """`initdb` beside the final place, renamed when complete: a kill in between leaves nothing half made."""
        draft = self._data.with_name(self._data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        with tempfile.NamedTemporaryFile("w", prefix="steward-") as password:
            password.write(self._password())
            password.flush()
            if self._account:
                self._account.own(draft)
                os.chown(password.name, self._account.uid, self._account.gid)
            outcome = subprocess.run(
                self._initdb(draft, password.name), capture_output=True, text=True, check=False, **self._popen_arguments()
            )
        if outcome.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise StartFailure(f"PostgreSQL cannot make its data folder: {outcome.stderr.strip()}")
        draft.rename(self._data)

    def _initdb(self, data: Path, password: str) -> list[str]:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        return [str(self._bin / "initdb"), "-D", str(data), "-U", USER, "--auth=scram-sha-256", f"--pwfile={password}", *locale]

    def _popen_arguments(self) -> dict[str, Any]:
        return {"env": self._environment(), "cwd": "/", **(self._account.popen_arguments() if self._account else {})}

    def _environment(self) -> dict[str, str]:
        """Nothing of ours: PG* variables of the shell would be obeyed."""
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

    def _launch(self) -> Child:
        options = {**SETTINGS, "port": str(self.port)}
        arguments = [str(self._bin / "postgres"), "-D", str(self._data)]
        for name, value in options.items():
            arguments += ["-c", f"{name}={value}"]
        command = Command(
            "postgres",
            arguments,
            self._environment(),
            log=self._log,
            stop_signal=signal.SIGINT,  # the fast stop; SIGTERM waits for every client to leave
            account=self._account,
            cwd=Path("/"),
        )
        return Child(command, self._home / "run")

    def _pid_file(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _is_ready(self) -> bool:
        lines = self._pid_file()
        return self._child is not None and len(lines) > 7 and lines[0] == str(self._child.pid) and lines[7].strip() == "ready"

    def _has_exited(self) -> bool:
        return self._child is not None and self._child.exit_code() is not None

    def _settle_previous(self) -> None:
        lines = self._pid_file()
        if not lines or not lines[0].isdigit():
            return
        try:
            process = psutil.Process(int(lines[0]))
            ours = process.name() == "postgres" and Path(process.cwd()) == self._data
        except psutil.NoSuchProcess:
            return
        except psutil.AccessDenied:
            ours = False
        if not ours:
            (self._data / "postmaster.pid").unlink(missing_ok=True)
            return
        for way in (signal.SIGINT, signal.SIGQUIT):
            process.send_signal(way)
            if not psutil.wait_procs([process], STOP_TIMEOUT_S)[1]:
                return
        raise StartFailure(f"A PostgreSQL of an earlier start (process {process.pid}) does not stop: end it, then start again.")
