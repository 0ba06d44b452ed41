"""Reads QIF, Quicken's old format: records of lines, each line led by a letter, each record ended by `^`.

The format tells neither the order of day and month nor the decimal mark nor the currency, so the first two are proved by the file as a
table's are, or asked; the currency is the account's. Splits that make up the amount are rows of their own, each with its category.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kit.errors import FieldError, Invalid
from ledger.feeds.csv_amounts import Number, read_number
from ledger.feeds.csv_dates import FORMATS, Numbers, read_date, read_format, resolve
from ledger.feeds.csv_evidence import Day, decide_decimal, decide_order, example_of
from ledger.feeds.csv_mapping import malformed
from ledger.feeds.csv_questions import ask_date_order, ask_decimal
from ledger.feeds.rows import RAW_MAX, FactRow, ParsedFile, Question, Unreadable
from ledger.feeds.statements import Reader, Statement, booked_fact, one_account, only_account
from ledger.feeds.text import decode, one_line_end, tidy
from ledger.money import minor_digits, parse_amount

CHOICES = ("date_format", "decimal")
_KINDS = {"bank": "checking", "ccard": "card", "cash": "cash", "oth l": None, "oth a": None, "invst": "brokerage", "port": "brokerage"}
_OPENING = "opening balance"


@dataclass(slots=True)
class _Record:
    line: int
    values: dict[str, str] = field(default_factory=dict)
    splits: list[dict[str, str]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.raw.append(text)
        letter, value = text[:1].upper(), text[1:].strip()
        if letter == "S":
            self.splits.append({"S": value})
        elif letter in "E$" and self.splits:
            self.splits[-1].setdefault(letter, value)
        elif letter == "A":
            return  # a line of an address
        else:
            self.values.setdefault(letter, value)

    def amount(self) -> str:
        return self.values.get("T") or self.values.get("U") or ""


@dataclass(slots=True)
class _Section:
    """Records of one account of one type."""

    line: int
    name: str
    kind: str | None
    is_investment: bool
    records: list[_Record] = field(default_factory=list)
    unfinished: _Record | None = None


def read_qif(content: bytes, reader: Reader, mapping: Mapping[str, Any] | None = None) -> ParsedFile:
    """The file of one account, or what must be asked first. Raises Invalid."""
    only = only_account(mapping, CHOICES)
    given = mapping or {}
    sections = _sections(one_line_end(decode(content, None)[0]).split("\n"))
    records = [record for section in sections if not section.is_investment for record in section.records]
    days = [_day(record.values.get("D", "")) for record in records]
    numbers = [number for record in records for number in _numbers(record)]
    order = _given(given, "date_format") or decide_order(days, [], reader.today, american=True)
    decimal = _given(given, "decimal") or decide_decimal(numbers, minor_digits(reader.currency))
    questions = _questions(records, days, numbers, order, decimal)
    if order is None or decimal is None:
        return ParsedFile(format="qif", questions=questions, mapping=_used(order, decimal) | ({"only": given["only"]} if only else {}))
    reading = _Reading(reader, order, decimal)
    return one_account("qif", [reading.statement(section) for section in sections], reader, only, _used(order, decimal))


def _used(order: str | None, decimal: str | None) -> dict[str, Any]:
    return ({"date_format": FORMATS[order]} if order else {}) | ({"decimal": decimal} if decimal else {})


def _given(mapping: Mapping[str, Any], name: str) -> str | None:
    value = mapping.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or (name == "decimal" and value not in (".", ",")) or len(value) > 60:
        raise malformed([FieldError(f"/mapping/{name}", "must be . or ," if name == "decimal" else "must be a short text")])
    return value if name == "decimal" else read_format(value)


def _questions(
    records: Sequence[_Record], days: Sequence[Day], numbers: Sequence[Number | None], order: str | None, decimal: str | None
) -> tuple[Question, ...]:
    asked = []
    if order is None:
        example = example_of(days)
        assert example is not None  # undecided only where two orders give two days
        shown = next(record.values["D"] for record, day in zip(records, days, strict=True) if day == example)
        asked.append(ask_date_order(example, shown))
    if decimal is None:
        asked.append(ask_decimal(next(number.digits for number in numbers if number and ("," in number.digits or "." in number.digits))))
    return tuple(asked)


def _sections(lines: Sequence[str]) -> list[_Section]:
    """The accounts' records; lists of categories, classes, prices and memorised payments are no movements."""
    sections: list[_Section] = []
    account = ""
    for header, line, records, unfinished in _blocks(lines):
        what = header.casefold()
        if what == "!account":
            account = next((record.values.get("N", "") for record in reversed(records)), account)
        elif what.startswith("!type:") and (kind := what.removeprefix("!type:").strip()) in _KINDS:
            investment = kind in ("invst", "port")
            sections.append(_Section(line, account, _KINDS[kind], investment, records, unfinished))
    if not sections:
        raise Invalid("file_has_no_statement", "the file holds no account's transactions", [FieldError("/file", "no transactions")])
    return sections


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, int, list[_Record], _Record | None]]:
    """(header, its line, records, a record that is not ended) of each block."""
    header, begun, records = "", 0, list[_Record]()
    record = _Record(0)
    for number, text in enumerate(lines, 1):
        text = text.strip()
        if text.startswith("!") and not record.raw:
            if text.casefold().startswith(("!option:", "!clear:")):
                continue
            if header:
                yield header, begun, records, None
            header, begun, records = text, number, []
        elif text.startswith("^"):
            if record.raw:
                records.append(record)
            record = _Record(0)
        elif text:
            record.line = record.line or number
            record.add(text)
    if header:
        yield header, begun, records, record if record.raw else None


