"""Which column is what: by the mapping, then by header, then by contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kit.errors import FieldError
from ledger.feeds.csv_amounts import read_number
from ledger.feeds.csv_dates import read_date
from ledger.feeds.csv_mapping import SEVERAL, SINGLE, Given, malformed
from ledger.feeds.csv_table import Table, looks_booked
from ledger.feeds.csv_words import BOOKED, CREDIT_MARKS, DEBIT_MARKS, FOREIGN, NOT_BOOKED, is_name, mark_of, names_of, plain_header
from ledger.money import is_currency

_SAMPLE = 2000
_Fits = Callable[["Contents"], bool]


@dataclass(frozen=True, slots=True)
class Contents:
    """What the cells of one column are, over a sample of the rows that look booked."""

    filled: int
    dates: int
    numbers: int
    negatives: int
    decimals: int  # numbers with a point or a comma
    words: int  # cells with letters that are neither dates nor numbers
    values: frozenset[str]  # as marks, when they are few

    @property
    def is_dates(self) -> bool:
        return self.dates > 0 and self.dates * 10 >= self.filled * 8

    @property
    def is_numbers(self) -> bool:
        return self.numbers > 0 and self.numbers * 10 >= self.filled * 8 and self.dates < self.numbers

    @property
    def is_currency(self) -> bool:
        return bool(self.values) and all(is_currency(value.upper()) for value in self.values)

    @property
    def looks_like_money(self) -> bool:
        return self.decimals > 0 or self.negatives > 0

    def is_marks(self, rows: int) -> bool:
        return self.filled * 20 >= rows * 19 and bool(self.values) and self.values <= CREDIT_MARKS | DEBIT_MARKS


@dataclass(slots=True)
class Columns:
    """The place of each role in the table."""

    single: dict[str, int] = field(default_factory=dict)
    several: dict[str, list[int]] = field(default_factory=dict)
    split_guessed: bool = False  # debit and credit were told apart by nothing but their order
    owner: int | None = None
    kind: int | None = None

    def get(self, role: str) -> int | None:
        return self.single.get(role)

    def texts(self, role: str) -> list[int]:
        return self.several.get(role, [])

    @property
    def numbers(self) -> list[int]:
        return [self.single[role] for role in ("amount", "debit", "credit", "balance", "fee") if role in self.single]


def choose_columns(table: Table, given: Given) -> Columns:
    """The columns as given, and guesses for what was not. Raises Invalid for a given column that the table does not have."""
    columns = _given_columns(table, given)
    sample = [cells for _, cells in table.rows[: 2 * _SAMPLE] if looks_booked(cells)][:_SAMPLE]
    contents = [_contents([cells[index] for cells in sample]) for index in range(len(table.names))]
    guess = _Guess(table, given, columns, contents, len(sample))
    guess.by_header()
    guess.by_contents()
    return columns


def _given_columns(table: Table, given: Given) -> Columns:
    columns, wrong = Columns(), []
    for role, names in given.columns.items():
        found = [table.index_of(name) for name in names]
        for name, index in zip(names, found, strict=True):
            if index is None:
                wrong.append(FieldError(f"/mapping/{role}", f"there is no single column {name!r}; the file has {len(table.names)} columns"))
        places = [index for index in found if index is not None]
        if role in SEVERAL:
            columns.several[role] = places
        elif places:
            columns.single[role] = places[0]
    if wrong:
        raise malformed(wrong)
    return columns


def _contents(cells: Sequence[str]) -> Contents:
    filled = dates = numbers = negatives = decimals = words = 0
    values: set[str] = set()
    for cell in cells:
        cell = cell.strip()
        if not cell:
            continue
        filled += 1
        if len(values) <= 12:
            values.add(mark_of(cell[:40]))
        if read_date(cell) is not None:
            dates += 1
        if (number := read_number(cell)) is not None:
            numbers += 1
            negatives += number.mark in ("-", "DR")
            decimals += "." in cell or "," in cell
        elif any(char.isalpha() for char in cell):
            words += 1
    return Contents(filled, dates, numbers, negatives, decimals, words, frozenset(values) if len(values) <= 12 else frozenset())


class _Guess:
    """One run of guessing over one table; fills `columns`."""

    def __init__(self, table: Table, given: Given, columns: Columns, contents: Sequence[Contents], rows: int) -> None:
        self._given, self._columns, self._contents, self._rows = given, columns, contents, rows
        self._headers = [plain_header(name) if table.header_line is not None else "" for name in table.names]
        self._taken = {*columns.single.values(), *(index for places in columns.several.values() for index in places)}

    def by_header(self) -> None:
        self._take("date", self._best("date", lambda c: c.is_dates))
        self._take("value_date", self._best("value_date", lambda c: c.is_dates))
        self._amounts_by_header()
        self._take("balance", self._best("balance", lambda c: c.is_numbers))
        self._take("fee", self._best("fee", lambda c: c.is_numbers))
        self._take("currency", self._currency())
        self._marks()
        self._take("category", self._best("category", lambda c: c.filled > 0 and not c.is_dates))
        self._columns.kind = self._best("kind", lambda c: c.words > 0)
        self._texts_by_header()
        self._take("reference", self._best("reference", lambda c: c.filled > 0 and not c.is_dates))
        self._columns.owner = self._best("owner", lambda c: c.filled > 0)

    def _amounts_by_header(self) -> None:
        if {"amount", "debit", "credit"} & set(self._given.columns):
            return
        amount = self._best("amount", lambda c: c.is_numbers)
        debit = self._best("debit", lambda c: c.is_numbers or c.filled == 0)
        credit = self._best("credit", lambda c: c.is_numbers or c.filled == 0)
        both = debit is not None and credit is not None and debit != credit
        if amount is not None and (not both or self._contents[amount].negatives or not self._is_split(debit, credit)):
            self._take("amount", amount)
        elif both:
            self._take("debit", debit)
            self._take("credit", credit)
        elif debit is not None or credit is not None:
            self._take("debit", debit)
            if credit != debit:
                self._take("credit", credit)

    def _is_split(self, debit: int | None, credit: int | None) -> bool:
        if debit is None or credit is None:
            return False
        filled = self._contents[debit].filled + self._contents[credit].filled
        return filled > 0 and (filled <= self._rows * 11 // 10 + 1 or filled == 2 * self._rows)

    def _marks(self) -> None:
        """Columns of marks are known by what is in them: debit and credit, booked and pending."""
        amount = self._columns.get("amount")
        unsigned = amount is not None and not self._contents[amount].negatives
        for index, contents in enumerate(self._contents):
            if index in self._taken or not contents.values:
                continue
            if unsigned and contents.is_marks(self._rows) and "indicator" not in self._given.columns and not self._columns.get("indicator"):
                self._take("indicator", index)
            elif contents.values <= BOOKED | NOT_BOOKED and self._columns.get("status") is None:
                self._take("status", index)

    def _texts_by_header(self) -> None:
        if "counterparty" not in self._given.columns:
            found = self._ranked("counterparty", lambda c: c.words > 0 or c.filled == 0)
            while len(found) > 1 and self._contents[found[0]].filled * 10 >= self._rows * 6:
                found.pop()  # one name is enough where it is mostly there
            payer = self._best("payer", lambda c: c.words > 0)
            places = [*found[:3], payer] if payer is not None and payer not in found else found[:3]
            self._columns.several["counterparty"] = places
            self._taken.update(places)
        if "description" not in self._given.columns:
            found = sorted(self._ranked("description", self._is_text))
            self._columns.several["description"] = found or self._ranked("description_else", self._is_text)[:1]
            self._taken.update(self._columns.several["description"])

    def _is_text(self, contents: Contents) -> bool:
        return contents.filled > 0 and not contents.is_dates and not contents.is_marks(self._rows)

    def by_contents(self) -> None:
        """Fills what no header told, where the contents leave one answer."""
        if self._columns.get("date") is None and "date" not in self._given.columns:
            dates = [index for index in self._free() if self._contents[index].is_dates]
            self._take("date", dates[0] if dates else self._columns.single.pop("value_date", None))
        if not {"amount", "debit", "credit"} & (set(self._columns.single) | set(self._given.columns)):
            self._amounts_by_contents()
            self._marks()
        if self._columns.get("currency") is None and not any(self._headers):
            self._take("currency", next((index for index in self._free() if self._contents[index].is_currency), None))
        if not self._columns.texts("description") and not self._columns.texts("counterparty") and "description" not in self._given.columns:
            self._description_by_contents()

    def _amounts_by_contents(self) -> None:
        numbers = [index for index in self._free() if self._contents[index].is_numbers]
        numbers = [index for index in numbers if self._contents[index].looks_like_money] or numbers
        full = [index for index in numbers if self._contents[index].filled * 10 >= self._rows * 9]
        part = [index for index in numbers if index not in full]
        if len(part) == 2 and sum(self._contents[index].filled for index in part) == self._rows and len(full) == 1:
            self._take("debit", part[0])
            self._take("credit", part[1])
            self._take("balance", full[0])
            self._columns.split_guessed = True
        elif not part and (len(full) == 1 or (len(full) == 2 and self._contents[full[0]].negatives > 0)):
            self._take("amount", full[0])
            self._take("balance", full[1] if len(full) == 2 else None)

    def _description_by_contents(self) -> None:
        wordy = [index for index in self._free() if self._contents[index].words * 2 > self._contents[index].filled]
        wordy = [index for index in wordy if index != self._columns.kind] or wordy
        self._columns.several["description"] = [index for index in wordy if index != self._columns.owner]

    def _currency(self) -> int | None:
        codes = self._ranked("currency", lambda c: c.is_currency)
        amount = self._columns.get("amount")
        if len(codes) > 1 and amount is not None:
            codes.sort(key=lambda index: (index < amount, abs(index - amount)))
        return codes[0] if codes else None

    def _best(self, role: str, fits: _Fits) -> int | None:
        return next(iter(self._ranked(role, fits)), None)

    def _ranked(self, role: str, fits: _Fits) -> list[int]:
        """Free columns whose header names the role and whose contents fit, best first."""
        if role in self._given.columns:
            return []
        names = names_of(role)
        found = []
        for index in self._free():
            header = self._headers[index]
            if not header or not (fits(self._contents[index]) or not self._rows):
                continue
            if role in ("amount", "debit", "credit", "currency", "balance") and not FOREIGN.isdisjoint(header.split()):
                continue
            rank = names.get(header)
            if rank is None and not is_name(header) and role in ("date", "amount", "debit", "credit", "balance", "description", "category"):
                rank = _rank_within(header, names)
            if rank is not None:
                found.append((rank, index))
        return [index for _, index in sorted(found)]

    def _free(self) -> list[int]:
        return [index for index in range(len(self._headers)) if index not in self._taken]

    def _take(self, role: str, index: int | None) -> None:
        if index is not None and role not in self._given.columns:
            assert role in SINGLE
            self._columns.single[role] = index
            self._taken.add(index)


def _rank_within(header: str, names: Mapping[str, int]) -> int | None:
    """The rank of the best name that the header begins or ends with: "Betrag der Buchung", "Gross amount"."""
    ranks = [rank for name, rank in names.items() if len(name) > 3 and (header.startswith(f"{name} ") or header.endswith(f" {name}"))]
    return min(ranks) + 100 if ranks else None
