"""Rows of a table become facts or rejections, once it is decided how dates, decimals and signs read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kit.errors import Invalid
from ledger.feeds.csv_amounts import Number, read_number, unit_fits
from ledger.feeds.csv_columns import Columns
from ledger.feeds.csv_dates import Numbers, read_date, resolve
from ledger.feeds.csv_evidence import Day
from ledger.feeds.csv_records import Record
from ledger.feeds.csv_table import is_summary
from ledger.feeds.csv_words import CREDIT_MARKS, DEBIT_MARKS, NOT_BOOKED, mark_of
from ledger.feeds.rows import CELL_MAX, FUTURE_DAYS, RAW_MAX, FactRow, RejectedRow, Unreadable
from ledger.feeds.text import tidy
from ledger.money import parse_amount


@dataclass(frozen=True, slots=True)
class Printed:
    """A row's money as printed: `told` when its direction is certain, else what a minus means is for the file to decide."""

    amount_minor: int
    told: bool
    plus: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one table are read."""

    columns: Columns
    delimiter: str
    currency: str
    decimal: str
    order: str
    debit_is_negative: bool  # most debits are printed with a minus
    credit_is_negative: bool
    today: date

    def printed(self, cells: Sequence[str]) -> Printed | None:
        """The row's amount, None when the row has none. Raises Unreadable."""
        get = self.columns.get
        if (amount := get("amount")) is None:
            return self._split(cells, get("debit"), get("credit"))
        number = self._number(cells[amount], "amount")
        if number is None:
            return None
        minor = self._minor(number, "amount")
        if (fee := get("fee")) is not None and (charged := self._number(cells[fee], "fee")) is not None:
            minor -= abs(self._minor(charged, "fee"))
        if (indicator := get("indicator")) is not None:
            return Printed(self._directed(cells[indicator], minor), True, False)
        return Printed(minor, number.mark in ("CR", "DR"), number.mark == "+")

    def _split(self, cells: Sequence[str], debit: int | None, credit: int | None) -> Printed | None:
        out = self._number(cells[debit], "debit") if debit is not None else None
        into = self._number(cells[credit], "credit") if credit is not None else None
        out_minor = self._minor(out, "debit") if out else 0
        in_minor = self._minor(into, "credit") if into else 0
        if out_minor and in_minor:
            raise Unreadable("amount", "both the debit and the credit are filled")
        if out is None and into is None:
            return None
        if out_minor:
            return Printed(out_minor if self.debit_is_negative else -out_minor, True, False)
        return Printed(-in_minor if self.credit_is_negative else in_minor, True, False)

    def _directed(self, cell: str, minor: int) -> int:
        mark = mark_of(cell.strip())
        if mark in CREDIT_MARKS:
            return minor
        if mark in DEBIT_MARKS:
            return -minor
        raise Unreadable("indicator", f"{tidy(cell)[:40]!r} is neither debit nor credit")

    def _number(self, cell: str, field: str) -> Number | None:
        cell = tidy(cell)
        if not cell or cell in ("-", "--", "–"):
            return None
        number = read_number(cell)
        if number is None:
            raise Unreadable(field, f"{cell[:60]!r} is not an amount")
        return number

    def _minor(self, number: Number, field: str) -> int:
        if not unit_fits(number.unit, self.currency):
            raise Unreadable("currency", f"the amount is in {number.unit}, the account in {self.currency}")
        try:
            minor = parse_amount(number.digits, self.decimal, self.currency)
        except Invalid as error:
            raise Unreadable(field, error.detail) from None
        return -minor if number.mark in ("-", "DR") else minor

    def balance(self, cells: Sequence[str]) -> int | None:
        """The balance after the row; None when there is none to be read, which does not spoil the row."""
        place = self.columns.get("balance")
        if place is None or not cells[place]:
            return None
        try:
            number = self._number(cells[place], "balance")
            return self._minor(number, "balance") if number else None
        except Unreadable:
            return None

    def booked_on(self, day: Day, cell: str) -> date:
        """The row's day. Raises Unreadable."""
        found = resolve(day, self.order) if isinstance(day, Numbers) else day
        if found is None:
            if mark_of(cell.strip()) in NOT_BOOKED:
                raise Unreadable("date", f"not booked yet: {tidy(cell)}")
            raise Unreadable("date", f"{tidy(cell)[:60]!r} is not a date" if cell.strip() else "the date is missing")
        if found - self.today > timedelta(days=FUTURE_DAYS):
            raise Unreadable("date", f"{found} lies in the future")
        return found

    def check_booked(self, cells: Sequence[str]) -> None:
        """Raises Unreadable for a row that is pending, or of another currency."""
        status, currency = self.columns.get("status"), self.columns.get("currency")
        if status is not None and mark_of(cells[status].strip()) in NOT_BOOKED:
            raise Unreadable("status", f"not booked: {tidy(cells[status])}")
        if currency is not None and (code := cells[currency].strip().upper()) and code != self.currency:
            raise Unreadable("currency", f"the row is in {tidy(code)[:10]}, the account in {self.currency}")

    def rejected(self, record: Record, why: Unreadable) -> RejectedRow:
        return RejectedRow(record[0], why.field, why.reason, self.delimiter.join(record[1])[:RAW_MAX])

    def fact(self, record: Record, booked_on: date, amount_minor: int, balance_minor: int | None) -> FactRow:
        """The fact of a row whose day and amount are known. Raises Unreadable."""
        line, cells = record
        if amount_minor == 0:
            raise Unreadable("amount", "the amount is zero")
        get = self.columns.get
        counterparty = self._counterparty(cells, amount_minor)
        description = self._joined(cells)
        if not description:
            kind = self.columns.kind
            description = counterparty or (tidy(cells[kind]) if kind is not None else "")
        category, reference = get("category"), get("reference")
        fact = FactRow(
            line=line,
            booked_on=booked_on,
            amount_minor=amount_minor,
            description=description,
            counterparty=counterparty,
            category=(tidy(cells[category]) or None) if category is not None else None,
            reference=(tidy(cells[reference]) or None) if reference is not None else None,
            balance_minor=balance_minor,
            currency=self.currency,
        )
        for name in ("description", "counterparty", "category", "reference"):
            if len(getattr(fact, name) or "") > CELL_MAX:
                raise Unreadable(name, f"longer than {CELL_MAX} characters")
        return fact

    def _counterparty(self, cells: Sequence[str], amount_minor: int) -> str | None:
        """Of two columns the first names who was paid, the last who paid."""
        places = self.columns.texts("counterparty")
        for place in places if amount_minor < 0 else reversed(places):
            if cells[place] and (text := tidy(cells[place])):
                return text
        return None

    def _joined(self, cells: Sequence[str]) -> str:
        texts: list[str] = []
        for place in self.columns.texts("description"):
            if cells[place] and (text := tidy(cells[place])) and not any(text in known for known in texts):
                texts.append(text)
        return " ".join(texts)


def movements(records: Sequence[Record], columns: Columns) -> list[Record]:
    """The rows that claim to be movements: neither blank nor a sum or remark of the bank's."""
    date_at = columns.single["date"]
    money = [columns.single[role] for role in ("amount", "debit", "credit") if role in columns.single]
    return [
        record
        for record in records
        if (read_date(record[1][date_at]) and any(record[1][place].strip() for place in money)) or not is_summary(record[1])
    ]
