"""The front end's side of set-up: `npm ci` when the lock changed, `npm run build` when a source did."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from deploy.programs import Programs, SetupFailure
from deploy.stamps import fingerprint, read_stamp, write_stamp

NODE_MAJOR_MIN = 20
NOT_SOURCES = {"node_modules", "dist", "coverage", ".vite"}


class FrontEnd:
    """web/ui, its modules and its build."""

    def __init__(self, root: Path, programs: Programs) -> None:
        self._folder = root / "web" / "ui"
        self._programs = programs
        self._modules_stamp = self._folder / "node_modules" / ".steward.stamp"
        self._build_stamp = self._folder / "dist" / ".steward.stamp"

    def has_modules(self) -> bool:
        return read_stamp(self._modules_stamp) == self._lock()

    def is_built(self) -> bool:
        return read_stamp(self._build_stamp) == self._sources()

    def install_modules(self) -> None:
        self._check_node()
        self._npm("ci", "--no-audit", "--no-fund")
        write_stamp(self._modules_stamp, self._lock())

    def build(self) -> None:
        before = self._sources()
        self._npm("run", "build")
        write_stamp(self._build_stamp, before)

    def _lock(self) -> str:
        return fingerprint([self._folder / "package-lock.json"])

    def _sources(self) -> str:
        files = list(self._walk())
        return fingerprint(files, *(str(path.relative_to(self._folder)) for path in files))

    def _walk(self) -> Iterator[Path]:
        for folder, names, files in os.walk(self._folder):
            names[:] = sorted(name for name in names if name not in NOT_SOURCES)
            yield from (Path(folder, name) for name in sorted(files))

    def _npm(self, *arguments: str) -> None:
        environment = {"PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1", "npm_config_update_notifier": "false"}
        self._programs.run(["npm", *arguments], cwd=self._folder, environment=environment)

    def _check_node(self) -> None:
        version = self._programs.read(["node", "--version"], cwd=self._folder) if shutil.which("node") else ""
        major = version.strip().lstrip("v").split(".")[0]
        if not major.isdigit() or int(major) < NODE_MAJOR_MIN:
            raise SetupFailure(f"Node.js {NODE_MAJOR_MIN} or newer is needed to build the front end; found {version.strip() or 'none'}")
