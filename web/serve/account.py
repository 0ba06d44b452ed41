"""Who PostgreSQL runs as: it refuses root, so root lends it a system account of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web.serve.failure import StartFailure

NAME = "steward"


@dataclass(frozen=True)
class Account:
    """A system account to drop to."""

    name: str
    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_reach(self, path: Path) -> bool:
        """Whether the account may pass through every folder above the path."""
        return all(self._may_search(parent.stat()) for parent in path.resolve().parents)

    def _may_search(self, folder: os.stat_result) -> bool:
        if folder.st_uid == self.uid:
            return bool(folder.st_mode & stat.S_IXUSR)
        return bool(folder.st_mode & (stat.S_IXGRP if folder.st_gid == self.gid else stat.S_IXOTH))

    def own(self, root: Path) -> None:
        """Hands over a folder and what is in it."""
        os.chown(root, self.uid, self.gid)
        for folder, names, files in os.walk(root):
            for name in (*names, *files):
                os.chown(Path(folder, name), self.uid, self.gid, follow_symlinks=False)


def database_account() -> Account | None:
    """None unless we are root: an ordinary user runs the database as itself."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _create()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create() -> pwd.struct_passwd:
    if tool := shutil.which("useradd"):
        command = [tool, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME]
    elif tool := shutil.which("adduser"):  # BusyBox
        command = [tool, "-S", "-D", "-H", "-s", "/sbin/nologin", NAME]
    else:
        raise StartFailure("PostgreSQL refuses to run as root, and no system account can be made here: start Steward as another user.")
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise StartFailure(f"PostgreSQL refuses to run as root, and `{tool}` made no account: {outcome.stderr.strip()}") from None
