"""Reads a bank's CSV export: bytes in, facts, rejections and questions out. What a file does not prove is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kit.errors import FieldError, Invalid
from ledger.feeds.csv_amounts import Number, read_number
from ledger.feeds.csv_columns import Columns, choose_columns
from ledger.feeds.csv_dates import FORMATS, read_date, read_format
from ledger.feeds.csv_evidence import (
    Chain,
    Day,
    Directions,
    decide_decimal,
    decide_order,
    decide_sign,
    example_of,
    follow,
    read_all,
    steps,
)  # fmt: skip
from ledger.feeds.csv_mapping import SEVERAL, SINGLE, Column, Given, malformed, read_mapping
from ledger.feeds.csv_questions import ask_column, ask_date_order, ask_decimal, ask_owner, ask_sign
from ledger.feeds.csv_records import Record
from ledger.feeds.csv_rows import Printed, Reading, movements
from ledger.feeds.csv_table import Table, find_table
from ledger.feeds.csv_words import speaks_english
from ledger.feeds.rows import FactRow, Format, ParsedFile, Question, RejectedRow, Unreadable
from ledger.feeds.text import decode, split_lines, tidy
from ledger.money import minor_digits

MAX_BYTES = 20 * 1024 * 1024


def parse_csv(
    content: bytes, *, currency: str, account_kind: str, mapping: Mapping[str, Any] | None = None, today: date, max_bytes: int = MAX_BYTES
) -> ParsedFile:
    """Reads a CSV file of an account. Raises Invalid for a file that is no table and for a mapping that does not fit it."""
    given = read_mapping(mapping)
    if len(content) > max_bytes:
        raise Invalid("file_is_too_large", f"a file may have {max_bytes} bytes", [FieldError("/file", "too large")])
    text, encoding = decode(content, given.encoding)
    table = find_table(split_lines(text), given)
    skip_rows = table.header_line - 1 if table.header_line is not None else given.skip_rows
    options = {"delimiter": table.delimiter, "encoding": encoding, "skip_rows": skip_rows}
    return read_table(table, given, options, "csv", currency=currency, account_kind=account_kind, today=today)


def read_table(
    table: Table, given: Given, options: Mapping[str, Any], kind_of_file: Format, *, currency: str, account_kind: str, today: date
) -> ParsedFile:
    """Reads the rows of a table, wherever it came from; `options` are what the mapping says besides columns."""
    digits = minor_digits(currency)
    columns = choose_columns(table, given)
    used = _used_mapping(table, columns, given, options)
    shown = tuple(name or f"Column {index + 1}" for index, name in enumerate(table.names))
    draft = ParsedFile(mapping=used, columns=shown, format=kind_of_file)
    if questions := _missing_columns(table, columns):
        return replace(draft, questions=questions)
    records = _of_owner(table, columns, given, account_kind)
    if isinstance(records, Question):
        return replace(draft, questions=(records,))
    return _Reader(table, columns, given, draft, records, currency, digits, account_kind == "card", today).read()


def _used_mapping(table: Table, columns: Columns, given: Given, options: Mapping[str, Any]) -> dict[str, Any]:
    used: dict[str, Any] = {role: table.name_of(columns.single[role]) for role in SINGLE if role in columns.single}
    for role in SEVERAL:
        places = [table.name_of(index) for index in columns.texts(role)]
        if places:
            used[role] = places[0] if len(places) == 1 else places
    used |= {field: None for field, names in given.columns.items() if not names}
    used |= options
    if given.only:
        used["only"] = {"column": given.only[0], "value": given.only[1]}
    elif given.all_owners:
        used["only"] = None
    return used


def _missing_columns(table: Table, columns: Columns) -> tuple[Question, ...]:
    missing = [] if "date" in columns.single else ["date"]
    if not {"amount", "debit", "credit"} & set(columns.single):
        missing.append("amount")
    choices: list[tuple[str, Column]] = [(name, table.name_of(index)) for index, name in enumerate(table.names[:50])]
    return tuple(ask_column(field, choices) for field in missing)


def _of_owner(table: Table, columns: Columns, given: Given, account_kind: str) -> Sequence[Record] | Question:
    """The rows of one account; a file of several is asked about."""
    if given.only:
        place = table.index_of(given.only[0])
        if place is None:
            raise malformed([FieldError("/mapping/only", f"there is no single column {given.only[0]!r}")])
        return [record for record in table.rows if tidy(record[1][place]) == given.only[1]]
    owner = columns.owner
    if owner is None or given.all_owners or account_kind == "card":
        return table.rows
    booked = movements(table.rows, columns)
    values = sorted({value for _, cells in booked if (value := tidy(cells[owner]))})
    if 2 <= len(values) <= 20 and len(values) * 2 <= len(booked):
        return ask_owner(table.names[owner], table.name_of(owner), values)
    return table.rows


@dataclass(slots=True)
class _Row:
    record: Record
    booked_on: date
    printed: Printed
    balance_minor: int | None


class _Reader:
    """One reading of one table's rows."""

    def __init__(
        self, table: Table, columns: Columns, given: Given, draft: ParsedFile, records: Sequence[Record], currency: str, digits: int,
        card: bool, today: date,
    ) -> None:  # fmt: skip
        self._table, self._columns, self._given, self._draft = table, columns, given, draft
        self._currency, self._digits, self._card, self._today = currency, digits, card, today
        self._records = movements(records, columns)
        self._questions: list[Question] = []
        self._swapped: dict[str, Column] = {}
        self._rejected = [
            RejectedRow(line, "row", f"has {len(cells)} cells where the table has {len(table.names)}", table.delimiter.join(cells)[:500])
            for line, cells in table.ragged
        ]

    def read(self) -> ParsedFile:
        days = self._days("date")
        decimal = self._decimal()
        order = self._order(days)
        reading = Reading(
            columns=self._columns,
            delimiter=self._table.delimiter,
            currency=self._currency,
            decimal=decimal,
            order=order,
            debit_is_negative=self._is_negative("debit"),
            credit_is_negative=self._is_negative("credit"),
            today=self._today,
        )
        rows = self._rows(reading, days)
        downward = self._direction(days, order)
        chain = self._chain(reading, rows, downward)
        if self._columns.split_guessed:
            chain = self._settle_split(rows, chain)
        sign = self._sign(rows, chain)
        mapping = {**self._draft.mapping, **self._swapped, "date_format": FORMATS[order], "decimal": decimal, "sign": sign}
        if self._columns.get("fee") is None:
            mapping.pop("fee", None)
        if self._questions:
            undecided = {question.field for question in self._questions}
            known = {field: value for field, value in mapping.items() if field not in undecided}
            return replace(self._draft, questions=tuple(self._questions), mapping=known)
        return self._finish(reading, rows, chain, downward, sign, mapping)

    def _days(self, role: str) -> list[Day]:
        place = self._columns.get(role)
        return [read_date(cells[place]) for _, cells in self._records] if place is not None else []

    def _numbers(self, *roles: str) -> Iterator[Number | None]:
        for role in roles:
            place = self._columns.get(role)
            if place is not None:
                yield from (read_number(tidy(cells[place])) for _, cells in self._records)

    def _decimal(self) -> str:
        if self._given.decimal:
            return self._given.decimal
        decimal = decide_decimal(self._numbers("amount", "debit", "credit", "balance", "fee"), self._digits)
        if decimal is None:
            numbers = self._numbers("amount", "debit", "credit", "balance", "fee")
            shown = next(number.digits for number in numbers if number and ("," in number.digits or "." in number.digits))
            self._questions.append(ask_decimal(shown))
            return "." if "," in shown else ","
        return decimal

    def _order(self, days: Sequence[Day]) -> str:
        if self._given.date_format:
            return read_format(self._given.date_format)
        american = self._table.header_line is None or speaks_english(self._table.names)
        order = decide_order(days, self._days("value_date"), self._today, american=american)
        if order is not None:
            return order
        example = example_of(days)
        assert example is not None  # undecided only where two orders give two days
        place = self._columns.single["date"]
        shown = next(tidy(cells[place]) for (_, cells), day in zip(self._records, days, strict=True) if day == example)
        self._questions.insert(0, ask_date_order(example, shown))
        return "dmy"

    def _is_negative(self, role: str) -> bool:
        """Whether most amounts of a column are printed with a minus, which then says no more than the column does."""
        marks = [number.mark == "-" for number in self._numbers(role) if number and number.digits.strip("0.,")]
        return sum(marks) * 2 > len(marks)

    def _rows(self, reading: Reading, days: Sequence[Day]) -> list[_Row]:
        """The rows that can be read; the others go to the rejected ones."""
        rows = []
        place = self._columns.single["date"]
        for record, day in zip(self._records, days, strict=True):
            cells = record[1]
            try:
                reading.check_booked(cells)
                booked_on = reading.booked_on(day, cells[place])
                printed = reading.printed(cells)
                if printed is None:
                    raise Unreadable("amount", "the amount is missing")
                rows.append(_Row(record, booked_on, printed, reading.balance(cells)))
            except Unreadable as why:
                self._rejected.append(reading.rejected(record, why))
        return rows

    def _direction(self, days: Sequence[Day], order: str) -> bool | None:
        """Whether the file runs from the newest row to the oldest; None when its dates do not say."""
        ups, downs = steps(read_all(days, order))
        return None if ups == downs else downs > ups

    def _chain(self, reading: Reading, rows: list[_Row], downward: bool | None) -> Chain | None:
        """How the balance follows. A fee that the balance does not show is no part of the amount."""
        balances = [row.balance_minor for row in rows]
        chain = follow([row.printed.amount_minor for row in rows], balances, downward)
        if self._columns.get("fee") is not None and "fee" not in self._given.columns and chain is None:
            self._columns.single.pop("fee")
            for row in rows:
                printed = reading.printed(row.record[1])
                assert printed is not None
                row.printed = printed
            chain = follow([row.printed.amount_minor for row in rows], balances, downward)
        return chain

    def _settle_split(self, rows: list[_Row], chain: Chain | None) -> Chain | None:
        """Which of two nameless columns is the debit is told by the balance, or asked."""
        debit, credit = (self._table.name_of(self._columns.single[role]) for role in ("debit", "credit"))
        if chain is None or self._card:
            self._questions.extend(ask_column(field, [(str(name), name) for name in (debit, credit)]) for field in ("debit", "credit"))
        elif chain.step < 0:
            self._swapped = {"debit": credit, "credit": debit}
            for row in rows:
                row.printed = replace(row.printed, amount_minor=-row.printed.amount_minor)
            return replace(chain, step=1)
        return chain

    def _sign(self, rows: Sequence[_Row], chain: Chain | None) -> str:
        if self._given.sign:
            return self._given.sign
        known = Directions(
            printed=[row.printed.amount_minor for row in rows],
            told=[row.printed.told for row in rows],
            plus=any(row.printed.plus for row in rows),
            balances=[row.balance_minor for row in rows],
            chain=chain,
        )
        sign = decide_sign(known, card=self._card, texts=[" ".join(row.record[1]) for row in rows] if self._card else [])
        if sign is None:
            example = next(row for row in rows if row.printed.amount_minor and not row.printed.told)
            self._questions.append(ask_sign(" ".join(filter(None, map(tidy, example.record[1])))[:120]))
        return sign or "as_is"

    def _finish(
        self, reading: Reading, rows: list[_Row], chain: Chain | None, downward: bool | None, sign: str, mapping: Mapping[str, Any]
    ) -> ParsedFile:
        if downward or (downward is None and chain is not None and chain.newest_first):
            rows.reverse()
        style = _balance_style(rows, chain, sign, self._card)
        facts: list[FactRow] = []
        for row in rows:
            balance = row.balance_minor * style if row.balance_minor is not None and style else None
            try:
                facts.append(reading.fact(row.record, row.booked_on, _signed(row.printed, sign), balance))
            except Unreadable as why:
                self._rejected.append(reading.rejected(row.record, why))
        opening, closing = _bounds(facts)
        return replace(
            self._draft,
            rows=tuple(sorted(facts, key=lambda fact: fact.booked_on)),
            rejected=tuple(sorted(self._rejected, key=lambda row: row.line)),
            mapping=mapping,
            opening=opening,
            closing=closing,
        )


def _signed(printed: Printed, sign: str) -> int:
    return -printed.amount_minor if sign == "inverted" and not printed.told else printed.amount_minor


def _balance_style(rows: Sequence[_Row], chain: Chain | None, sign: str, card: bool) -> int:
    """+1 when the balance is the account's, -1 when it is what is owed, 0 when the balances prove nothing."""
    if chain is not None:
        inverted = sign == "inverted" and not all(row.printed.told for row in rows)
        return -chain.step if inverted else chain.step
    return 1 if len(rows) == 1 and not card else 0


def _bounds(facts: Sequence[FactRow]) -> tuple[tuple[date, int] | None, tuple[date, int] | None]:
    """The proved balance before the first row and after the last; the rows stand in the order of their balances."""
    places = [place for place, fact in enumerate(facts) if fact.balance_minor is not None]
    if not places:
        return None, None
    first, last = facts[places[0]], facts[places[-1]]
    before = (first.balance_minor or 0) - sum(fact.amount_minor for fact in facts[: places[0] + 1])
    after = (last.balance_minor or 0) + sum(fact.amount_minor for fact in facts[places[-1] + 1 :])
    days = [fact.booked_on for fact in facts]
    return (min(days), before), (max(days), after)
