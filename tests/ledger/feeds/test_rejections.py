"""Nothing is lost silently: a row that is no fact is rejected with its line and the reason; a file that is none is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kit.errors import Invalid
from ledger.feeds.csv_file import parse_csv
from ledger.feeds.rows import ParsedFile

TODAY = date(2026, 11, 21)
HEAD = "Date,Description,Amount,Currency\n2026-01-13,Shop,-12.00,EUR\n"


def parse(content: str | bytes, *, currency: str = "EUR", max_bytes: int = 10**6, mapping: Any = None) -> ParsedFile:
    raw = content.encode() if isinstance(content, str) else content
    return parse_csv(raw, currency=currency, account_kind="checking", mapping=mapping, today=TODAY, max_bytes=max_bytes)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("2026-02-30,Shop,-1.00,EUR", "date", "'2026-02-30' is not a date"),
        (",Shop,-1.00,EUR", "date", "the date is missing"),
        ("pending,Shop,-1.00,EUR", "date", "not booked yet: pending"),
        ("2028-01-01,Shop,-1.00,EUR", "date", "2028-01-01 lies in the future"),
        ("2026-01-14,Shop,one,EUR", "amount", "'one' is not an amount"),
        ("2026-01-14,Shop,,EUR", "amount", "the amount is missing"),
        ("2026-01-14,Shop,-1.005,EUR", "amount", "'1.005' has more than 2 decimals"),
        ("2026-01-14,Shop,0.00,EUR", "amount", "the amount is zero"),
        ("2026-01-14,Shop,99999999999999999.00,EUR", "amount", "'99999999999999999.00' is too large"),
        ("2026-01-14,Shop,-1.00,USD", "currency", "the row is in USD, the account in EUR"),
        ("2026-01-14,Shop,$-1.00,EUR", "currency", "the amount is in $, the account in EUR"),
        ("2026-01-14,Shop,-1,50,EUR", "row", "has 5 cells where the table has 4"),
    ],
)
def test_a_row_that_is_no_fact_is_rejected(row: str, field: str, reason: str) -> None:
    parsed = parse(f"{HEAD}{row}\n2026-01-15,Shop,-2.00,EUR\n")
    assert [(each.line, each.field, each.reason, each.raw) for each in parsed.rejected] == [(3, field, reason, row)]
    assert [each.amount_minor for each in parsed.rows] == [-1200, -200]


def test_a_row_with_both_debit_and_credit_is_rejected() -> None:
    parsed = parse("Date,Text,Debit,Credit\n2026-01-13,A,5.00,\n2026-01-14,B,,6.00\n2026-01-15,C,1.00,2.00\n")
    assert [(each.line, each.field) for each in parsed.rejected] == [(4, "amount")]


def test_lines_count_from_the_top_of_the_file_whatever_stands_there() -> None:
    parsed = parse('My bank\n\nDate,Text,Amount\n2026-01-13,"two\nlines",-1.00\n2026-01-14,B,oops\n')
    assert [(row.line, row.description) for row in parsed.rows] == [(4, "two lines")]
    assert [row.line for row in parsed.rejected] == [6]


def test_sums_and_remarks_of_the_bank_are_no_rows() -> None:
    parsed = parse("Date,Text,Amount\n2026-01-13,A,-1.00\nTotal,,-1.00\nClosing balance,,99.00\n\nGenerated on request\n")
    assert (len(parsed.rows), parsed.rejected) == (1, ())


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    parsed = parse('Date,Text,Amount\n2026-01-13,"A,-1.00\n2026-01-14,B,-2.00\n2026-01-15,C,-3.00\n')
    assert [row.description for row in parsed.rows] == ["A", "B", "C"]


def test_a_cell_beyond_ten_thousand_characters_is_rejected() -> None:
    parsed = parse(f"Date,Text,Amount\n2026-01-13,{'x' * 10_001},-1.00\n2026-01-14,B,-2.00\n")
    assert [(row.line, row.field) for row in parsed.rejected] == [(2, "description")]
    assert len(parsed.rejected[0].raw) == 500


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (b"\n\n \n", "file_is_empty"),
        (b"hello", "file_has_no_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "file_has_no_table"),
        (b"x" * 1001, "file_is_too_large"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(content, max_bytes=1000 if code == "file_is_too_large" else 10**6)
    assert refusal.value.code == code


def test_an_export_without_movements_is_an_empty_file_and_no_error() -> None:
    parsed = parse("Date,Description,Amount\n")
    assert (parsed.rows, parsed.rejected, parsed.questions) == ((), (), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = "Datum;Empfänger;Verwendungszweck;Betrag\r\n13.01.2026;Müller;Größe;-1.234,50\r\n14.01.2026;Ärzte;Über;2,00\r\n"
    parsed = parse(text.encode(encoding))
    assert [(row.counterparty, row.description, row.amount_minor) for row in parsed.rows] == [
        ("Müller", "Größe", -123450),
        ("Ärzte", "Über", 200),
    ]


def test_a_nul_and_control_characters_vanish() -> None:
    parsed = parse("Date,Text,Amount\n2026-01-13,A\x00\x01B,-1.00\n2026-01-14,C,-2.00\n")
    assert [row.description for row in parsed.rows] == ["AB", "C"]


def test_the_separator_that_excel_tells_is_used() -> None:
    assert parse("sep=|\nDate|Text|Amount\n2026-01-13|A,B;C|-1.00\n").rows[0].description == "A,B;C"


@pytest.mark.parametrize(
    ("mapping", "pointers"),
    [
        ({"date": "When", "amount": "Amount"}, ["/mapping/date"]),
        ({"date": "Date", "amount": "Betrag", "description": "Memo"}, ["/mapping/amount", "/mapping/description"]),
        ({"date": 9}, ["/mapping/date"]),
        ({"date": True}, ["/mapping/date"]),
        ({"colour": "red"}, ["/mapping/colour"]),
        ({"decimal": ";"}, ["/mapping/decimal"]),
        ({"sign": "minus"}, ["/mapping/sign"]),
        ({"date_format": "sometimes"}, ["/mapping/date_format"]),
        ({"encoding": "zip"}, ["/mapping/encoding"]),
        ({"delimiter": "ab"}, ["/mapping/delimiter"]),
        ({"skip_rows": -1}, ["/mapping/skip_rows"]),
        ({"amount": "Amount", "debit": "Amount"}, ["/mapping/amount"]),
        ({"only": "Joint"}, ["/mapping/only"]),
        ([], ["/mapping"]),
    ],
)
def test_a_mapping_that_does_not_fit_names_its_fields(mapping: Any, pointers: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(HEAD, mapping=mapping)
    assert refusal.value.code == "mapping_is_malformed"
    assert sorted(error.pointer for error in refusal.value.errors) == pointers


def test_columns_are_named_by_header_in_any_case_or_by_place() -> None:
    text = "When,What,How much\n2026-01-13,A,-1.00\n2026-01-14,B,2.00\n"
    by_name = parse(text, mapping={"date": "when", "description": "WHAT", "amount": "How much"})
    by_place = parse(text, mapping={"date": 0, "description": 1, "amount": 2})
    assert by_name.rows == by_place.rows
    assert [row.description for row in by_name.rows] == ["A", "B"]


def test_a_column_may_be_switched_off() -> None:
    text = "Date,Description,Category,Amount\n2026-01-13,A,Food,-1.00\n"
    assert [parse(text, mapping=mapping).rows[0].category for mapping in (None, {"category": None})] == ["Food", None]


def test_lines_may_be_skipped() -> None:
    text = "Date,Description,Amount\nnot,the,table\nDate,Description,Amount\n2026-01-13,A,-1.00\n"
    assert len(parse(text, mapping={"skip_rows": 2}).rows) == 1
