"""How fast files come in: reading alone, and from `POST /v1/imports` to the answer on the running stack, 10^5 rows of each format.

Beside them the plainest that could be done with the same rows: the format's own naive reading (lines, `csv`, `json`, `xml`), and a bare
COPY of four columns into a table of PostgreSQL.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from xml.etree import ElementTree

import asyncpg

from benchmarks._feed_files import WRITERS, Row, rows
from kit.ids import new_uuid
from kit.settings import Settings
from ledger.feeds.file import parse_file
from web.cli.client import AppClient
from web.cli.people import create_user, development_token
from web.serve.stack import reachable_app

COUNT = 100_000
NAIVE: dict[str, Callable[[bytes], object]] = {
    "csv": lambda content: list(csv.reader(io.StringIO(content.decode()), delimiter=";")),
    "ofx": lambda content: re.findall(r"<([A-Z.]+)>([^<]*)", content.decode()),
    "qif": lambda content: [record.split("\n") for record in content.decode().split("^\n")],
    "camt": ElementTree.fromstring,
    "mt940": lambda content: re.split(r"\n:(\d\d[A-Z]?):", content.decode()),
    "json": json.loads,
    "array": json.loads,
}


def measure() -> str:
    settings = Settings()
    found = rows(COUNT)
    files = {name: write(found) for name, write in WRITERS.items()}
    figures = []
    with reachable_app(settings) as address:
        copy_s = asyncio.run(_copied_s(address.admin_url, found))
        for name, content in files.items():
            naive_s, read_s = _took_s(lambda: NAIVE[name](content)), _took_s(lambda: _read(content))  # noqa: B023  called at once
            import_s = _import_s(settings, address.admin_url, address.url, name, content)
            figures.append(
                f"{name}_s={import_s:.1f} {name}_rows_per_s={COUNT / import_s:.0f} {name}_read_s={read_s:.2f}"
                f" {name}_naive_s={naive_s:.2f} {name}_to_copy={import_s / copy_s:.0f}"
            )
    return f"BENCH feeds rows={COUNT} copy_s={copy_s:.2f} {' '.join(figures)} load={os.getloadavg()[0]:.1f}"


def _took_s(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _read(content: bytes) -> None:
    parsed = parse_file(content, currency="EUR", account_kind="checking", today=date(2026, 11, 21))
    assert (len(parsed.rows), parsed.rejected, parsed.questions) == (COUNT, (), ())


def _import_s(settings: Settings, admin_url: str, url: str, name: str, content: bytes) -> float:
    """One file of a customer of its own."""
    email = f"feeds-{new_uuid().hex}@steward.example"
    create_user(settings, admin_url, email=email, password=new_uuid().hex, name="Feeds", timezone="Europe/Berlin", currency="EUR")
    client = AppClient.at(url, development_token(settings, admin_url, email))
    try:
        form = {"account_name": "Current", "account_kind": "checking", "currency": "EUR"}
        began = time.perf_counter()
        answer = client.post("/v1/imports", files={"file": (f"file.{name}", content, "text/plain")}, data=form)
        took_s = time.perf_counter() - began
    finally:
        client.close()
    assert (answer["imported"], answer["duplicates"]) == (COUNT, 0)
    return took_s


async def _copied_s(admin_url: str, found: Sequence[Row]) -> float:
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute("create temporary table copied (line int primary key, booked_on date, amount_minor bigint, words text)")
        began = time.perf_counter()
        await connection.copy_records_to_table("copied", records=[(line, *row) for line, row in enumerate(found)])
        return time.perf_counter() - began
    finally:
        await connection.close()
