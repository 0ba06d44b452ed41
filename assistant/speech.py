"""Periods and subjects in words, from a call's arguments alone, so that what is spoken is what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from babel.dates import format_date

from assistant import formats
from assistant.draft import plain
from assistant.wording import Wording
from tools.query.model import STOCKS, Measure, Period, Query, Subject

_DAWN = 1900  # a period that begins before has no beginning
_MONTHS = tuple(date(2026, month, 1).strftime("%B").lower() for month in range(1, 13))
_INFLOWS = frozenset({Measure.INCOME, Measure.MONEY_IN, Measure.REFUNDS})


@dataclass(frozen=True, slots=True)
class Books:
    """What the words may lean on: the reader's currency and day, account names by id, and the names of categories and merchants."""

    currency: str
    today: date
    accounts: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


class Speech:
    """The words of one language over one reader's books."""

    def __init__(self, wording: Wording, books: Books) -> None:
        self._words = wording.words
        self.locale = wording.language
        self._books = books

    def range(self, start: date, end: date) -> str:
        """As "May 2026", "2026", "July to September 2026", "9 to 15 November 2026", "12 May 2026"."""
        to = self._words["range"]["to"]
        if start == end:
            return formats.day(start, self.locale)
        if start.year < _DAWN:
            return str(self._words["range"]["until"].format(end=formats.day(end, self.locale)))
        if start.day == 1 and _moved(end, 1).day == 1:
            if (start.month, end.month, start.year) == (1, 12, end.year):
                return str(start.year)
            if (start.year, start.month) == (end.year, end.month):
                return self._day(start, "MMMM y")
            return str(to.format(start=self._day(start, "MMMM" if start.year == end.year else "MMMM y"), end=self._day(end, "MMMM y")))
        skeleton = "d" if (start.year, start.month) == (end.year, end.month) else "d MMMM" if start.year == end.year else "d MMMM y"
        return str(to.format(start=self._day(start, skeleton), end=formats.day(end, self.locale)))

    def _day(self, value: date, skeleton: str) -> str:
        return format_date(value, skeleton, locale=self.locale)

    def period(self, period: Period, *, stock: bool = False) -> str:
        """The label where it is sound (with the dates where it has none: "last week (9 to 15 November 2026)"), else the dates."""
        words, label = self._words["period"], plain(period.label)
        start, end = period.start_on, period.end_on
        span = self.range(start, end)
        if stock:
            return self._day_of_stock(period)
        if label and label_is_sound(label, period) and (start.year >= _DAWN or re.search(r"\d", label)):
            return label if re.search(r"\d", label) else str(words["labelled"].format(label=label, range=span))
        if start.year < _DAWN:
            return span
        if start == end:
            return str(words["day"].format(range=span))
        same_month = (start.year, start.month) == (end.year, end.month)
        whole = start.day == 1 and _moved(end, 1).day == 1 and (same_month or span.isdigit())
        return str(words["whole" if whole else "span"].format(range=span))

    def _day_of_stock(self, period: Period) -> str:
        """A stock is read at the period's end; nothing is said of a day that has not ended."""
        if period.end_on >= self._books.today:
            return ""
        whole = period.start_on.day == 1 and _moved(period.end_on, 1).day == 1
        day = self._day(period.end_on, "MMMM y") if whole else formats.day(period.end_on, self.locale)
        return str(self._words["stock"]["month" if whole else "day"].format(range=day))

    def names(self, names: Sequence[str]) -> str:
        """As "Aldi", "Aldi and Lidl", "Aldi, Lidl and Rewe"."""
        shown = [plain(name) for name in names]
        if len(shown) < 2:
            return "".join(shown)
        return str(self._words["comma"]).join(shown[:-1]) + str(self._words["and"]) + shown[-1]

    def subject(self, query: Query) -> str:
        """What the query is about, as a phrase with its preposition: "on Groceries at Aldi or Lidl without Rent"."""
        words = self._words["subject"]
        parts = [self._facts(query.include, query.measure, arriving=query.direction == "in")]
        if query.amount_min_minor is not None:
            parts.append(words["at_least"].format(amount=formats.money(query.amount_min_minor, self._books.currency, self.locale)))
        if query.amount_max_minor is not None:
            parts.append(words["at_most"].format(amount=formats.money(query.amount_max_minor, self._books.currency, self.locale)))
        if not query.exclude.is_empty():
            parts.append(words["without"].format(names=self.names(self.bare_names(query.exclude))))
        return " ".join(part for part in parts if part)

    def other(self, query: Query) -> str:
        """The other subject of a comparison."""
        assert query.compare_include is not None
        return self._facts(query.compare_include, query.measure) or str(self._words["subject"]["everything"])

    def _facts(self, subject: Subject, measure: Measure, *, arriving: bool = False) -> str:
        words = self._words["subject"]
        forms = words["stock" if measure in STOCKS else "income" if arriving or measure in _INFLOWS else "spending"]
        parts = [
            forms[field].format(names=self.names(names))
            for field, names in (("categories", subject.categories), ("merchants", subject.merchants), ("text", subject.text))
            if names
        ]
        if subject.accounts:
            parts.append(forms["accounts"].format(names=self.names(self._account_names(subject))))
        if subject.account_kinds:
            preposition = forms["accounts"].split()[0]
            parts.append(words["kinds"].format(preposition=preposition, names=self.names(self._kinds(subject))))
        if subject.weekdays:
            parts.append(words["weekdays"].format(names=self.names([self._words["weekdays"][day - 1] for day in subject.weekdays])))
        return " ".join(parts)

    def bare_names(self, subject: Subject) -> list[str]:
        """Every name of a subject without prepositions."""
        weekdays = [self._words["weekdays"][day - 1] for day in subject.weekdays]
        return [*subject.categories, *subject.merchants, *subject.text, *self._account_names(subject), *self._kinds(subject), *weekdays]

    def _account_names(self, subject: Subject) -> list[str]:
        return [self._books.accounts.get(identity, identity) for identity in subject.accounts]

    def _kinds(self, subject: Subject) -> list[str]:
        return [self._words["kinds"][kind] for kind in subject.account_kinds]


