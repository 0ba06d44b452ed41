"""Proposals in the terminal: shown from their stored arguments, confirmed or cancelled by the person's own word."""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import dataclass, field
from typing import Any

from assistant.formats import money
from web.cli.client import AppClient, Problem
from web.cli.failure import CommandFailure
from web.cli.show import show_text

STEP_UP = "step_up_is_needed"
_WORDS = {
    "executed": "Done.",
    "confirmed": "Confirmed. Make this transfer at your bank",
    "cancelled": "Cancelled: nothing was changed.",
}


@dataclass
class Waiting:
    """The proposals of the last answer that made any."""

    proposals: list[dict[str, Any]] = field(default_factory=list)

    def act(self, client: AppClient, act: str) -> None:
        """Confirms or cancels what waits; a refusal is said, and the talk goes on."""
        if not self.proposals:
            show_text("There is no proposal to act on.\n")
        while self.proposals:
            proposal = self.proposals.pop(0)
            body = {"json": {"arguments_sha256": proposal["arguments_sha256"]}} if act == "confirm" else {}
            try:
                show_text(_came_of_it(_acted(client, f"/v1/proposals/{proposal['id']}/{act}", body)))
            except Problem as problem:
                show_text(f"Not done: {problem}\n")


def show_proposal(proposal: dict[str, Any]) -> None:
    """What it says, to the letter, and how to act on it."""
    show_text(f"\nProposal {proposal['id']}: {proposal['kind'].replace('_', ' ')}\n")
    arguments = proposal["arguments"]
    for name, value in arguments.items():
        if value is not None:
            words = name.removesuffix("_minor").replace("_", " ")
            show_text(f"  {words}: {_shown(name, value, arguments)} ({proposal['provenance'].get(name, '')})\n")
    show_text(f"  expires at: {proposal['expires_at']}\n/confirm or /cancel\n")


def _shown(name: str, value: Any, arguments: dict[str, Any]) -> str:
    if name.endswith("_minor"):
        return money(value, arguments["currency"], "en")
    if isinstance(value, dict) and "name" in value:
        return str(value["name"])
    return value if isinstance(value, str) else json.dumps(value)


def _acted(client: AppClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = client.post(path, **body)
    except Problem as problem:
        if problem.body.get("code") != STEP_UP:
            raise
        client.use(client.post("/v1/auth/step-up", json={"password": _password()})["access_token"])
        found = client.post(path, **body)
    return found


def _password() -> str:
    """Asked without an echo; from a pipe, its next line."""
    if sys.stdin.isatty():
        return getpass.getpass("Your password, to move money: ")
    line = sys.stdin.readline().rstrip("\n")
    if not line:
        raise CommandFailure("moving money takes the password on the next line")
    return line


def _came_of_it(proposal: dict[str, Any]) -> str:
    words = _WORDS.get(proposal["status"], proposal["status"])
    instruction = (proposal.get("outcome") or {}).get("instruction")
    return f"{words}, with the reference {instruction['reference']}.\n" if instruction else f"{words}\n"
