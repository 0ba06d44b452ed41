"""`steward train`, `steward demo load`, `steward doctor`."""

from __future__ import annotations

import subprocess
import sys

import typer

demo = typer.Typer(help="The demo customer.", no_args_is_help=True)


def train() -> int:
    """Fit the assistant's models again from our own utterances."""
    return subprocess.run([sys.executable, "-P", "-m", "assistant.training"], check=False).returncode


@demo.command("load")
def load() -> None:
    """Load the demo customer, or what happened to it since."""
    from kit.settings import Settings
    from web.demo.load import EMAIL, load_demo, password
    from web.serve.stack import reachable_app

    settings = Settings()
    with reachable_app(settings) as address:
        typer.echo(load_demo(settings, address.admin_url, address.url, again=True))
    typer.echo(f"Sign in as {EMAIL} with {password(settings)}")


def doctor() -> int:
    """Check everything that Steward depends on; say what is wrong and what to do."""
    from kit.settings import Settings
    from web.cli.doctor import examine

    findings = examine(Settings())
    for finding in findings:
        mark = "ok  " if finding.remedy is None else "FAIL"
        typer.echo(f"{mark}  {finding.subject}: {finding.state}" + (f"\n      {finding.remedy}" if finding.remedy else ""))
    return 1 if any(finding.remedy for finding in findings) else 0
