"""`steward rates`: the operator loads what the European Central Bank publishes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kit.settings import Settings
    from ledger.conversion import Rate
    from ledger.fx import Stored

rates = typer.Typer(help="Exchange rates.", no_args_is_help=True)


@rates.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="eurofxref.xml, -hist.xml, .csv or -hist.csv of the European Central Bank.", exists=True)],
) -> None:
    """Load exchange rates; those that are known already stay, corrected ones are replaced."""
    from kit.settings import Settings
    from ledger.feeds.ecb_rates import parse_rates
    from web.serve.stack import reachable_database

    parsed = parse_rates(file.read_bytes())
    settings = Settings()
    with reachable_database(settings) as admin_url:
        stored = store(settings, admin_url, parsed.rates, "ecb")
    days = [rate.on for rate in parsed.rates]
    typer.echo(f"{stored.added} new and {stored.changed} corrected rates, {min(days)} to {max(days)}.")
    if parsed.ignored:
        typer.echo(f"Left out, no longer in use: {', '.join(parsed.ignored)}.")


def store(settings: Settings, admin_url: str, loaded: Sequence[Rate], source: str) -> Stored:
    """Keeps the rates, as the worker."""
    from kit.db import Database
    from kit.secrets import load_secret
    from ledger.fx import store_rates

    async def run() -> Stored:
        database = await Database.open(admin_url, load_secret(settings.secrets, "installation"), ["worker"], max_size=1)
        try:
            async with database.write("worker", None) as connection:
                return await store_rates(connection, loaded, source)
        finally:
            await database.close()

    return asyncio.run(run())
