"""`steward import` and `steward verify`."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from web.cli.failure import CommandFailure
from web.cli.talk import As

if TYPE_CHECKING:
    from web.cli.client import AppClient


def import_file(
    file: Annotated[
        Path, typer.Argument(help="A bank's file: CSV, OFX, QIF, CAMT.053, MT940 or JSON.", exists=True, dir_okay=False, readable=True)
    ],
    email: As,
    account: Annotated[str, typer.Option(help="The account's name; made when new.")],
    kind: Annotated[
        str | None, typer.Option(help="checking, savings, card, cash or brokerage; default: the account's, the file's, checking.")
    ] = None,
    currency: Annotated[str | None, typer.Option(help="ISO code; default: the account's, the file's, the customer's.")] = None,
    mapping: Annotated[str | None, typer.Option(help='Columns as JSON, such as {"date": "Datum", "amount": "Betrag"}.')] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The outcome as JSON.")] = False,
) -> None:
    """Import a bank's export. What the file leaves open is asked, never guessed."""
    from web.cli.client import signed_in

    chosen = _mapping(mapping)
    with signed_in(email) as client:
        told = {"kind": kind, "currency": currency}
        if None in told.values():
            known = _known(client, account) or _named_in(client, file, chosen)
            told = {name: value or known.get(name) for name, value in told.items()}
        fields = {
            "account_name": account,
            "account_kind": told["kind"] or "checking",
            "currency": told["currency"] or client.get("/v1/me")["currency"],
        }
        outcome = _import(client, file, fields, chosen)
    if as_json:
        sys.stdout.write(json.dumps(outcome, ensure_ascii=False) + "\n")
        return
    typer.echo(
        f"{outcome['imported']} imported, {outcome['duplicates']} already known, {len(outcome['rejected'])} rejected ({outcome['id']})"
    )
    for row in outcome["rejected"]:
        typer.echo(f"  line {row['line']}: {row['reason']}: {row['raw']}")
    for other in outcome["others"]:
        typer.echo(f"  left out: {other['rows_count']} rows of {other['label']}; import the file again for it")


def _mapping(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    try:
        mapping = json.loads(text)
    except ValueError as error:
        raise CommandFailure(f"--mapping is no JSON: {error}") from error
    if not isinstance(mapping, dict):
        raise CommandFailure("--mapping must be a JSON object")
    return mapping


def _known(client: AppClient, account: str) -> dict[str, Any] | None:
    """The account of that name, if there is one."""
    wanted = " ".join(account.split()).lower()
    return next((item for item in client.get("/v1/accounts")["data"] if item["name"].lower() == wanted), None)


def _named_in(client: AppClient, file: Path, mapping: dict[str, Any] | None) -> dict[str, Any]:
    """What the file says of its account."""
    form = {"mapping": json.dumps(mapping)} if mapping else {}
    preview = client.post("/v1/imports/preview", files={"file": (file.name, file.read_bytes())}, data=form)
    return preview["account"] or {}


def _import(client: AppClient, file: Path, fields: dict[str, str], mapping: dict[str, Any] | None) -> dict[str, Any]:
    from web.cli.client import Problem

    while True:
        form = fields | ({"mapping": json.dumps(mapping)} if mapping else {})
        try:
            answer: dict[str, Any] = client.post("/v1/imports", files={"file": (file.name, file.read_bytes())}, data=form)
        except Problem as problem:
            questions = problem.body.get("questions") or []
            if not questions:
                raise
            mapping = _answered(questions, mapping or {})
        else:
            return answer


def _answered(questions: list[dict[str, Any]], mapping: dict[str, Any]) -> dict[str, Any]:
    """Asks the person; without a terminal, says what --mapping would have to say."""
    for question in questions:
        choices = question["choices"]
        lines = [f"  {number}. {choice['label']}  {json.dumps(choice['mapping_patch'])}" for number, choice in enumerate(choices, 1)]
        text = "\n".join([question["message"], *lines])
        if not (sys.stdin.isatty() and choices):
            raise CommandFailure(f"{text}\nAnswer with --mapping.")
        typer.echo(text)
        number = 0
        while not 1 <= number <= len(choices):
            number = typer.prompt("Which", type=int)
        mapping = mapping | choices[number - 1]["mapping_patch"]
    return mapping


def verify() -> None:
    """Walk every account's hash chain; name the first row that was tampered with."""
    from kit.secrets import load_secret
    from kit.settings import Settings
    from web.serve.stack import reachable_database

    settings = Settings()
    with reachable_database(settings) as admin_url:
        asyncio.run(_verify(admin_url, load_secret(settings.secrets, "installation")))


async def _verify(admin_url: str, secret: bytes) -> None:
    from rich.console import Console

    from kit.db import Database
    from kit.ids import show
    from ledger.chain import Progress
    from ledger.chain import verify as walk

    database = await Database.open(admin_url, secret, ["worker"], max_size=1)
    console = Console(highlight=False)
    last = Progress(0, 0)
    try:
        with console.status("verifying") as status:
            async with database.write("worker", None) as connection:
                async for last in walk(connection):
                    status.update(f"{last.accounts} accounts, {last.entries} entries")
    finally:
        await database.close()
    if fault := last.fault:
        transfer = f", transfer {show('trn', fault.transfer_id)}" if fault.transfer_id else ""
        raise CommandFailure(f"TAMPERED: account {show('acc', fault.account_id)}, entry {fault.seq}{transfer}: {fault.reason}.")
    console.print(f"The books agree with themselves: {last.accounts} accounts, {last.entries} entries.")
