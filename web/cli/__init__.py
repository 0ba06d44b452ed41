"""`steward`, the command line. Commands import what they need when they run, so that each starts quickly."""

from web.cli.main import main

__all__ = ["main"]