def _day(text: str) -> Day:
    """13/01'26, 1/13' 6 and 13.1.2026 alike: the apostrophe stands before a year of this century."""
    plain = re.sub(r"\s+", "", text)
    if found := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})'(\d{1,4})", plain):
        plain = f"{found[1]}{found[2]}{found[3]}{found[2]}{found[4].zfill(2)}"
    return read_date(plain)


def _numbers(record: _Record) -> Iterator[Number | None]:
    for text in (record.amount(), *(split.get("$", "") for split in record.splits)):
        yield read_number(tidy(text)) if text else None


@dataclass(frozen=True, slots=True)
class _Reading:
    reader: Reader
    order: str
    decimal: str

    def statement(self, section: _Section) -> Statement:
        statement = Statement(section.line, name=tidy(section.name)[:60], kind=section.kind, currency=self.reader.currency)
        for record in section.records:
            raw = " ".join(record.raw)[:RAW_MAX]
            try:
                if section.is_investment:
                    raise Unreadable("transaction", "it moves securities; only cash movements are read")
                if self._is_opening(record, section):
                    statement.opening = (self._booked_on(record), self._minor(record.amount()))
                else:
                    statement.rows.extend(self._facts(record))
            except Unreadable as why:
                statement.reject(record.line, why.field, why.reason, raw)
        if section.unfinished is not None:
            statement.reject(section.unfinished.line, "file", "the file ends within this record", " ".join(section.unfinished.raw))
        if statement.opening is not None and statement.rows:
            last = max(row.booked_on for row in statement.rows)
            statement.closing = (last, statement.opening[1] + sum(row.amount_minor for row in statement.rows))
        return statement

    def _is_opening(self, record: _Record, section: _Section) -> bool:
        """Quicken's way to state a balance: the first record, paid from the account to itself."""
        payee, category = record.values.get("P", "").casefold(), record.values.get("L", "")
        return payee == _OPENING and category.startswith("[") and record is section.records[0]

    def _facts(self, record: _Record) -> list[FactRow]:
        total = self._minor(record.amount())
        get = record.values.get
        payee, memo = tidy(get("P", "")), tidy(get("M", ""))
        row = FactRow(
            line=record.line,
            booked_on=self._booked_on(record),
            amount_minor=total,
            description=memo or payee or " ".join(filter(None, ("Check", get("N")))) if get("N") else memo or payee or "Transaction",
            counterparty=payee if memo and payee else None,
            category=_category(get("L", "")),
            reference=tidy(get("N", "")) or None,
            balance_minor=None,
            currency=self.reader.currency,
        )
        booked_fact(row, self.reader.today)
        return self._split(row, record) or [row]

    def _split(self, row: FactRow, record: _Record) -> list[FactRow]:
        """The splits as rows, none where they do not make up the amount."""
        amounts = [self._minor(split.get("$", "")) for split in record.splits]
        if len(amounts) < 2 or sum(amounts) != row.amount_minor:
            return []
        rows = []
        for split, amount_minor in zip(record.splits, amounts, strict=True):
            if amount_minor:
                words = tidy(split.get("E", "")) or row.description
                part = replace(row, amount_minor=amount_minor, category=_category(split["S"]), description=words)
                rows.append(booked_fact(part, self.reader.today))
        return rows

    def _booked_on(self, record: _Record) -> date:
        text = record.values.get("D", "")
        day = _day(text)
        found = resolve(day, self.order) if isinstance(day, Numbers) else day
        if found is None:
            raise Unreadable("date", f"{text[:40]!r} is not a date" if text else "the date is missing")
        return found

    def _minor(self, text: str) -> int:
        if not text:
            raise Unreadable("amount", "the amount is missing")
        number = read_number(tidy(text))
        if number is None:
            raise Unreadable("amount", f"{text[:60]!r} is not an amount")
        try:
            minor = parse_amount(number.digits, self.decimal, self.reader.currency)
        except Invalid as error:
            raise Unreadable("amount", error.detail) from None
        return -minor if number.mark in ("-", "DR") else minor


def _category(text: str) -> str | None:
    """A category without Quicken's class; an account in brackets means a transfer to it."""
    text = tidy(text.partition("/")[0])
    return "Transfer" if text.startswith("[") else text or None
