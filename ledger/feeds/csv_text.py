"""Bytes to lines, and lines to records of cells. Tolerates what banks do: any common encoding, stray quotes, NULs, `sep=` lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from kit.errors import FieldError, Invalid

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "iso-8859-2",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp437",
    "cp850",
    "mac_roman",
    "shift_jis",
    "gb18030",
    "big5",
)
MAX_ROWS = 1_000_000
RECORD_LINES_MAX = 30  # a quoted cell that spans more is a stray quote
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)

Record = tuple[int, list[str]]  # number of its first line from 1, cells


def decode(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and the encoding it was read in: the given one, or the first that fits."""
    if encoding is not None:
        if encoding.lower() not in ENCODINGS:
            raise Invalid("mapping_is_malformed", f"encoding {encoding!r} is not supported", [FieldError("/mapping/encoding", "unknown")])
        return content.decode(encoding.lower(), "replace"), encoding.lower()
    for candidate in _candidates(content):
        try:
            return content.decode(candidate), candidate
        except UnicodeDecodeError:
            continue
    return content.decode("iso-8859-1"), "iso-8859-1"


def _candidates(content: bytes) -> Iterator[str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            yield encoding
    head = content[:1000]
    if head[1::2].count(0) * 3 > len(head):
        yield "utf-16-le"
    if head[::2].count(0) * 3 > len(head):
        yield "utf-16-be"
    yield "utf-8"
    yield "cp1252"


def split_lines(text: str) -> list[str]:
    """Lines without their ends; control characters are dropped (PostgreSQL cannot keep a NUL)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    lines = text.split("\n")
    if len(lines) > 2 * MAX_ROWS:
        raise Invalid("file_has_too_many_rows", f"a file may have {MAX_ROWS} rows at most")
    return lines


def told_delimiter(lines: Sequence[str]) -> str | None:
    """The delimiter of a leading `sep=;` line, as Excel writes it."""
    found = _SEP.fullmatch(lines[0].strip()) if lines else None
    return found[1] if found else None


def read_records(lines: Sequence[str], delimiter: str) -> list[Record]:
    """The records that are not blank. A quote that is never closed is taken as an ordinary character."""
    records: list[Record] = []
    feed = _Feed(lines)
    while feed.position < len(lines):
        start = feed.begin()
        try:
            for cells in csv.reader(feed, delimiter=delimiter, skipinitialspace=delimiter != "\t"):
                if any(cells):
                    records.append((start + 1, cells))
                start = feed.begin()
        except (_NeverClosed, csv.Error):
            cells = [cell.strip().strip('"') for cell in lines[start].split(delimiter)]
            if any(cells):
                records.append((start + 1, cells))
            feed.position = start + 1
        if len(records) > MAX_ROWS:
            raise Invalid("file_has_too_many_rows", f"a file may have {MAX_ROWS} rows at most")
    return records


class _NeverClosed(Exception):
    """A quoted cell ran on to the end of the file, or over too many lines."""


class _Feed(Iterator[str]):
    """Lines for the csv reader, with the place where the current record began."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._begun = 0
        self.position = 0

    def begin(self) -> int:
        self._begun = self.position
        return self.position

    def __next__(self) -> str:
        position = self.position
        if position >= len(self._lines):
            if position > self._begun:
                raise _NeverClosed
            raise StopIteration
        if position - self._begun >= RECORD_LINES_MAX:
            raise _NeverClosed
        self.position = position + 1
        return self._lines[position] + "\n"


_SPACES = re.compile(r"\s+")


def tidy(cell: str) -> str:
    """A cell's text on one line, freed of Excel's `="..."`, of leading apostrophes and of spaces around."""
    if not cell:
        return cell
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    return _SPACES.sub(" ", cell) if ("  " in cell or not cell.isprintable() or "\xa0" in cell) else cell
