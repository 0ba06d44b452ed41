"""Reads CAMT.053, the ISO 20022 statement, in any of its versions, and CAMT.052, the report of a day that is still open.

An entry is what the bank booked; its details are the payments within. Where their amounts make up the entry's to the cent, each becomes
a row of its own, else the entry stays one. `CdtDbtInd` tells the direction also of a reversal.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain

from kit.errors import FieldError, Invalid
from ledger.feeds.camt_words import details_words, end_to_end_id
from ledger.feeds.rows import RAW_MAX, FactRow, Unreadable
from ledger.feeds.statements import Reader, Statement, booked_fact, day_of, minor_of
from ledger.feeds.text import tidy
from ledger.feeds.xml_elements import Element, read_elements

_STATEMENTS = {"Stmt", "Rpt"}
_WANTED = {"Acct", "Bal", "Ntry"}
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def read_camt(content: bytes, reader: Reader) -> list[Statement]:
    """The statements of a file. Raises Invalid for XML that is no statement."""
    scan = _Scan(reader)
    broken_at = read_elements(content, _WANTED, scan.begun, scan.take)
    if not scan.statements:
        reason = f"line {broken_at} is not XML" if broken_at else "the file is XML, but no CAMT.053 statement"
        raise Invalid("file_has_no_statement", reason, [FieldError("/file", "no statement")])
    if broken_at is not None:
        scan.statements[-1].reject(broken_at, "file", "the file breaks off here: it was cut short or is damaged", "")
    return scan.statements


class _Scan:
    def __init__(self, reader: Reader) -> None:
        self.statements: list[Statement] = []
        self._reader = reader

    def begun(self, name: str, line: int) -> None:
        if name in _STATEMENTS:
            self.statements.append(Statement(line))
        elif name == "BkToCstmrDbtCdtNtfctn":
            raise Invalid(
                "file_is_a_notification",
                "the file is a CAMT.054 notification: it repeats single bookings; import the CAMT.053 statement instead",
                [FieldError("/file", "a notification")],
            )

    def take(self, element: Element) -> None:
        if not self.statements:
            return
        statement = self.statements[-1]
        if element.name == "Acct":
            statement.number = element.value("Id/IBAN") or element.value("Id/Othr/Id")
            statement.currency = element.value("Ccy").upper()
            if element.value("Tp/Cd") in ("SVGS", "CASH", "CARD"):
                statement.kind = {"SVGS": "savings", "CARD": "card"}.get(element.value("Tp/Cd"))
            return
        try:
            if element.name == "Bal":
                self._balance(element, statement)
            else:
                statement.rows.extend(self._facts(element, statement))
        except Unreadable as why:
            statement.reject(element.line, why.field, why.reason, _raw(element))

    def _currency(self, statement: Statement, amount: Element | None) -> str:
        """The account's currency; that of its first amount where the account does not say."""
        told = "" if amount is None else amount.attributes.get("Ccy", "").upper()
        if not statement.currency:
            statement.currency = told
        if told and told != statement.currency:
            raise Unreadable("currency", f"the row is in {told[:10]}, the account in {statement.currency[:10]}")
        return statement.currency or self._reader.currency

    def _balance(self, element: Element, statement: Statement) -> None:
        kind = element.value("Tp/CdOrPrtry/Cd")
        if kind not in (*_OPENING, *_CLOSING):
            return
        amount = element.find("Amt")
        minor = minor_of(element.value("Amt"), self._currency(statement, amount), "balance")
        minor = -minor if element.value("CdtDbtInd") == "DBIT" else minor
        told = (_day(element, "Dt"), minor)
        if kind in _CLOSING:
            statement.closing = told
        elif statement.opening is None:
            statement.opening = told

    def _facts(self, entry: Element, statement: Statement) -> list[FactRow]:
        """The rows of an entry. Raises Unreadable for one that is not booked, or no movement."""
        status = entry.value("Sts/Cd") or entry.value("Sts")
        if status and status != "BOOK":
            raise Unreadable("status", f"not booked: {status[:40]}")
        currency = self._currency(statement, entry.find("Amt"))
        total = _signed(entry, minor_of(entry.value("Amt"), currency))
        booked_on = _day(entry, "BookgDt") if entry.find("BookgDt") else _day(entry, "ValDt")
        details = [each for group in entry.all("NtryDtls") for each in group.all("TxDtls")]
        parts = []
        if len(details) == 1:
            parts = [self._row(entry, details[0], booked_on, total, currency)]
        elif details:
            amounts = [_part(detail, currency, total) for detail in details]
            if None not in amounts and sum(amount or 0 for amount in amounts) == total:
                parts = [self._row(entry, each, booked_on, amount or 0, currency) for each, amount in zip(details, amounts, strict=True)]
        return self._without_charges(entry, parts or [self._row(entry, None, booked_on, total, currency)], currency)

    def _row(self, entry: Element, detail: Element | None, booked_on: date, amount_minor: int, currency: str) -> FactRow:
        description, counterparty = details_words(entry, detail, amount_minor)
        references = (
            entry.value("NtryRef"),
            *(() if detail is None else (end_to_end_id(detail), detail.value("Refs/TxId"), detail.value("Refs/AcctSvcrRef"))),
        )
        row = FactRow(
            line=entry.line,
            booked_on=booked_on,
            amount_minor=amount_minor,
            description=description,
            counterparty=counterparty,
            category=None,
            reference=entry.value("AcctSvcrRef") or None,
            balance_minor=None,
            currency=currency,
            references=tuple(dict.fromkeys(filter(None, references))),
        )
        return booked_fact(row, self._reader.today)

    def _without_charges(self, entry: Element, rows: list[FactRow], currency: str) -> list[FactRow]:
        """Charges that the entry includes stand as a row beside the only payment, so that each counts as what it is."""
        charged = sum(_charges(entry, currency)) if len(rows) == 1 else 0
        first = rows[0]
        if charged >= 0 or first.amount_minor == charged or (first.amount_minor < 0 and first.amount_minor > charged):
            return rows
        payment = replace(first, amount_minor=first.amount_minor - charged)
        return [payment, replace(first, amount_minor=charged, description=f"Charges: {first.description}", category="Fees")]


