"""What a command could not do, in the words that the person reads."""

from __future__ import annotations


class CommandFailure(Exception):
    """Shown as one line; the command ends with exit code 1."""
