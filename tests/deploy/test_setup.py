from __future__ import annotations

import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from deploy.packages import Packages
from deploy.programs import Programs, SetupFailure
from deploy.setup import Step, _run
from deploy.stamps import fingerprint, read_stamp, write_stamp
from web.serve.process import wait_until

PIP_CONFIG = """\
:env:.find-links='/wheels /more'
global.index-url='https://mirror.example/simple'
global.extra-index-url='https://own.example/simple'
global.timeout='60'
"""


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    return Programs(tmp_path / "setup.log")


def test_a_step_that_is_done_is_not_done_again(programs: Programs) -> None:
    made: list[str] = []
    lane: list[Step] = [
        ("first", lambda: "first" in made, lambda: made.append("first")),
        ("second", lambda: "second" in made, lambda: made.append("second")),
    ]
    assert _run([lane], programs) == 0
    assert _run([lane], programs) == 0
    assert made == ["first", "second"]


def test_a_failing_step_ends_its_lane_and_is_resumed_there(programs: Programs, capsys: pytest.CaptureFixture[str]) -> None:
    made: list[str] = []
    broken = True

    def second() -> None:
        if broken:
            raise SetupFailure("the registry is away")
        made.append("second")

    lane: list[Step] = [
        ("first", lambda: "first" in made, lambda: made.append("first")),
        ("second", lambda: "second" in made, second),
        ("third", lambda: "third" in made, lambda: made.append("third")),
    ]
    assert _run([lane], programs) == 1
    assert "Set-up failed: the registry is away" in capsys.readouterr().err
    assert made == ["first"]
    broken = False
    assert _run([lane], programs) == 0
    assert made == ["first", "second", "third"]


def test_without_a_terminal_progress_is_plain_lines(programs: Programs, capsys: pytest.CaptureFixture[str]) -> None:
    _run([[("packages", lambda: False, lambda: None)]], programs)
    said = capsys.readouterr().out
    assert said.splitlines()[:2] == ["packages ...", "packages: done in 0.0 s"]
    assert "\x1b" not in said


def test_a_program_that_fails_is_quoted_with_its_last_words(programs: Programs, tmp_path: Path) -> None:
    with pytest.raises(SetupFailure, match="no such package") as failure:
        programs.run([sys.executable, "-c", "import sys; sys.exit('no such package')"], cwd=tmp_path)
    assert "setup.log" in str(failure.value)


def test_a_missing_program_is_named(programs: Programs, tmp_path: Path) -> None:
    with pytest.raises(SetupFailure, match="`no-such-program` is not installed"):
        programs.run(["no-such-program"], cwd=tmp_path)


def test_an_interrupt_ends_the_program_and_what_it_started(programs: Programs, tmp_path: Path) -> None:
    program = "import subprocess; subprocess.run(['sleep', '60'])"
    failures: list[str] = []

    def run() -> None:
        try:
            programs.run([sys.executable, "-c", program], cwd=tmp_path)
        except SetupFailure as failure:
            failures.append(str(failure))

    thread = threading.Thread(target=run)
    thread.start()
    assert wait_until(lambda: len(_working_in(tmp_path)) == 2, 10)
    family = _working_in(tmp_path)
    programs.stop()
    thread.join(10)
    assert failures
    assert wait_until(lambda: not any(process.is_running() and process.status() != "zombie" for process in family), 10)


def _working_in(folder: Path) -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if Path(child.cwd()) == folder:
                found.append(child)
    return found


def test_pips_sources_become_uvs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programs: Programs) -> None:
    monkeypatch.setattr(programs, "read", lambda *_arguments, **_options: PIP_CONFIG)
    assert Packages(tmp_path, programs, developer=False)._pip_sources() == [
        "--find-links", "/wheels", "--find-links", "/more",
        "--default-index", "https://mirror.example/simple",
        "--index", "https://own.example/simple", "--index-strategy", "unsafe-best-match",
    ]  # fmt: skip


def test_a_changed_pin_asks_for_the_packages_again(tmp_path: Path, programs: Programs) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "constraints.txt").write_text("a==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text("")
    packages = Packages(tmp_path, programs, developer=True)
    assert not packages.is_done()
    write_stamp(tmp_path / ".venv" / "steward.stamp", packages._fingerprint(["dev", "training"]))
    assert packages.is_done()
    assert Packages(tmp_path, programs, developer=False).is_done()
    (tmp_path / "constraints.txt").write_text("a==2\n")
    assert not packages.is_done()


def test_a_stamp_follows_contents_and_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    before = fingerprint([tmp_path / "a"])
    (tmp_path / "a").rename(tmp_path / "b")
    assert fingerprint([tmp_path / "b"]) != before
    assert read_stamp(tmp_path / "none") is None
