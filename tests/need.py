"""What a test needs from the machine. On a developer's machine its absence skips the test, in CI it fails."""

from __future__ import annotations

import os

import pytest


def need(available: bool, what: str) -> None:
    if available:
        return
    if os.environ.get("STEWARD_CI"):
        pytest.fail(f"CI must offer {what}", pytrace=False)
    pytest.skip(f"needs {what}")
