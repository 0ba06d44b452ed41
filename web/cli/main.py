"""The commands in one place, and the one road out: a clear line and exit code 1 or 2 for every failure, never a traceback."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer

from web.cli import books, people, rates, servers, talk, upkeep
from web.cli.failure import CommandFailure
from web.serve.failure import StartFailure

WrongUsage: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")  # typer has a click of its own
app = typer.Typer(
    help="Steward: a money advisor that one talks to, on a ledger that it cannot bypass.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(servers.serve)
app.command()(servers.migrate)
app.command()(servers.run)
app.add_typer(people.user, name="user")
app.command()(people.token)
app.command("import")(books.import_file)
app.command()(books.verify)
app.add_typer(rates.rates, name="rates")
app.command()(talk.ask)
app.command()(talk.chat)
app.command()(upkeep.train)
app.add_typer(upkeep.demo, name="demo")
app.command()(upkeep.doctor)


def main() -> None:
    """The console script's entry."""
    try:
        outcome = app(standalone_mode=False)
        code = outcome if isinstance(outcome, int) else 0
        sys.stdout.flush()
    except typer.Exit as leaving:
        code = leaving.exit_code
    except WrongUsage as error:
        code = _complain(f"{error.format_message()} See `steward --help`.", 2) if error.format_message() else 2  # else help was shown
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left; nothing more to say
        code = 0
    except Exception as error:
        code = _complain(_line(error), 1)
    sys.exit(code)


def _line(error: Exception) -> str:
    """One line for the person; a bug says where it happened, and how to see all of it."""
    if isinstance(error, (CommandFailure, StartFailure)):
        return str(error)
    from pydantic import ValidationError

    from kit.errors import StewardError

    if isinstance(error, StewardError):
        return error.detail
    if isinstance(error, ValidationError) and error.title == "Settings":
        return "; ".join(f"STEWARD_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
    if os.environ.get("STEWARD_TRACEBACK"):
        raise error
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    place = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else "unknown place"
    return f"{type(error).__name__}: {error} ({place}; STEWARD_TRACEBACK=1 shows more)"


def _complain(line: str, code: int) -> int:
    print(f"steward: {line}", file=sys.stderr)  # noqa: T201
    return code
