"""Finds the table in a bank's file: the delimiter, the header (or that there is none), the lines before it and the sums after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kit.errors import FieldError, Invalid
from ledger.feeds.csv_amounts import read_number
from ledger.feeds.csv_dates import read_date
from ledger.feeds.csv_mapping import COLUMNS_MAX, Column, Given, malformed
from ledger.feeds.csv_records import Record, read_records, told_delimiter
from ledger.feeds.csv_words import SUMMARY, names_of, plain_header, roles
from ledger.feeds.text import tidy

_DELIMITERS = ",;\t|"
_HEADER_WITHIN = 100  # records


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal width, padded. `names` are the headers, or "Column 1" and so on where there are none."""

    delimiter: str
    header_line: int | None
    names: tuple[str, ...]
    rows: Sequence[Record]
    ragged: Sequence[Record]  # rows with more cells than the table has columns

    def index_of(self, column: Column) -> int | None:
        """The place of a column by index, exact header or header in other case; None when absent or not the only one of that name."""
        if isinstance(column, int):
            return column if column < len(self.names) else None
        wanted = tidy(column)
        for found in (
            [index for index, name in enumerate(self.names) if name == wanted],
            [index for index, name in enumerate(self.names) if name.casefold() == wanted.casefold()],
        ):
            if len(found) == 1:
                return found[0]
        return None

    def name_of(self, index: int) -> Column:
        """How a mapping names a column: by its header where that is its alone."""
        name = self.names[index]
        return name if self.header_line is not None and name and self.names.count(name) == 1 else index


def find_table(lines: Sequence[str], given: Given) -> Table:
    """The table of a file, by the mapping where it tells. Raises Invalid when there is none, or no column that the mapping names."""
    kept = list(lines)
    for index in range(min(given.skip_rows, len(kept))):
        kept[index] = ""
    told = told_delimiter(kept)
    if told is not None:
        kept[0] = ""
    delimiter = given.delimiter or told or _best_delimiter(kept)
    records = read_records(kept, delimiter)
    if not records:
        raise Invalid("file_is_empty", "the file has no rows", [FieldError("/file", "empty")])
    at = _header_at(records, given)
    return _cut(records, at, delimiter)


def looks_booked(cells: Sequence[str]) -> bool:
    """Whether a row has what every movement has: a date and an amount, in cells of their own."""
    dated = numbered = False
    for cell in cells:
        if not cell:
            continue
        if not dated and read_date(cell) is not None:
            dated = True
        elif not numbered and read_number(cell) is not None:
            numbered = True
        if dated and numbered:
            return True
    return False


def _best_delimiter(lines: Sequence[str]) -> str:
    sample = [line for line in lines[:600] if line.strip()][:300]
    scores = {}
    for delimiter in _DELIMITERS:
        records = read_records(sample, delimiter)
        booked = sum(looks_booked(cells) for _, cells in records)
        headers = max((_header_score(cells) for _, cells in records[:_HEADER_WITHIN]), default=0)
        widths = [len(cells) for _, cells in records]
        scores[delimiter] = (booked, headers, sum(width > 1 for width in widths), max(widths, default=0))
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _header_at(records: Sequence[Record], given: Given) -> int | None:
    named: set[tuple[str, Column]] = {
        (field, column) for field, columns in given.columns.items() for column in columns if isinstance(column, str)
    }
    if given.only and isinstance(given.only[0], str):
        named.add(("only", given.only[0]))
    if named:
        return _named_header_at(records, named)
    scores = [_header_score(cells) for _, cells in records[:_HEADER_WITHIN]]
    best = max(scores)
    if best >= 2:
        return scores.index(best)
    booked = _first_booked(records)
    if booked is None:
        if best == 1 and len(records) == 1:
            return 0
        detail = "no row of the file has a date and an amount in cells of their own"
        raise Invalid("file_has_no_table", detail, [FieldError("/file", "no table found")])
    before = records[booked - 1][1] if booked else []
    return booked - 1 if len(before) >= len(_trimmed(records[booked][1])) and _is_wordy(before) else None


def _first_booked(records: Sequence[Record]) -> int | None:
    """The first row of the commonest width that looks booked; a line on the account itself has another width."""
    booked = [(index, len(cells)) for index, (_, cells) in enumerate(records[:5000]) if looks_booked(cells)]
    if not booked:
        return None
    width = Counter(width for _, width in booked).most_common(1)[0][0]
    return next(index for index, each in booked if each == width)


def _named_header_at(records: Sequence[Record], named: set[tuple[str, Column]]) -> int:
    def missing(cells: Sequence[str]) -> list[tuple[str, Column]]:
        here = {tidy(cell).casefold() for cell in cells}
        return sorted((each for each in named if tidy(str(each[1])).casefold() not in here), key=str)

    lacks = [missing(cells) for _, cells in records[:_HEADER_WITHIN]]
    best = min(range(len(lacks)), key=lambda index: len(lacks[index]))
    if lacks[best]:
        names = ", ".join(repr(tidy(cell)) for cell in records[best][1][:30])
        absent = [(f"/mapping/{field}", f"there is no column {column!r}; the file has {names}") for field, column in lacks[best]]
        raise malformed([FieldError(*each) for each in absent])
    return best


def _header_score(cells: Sequence[str]) -> int:
    """How many roles a record's cells name; 0 when it cannot be a header."""
    if len(cells) < 2 or len(cells) > COLUMNS_MAX or any(read_date(cell) is not None for cell in cells):
        return 0
    plain = {plain_header(cell[:100]) for cell in cells if cell and len(cell) <= 100}
    named = {role for role in roles() if not plain.isdisjoint(names_of(role))}
    if not named & {"date", "value_date"} or not named & {"amount", "debit", "credit"}:
        return min(len(named), 1)
    return len(named)


def _is_wordy(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or len(set(filled)) < len(filled):
        return False
    return all(any(char.isalpha() for char in cell) and read_date(cell) is None for cell in filled)


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _cut(records: Sequence[Record], header_at: int | None, delimiter: str) -> Table:
    if header_at is None:
        first = _first_booked(records) or 0
        body, header = records[first:], []
        width = max((len(_trimmed(cells)) for _, cells in body[:2000] if looks_booked(cells)), default=len(body[0][1]))
    else:
        header = [tidy(cell) for cell in records[header_at][1]]
        body = records[header_at + 1 :]
        width = max(len(header), 1)
    width = min(width, COLUMNS_MAX)
    names = tuple(header[:width]) if header else tuple(f"Column {index + 1}" for index in range(width))
    rows, ragged = _square(body, width, header)
    line = records[header_at][0] if header_at is not None else None
    return Table(delimiter, line, names, rows, ragged)


def _square(body: Sequence[Record], width: int, header: Sequence[str]) -> tuple[list[Record], list[Record]]:
    """Rows padded and cut to the table's width; those with more filled cells apart. Repeated headers and summary lines go."""
    rows: list[Record] = []
    ragged: list[Record] = []
    for line, cells in body:
        if len(cells) != width:
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                ragged.append((line, cells))
                continue
            cells = [*cells[:width], *[""] * (width - len(cells))]
        if header and cells[0] == header[0] and [tidy(cell) for cell in cells] == list(header):
            continue
        rows.append((line, cells))
    return rows, ragged


def is_summary(cells: Sequence[str]) -> bool:
    """Whether a row that has no date or no amount is a sum, a balance or a remark of the bank's, and no movement."""
    filled = [cell for cell in map(tidy, cells) if cell]
    if not filled:
        return True
    return any(SUMMARY.match(cell) for cell in filled[:3]) or (len(filled) == 1 and read_number(filled[0]) is None)
