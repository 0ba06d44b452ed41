"""`steward train`, `steward demo load`, `steward doctor`."""

from __future__ import annotations

import subprocess
import sys

import typer

demo = typer.Typer(help="The demo customer.", no_args_is_help=True)


def train() -> int:
    """Fit the models again from our own texts: the assistant's router, the classifier of categories."""
    trainers = ("assistant.training", "risk.behaviour.categories.training")
    return max(subprocess.run([sys.executable, "-P", "-m", trainer], check=False).returncode for trainer in trainers)


@demo.command("load")
def load() -> None:
    """Load the demo's people, or what happened to them since."""
    from kit.settings import Settings
    from web.demo.load import EMAIL, load_demo, load_neighbours, password
    from web.demo.welcome import WHAT
    from web.serve.console import Teller
    from web.serve.stack import reachable_app

    settings = Settings()
    teller = Teller(settings.home / "log" / "serve.log")
    with reachable_app(settings) as address:
        served = settings.model_copy(update={"core_port": address.core_port})
        typer.echo(load_demo(served, address.admin_url, address.url, again=True))
        imported = load_neighbours(served, address.admin_url, lambda done, total: teller.advance(WHAT, done, total))
        typer.echo(f"{WHAT} have {imported} new bookings.")
    typer.echo(f"Sign in as {EMAIL} with {password(settings)}")


@demo.command("people")
def people() -> None:
    """List who is in the demo; one password opens all."""
    from kit.settings import Settings
    from web.demo.load import EMAIL, password
    from web.demo.neighbours import cast
    from web.demo.neighbours import people as neighbours

    typer.echo(f"{EMAIL:<36} house")
    for person in neighbours():
        advised = "client of the advisor" if person.name in cast()["clients"] else "advisor" if person.name == cast()["advisor"] else ""
        typer.echo(f"{person.email:<36} {person.firm:<10} {person.country}  {person.kind:<10} {advised}".rstrip())
    typer.echo(f"Password: {password(Settings())}")


def doctor() -> int:
    """Check everything that Steward depends on; say what is wrong and what to do."""
    from kit.settings import Settings
    from web.cli.doctor import examine

    findings = examine(Settings())
    for finding in findings:
        mark = "ok  " if finding.remedy is None else "FAIL"
        typer.echo(f"{mark}  {finding.subject}: {finding.state}" + (f"\n      {finding.remedy}" if finding.remedy else ""))
    return 1 if any(finding.remedy for finding in findings) else 0
