"""Reads OFX 1.x (SGML, whose values have no end tags) and 2.x (XML) with one scanner of tags. It expands no entity but the five of XML.

Days are taken as the bank writes them: a zone behind the time of day says where the bank is, and moves no booking to another day.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kit.errors import FieldError, Invalid
from ledger.feeds.rows import RAW_MAX, FactRow, Unreadable
from ledger.feeds.statements import Reader, Statement, booked_fact, day_of, minor_of
from ledger.feeds.text import decode, one_line_end, tidy

_TAG = re.compile(r"<(/?)([A-Za-z0-9_.]+)\s*(/?)>([^<]*)")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_CHARSET = re.compile(rb"CHARSET: ?([\w-]+)")
_CODE_PAGES = {"1250": "cp1250", "1251": "cp1251", "1253": "cp1253", "1254": "cp1254", "8859-2": "iso-8859-2", "8859-15": "iso-8859-15"}
_STATEMENTS = {"STMTRS": "checking", "CCSTMTRS": "card", "INVSTMTRS": "brokerage"}
_KINDS = {"CHECKING": "checking", "SAVINGS": "savings", "MONEYMRKT": "savings", "CREDITLINE": "card", "CD": "savings"}
_SECURITIES = re.compile(
    r"(?:BUY|SELL)(?:DEBT|MF|OPT|OTHER|STOCK)|INCOME|REINVEST|TRANSFER|INVEXPENSE|MARGININTEREST|RETOFCAP|SPLIT|JRNL.*"
)
_WORDS = {
    "CREDIT": "Credit", "DEBIT": "Debit", "INT": "Interest", "DIV": "Dividend", "FEE": "Fee", "SRVCHG": "Service charge", "DEP": "Deposit",
    "ATM": "Cash withdrawal", "POS": "Card payment", "XFER": "Transfer", "CHECK": "Check", "PAYMENT": "Payment", "CASH": "Cash withdrawal",
    "DIRECTDEP": "Direct deposit", "DIRECTDEBIT": "Direct debit", "REPEATPMT": "Standing order",
}  # fmt: skip


@dataclass(slots=True)
class _Record:
    """A transaction or balance while it is read: its values by tag, those of inner aggregates by `OUTER.TAG`."""

    name: str
    line: int
    values: dict[str, str] = field(default_factory=dict)
    inner: list[str] = field(default_factory=list)


def read_ofx(content: bytes, reader: Reader) -> list[Statement]:
    """The statements of an OFX file. Raises Invalid for a file without any."""
    text = one_line_end(_decoded(content))
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda found: html.escape(found[1], quote=False), text)
    scan = _Scan(reader)
    for line, closing, name, value in _tags(text):
        scan.take(line, closing, name, value)
    scan.end(text.count("\n") + 1)
    if not scan.statements:
        detail = scan.refusal or "the file holds no statement"
        raise Invalid("file_has_no_statement", detail, [FieldError("/file", "no statement")])
    return scan.statements


def _decoded(content: bytes) -> str:
    """UTF-8 where it is; else as the header says."""
    told = _CHARSET.search(content[:1000])
    named = _CODE_PAGES.get(told[1].decode().removeprefix("ISO-")) if told else None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(content, named)[0]


def _tags(text: str) -> Iterator[tuple[int, bool, str, str]]:
    """(line, whether it closes, name, value) of each tag."""
    line, seen = 1, 0
    for found in _TAG.finditer(text):
        at = found.start()
        line += text.count("\n", seen, at)
        seen = at
        value = found[4].strip()
        if "&" in value:
            value = html.unescape(value).replace("\x00", "")
        name = found[2].upper()
        yield line, bool(found[1]), name, value
        if found[3]:
            yield line, True, name, ""


class _Scan:
    """Where the scanner stands: the open statement, and the open record in it."""

    def __init__(self, reader: Reader) -> None:
        self.statements: list[Statement] = []
        self.refusal = ""
        self._reader = reader
        self._statement: Statement | None = None
        self._record: _Record | None = None
        self._ended = False

    def take(self, line: int, closing: bool, name: str, value: str) -> None:
        if name in _STATEMENTS:
            self._cut_short()
            self._statement = None if closing else Statement(line, kind=_STATEMENTS[name])
            if self._statement is not None:
                self.statements.append(self._statement)
        elif self._statement is None:
            self._outside(closing, name, value)
        elif self._record is not None:
            self._within(self._record, self._statement, line, closing, name, value)
        elif not closing and (name in ("STMTTRN", "LEDGERBAL", "BANKACCTFROM", "CCACCTFROM", "INVACCTFROM") or _SECURITIES.fullmatch(name)):
            self._record = _Record(name, line)
        elif name == "CURDEF" and value:
            self._statement.currency = value.upper()[:3]

    def end(self, line: int) -> None:
        if self.statements and not self._ended:
            self._cut_short()
            self.statements[-1].reject(line, "file", "the file ends before its end: it was cut short", "")

    def _outside(self, closing: bool, name: str, value: str) -> None:
        if name == "OFX" and closing:
            self._ended = True
        elif name == "MESSAGE" and value:
            self.refusal = f"the bank sent no statement but a message: {tidy(value)[:200]}"

    def _cut_short(self) -> None:
        record, self._record = self._record, None
        if record is not None and self._statement is not None:
            self._statement.reject(record.line, "file", f"the file ends within this {record.name}", _raw(record))

    def _within(self, record: _Record, statement: Statement, line: int, closing: bool, name: str, value: str) -> None:
        if name == record.name:
            self._record = None
            if not closing:  # the one before was never closed
                statement.reject(record.line, "file", f"this {record.name} is never closed", _raw(record))
                self._record = _Record(name, line)
                return
            self._close(record, statement)
        elif closing:
            if name in record.inner:
                del record.inner[record.inner.index(name) :]
        elif value:
            record.values.setdefault(".".join((*record.inner, name)), value)
        elif name in ("PAYEE", "CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO", "INVTRAN", "SECID"):
            record.inner.append(name)

    def _close(self, record: _Record, statement: Statement) -> None:
        values = record.values
        if record.name.endswith("ACCTFROM"):
            statement.number = values.get("BANKID", values.get("BROKERID", "")) + values.get("ACCTID", "")
            statement.kind = _KINDS.get(values.get("ACCTTYPE", "").upper(), statement.kind)
        elif record.name == "STMTTRN":
            try:
                statement.rows.append(_fact(record, statement, self._reader))
            except Unreadable as why:
                statement.reject(record.line, why.field, why.reason, _raw(record))
        elif record.name == "LEDGERBAL":
            try:
                statement.closing = (_day(values.get("DTASOF", "")), minor_of(values.get("BALAMT", ""), _currency(statement, self._reader)))
            except Unreadable as why:
                statement.reject(record.line, "balance", why.reason, _raw(record))
        else:
            statement.reject(record.line, "transaction", f"{record.name} moves securities; only cash movements are read", _raw(record))


def _currency(statement: Statement, reader: Reader) -> str:
    return statement.currency or reader.currency


def _day(text: str) -> date:
    return day_of(text[:8])


def _raw(record: _Record) -> str:
    return " ".join(f"{name}={value}" for name, value in record.values.items())[:RAW_MAX]


def _fact(record: _Record, statement: Statement, reader: Reader) -> FactRow:
    """The fact of a closed STMTTRN. Raises Unreadable."""
    get = record.values.get
    currency = _currency(statement, reader)
    if (told := get("CURRENCY.CURSYM")) and told.upper() != currency:
        raise Unreadable("currency", f"the row is in {told[:10]}, the account in {currency}")
    if get("CORRECTFITID"):
        raise Unreadable(
            "transaction", f"it corrects the earlier transaction {get('CORRECTFITID', '')[:60]!r}; undo that import to take it"
        )
    name, memo = tidy(get("NAME") or get("PAYEE.NAME") or ""), tidy(get("MEMO") or "")
    description, counterparty = _words(name, memo)
    check = get("CHECKNUM")
    if not description:
        description = " ".join(filter(None, (_WORDS.get(get("TRNTYPE", "").upper(), "Transaction"), check)))
    return booked_fact(
        FactRow(
            line=record.line,
            booked_on=_day(get("DTPOSTED", "")),
            amount_minor=minor_of(get("TRNAMT", ""), currency),
            description=description,
            counterparty=counterparty,
            category=None,
            reference=check,
            balance_minor=None,
            currency=currency,
            provider_id=get("FITID"),
            references=tuple(filter(None, (get("REFNUM"), get("SRVRTID")))),
        ),
        reader.today,
    )


def _words(name: str, memo: str) -> tuple[str, str | None]:
    """Description and counterparty. NAME has 32 characters at most, so a MEMO that begins with it is the whole of one text."""
    if not memo or not name:
        return name or memo, None
    if memo.casefold().startswith(name.casefold()):
        return memo, None
    if name.casefold().startswith(memo.casefold()):
        return name, None
    return memo, name
