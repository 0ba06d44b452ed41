"""Why a start failed, in one line that tells what to do."""

from __future__ import annotations


class StartFailure(Exception):
    """Shown to the operator as it is; never a traceback."""
