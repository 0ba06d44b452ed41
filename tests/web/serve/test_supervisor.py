from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest

from tests.web.serve.conftest import Serve, Served, gone
from web.serve.ports import free_port, is_free
from web.serve.process import wait_until
from web.serve.stack import running_address


def ready(serve: Serve, *arguments: str) -> Served:
    served = serve(*arguments)
    served.wait_ready()
    return served


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_that_was_started(serve: Serve, number: signal.Signals) -> None:
    served = ready(serve)
    children = served.children()
    assert set(children) == {"postgres", "core", "app"}
    served.process.send_signal(number)
    code, said = served.end()
    assert code == 0
    assert said.strip() == "Steward has stopped."
    assert gone(children)
    assert is_free(served.port)


@pytest.mark.parametrize("pause_s", [0, 0.1, 0.3, 0.6, 1])
def test_a_signal_during_the_start_also_stops_everything(serve: Serve, pause_s: float) -> None:
    served = serve()
    assert wait_until(lambda: "postgres" in served.children(), 30)
    wait_until(lambda: False, pause_s)
    children = served.children()
    served.process.send_signal(signal.SIGTERM)
    code, said = served.end()
    assert (code, said.splitlines()[-1]) == (0, "Steward has stopped.")
    assert gone(children)


def test_a_taken_port_is_reported_with_its_holder(serve: Serve) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        code, said = serve(port=port).end()
    assert code == 1
    assert f"Port {port} is taken by process {os.getpid()} (" in said
    assert "STEWARD_PORT" in said
    assert "Traceback" not in said


def test_a_second_serve_on_the_same_home_is_refused_and_disturbs_nothing(serve: Serve, home_of_its_own: Path) -> None:
    first = ready(serve)
    code, said = serve().end()
    assert code == 1
    assert f"as process {first.process.pid}" in said
    assert first.answers()
    assert running_address(home_of_its_own) is not None


def test_a_supervisor_killed_without_warning_leaves_nothing_that_breaks_the_next_start(serve: Serve) -> None:
    served = ready(serve)
    children = served.children()
    served.process.kill()
    served.process.wait()
    if sys.platform == "linux":
        assert gone(children)
    assert ready(serve).answers()


@pytest.mark.parametrize("name", ["core", "app"])
def test_a_killed_server_is_started_again(serve: Serve, name: str) -> None:
    served = ready(serve)
    before = served.children()[name].pid
    served.children()[name].kill()

    def is_another() -> bool:
        child = served.children().get(name)
        return child is not None and child.pid != before

    assert wait_until(is_another, 20)
    assert wait_until(served.answers, 20)


def test_a_killed_database_is_started_again_and_the_servers_with_it(serve: Serve) -> None:
    served = ready(serve)
    before = served.children()
    before["postgres"].kill()

    def all_new() -> bool:
        with suppress(psutil.Error):
            now = served.children()
            return set(now) == set(before) and all(now[name].pid != before[name].pid for name in now)
        return False

    assert wait_until(all_new, 30)
    assert wait_until(served.answers, 20)


def test_a_server_that_keeps_dying_takes_everything_down(serve: Serve) -> None:
    served = ready(serve)
    children = served.children()
    while served.process.poll() is None:
        with suppress(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{served.port}/die", trust_env=False, timeout=2)
    code, said = served.end()
    assert code == 1
    assert "died too often" in said
    assert gone(children)


def test_with_parent_it_stops_when_the_program_that_started_it_is_gone(serve: Serve, home_of_its_own: Path) -> None:
    port = free_port()
    environment = {**os.environ, "STEWARD_HOME": str(home_of_its_own), "STEWARD_PORT": str(port), "STEWARD_CORE_PORT": str(free_port())}
    program = "import subprocess, sys; subprocess.run([sys.executable, '-m', 'tests.web.serve.serve_fakes', '--with-parent'])"
    starter = subprocess.Popen(
        [sys.executable, "-c", program], env={**environment, "PYTHONPATH": str(Path.cwd())}, stdout=subprocess.DEVNULL
    )
    served = Served(subprocess.Popen(["true"], text=True), port)
    assert wait_until(served.answers, 30)
    family = {str(child.pid): child for child in psutil.Process(starter.pid).children(recursive=True)}
    starter.kill()
    starter.wait()
    served.process.wait()
    assert gone(family)


def test_children_never_learn_the_administrators_password(serve: Serve) -> None:
    served = ready(serve)
    for name in ("core", "app"):
        assert "STEWARD_DATABASE_URL" not in served.children()[name].environ()
