"""What a development start adds: the demo customer, loaded by the same road as everybody's files, and how to sign in as it."""

from __future__ import annotations

from kit.errors import StewardError
from web.cli.failure import CommandFailure
from web.demo.load import EMAIL, load_demo, password
from web.serve.console import Teller
from web.serve.stack import Stack


def welcome(stack: Stack, teller: Teller) -> None:
    """Loads the demo when it is missing. Its failure is told and stops nothing."""
    try:
        outcome = load_demo(stack.settings, stack.admin_url, stack.url, again=False)
    except (CommandFailure, StewardError) as failure:
        teller.say(f"The demo customer could not be loaded: {failure}", "demo_failed")
        return
    if outcome is not None:
        teller.say(outcome, "demo_loaded")
    teller.say(f"Sign in as {EMAIL} with {password(stack.settings)}", "demo_sign_in")
