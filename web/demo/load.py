"""Loads the demo: one person by bank exports through POST /v1/imports, as a customer would; the neighbours through the core's bulk post.

Loading again adds what happened since; a load that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import asyncio
import base64
import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from customers.directory import HOUSE_FIRM, create_firm
from customers.relations import take_advisor
from kit.clock import SystemClock, today
from kit.db import Database
from kit.identity import Principal
from kit.secrets import derive, load_secret
from kit.settings import Settings
from ledger.accounts import AccountSummary, list_accounts
from ledger.feeds.ecb_rates import parse_rates
from web.api.core_client import CoreClient
from web.auth.passwords import Passwords
from web.auth.users import create_user, find_user
from web.cli.client import AppClient
from web.cli.people import create_user as create_one
from web.cli.people import development_token
from web.cli.people import find_user as find_one
from web.cli.rates import store
from web.demo.days import beginning
from web.demo.exports import exports
from web.demo.household import NAME, life
from web.demo.neighbours import Booking, Person, accounts_of, cast, country, life_of, opening_minor, people
from web.demo.rates import sample_csv

EMAIL = "demo@steward.example"
TIMEZONE, CURRENCY = "Europe/Berlin", "EUR"
BUDGETS = {"Groceries": 42_000, "Restaurants": 26_000, "Shopping": 15_000, "Entertainment": 6_000}
Tell = Callable[[int, int], None]  # how many households are there, of how many


def password(settings: Settings) -> str:
    """This installation's own, the same for everybody of the demo; shown at each start."""
    letters = base64.b32encode(derive(load_secret(settings.secrets, "installation"), "demo password"))[:16].decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def load_demo(settings: Settings, admin_url: str, url: str, *, again: bool) -> str | None:
    """What was loaded, in words; None when everything was there and `again` is not asked for."""
    if find_one(settings, admin_url, EMAIL) is None:
        create_one(settings, admin_url, email=EMAIL, password=password(settings), name=NAME, timezone=TIMEZONE, currency=CURRENCY)
    client = AppClient.at(url, development_token(settings, admin_url, EMAIL))
    try:
        accounts = client.get("/v1/accounts")["data"]
        budgets = {budget["category"] for budget in client.get("/v1/budgets")["data"]}
        if not again and len(accounts) >= len(exports([])) and budgets:
            return None
        load_sample_rates(settings, admin_url)
        imported = _import_exports(client, accounts)
        for category, amount_minor in BUDGETS.items():
            if category not in budgets:
                limit = {"category": category, "amount_minor": amount_minor, "currency": CURRENCY, "period": "month"}
                client.put("/v1/budgets", json=limit)
    finally:
        client.close()
    return f"The demo customer {NAME} has {imported} new bookings in three accounts."


def load_sample_rates(settings: Settings, admin_url: str) -> None:
    """Two years of sample rates up to today, for days without a real one."""
    now = today(SystemClock(), TIMEZONE)
    store(settings, admin_url, parse_rates(sample_csv(now - timedelta(days=731), now)).rates, "sample")


def _import_exports(client: AppClient, accounts: list[dict[str, Any]]) -> int:
    now = today(SystemClock(), TIMEZONE)
    known = [date.fromisoformat(account["first_on"]) for account in accounts if account["first_on"]]
    imported = 0
    for export in exports(life(beginning(min(known, default=None), now), now)):
        form = {"account_name": export.account_name, "account_kind": export.account_kind, "currency": CURRENCY}
        answer = client.post("/v1/imports", files={"file": (export.file_name, export.content, "text/csv")}, data=form)
        imported += answer["imported"]
    return imported


