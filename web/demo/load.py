"""Loads the demo customer: a person, three exports through POST /v1/imports, a few budgets. Loading again adds what happened since."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

from kit.clock import SystemClock, today
from kit.secrets import derive, load_secret
from kit.settings import Settings
from web.cli.client import AppClient
from web.cli.people import create_user, development_token, find_user
from web.demo.exports import exports
from web.demo.household import NAME, year_of_life

EMAIL = "demo@steward.example"
TIMEZONE, CURRENCY = "Europe/Berlin", "EUR"
BUDGETS = {"Groceries": 42_000, "Restaurants": 26_000, "Shopping": 15_000, "Entertainment": 6_000}


def password(settings: Settings) -> str:
    """This installation's own; shown at each start."""
    letters = base64.b32encode(derive(load_secret(settings.secrets, "installation"), "demo password"))[:16].decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def load_demo(settings: Settings, admin_url: str, url: str, *, again: bool) -> str | None:
    """What was loaded, in words; None when everything was there and `again` is not asked for."""
    if find_user(settings, admin_url, EMAIL) is None:
        create_user(settings, admin_url, email=EMAIL, password=password(settings), name=NAME, timezone=TIMEZONE, currency=CURRENCY)
    client = AppClient.at(url, development_token(settings, admin_url, EMAIL))
    try:
        accounts = client.get("/v1/accounts")["data"]
        budgets = {budget["category"] for budget in client.get("/v1/budgets")["data"]}
        if not again and len(accounts) >= len(exports([])) and budgets:
            return None
        imported = _import_exports(client, accounts)
        for category, amount_minor in BUDGETS.items():
            if category not in budgets:
                limit = {"category": category, "amount_minor": amount_minor, "currency": CURRENCY, "period": "month"}
                client.put("/v1/budgets", json=limit)
    finally:
        client.close()
    return f"The demo customer {NAME} has {imported} new bookings in three accounts."


def _import_exports(client: AppClient, accounts: list[dict[str, Any]]) -> int:
    now = today(SystemClock(), TIMEZONE)
    imported = 0
    for export in exports(year_of_life(_begin(accounts, now), now)):
        form = {"account_name": export.account_name, "account_kind": export.account_kind, "currency": CURRENCY}
        answer = client.post("/v1/imports", files={"file": (export.file_name, export.content, "text/csv")}, data=form)
        imported += answer["imported"]
    return imported


def _begin(accounts: list[dict[str, Any]], now: date) -> date:
    """The month that the books begin with, so that running balances stay what they were; at first a year ago."""
    known = [date.fromisoformat(account["first_on"]) for account in accounts if account["first_on"]]
    return min(known).replace(day=1) if known else now.replace(year=now.year - 1, day=1)
