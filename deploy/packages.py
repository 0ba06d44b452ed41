"""The Python side of set-up: .venv, uv in it, PyTorch's CPU build, then the rest under constraints.txt."""

from __future__ import annotations

import platform
import re
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

from deploy.programs import Programs, SetupFailure
from deploy.stamps import fingerprint, read_stamp, write_stamp

TORCH = "torch==2.13.0"
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"


class Packages:
    """The steps in order; each knows whether it is done."""

    def __init__(self, root: Path, programs: Programs, *, developer: bool) -> None:
        self._root = root
        self._programs = programs
        self._extras = ["dev", "training"] if developer else ["training"]
        self._venv = root / ".venv"
        self._stamp = self._venv / "steward.stamp"
        self.python = self._venv / "bin" / "python"

    def is_done(self) -> bool:
        """A developer's environment also serves for running."""
        return self.python.exists() and read_stamp(self._stamp) in (self._fingerprint(self._extras), self._fingerprint(["dev", "training"]))

    def make_venv(self) -> None:
        if self.python.exists() and (self._venv / "bin" / "pip").exists():
            return
        try:
            venv.create(self._venv, with_pip=True, clear=True, symlinks=True)
        except Exception as error:  # ensurepip is a package of its own on Debian and fails in its own ways
            hint = (
                f"apt-get install python{sys.version_info.major}.{sys.version_info.minor}-venv"
                if Path("/etc/debian_version").exists()
                else ""
            )
            raise SetupFailure(f"Python cannot make a virtual environment: {error}. {hint}") from error

    def install_uv(self) -> None:
        """With it setuptools, so that the editable install needs no build environment of its own."""
        if not (self._venv / "bin" / "uv").exists():
            self._run([self.python, "-m", "pip", "install", "--quiet", "-c", self._constraints, "uv", "setuptools"])

    def install_torch(self) -> None:
        """The CPU build; the default one for Linux brings gigabytes of CUDA along. macOS has no other."""
        if platform.system() == "Darwin":
            self._install([TORCH])
            return
        try:
            self._install([f"{TORCH}+cpu"])
        except SetupFailure:
            self._install([f"{TORCH}+cpu", "--index", TORCH_CPU_INDEX, "--index-strategy", "unsafe-best-match"])

    def install_rest(self) -> None:
        self._install(["-e", f".[{','.join(self._extras)}]", "--no-build-isolation-package", "steward"])
        write_stamp(self._stamp, self._fingerprint(self._extras))

    def compile_command(self, extras: Iterable[str]) -> list[str | Path]:
        """The command that prints a new constraints.txt."""
        uv: list[str | Path] = [self._venv / "bin" / "uv", "pip", "compile", "--upgrade", "--quiet", "--no-header", "--no-annotate"]
        wanted = [part for extra in extras for part in ("--extra", extra)]
        return [*uv, *self._pip_sources(), "--python-version", "3.11", *wanted, "pyproject.toml"]

    @property
    def _constraints(self) -> Path:
        return self._root / "constraints.txt"

    def _fingerprint(self, extras: list[str]) -> str:
        return fingerprint([self._root / "pyproject.toml", self._constraints], sys.version, *extras)

    def _install(self, wanted: list[str]) -> None:
        uv: list[str | Path] = [self._venv / "bin" / "uv", "pip", "install", "--python", self.python, "-c", self._constraints]
        self._run([*uv, *self._pip_sources(), *wanted])

    def _run(self, command: list[str | Path]) -> None:
        environment = {"UV_HTTP_TIMEOUT": "180", "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(self._venv)}
        self._programs.run(command, cwd=self._root, environment=environment)

    def _pip_sources(self) -> list[str]:
        """uv does not read pip's configuration: where this machine's pip looks for packages, uv shall look too."""
        settings = self._programs.read([self.python, "-m", "pip", "config", "list"], cwd=self._root)
        found = dict(re.findall(r"^(?::env:|\w+)\.([\w-]+)='(.*)'$", settings, re.MULTILINE))
        options = []
        for link in found.get("find-links", "").split():
            options += ["--find-links", link]
        if index := found.get("index-url"):
            options += ["--default-index", index]
        for index in found.get("extra-index-url", "").split():
            options += ["--index", index]
        if "extra-index-url" in found:
            options += ["--index-strategy", "unsafe-best-match"]  # what pip does
        return options
