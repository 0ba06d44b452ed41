"""`steward serve` for one machine; `steward migrate` and `steward run`, its parts, for containers."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.failure import CommandFailure

if TYPE_CHECKING:
    from web.serve.console import Teller
    from web.serve.stack import Stack


class Server(StrEnum):
    CORE = "core"
    APP = "app"


def serve(
    demo: Annotated[bool, typer.Option(help="Load the demo customer when missing (development profile only).")] = True,
    with_parent: Annotated[bool, typer.Option("--with-parent", help="Stop when the program that started this is gone.")] = False,
) -> int:
    """Run everything on this machine: database, core, app. Ctrl-C stops it all."""
    from kit.settings import Settings
    from web.serve.supervisor import Supervisor

    settings = Settings()
    with_demo = demo and settings.profile == "development"
    return Supervisor(settings, _welcome if with_demo else None, with_parent=with_parent).run()


def _welcome(stack: Stack, teller: Teller) -> None:
    from web.demo.welcome import welcome  # after the start, which it would lengthen

    welcome(stack, teller)


def migrate() -> None:
    """Bring the database of STEWARD_DATABASE_URL to the newest revision."""
    from kit.settings import Settings
    from web.serve.database import migrate as bring
    from web.serve.database import without_password

    settings = Settings()
    if settings.database_url is None:
        raise CommandFailure("STEWARD_DATABASE_URL must name the database; `steward serve` migrates its own")
    bring(settings.database_url, settings)
    typer.echo(f"{without_password(settings.database_url)} is at the newest revision.")


def run(server: Annotated[Server, typer.Argument(help="core or app")]) -> None:
    """Run one server process in the foreground, on the database of STEWARD_DATABASE_URL."""
    from kit.settings import Settings
    from web.serve.ports import LOOPBACK
    from web.serve.server import run_server
    from web.serve.stack import SERVERS

    settings = Settings()
    if settings.database_url is None:
        raise CommandFailure("STEWARD_DATABASE_URL must name the database")
    if server is Server.CORE:
        run_server("core", SERVERS["core"], LOOPBACK, settings.core_port)
    else:
        run_server("app", SERVERS["app"], settings.host, settings.port)
