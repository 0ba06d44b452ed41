"""Whatever the dialect, rows come back as they went in, or a question is asked; whatever the bytes, there is an answer."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import Invalid
from ledger.feeds.csv_file import parse_csv
from ledger.feeds.identity import identities
from ledger.feeds.rows import FactRow, ParsedFile
from ledger.same_facts import match_keys

TODAY = date(2026, 11, 21)
KEY = b"k" * 32


@dataclass(frozen=True)
class Dialect:
    delimiter: str
    encoding: str
    decimal: str
    group: str
    date_format: str
    shape: str  # how direction is printed
    newest_first: bool
    balance: bool
    header: bool


HEADERS = {
    "signed": ["Amount"],
    "trailing": ["Amount"],
    "brackets": ["Amount"],
    "crdr": ["Amount"],
    "split": ["Debit", "Credit"],
    "marked": ["Amount", "D/C"],
}
dialects = st.builds(
    Dialect,
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    decimal=st.sampled_from(".,"),
    group=st.sampled_from(["", "other", " ", "'"]),
    date_format=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d %b %Y", "%d-%m-%y"]),
    shape=st.sampled_from(sorted(HEADERS)),
    newest_first=st.booleans(),
    balance=st.booleans(),
    header=st.just(True),
)
WORDS = ["Bäcker", "shop, inc", "a;b", 'say "hi"', "Tesco 12", "line\nbreak", "12.50", "tab\there", "x|y", "Café", "O'Neil", "-", "=1+1"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join).filter(lambda text: any(char.isalpha() for char in text))
facts = st.lists(st.tuples(st.integers(0, 400), st.integers(-(10**7), 10**7).filter(bool), texts), min_size=1, max_size=12)


def printed(minor: int, dialect: Dialect) -> str:
    whole, cents = divmod(abs(minor), 100)
    group = {"other": "." if dialect.decimal == "," else ","}.get(dialect.group, dialect.group)
    return f"{whole:,}".replace(",", group) + dialect.decimal + f"{cents:02d}"


def amount_cells(minor: int, dialect: Dialect) -> list[str]:
    text, out = printed(minor, dialect), minor < 0
    return {
        "signed": ["-" * out + text],
        "trailing": [text + "-" * out],
        "brackets": [f"({text})" if out else text],
        "crdr": [f"{text} {'DR' if out else 'CR'}"],
        "split": [text, ""] if out else ["", text],
        "marked": [text, "D" if out else "C"],
    }[dialect.shape]


def render(rows: list[tuple[date, int, str]], dialect: Dialect) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(["Date", "Description", *HEADERS[dialect.shape], *["Balance"] * dialect.balance])
    balance, lines = 0, []
    for day, minor, text in rows:
        balance += minor
        total = ["-" * (balance < 0) + printed(balance, dialect)] if dialect.balance else []
        lines.append([day.strftime(dialect.date_format), text, *amount_cells(minor, dialect), *total])
    writer.writerows(reversed(lines) if dialect.newest_first else lines)
    return out.getvalue().encode(dialect.encoding)


def parse(content: bytes, mapping: Any = None) -> ParsedFile:
    return parse_csv(content, currency="EUR", account_kind="checking", mapping=mapping, today=TODAY)


def settled(content: bytes, dialect: Dialect) -> ParsedFile:
    """The file as read once each question is answered by who knows."""
    parsed = parse(content)
    if parsed.questions:
        assert {question.code for question in parsed.questions} <= {"date_order_is_ambiguous", "sign_is_ambiguous"}
        parsed = parse(content, {"date_format": dialect.date_format, "sign": "as_is"})
    return parsed


@settings(max_examples=300, deadline=None)
@given(facts, dialects)
def test_rows_come_back_or_a_question_is_asked(drawn: list[tuple[int, int, str]], dialect: Dialect) -> None:
    rows = sorted(((date(2025, 10, 1) + timedelta(days), minor, text) for days, minor, text in drawn), key=lambda row: row[0])
    parsed = settled(render(rows, dialect), dialect)
    assert parsed.rejected == ()
    assert parsed.questions == ()
    expected = [(day, minor, " ".join(text.split())) for day, minor, text in rows]
    found = [(row.booked_on, row.amount_minor, row.description) for row in parsed.rows]
    assert sorted(found) == sorted(expected)
    assert [day for day, _, _ in found] == sorted(day for day, _, _ in found)
    if parsed.closing is not None:
        assert parsed.closing == (rows[-1][0], sum(minor for _, minor, _ in rows))
        assert parsed.opening == (rows[0][0], 0)


@settings(max_examples=150, deadline=None)
@given(facts, dialects)
def test_reading_again_with_the_mapping_used_gives_the_same(drawn: list[tuple[int, int, str]], dialect: Dialect) -> None:
    content = render([(date(2025, 10, 1) + timedelta(days), minor, text) for days, minor, text in sorted(drawn)], dialect)
    parsed = settled(content, dialect)
    assert parse(content, parsed.mapping) == parsed


table = st.lists(
    st.lists(
        st.sampled_from(
            ["", "a", "1,5", "-2.00", "03/04/2026", "2026-01-01", '"', "Date", "Amount", "é", "\x00", "x" * 50, "EUR", "CR", "Total"]
        ),
        max_size=6,
    ),
    max_size=12,
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        table.map(lambda rows: "\n".join(",".join(row) for row in rows).encode("utf-16")),
        table.map(lambda rows: "\n".join(";".join(row) for row in rows).encode()),
    )
)
def test_any_bytes_end_in_an_answer_or_a_refusal(content: bytes) -> None:
    try:
        parsed = parse(content)
    except Invalid:
        return
    assert all("\x00" not in row.description for row in parsed.rows)
    assert not (parsed.rows and parsed.questions)


identity_rows = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([-500, 500]), st.sampled_from(["a", "A ", "b"])), max_size=30)


def as_facts(drawn: list[tuple[int, int, str]]) -> list[FactRow]:
    return [
        FactRow(line, date(2026, 1, 1) + timedelta(day), minor, text, None, None, None, None, "EUR")
        for line, (day, minor, text) in enumerate(drawn)
    ]


def known_after(rows: list[FactRow]) -> dict[bytes, list[UUID]]:
    """Who holds which key once the rows are facts."""
    holders: dict[bytes, list[UUID]] = {}
    for identity in identities(rows, KEY):
        fact_id = uuid4()
        for key in identity.keys:
            holders.setdefault(key, []).append(fact_id)
    return holders


@given(identity_rows)
def test_identical_rows_are_facts_of_their_own_and_the_same_file_is_the_same_again(drawn: list[tuple[int, int, str]]) -> None:
    rows = as_facts(drawn)
    assert match_keys(identities(rows, KEY), {}) == [None] * len(rows)
    again = match_keys(identities(list(reversed(rows)), KEY), known_after(rows))
    assert None not in again
    assert len(set(again)) == len(rows)


@given(identity_rows, st.integers(0, 3), st.integers(0, 3))
def test_overlapping_exports_by_day_add_only_what_is_new(drawn: list[tuple[int, int, str]], one: int, other: int) -> None:
    rows = sorted(as_facts(drawn), key=lambda row: row.booked_on)
    begin, end = date(2026, 1, 1) + timedelta(min(one, other)), date(2026, 1, 1) + timedelta(max(one, other))
    until, since = [row for row in rows if row.booked_on <= end], [row for row in rows if row.booked_on >= begin]
    found = match_keys(identities(since, KEY), known_after(until))
    assert [fact is None for fact in found].count(True) == len([row for row in rows if row.booked_on > end])


def test_a_fingerprint_tells_nothing_without_the_key() -> None:
    rows = as_facts([(0, 500, "a")])
    assert identities(rows, KEY) != identities(rows, b"x" * 32)
    assert len(identities(rows, KEY)[0].fingerprint) == 32
