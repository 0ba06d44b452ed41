"""A household's accounts as the files that banks hand out: one CSV per account, each bank with a layout of its own.

A layout's columns are written as `header = what stands in it`. Where a layout leaves room for two readings (day before month or after,
which sign a charge has), `mapping` is what its owner would answer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.evals.books import Account, Fact, Household

Mapping = dict[str, str | int]


@dataclass(frozen=True)
class Style:
    """How a bank writes days and amounts."""

    days: str = "%Y-%m-%d"
    decimal: str = "."
    thousands: str = ""
    inverted: bool = False

    def money(self, amount_minor: int) -> str:
        whole, cents = divmod(abs(amount_minor), 100)
        text = f"{whole:,}".replace(",", self.thousands) + f"{self.decimal}{cents:02d}"
        return f"-{text}" if amount_minor < 0 else text


@dataclass(frozen=True)
class Line:
    """What a cell can be made of."""

    fact: Fact
    balance_minor: int
    currency: str
    style: Style


Cell = Callable[[Line], str]


def day(line: Line) -> str:
    return line.fact.on.strftime(line.style.days)


def text(line: Line) -> str:
    return line.fact.text


def amount(line: Line) -> str:
    return line.style.money(-line.fact.amount_minor if line.style.inverted else line.fact.amount_minor)


def balance(line: Line) -> str:
    return line.style.money(line.balance_minor)


def category(line: Line) -> str:
    return line.fact.category or ""


def currency(line: Line) -> str:
    return line.currency


def debit(line: Line) -> str:
    return line.style.money(line.fact.magnitude_minor) if line.fact.amount_minor < 0 else ""


def credit(line: Line) -> str:
    return line.style.money(line.fact.magnitude_minor) if line.fact.amount_minor > 0 else ""


def said(words: str) -> Cell:
    return lambda line: words


def either(outgoing: str, incoming: str) -> Cell:
    return lambda line: outgoing if line.fact.amount_minor < 0 else incoming


@dataclass(frozen=True)
class Layout:
    columns: dict[str, Cell]
    style: Style = Style()
    delimiter: str = ","
    encoding: str = "utf-8"
    newest_first: bool = False
    mapping: Mapping = field(default_factory=dict)


GERMAN = Style(days="%d.%m.%Y", decimal=",", thousands=".")
BRITISH = Style(days="%d/%m/%Y")
AMERICAN = Style(days="%m/%d/%Y")
SWISS = Style(days="%d.%m.%Y", thousands="'")
NORDIC = Style(days="%Y-%m-%d", decimal=",")

LAYOUTS: dict[str, Layout] = {
    "sparkasse": Layout(
        {
            "Auftragskonto": said("DE00 0000 0000"),
            "Buchungstag": day,
            "Valutadatum": day,
            "Buchungstext": either("KARTENZAHLUNG", "GUTSCHRIFT"),
            "Verwendungszweck": text,
            "Betrag": amount,
            "Waehrung": currency,
            "Saldo nach Buchung": balance,
            "Kategorie": category,
        },
        GERMAN,
        delimiter=";",
        newest_first=True,
    ),
    "dkb_card": Layout(
        {"Belegdatum": day, "Beschreibung": text, "Betrag (EUR)": amount, "Kategorie": category}, GERMAN, delimiter=";", encoding="latin-1"
    ),
    "lloyds": Layout(
        {
            "Transaction Date": day,
            "Transaction Type": either("DEB", "CR"),
            "Transaction Description": text,
            "Debit Amount": debit,
            "Credit Amount": credit,
            "Balance": balance,
        },
        BRITISH,
        newest_first=True,
        mapping={"date_format": "%d/%m/%Y"},
    ),
    "uk_card": Layout(
        {"Date": day, "Description": text, "Amount": amount},
        Style(days="%d/%m/%Y", inverted=True),
        mapping={"date_format": "%d/%m/%Y", "sign": "inverted"},
    ),
    "uk_card_category": Layout(
        {"Date": day, "Description": text, "Category": category, "Amount": amount}, BRITISH, mapping={"date_format": "%d/%m/%Y"}
    ),
    "us_checking": Layout(
        {
            "Details": either("DEBIT", "CREDIT"),
            "Posting Date": day,
            "Description": text,
            "Amount": amount,
            "Type": either("ACH_DEBIT", "ACH_CREDIT"),
            "Balance": balance,
            "Category": category,
        },
        AMERICAN,
        newest_first=True,
        mapping={"date_format": "%m/%d/%Y"},
    ),
    "chase_card": Layout(
        {
            "Transaction Date": day,
            "Post Date": day,
            "Description": text,
            "Category": category,
            "Type": either("Sale", "Payment"),
            "Amount": amount,
            "Memo": said(""),
        },
        AMERICAN,
        newest_first=True,
        mapping={"date_format": "%m/%d/%Y"},
    ),
    "swiss": Layout({"Datum": day, "Buchungstext": text, "Belastung": debit, "Gutschrift": credit, "Saldo": balance}, SWISS, delimiter=";"),
    "wallet": Layout({"Date": day, "Note": text, "Amount": amount}),
    "nordea": Layout(
        {"Bokföringsdag": day, "Belopp": amount, "Rubrik": text, "Saldo": balance, "Valuta": currency, "Kategori": category},
        NORDIC,
        delimiter=";",
        newest_first=True,
        mapping={"category": "Kategori"},
    ),
    "nordic_card": Layout(
        {"Datum": day, "Beskrivning": text, "Belopp": amount, "Kategori": category}, NORDIC, delimiter=";", mapping={"category": "Kategori"}
    ),
    "fintech": Layout(
        {
            "Type": either("CARD_PAYMENT", "TOPUP"),
            "Completed Date": lambda line: f"{day(line)} 08:15:00",
            "Description": text,
            "Amount": amount,
            "Fee": said("0.00"),
            "Currency": currency,
            "State": said("COMPLETED"),
            "Balance": balance,
            "Category": category,
        }
    ),
    "credit_union": Layout(
        {"Date": day, "Details": text, "Withdrawn": debit, "Lodged": credit, "Balance": balance, "Category": category},
        Style(days="%d-%b-%Y"),
    ),
}


@dataclass(frozen=True)
class Export:
    """One file, and what its owner says on handing it in."""

    account: Account
    file_name: str
    content: bytes
    mapping: Mapping
    opening_minor: int | None  # told by hand where the file names no balance


def exports(books: Household) -> list[Export]:
    return [_export(books, account) for account in books.accounts]


def _export(books: Household, account: Account) -> Export:
    layout = LAYOUTS[account.layout]
    opening = account.opening_minor if account.told and not account.balances else None
    name = account.name.lower().replace(" ", "-")
    return Export(account, f"{books.name}-{name}.csv", _rendered(books, account, layout), layout.mapping, opening)


def _rendered(books: Household, account: Account, layout: Layout) -> bytes:
    running, lines = account.opening_minor, []
    for fact in books.facts:
        if fact.account == account.name:
            running += fact.amount_minor
            lines.append(Line(fact, running, books.currency, layout.style))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=layout.delimiter, lineterminator="\r\n")
    writer.writerow(layout.columns)
    writer.writerows([cell(line) for cell in layout.columns.values()] for line in (reversed(lines) if layout.newest_first else lines))
    return file.getvalue().encode(layout.encoding)