def _charges(entry: Element, currency: str) -> list[int]:
    """What each charge that the amount includes does to the account."""
    details = (detail for group in entry.all("NtryDtls") for detail in group.all("TxDtls"))
    found: list[int] = []
    for place in chain((entry,), details):
        for charges in place.all("Chrgs"):
            for record in charges.all("Rcrd") or [charges]:
                amount = record.find("Amt")
                if amount is None or record.value("ChrgInclInd") != "true" or amount.attributes.get("Ccy", currency) != currency:
                    continue
                minor = minor_of(amount.text, currency, "charges")
                found.append(minor if record.value("CdtDbtInd") == "CRDT" else -minor)
        if found:  # the details repeat what the entry says
            break
    return found


def _part(detail: Element, currency: str, total: int) -> int | None:
    """A payment's share of its entry, None where it is not told in the account's currency."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        amount = detail.find(path)
        if amount is not None:
            if amount.attributes.get("Ccy", currency) != currency:
                return None
            minor = minor_of(amount.text, currency)
            indicator = detail.value("CdtDbtInd")
            outward = indicator == "DBIT" if indicator else total < 0
            return -minor if outward else minor
    return None


def _signed(element: Element, minor: int) -> int:
    indicator = element.value("CdtDbtInd")
    if indicator not in ("CRDT", "DBIT"):
        raise Unreadable("indicator", f"{indicator[:40]!r} is neither CRDT nor DBIT")
    return -minor if indicator == "DBIT" else minor


def _day(element: Element, name: str) -> date:
    text = element.value(f"{name}/Dt") or element.value(f"{name}/DtTm")
    return day_of(text[:10].replace("-", ""))


def _raw(element: Element) -> str:
    leaves: list[str] = []

    def walk(node: Element) -> None:
        if not node.children and node.text.strip():
            leaves.append(f"{node.name}={tidy(node.text)}")
        for child in node.children:
            walk(child)

    walk(element)
    return " ".join(leaves)[:RAW_MAX]
