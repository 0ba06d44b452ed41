"""`steward ask` and `steward chat`: the conversation in a terminal, or through a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from web.cli.failure import CommandFailure

if TYPE_CHECKING:
    from web.cli.client import AppClient

As = Annotated[str, typer.Option("--as", help="The person's e-mail address.")]
ACTS = {"/confirm": "confirm", "/cancel": "cancel"}
LEAVING = {"/quit", "/exit", "/q"}


def ask(
    question: Annotated[str, typer.Argument(help="The question, in plain words.")],
    email: As,
    as_json: Annotated[bool, typer.Option("--json", help="The whole turn as JSON.")] = False,
) -> None:
    """Ask one question and print the answer."""
    from web.cli.client import signed_in
    from web.cli.show import show_blocks, show_text

    with signed_in(email) as client:
        conversation = client.post("/v1/conversations", json={})["id"]
        turn = client.post(f"/v1/conversations/{conversation}/turns", json={"text": question}, headers={"Accept": "application/json"})
    if as_json:
        sys.stdout.write(json.dumps(turn, ensure_ascii=False, indent=2) + "\n")
        return
    show_text(turn["answer"] + "\n")
    show_blocks(turn["blocks"])


def chat(email: As) -> None:
    """Talk; answers stream in. /confirm carries the proposal at hand out, /cancel takes it back. An empty line or Ctrl-D ends."""
    from web.cli.client import signed_in
    from web.cli.proposals import Waiting

    with signed_in(email) as client:
        conversation, waiting = client.post("/v1/conversations", json={})["id"], Waiting()
        for text in _utterances():
            if text in ACTS:
                waiting.act(client, ACTS[text])
            else:
                waiting.proposals = _turn(client, conversation, text) or waiting.proposals


def _utterances() -> Iterator[str]:
    terminal = sys.stdin.isatty()
    while True:
        if terminal:
            sys.stdout.write("\n> ")
            sys.stdout.flush()
        line = sys.stdin.readline()
        text = line.strip()
        if not line or text in LEAVING or (terminal and not text):
            return
        if text:
            yield text


def _turn(client: AppClient, conversation: str, text: str) -> list[dict[str, Any]]:
    """Prints an answer as it comes; gives the proposals that it made."""
    from web.cli.proposals import show_proposal
    from web.cli.show import show_blocks, show_text

    proposals: list[dict[str, Any]] = []
    if not sys.stdin.isatty():
        show_text(f"> {text}\n")
    for event in map(json.loads, client.events(f"/v1/conversations/{conversation}/turns", {"text": text})):
        match event["type"]:
            case "TEXT_MESSAGE_CONTENT":
                show_text(event["delta"])
            case "TEXT_MESSAGE_END":
                show_text("\n")
            case "CUSTOM" if event["name"] == "steward.turn":
                show_blocks(event["value"]["blocks"])
                proposals = event["value"]["proposals"]
                for proposal in proposals:
                    show_proposal(proposal)
            case "RUN_ERROR":
                raise CommandFailure(event["message"])
    return proposals
