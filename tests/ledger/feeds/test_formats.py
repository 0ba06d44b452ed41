"""Every file in tests/fixtures/feeds gives the facts that its manifest lists, whatever it is called; it asks only what nobody can know."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kit.errors import Invalid
from ledger.feeds.file import parse_file, recognise
from ledger.feeds.rows import FactRow, ParsedFile

FEEDS = Path(__file__).parents[2] / "fixtures" / "feeds"
LAYOUTS: list[dict[str, Any]] = yaml.safe_load((FEEDS / "manifest.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 21)
layouts = pytest.mark.parametrize("layout", LAYOUTS, ids=[layout["file"] for layout in LAYOUTS])


def parse(layout: dict[str, Any], mapping: Any = None) -> ParsedFile:
    return read((FEEDS / layout["file"]).read_bytes(), layout["currency"], mapping)


def read(content: str | bytes, currency: str = "EUR", mapping: Any = None) -> ParsedFile:
    raw = content.encode() if isinstance(content, str) else content
    return parse_file(raw, currency=currency, account_kind="checking", mapping=mapping, today=TODAY)


def as_listed(fact: FactRow, length: int) -> list[Any]:
    words = [fact.description, fact.counterparty, fact.category, fact.provider_id]
    return [fact.line, fact.booked_on, fact.amount_minor, *words][:length]


@layouts
def test_a_file_gives_its_facts(layout: dict[str, Any]) -> None:
    parsed = parse(layout, layout.get("mapping"))
    assert (parsed.format, parsed.questions) == (layout["format"], ())
    found = [
        [row.line, row.booked_on, row.amount_minor, row.description, row.counterparty, row.category, row.provider_id] for row in parsed.rows
    ]
    assert [row[: len(listed)] for row, listed in zip(found, layout["rows"], strict=True)] == layout["rows"]
    assert [[row.line, row.field] for row in parsed.rejected] == layout.get("rejected", [])
    assert parsed.opening == (tuple(layout["opening"]) if "opening" in layout else None)
    assert parsed.closing == (tuple(layout["closing"]) if "closing" in layout else None)
    assert (parsed.account.label if parsed.account else None) == layout.get("account")
    assert [account.label for account in parsed.others] == layout.get("others", [])


@layouts
def test_reading_again_with_the_mapping_that_was_used_changes_nothing(layout: dict[str, Any]) -> None:
    first = parse(layout, layout.get("mapping"))
    assert parse(layout, first.mapping) == first


@layouts
def test_only_what_the_file_cannot_tell_is_asked(layout: dict[str, Any]) -> None:
    parsed = parse(layout)
    assert [question.code for question in parsed.questions] == layout.get("ask", [])
    assert not (parsed.rows and parsed.questions)
    assert all(parse(layout, choice.mapping_patch).rows for question in parsed.questions for choice in question.choices)


@layouts
def test_an_accounts_number_shows_no_more_than_its_end(layout: dict[str, Any]) -> None:
    parsed = parse(layout)
    shown = f"{parsed.account} {parsed.others} {parsed.questions} {parsed.mapping}"
    assert not any(len(digits) > 4 for digits in "".join(char if char.isalnum() else " " for char in shown).split() if digits.isdigit())


def test_there_are_four_files_of_each_format_and_five_languages() -> None:
    for kind in ("ofx", "qif", "camt", "mt940", "json"):
        assert len([layout for layout in LAYOUTS if layout["format"] == kind]) >= 4
    assert len({layout["language"] for layout in LAYOUTS}) >= 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["de_quicken.qif", "steward.json", "de_commerzbank.sta", "de_sparkasse_camt053_v8.xml"])
def test_a_format_is_known_in_any_encoding(name: str, encoding: str) -> None:
    text = (FEEDS / name).read_text("utf-8").replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    assert read(text.encode(encoding)).rows == read((FEEDS / name).read_bytes()).rows


@pytest.mark.parametrize(("content", "what"), [(b"%PDF-1.7", "a PDF"), (b"PK\x03\x04", "an Excel workbook"), (b"\x1f\x8b", "compressed")])
def test_what_surely_is_no_statement_is_named(content: bytes, what: str) -> None:
    with pytest.raises(Invalid, match=what):
        recognise(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<?xml version='1.0'?><html/>", "file_has_no_statement"),
        ("<Document><BkToCstmrDbtCdtNtfctn><Ntfctn/></BkToCstmrDbtCdtNtfctn></Document>", "file_is_a_notification"),
        ("OFXHEADER:100\n\n<OFX></OFX>", "file_has_no_statement"),
        ("!Type:Cat\nNFood\n^\n", "file_has_no_statement"),
        ('{"format": "steward.transactions", "version": 2, "transactions": []}', "file_is_not_json"),
        ('{"a": ', "file_is_not_json"),
        ("[[1, 2]]", "file_is_not_json"),
        ("[" * 100_000, "file_is_not_json"),
    ],
)
def test_a_file_of_a_format_without_a_statement_is_refused(content: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(content)
    assert refusal.value.code == code
    assert refusal.value.errors


@pytest.mark.parametrize(
    ("mapping", "pointer"),
    [
        ({"date": "Date"}, "/mapping/date"),
        ({"only": {"account": "...0000 EUR"}}, "/mapping/only"),
        ({"only": "...3000 EUR"}, "/mapping/only"),
        ([], "/mapping"),
    ],
)
def test_a_mapping_that_such_a_file_cannot_have_names_its_field(mapping: Any, pointer: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read((FEEDS / "de_commerzbank.sta").read_bytes(), mapping=mapping)
    assert [error.pointer for error in refusal.value.errors] == [pointer]


def test_the_day_is_the_banks_whatever_zone_stands_behind_it() -> None:
    text = (FEEDS / "us_checking.ofx").read_text()
    assert read(text, "USD").rows[0].booked_on == date(2026, 11, 12)  # 23:59 in Seattle, the next day in Greenwich


def test_a_bank_that_sends_a_message_instead_of_a_statement_is_quoted() -> None:
    with pytest.raises(Invalid, match="Account is locked"):
        read("OFXHEADER:100\n<OFX><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Account is locked</STATUS></OFX>")


def test_rows_that_do_not_make_the_closing_balance_are_reported() -> None:
    text = (FEEDS / "de_commerzbank.sta").read_text().replace("C261104EUR3335,05", "C261104EUR3345,05")
    parsed = read(text)
    assert [(row.field, "differ by 10.00 EUR" in row.reason) for row in parsed.rejected] == [("balance", True)]
    assert parsed.closing == (date(2026, 11, 4), 334505)


def test_charges_and_batches_that_do_not_add_up_leave_the_entry_whole() -> None:
    text = (FEEDS / "de_sparkasse_camt053_v8.xml").read_text("utf-8")
    assert [row.amount_minor for row in read(text.replace('<Amt Ccy="EUR">15.00', '<Amt Ccy="EUR">14.00')).rows] == [-5495, 240000, -3500]
    charges = (FEEDS / "ch_postfinance_camt053_v4.xml").read_text("utf-8").replace("ChrgInclInd>true", "ChrgInclInd>false")
    assert [row.amount_minor for row in read(charges, "CHF").rows] == [10000, -1280]


def test_strange_signs_in_json_texts_are_dropped() -> None:
    text = '[{"date": "2026-11-02", "amount": -1.0, "description": "A\\u0000B\\ud800"}]'
    assert read(text).rows[0].description == "AB\ufffd"
