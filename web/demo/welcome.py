"""What a development start adds: the demo, and how to sign in as its people."""

from __future__ import annotations

import time

from kit.errors import StewardError
from web.cli.failure import CommandFailure
from web.demo.load import EMAIL, load_demo, load_neighbours, password
from web.serve.console import Teller
from web.serve.stack import Stack

WHAT = "The demo's other households"


def welcome(stack: Stack, teller: Teller) -> None:
    """Loads the demo when it is missing. Its failure is told and stops nothing; a stop is heeded between two households."""
    try:
        outcome = load_demo(stack.settings, stack.admin_url, stack.url, again=False)
        if outcome is not None:
            teller.say(outcome, "demo_loaded")
        teller.say(f"Sign in as {EMAIL} with {password(stack.settings)}", "demo_sign_in")
        tell_neighbours(stack, teller)
    except (CommandFailure, StewardError) as failure:
        teller.say(f"The demo could not be loaded: {failure}", "demo_failed")


def tell_neighbours(stack: Stack, teller: Teller) -> None:
    """Loads the neighbours with a bar, and says what came of it."""
    began = time.monotonic()

    def tell(done: int, total: int) -> None:
        stack.check_wanted()
        teller.advance(WHAT, done, total)

    imported = load_neighbours(stack.settings, stack.admin_url, tell)
    if imported:
        took = f"{time.monotonic() - began:.0f} s"
        teller.say(
            f"{WHAT} have {imported:,} new bookings ({took}). `steward demo people` lists them; the password is the same.",
            "neighbours_loaded",
            imported=imported,
        )