def load_neighbours(settings: Settings, admin_url: str, tell: Tell) -> int:
    """Brings every household of the cast up to today; the number of new bookings. `tell` may raise to stop between two households."""
    with _alone(settings):
        return asyncio.run(_neighbours(settings, admin_url, tell))


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One load at a time: a second one waits."""
    with (settings.home / "run" / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


async def _neighbours(settings: Settings, admin_url: str, tell: Tell) -> int:
    clock, everybody = SystemClock(), people()
    db = await Database.open(admin_url, load_secret(settings.secrets, "installation"), ["app", "reader"], max_size=2)
    core, passwords = CoreClient(settings, clock), Passwords()
    imported, met = 0, dict[str, Principal]()
    try:
        for at, person in enumerate(everybody):
            tell(at, len(everybody))
            met[person.name] = principal = await _settled(db, settings, passwords, person)
            imported += await _brought_up(db, core, person, principal)
        await _relate(db, met)
        tell(len(everybody), len(everybody))
    finally:
        passwords.close()
        await core.close()
        await db.close()
    return imported


async def _settled(db: Database, settings: Settings, passwords: Passwords, person: Person) -> Principal:
    """The person as a customer of their firm, made when absent."""
    if (user := await find_user(db, person.email)) is not None:
        return user.principal
    land, firm = country(person.country), _firm_of(person)
    if firm is not None:
        nobody = Principal(HOUSE_FIRM, HOUSE_FIRM, firm, person.name, land["timezone"], land["currency"])
        async with db.write("app", nobody) as connection:
            await create_firm(connection, firm, cast()["firms"][person.firm])
    kek = load_secret(settings.secrets, "kek")
    await create_user(
        db, kek, person.email, password(settings), person.name, land["timezone"], land["currency"], firm, passwords=passwords
    )  # fmt: skip
    made = await find_user(db, person.email)
    assert made is not None
    return made.principal


def _firm_of(person: Person) -> UUID | None:
    return None if person.firm == "house" else uuid5(HOUSE_FIRM, person.firm)


async def _brought_up(db: Database, core: CoreClient, person: Person, principal: Principal) -> int:
    """Posts what each account does not have yet, up to today."""
    now = today(SystemClock(), principal.timezone)
    async with db.read(principal) as connection:
        known = {account.kind: account for account in await list_accounts(connection)}
    firsts = [account.first_on for account in known.values() if account.first_on]
    if len(firsts) == len(accounts_of(person)) and all(account.last_on and account.last_on >= now for account in known.values()):
        return 0
    booked = life_of(person, beginning(min(firsts, default=None), now), now)
    imported = 0
    for kind in accounts_of(person):
        message = _message(person, principal, kind, known.get(kind), booked, now)
        if message["rows"]:
            answer, _ = await core.create_import(principal, message, None)
            imported += answer["imported"]
    return imported


def _message(
    person: Person, principal: Principal, kind: str, known: AccountSummary | None, booked: list[Booking], now: date
) -> dict[str, Any]:
    since = known.last_on if known and known.last_on else date.min
    rows = [one for one in booked if one.account == kind and one.on > since]
    name = country(person.country)["accounts"][kind]
    message: dict[str, Any] = {
        "account": {"name": name, "kind": kind, "currency": principal.currency},
        "format": "csv",
        "file_name": f"{name}.csv",
        "file_sha256": hashlib.sha256(f"{person.email} {kind} {since} {now}".encode()).hexdigest(),
        "mapping": {},
        "rejected": [],
        "rows": [_row(line, one) for line, one in enumerate(rows, 2)],
    }
    if known is None:
        message["opening_balance_minor"] = opening_minor(person, kind)
    return message


def _row(line: int, one: Booking) -> dict[str, Any]:
    return {
        "line": line,
        "booked_on": one.on.isoformat(),
        "amount_minor": one.amount_minor,
        "description": one.text,
        "counterparty": one.party,
    }


async def _relate(db: Database, met: dict[str, Principal]) -> None:
    advisor = met[cast()["advisor"]]
    for name in cast()["clients"]:
        async with db.write("app", met[name]) as connection:
            await take_advisor(connection, met[name], advisor.customer_id)
