"""Why a start ended early: it failed, which is told in one line that says what to do, or somebody asked it to stop."""

from __future__ import annotations


class StartFailure(Exception):
    """Shown to the operator as it is; never a traceback."""


class Stopped(Exception):
    """A signal came while something was starting. Raised at the next look, never out of the signal's handler: there it could land inside
    an event loop or a finaliser, which swallow it or break."""
