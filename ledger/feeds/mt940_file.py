"""Reads MT940, SWIFT's statement of an account: lines with tags (`:61:` a booking, `:86:` its words, `:60F:` and `:62F:` balances).

Read here rather than by a package, so that a line that cannot be read is rejected by itself, with its number.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from kit.errors import FieldError, Invalid
from ledger.feeds.mt940_words import Words, read_words
from ledger.feeds.rows import FactRow, Unreadable
from ledger.feeds.statements import Reader, Statement, booked_fact, day_of, minor_of
from ledger.feeds.text import decode, one_line_end, tidy

_TAG = re.compile(r"(?m)^(?:\{[^\n]*?)?:(\d\d[A-Z]?):")
_BOOKING = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?(?P<amount>\d[\d.]*,\d{0,3}|\d+)"
    r"(?:(?P<kind>[A-Z][A-Z0-9]{3})(?P<own>[^\n]*?)(?://(?P<bank>[^\n]*))?)?(?:\n(?P<more>.*))?",
    re.DOTALL,
)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d[\d.]*,?\d*)")
_END = re.compile(r"\n-\}?[^\S\n]*(?:\n|$)")
_NUMBER = re.compile(r"(?P<number>.*?)(?P<currency>[A-Z]{3})?")
_NO_REFERENCE = {"NONREF", "NOREF", "", "NOTPROVIDED", "EREF", "KREF", "PREF", "MREF", "KREF+"}


def read_mt940(content: bytes, reader: Reader) -> list[Statement]:
    """The statements of a file, one for each `:20:`. Raises Invalid for a file without any."""
    text = one_line_end(decode(content, None)[0])
    scan = _Scan(reader)
    line, seen = 1, 0
    places = [*_TAG.finditer(text), None]
    for found, following in pairwise(places):
        assert found is not None
        line += text.count("\n", seen, found.start())
        seen = found.start()
        value = text[found.end() : following.start() if following else len(text)]
        scan.take(line, found[1], _END.split(value, maxsplit=1)[0].strip("\n"))
    scan.end(text.count("\n") + 1)
    if not scan.statements:
        raise Invalid("file_has_no_statement", "the file holds no statement", [FieldError("/file", "no statement")])
    return scan.statements


class _Scan:
    def __init__(self, reader: Reader) -> None:
        self.statements: list[Statement] = []
        self._reader = reader
        self._booking: tuple[int, str] | None = None  # a :61: whose :86: may follow

    def take(self, line: int, tag: str, value: str) -> None:
        if tag == "86" and self._booking is not None:
            self._book(value)
            return
        self._book("")
        if tag == "20" or not self.statements:
            self.statements.append(Statement(line))
        statement = self.statements[-1]
        try:
            if tag == "25":
                self._account(statement, value)
            elif tag in ("60F", "60M", "62F", "62M"):
                self._balance(statement, tag, value)
            elif tag == "61":
                self._booking = (line, value)
        except Unreadable as why:
            statement.reject(line, why.field, why.reason, value)

    def end(self, line: int) -> None:
        self._book("")
        for statement in self.statements:
            if statement.opening is not None and statement.closing is None:
                at = line if statement is self.statements[-1] else statement.line
                statement.reject(at, "file", "the statement has no closing balance: the file was cut short", "")

    def _account(self, statement: Statement, value: str) -> None:
        number = tidy(value)
        found = _NUMBER.fullmatch(number)
        has_currency = found is not None and found["currency"] is not None and found["number"][-1:].isdigit()
        statement.number = found["number"] if has_currency and found is not None else number

    def _balance(self, statement: Statement, tag: str, value: str) -> None:
        found = _BALANCE.match(value.strip())
        if found is None:
            raise Unreadable("balance", "the balance cannot be read")
        if statement.currency and statement.currency != found[3]:
            raise Unreadable("currency", f"the balance is in {found[3]}, the statement in {statement.currency}")
        statement.currency = found[3]
        minor = minor_of(found[4], found[3], "balance")
        told = (day_of(f"20{found[2]}"), -minor if found[1] == "D" else minor)
        if tag.startswith("62"):
            statement.closing = told
        elif statement.opening is None:
            statement.opening = told

    def _book(self, words: str) -> None:
        if self._booking is None:
            return
        (line, value), self._booking = self._booking, None
        statement = self.statements[-1]
        try:
            statement.rows.append(self._fact(statement, line, value, words))
        except Unreadable as why:
            statement.reject(line, why.field, why.reason, f":61:{value} :86:{words}".replace("\n", " "))

    def _fact(self, statement: Statement, line: int, value: str, text: str) -> FactRow:
        found = _BOOKING.fullmatch(value)
        if found is None:
            raise Unreadable("row", "the booking cannot be read")
        mark = found["mark"]
        if mark in ("EC", "ED"):
            raise Unreadable("status", "not booked: only expected")
        minor = minor_of(found["amount"], statement.currency or self._reader.currency)
        words = read_words(text, outflow := mark in ("D", "RC"))
        own, bank = tidy(found["own"] or ""), tidy(found["bank"] or "")
        description = words.description or tidy(found["more"] or "") or words.counterparty or own or found["kind"] or "Booking"
        row = FactRow(
            line=line,
            booked_on=_booked_on(found["value"], found["entry"]),
            amount_minor=-minor if outflow else minor,
            description=f"Reversal {description}" if mark in ("RC", "RD") else description,
            counterparty=words.counterparty,
            category=None,
            reference=None if bank.upper() in _NO_REFERENCE else bank,
            balance_minor=None,
            currency=statement.currency or self._reader.currency,
            references=_references(own, words),
        )
        return booked_fact(row, self._reader.today)


def _references(own: str, words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in (own, *words.references) if each.upper() not in _NO_REFERENCE))


def _booked_on(value: str, entry: str | None) -> date:
    """The booking day: it has no year, so it lies in the one that brings it nearest to the value day."""
    value_on = day_of(f"20{value}")
    if entry is None:
        return value_on
    days = []
    for year in (value_on.year - 1, value_on.year, value_on.year + 1):
        try:
            days.append(date(year, int(entry[:2]), int(entry[2:])))
        except ValueError:
            continue
    if not days:
        raise Unreadable("date", f"{entry!r} is not a day")
    return min(days, key=lambda day: abs((day - value_on).days))
