"""The euro's reference rates in the European Central Bank's own files: the XML envelope and the CSV, of one day or of all since 1999.

Strict, because every sum in a foreign currency stands on it: a rate that is no plain positive number stops the whole file. A document type
or an entity is refused before it is read. Currencies that are no longer in use are left out and named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NoReturn
from xml.parsers import expat

from kit.errors import Invalid
from ledger.conversion import EURO, Rate
from ledger.money import is_currency

MAX_BYTES = 64 * 2**20
MAX_RATES = 2_000_000
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?", re.ASCII)
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_ABSENT = frozenset({"", "N/A", "-"})
_FIRST_DAY = date(1999, 1, 1)


@dataclass(frozen=True, slots=True)
class RatesFile:
    """`ignored`: codes in the file that are no currency in use today."""

    rates: tuple[Rate, ...]
    ignored: tuple[str, ...]


def parse_rates(content: bytes) -> RatesFile:
    """The rates of a file in either format. Raises Invalid saying where and why."""
    if len(content) > MAX_BYTES:
        _refuse(f"the file is larger than {MAX_BYTES // 2**20} MiB")
    body = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    cells = _xml_cells(body) if body.startswith(b"<") else _csv_cells(body)
    return _collected(cells)


def _collected(cells: Iterable[tuple[str, date, str, str]]) -> RatesFile:
    found: dict[tuple[str, date], Rate] = {}
    ignored: set[str] = set()
    for where, day, code, text in cells:
        if not _CODE.fullmatch(code):
            _refuse(f"{where}: {code[:20]!r} is not a currency code")
        if code == EURO:
            _refuse(f"{where}: the euro is the base of these rates and has none")
        if not is_currency(code):
            ignored.add(code)
            continue
        rate = Rate(code, day, _number(text, where))
        if found.setdefault((code, day), rate) != rate:
            _refuse(f"{where}: {code} has two rates on {day.isoformat()}")
        if len(found) > MAX_RATES:
            _refuse(f"the file has more than {MAX_RATES} rates")
    if not found:
        _refuse("the file has no rates")
    return RatesFile(tuple(found.values()), tuple(sorted(ignored)))


def _number(text: str, where: str) -> Decimal:
    rate = Decimal(text) if _NUMBER.fullmatch(text) else Decimal(0)
    if rate <= 0:
        _refuse(f"{where}: {text[:40]!r} is not a rate")
    return rate


def _day(text: str, where: str) -> date:
    """2025-10-17, or 17 October 2025 as the file of one day has it."""
    found: date | None = None
    for form in ("%Y-%m-%d", "%d %B %Y"):
        with suppress(ValueError):
            found = datetime.strptime(text, form).date()  # noqa: DTZ007  a day, not a moment
    if found is None or found < _FIRST_DAY:
        _refuse(f"{where}: {text[:40]!r} is not a day since 1999")
    return found


def _csv_cells(body: bytes) -> Iterator[tuple[str, date, str, str]]:
    try:
        rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""), strict=True)
        header = [cell.strip() for cell in next(rows, [])]
        if not header or header[0] != "Date":
            _refuse("the file is neither the bank's XML nor its CSV, whose first column is Date")
        while header[-1] == "":
            header.pop()
        for number, row in enumerate(rows, 2):
            yield from _csv_row(f"line {number}", header, [cell.strip() for cell in row])
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid("rates_file_is_malformed", f"the file is not readable as CSV: {error}") from error


def _csv_row(where: str, header: Sequence[str], row: Sequence[str]) -> Iterator[tuple[str, date, str, str]]:
    if not any(row):
        return
    if len(row) < len(header) or any(row[len(header) :]):
        _refuse(f"{where}: {len(row)} cells under {len(header)} headings")
    day = _day(row[0], where)
    for code, text in zip(header[1:], row[1:], strict=False):
        if text not in _ABSENT:
            yield where, day, code, text


class _Envelope:
    """Reads nested `Cube` elements: one with `time`, and in it those with `currency` and `rate`."""

    def __init__(self) -> None:
        self.cells: list[tuple[str, date, str, str]] = []
        self._day: date | None = None
        self._depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = self._forbid
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _forbid(self, *_: object) -> NoReturn:
        _refuse("the file declares a document type or an entity: the bank's files do not")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        where = f"line {self.parser.CurrentLineNumber}"
        self._depth += 1
        if self._depth == 1 and name.rpartition(" ")[2] != "Envelope":
            _refuse("the file is not the bank's envelope of rates")
        if name.rpartition(" ")[2] != "Cube":
            return
        if "time" in attributes:
            self._day = _day(attributes["time"], where)
        elif "currency" in attributes or "rate" in attributes:
            if self._day is None:
                _refuse(f"{where}: a rate stands outside a day")
            self.cells.append((where, self._day, attributes.get("currency", ""), attributes.get("rate", "")))

    def _end(self, _: str) -> None:
        self._depth -= 1


def _xml_cells(body: bytes) -> list[tuple[str, date, str, str]]:
    envelope = _Envelope()
    try:
        envelope.parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # an unknown encoding is a LookupError
        raise Invalid("rates_file_is_malformed", f"the file is not well-formed XML: {error}") from error
    return envelope.cells


def _refuse(reason: str) -> NoReturn:
    raise Invalid("rates_file_is_malformed", reason)
