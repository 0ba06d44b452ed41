"""Lines to records of cells. Tolerates what banks do: stray quotes, cells of several lines, `sep=` lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from kit.errors import Invalid
from ledger.feeds.text import MAX_ROWS

RECORD_LINES_MAX = 30  # a quoted cell that spans more is a stray quote
_SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)

Record = tuple[int, list[str]]  # number of its first line from 1, cells


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
