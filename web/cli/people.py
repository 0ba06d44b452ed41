"""`steward user create` and `steward token`: done on the database, by the same functions as the app's own."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from kit.db import Database
    from kit.settings import Settings
    from web.auth.users import NewUser, User

T = TypeVar("T")
user = typer.Typer(help="People who may sign in.", no_args_is_help=True)


@user.command("create")
def create(
    email: Annotated[str, typer.Option()],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="12 characters or more.")],
    name: Annotated[str, typer.Option()],
    timezone: Annotated[str, typer.Option(help="Such as Europe/Berlin.")] = "UTC",
    currency: Annotated[str, typer.Option(help="ISO 4217 code.")] = "EUR",
) -> None:
    """Make a customer who may sign in; print the ids as JSON."""
    from kit.ids import show
    from kit.settings import Settings
    from web.serve.stack import reachable_database

    settings = Settings()
    with reachable_database(settings) as admin_url:
        made = create_user(settings, admin_url, email=email, password=password, name=name, timezone=timezone, currency=currency)
    ids = {"customer_id": show("cus", made.customer_id), "user_id": show("usr", made.user_id), "email": email}
    sys.stdout.write(json.dumps(ids) + "\n")


def token(email: Annotated[str, typer.Argument(help="The person's e-mail address.")]) -> None:
    """Print a bearer token that lives 12 hours (development profile only)."""
    from kit.settings import Settings
    from web.serve.stack import reachable_database

    settings = Settings()
    with reachable_database(settings) as admin_url:
        sys.stdout.write(development_token(settings, admin_url, email) + "\n")


def create_user(settings: Settings, admin_url: str, *, email: str, password: str, name: str, timezone: str, currency: str) -> NewUser:
    """Raises Invalid or Conflict, as the app would."""
    from kit.secrets import load_secret
    from web.auth.users import create_user as create_on

    kek = load_secret(settings.secrets, "kek")
    return _as_app(settings, admin_url, lambda database: create_on(database, kek, email, password, name, timezone, currency))


def find_user(settings: Settings, admin_url: str, email: str) -> User | None:
    from web.auth.users import find_user as find_on

    return _as_app(settings, admin_url, lambda database: find_on(database, email))


def development_token(settings: Settings, admin_url: str, email: str) -> str:
    """An access token of a session of its own. Raises Forbidden outside the development profile, NotFound for a stranger."""
    from web.auth.development import development_token as make

    return _as_app(settings, admin_url, lambda database: make(database, settings, email))


def _as_app(settings: Settings, admin_url: str, act: Callable[[Database], Awaitable[T]]) -> T:
    from kit.db import Database
    from kit.secrets import load_secret

    async def run() -> T:
        database = await Database.open(admin_url, load_secret(settings.secrets, "installation"), ["app"], max_size=2)
        try:
            return await act(database)
        finally:
            await database.close()

    return asyncio.run(run())
