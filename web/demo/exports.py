"""The demo customer's movements as three banks would export them: three layouts, none of them ours."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from web.demo.household import CARD, CHECKING, OPENING_MINOR, SAVINGS, Movement


@dataclass(frozen=True)
class Export:
    """A file as it would be downloaded, and the account that it belongs to."""

    account_name: str
    account_kind: str
    file_name: str
    content: bytes


def exports(movements: list[Movement]) -> list[Export]:
    by_account = {account: [movement for movement in movements if movement.account == account] for account in OPENING_MINOR}
    return [
        Export("Checking", CHECKING, "Umsaetze_Girokonto.csv", _checking(by_account[CHECKING])),
        Export("Savings", SAVINGS, "savings-statement.csv", _savings(by_account[SAVINGS])),
        Export("Card", CARD, "card_transactions.csv", _card(by_account[CARD])),
    ]


def _checking(movements: Iterable[Movement]) -> bytes:
    """German, newest first, in ISO 8859-1, with the balance after each booking."""
    balance = OPENING_MINOR[CHECKING]
    rows = []
    for movement in movements:
        balance += movement.amount_minor
        day = f"{movement.on:%d.%m.%Y}"
        rows.append([day, day, movement.party, movement.text, _german(movement.amount_minor), "EUR", _german(balance)])
    header = ["Buchungstag", "Wertstellung", "Auftraggeber/Empfänger", "Verwendungszweck", "Betrag", "Währung", "Saldo"]
    return _written([header, *reversed(rows)], delimiter=";").encode("iso-8859-1")


def _savings(movements: Iterable[Movement]) -> bytes:
    """English, two amount columns, oldest first."""
    balance = OPENING_MINOR[SAVINGS]
    rows = [["Date", "Description", "Money out", "Money in", "Balance"]]
    for movement in movements:
        balance += movement.amount_minor
        out = _plain(-movement.amount_minor) if movement.amount_minor < 0 else ""
        into = _plain(movement.amount_minor) if movement.amount_minor > 0 else ""
        rows.append([movement.on.isoformat(), f"{movement.party} {movement.text}".strip(), out, into, _plain(balance)])
    return _written(rows).encode()


def _card(movements: Iterable[Movement]) -> bytes:
    """English with the bank's own categories, a byte order mark, and quotes everywhere."""
    balance = OPENING_MINOR[CARD]
    rows = []
    for movement in movements:
        balance += movement.amount_minor
        description = f"{movement.party} {movement.text}".strip()
        day = f"{movement.on:%Y/%m/%d}"
        rows.append([day, description, movement.category, _plain(movement.amount_minor), "EUR", _plain(balance)])
    header = ["Transaction date", "Description", "Category", "Amount", "Currency", "Balance"]
    return ("\ufeff" + _written([header, *reversed(rows)], quoting=csv.QUOTE_ALL)).encode()


def _plain(amount_minor: int) -> str:
    sign = "-" if amount_minor < 0 else ""
    return f"{sign}{abs(amount_minor) // 100}.{abs(amount_minor) % 100:02d}"


def _german(amount_minor: int) -> str:
    sign = "-" if amount_minor < 0 else ""
    whole = f"{abs(amount_minor) // 100:,}".replace(",", ".")
    return f"{sign}{whole},{abs(amount_minor) % 100:02d}"


def _written(rows: Iterable[list[str]], *, delimiter: str = ",", quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return file.getvalue()
