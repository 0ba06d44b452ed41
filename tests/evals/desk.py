"""A whole Steward in a home of its own, and its customers at their desks: what they hand in and ask goes over HTTP."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from kit.settings import Settings
from tests.evals.answer import Answer
from tests.evals.books import Household
from tests.evals.layouts import Export, exports
from tests.evals.matching import Imported, matched
from web.cli.people import create_user, development_token
from web.serve.stack import Address, reachable_app

PASSWORD = "a household of the evals"  # of people who do not exist, in a home that is thrown away
TIMEOUT_S = 60


@contextmanager
def steward(models: Path) -> Iterator[tuple[Settings, Address]]:
    """On free ports, with the given models; gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="steward-evals-"))
    home.chmod(0o755)  # the database's account enters it
    (home / "models").symlink_to(models.resolve())
    settings = Settings(home=home, profile="development", database_url=None)
    try:
        with reachable_app(settings) as address:
            yield settings, address
    finally:
        shutil.rmtree(home, ignore_errors=True)


@dataclass(frozen=True)
class Desk:
    """One customer, signed in."""

    client: httpx.Client

    def hand_in(self, books: Household) -> Imported:
        """Imports every file and sets every budget; says what came of the facts."""
        for export in exports(books):
            self._import(books, export)
        for budget in books.budgets:
            wish = {"amount_minor": budget.limit_minor, "currency": books.currency, "period": budget.period}
            self._accepted(self.client.put("/v1/budgets", json={"category": budget.category, **wish}))
        return matched(books, self._facts())

    def _import(self, books: Household, export: Export) -> None:
        form = {"account_name": export.account.name, "account_kind": export.account.kind, "currency": books.currency}
        if export.mapping:
            form["mapping"] = json.dumps(export.mapping)
        if export.opening_minor is not None:
            form["opening_balance_minor"] = str(export.opening_minor)
        file = {"file": (export.file_name, export.content, "text/csv")}
        made = self._accepted(self.client.post("/v1/imports", data=form, files=file))
        if made["rejected"]:
            raise RuntimeError(f"{export.file_name}: {len(made['rejected'])} rows rejected, first {made['rejected'][0]}")

    def _facts(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = self._accepted(self.client.get("/v1/transactions", params={"limit": 100} | ({"cursor": cursor} if cursor else {})))
            rows += page["data"]
            cursor = page.get("next_cursor")
            if not page["has_more"]:
                return rows

    def conversation(self) -> str:
        return str(self._accepted(self.client.post("/v1/conversations", json={}))["id"])

    def ask(self, conversation: str, text: str) -> Answer:
        """A server that fails has answered too: with a status that nobody expects."""
        start = time.perf_counter()
        response = self.client.post(f"/v1/conversations/{conversation}/turns", json={"text": text})
        latency_ms = (time.perf_counter() - start) * 1000
        if response.is_error:
            return Answer({"status": f"failed {response.status_code}", "answer": response.text[:400]}, latency_ms)
        return Answer(response.json(), latency_ms)

    def _accepted(self, response: httpx.Response) -> Any:
        if response.is_error:
            raise RuntimeError(f"{response.request.method} {response.request.url.path}: {response.status_code} {response.text[:600]}")
        return response.json()


@contextmanager
def desk(settings: Settings, address: Address, books: Household) -> Iterator[Desk]:
    """The household's person, made a customer."""
    email = f"{books.name}@evals.example"
    person = {"name": books.person, "timezone": books.timezone, "currency": books.currency}
    create_user(settings, address.admin_url, email=email, password=PASSWORD, **person)
    token = development_token(settings, address.admin_url, email)
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    with httpx.Client(base_url=address.url, headers=headers, timeout=TIMEOUT_S, trust_env=False) as client:
        yield Desk(client)