def label_is_sound(label: str, period: Period) -> bool:
    """Whether a spoken label says no more than the dates do: its numbers and months are theirs, and it names no sum."""
    if len(label) > 80 or re.search(r"[%‰\u00a2-\u00a5\u20a0-\u20cf$]", label):
        return False
    numbers = {int(found) for found in re.findall(r"\d+", label)}
    if not numbers <= _numbers_of(period):
        return False
    named = {month for month in _MONTHS if re.search(rf"\b{month if month != 'may' else '(?<!you )may'}\b", label.lower())}
    return named <= {_MONTHS[day.month - 1] for day in _days(period)}


def _days(period: Period) -> list[date]:
    """The first days of the period's months, and its ends."""
    days, day = [period.start_on], period.start_on.replace(day=1)
    while (day := _moved(day, 32).replace(day=1)) <= period.end_on and len(days) < 13:
        days.append(day)
    return [*days, period.end_on]


def _moved(day: date, by: int) -> date:
    """Some days on, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + by, date.min.toordinal()), date.max.toordinal()))


def _numbers_of(period: Period) -> set[int]:
    start, end = period.start_on, period.end_on
    length = (end - start).days + 1
    months = (end.year - start.year) * 12 + end.month - start.month
    counts = {length, length // 7, months, months + 1, end.year - start.year, end.year - start.year + 1}
    quarters = {(start.month + 2) // 3, (end.month + 2) // 3}
    days = {start.day, end.day, start.month, end.month, _moved(start, -1).day, _moved(end, 1).day}
    return counts | quarters | days | set(range(start.year, end.year + 1)) | {start.year % 100, end.year % 100, start.isocalendar().week}


def json_words(value: Any) -> Any:
    """A JSON value whose every string is safe to stand in a draft."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: json_words(item) for key, item in value.items()}
    return [json_words(item) for item in value] if isinstance(value, list | tuple) else value
