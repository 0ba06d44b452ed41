"""Whatever the bytes, a file ends in rows, rejected rows with line and reason, or a refusal that names a field. Nothing is fetched."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import Invalid
from ledger.feeds.file import parse_file
from ledger.feeds.rows import ParsedFile

FEEDS = Path(__file__).parents[2] / "fixtures" / "feeds"
FILES = {path.name: path.read_bytes() for path in sorted(FEEDS.iterdir()) if path.suffix != ".yaml"}
SGML = [b"<STMTTRN>", b"</STMTTRN>", b"<TRNAMT>-1.00", b"<DTPOSTED>20261101", b"</OFX>", b"<![CDATA[", b"]]>", b"&#0;", b"&lol;"]
LINES = [b"^\n", b"!Type:Bank\n", b"!Account\n", b"D1/2'26\n", b"T-1.00\n", b"S", b"$9", b":86:?20", b":62F:C261101EUR1,00\n", b"-}\n"]
XML = [b"<Ntry>", b"</Ntry>", b'<Amt Ccy="XXX">', b"<!DOCTYPE a>", b"<?xml version='1.0' encoding='utf-7'?>"]
JSON = [b"1e999", b'{"', b"[", b"]", b"}", b'"amount_minor": 9e9', b"NaN", b'"\\ud800"', b","]
PIECES = [*SGML, *LINES, *XML, *JSON, b":61:261101D1,00NTRF\n", b"\x00", b"\xff\xfe", b"\xc3", b"9" * 400, b"9" * 5000, b"\n"]
BEGINNINGS = [b"OFXHEADER:100\n<OFX>", b"<?xml version='1.0'?>", b"!Type:Bank\n", b":20:A\n:25:1\n", b'{"', b"[{"]
TODAY = date(2026, 11, 21)
names = st.sampled_from(sorted(FILES))
wounds = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES)), min_size=1, max_size=4)
rests = st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=12)


def parse(content: bytes, currency: str = "EUR") -> ParsedFile:
    return parse_file(content, currency=currency, account_kind="checking", today=TODAY)


def answer(content: bytes) -> ParsedFile | None:
    """What a file ends in; anything but an answer or a refusal of ours fails the test."""
    with suppress(Invalid):
        parsed = parse(content)
        assert not (parsed.rows and parsed.questions)
        assert all(row.line >= 0 and row.field and row.reason and len(row.raw) <= 500 for row in parsed.rejected)
        for row in parsed.rows:
            assert row.amount_minor
            assert b"\x00" not in f"{row.description}{row.counterparty}{row.reference}{row.provider_id}".encode()
        return parsed
    return None


@settings(max_examples=400, deadline=None)
@given(names, st.floats(0, 1))
def test_a_file_cut_anywhere_gives_what_came_before_or_a_refusal(name: str, share: float) -> None:
    content = FILES[name]
    whole, cut = answer(content), answer(content[: int(len(content) * share)])
    if whole is not None and cut is not None and whole.rows and cut.rows and name.endswith((".xml", ".json")):
        assert {row.amount_minor for row in cut.rows} <= {row.amount_minor for row in whole.rows}
        assert len(cut.rows) == len(whole.rows) or any(row.field in ("file", "row") for row in cut.rejected)


@settings(max_examples=400, deadline=None)
@given(names, wounds)
def test_a_damaged_file_ends_in_an_answer_or_a_refusal(name: str, hurt: list[tuple[float, int, bytes]]) -> None:
    content = FILES[name]
    for share, length, piece in hurt:
        at = int(len(content) * share)
        content = content[:at] + piece + content[at + length :]
    answer(content)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(BEGINNINGS), rests)
def test_any_bytes_behind_a_formats_beginning_end_in_an_answer_or_a_refusal(begin: bytes, rest: list[bytes]) -> None:
    answer(begin + b"".join(rest))


def test_a_cut_file_says_so() -> None:
    for name, end in (("us_checking.ofx", b"</OFX>"), ("de_sparkasse_camt053_v8.xml", b"</Document>"), ("steward.json", b"]")):
        content = FILES[name]
        parsed = parse(content[: content.rindex(end)], "USD" if name.startswith("us") else "EUR")
        assert parsed.rows
        assert [row.field for row in parsed.rejected][-1] == "file", name
    mt940 = FILES["de_commerzbank.sta"]
    assert [row.field for row in parse(mt940[: mt940.index(b":62F:")]).rejected] == ["file"]
    assert [row.field for row in parse(FILES["de_quicken.qif"][:-3]).rejected] == ["file"]


BOMB = "<!DOCTYPE lolz [<!ENTITY lol 'lol'>" + "".join(f"<!ENTITY lol{n} '{f'&lol{n - 1 or str()};' * 10}'>" for n in range(1, 10)) + "]>"
OUTSIDE = "<!DOCTYPE foo [<!ENTITY xxe SYSTEM 'file:///etc/passwd'>]>"
FETCHED = "<!DOCTYPE Document SYSTEM 'http://127.0.0.1:9/evil.dtd'>"


@pytest.mark.parametrize("declared", [BOMB, OUTSIDE, FETCHED, "<!DOCTYPE a>"], ids=["bomb", "outside", "fetched", "bare"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_document_type_is_refused_at_once(declared: str, encoding: str) -> None:
    body = FILES["de_sparkasse_camt053_v8.xml"].decode().partition("?>")[2].replace("Gehalt", "&xxe;&lol9;")
    began = time.monotonic()
    with pytest.raises(Invalid) as refusal:
        parse(f"<?xml version='1.0'?>{declared}{body}".encode(encoding))
    assert refusal.value.code == "file_has_a_document_type"
    assert time.monotonic() - began < 1


def test_ofx_expands_no_entity_of_its_own() -> None:
    content = FILES["uk_current.ofx"].decode().replace("<OFX>", f"{OUTSIDE}<OFX>", 1).replace("TESCO STORES", "&xxe; &lol9;")
    assert parse(content.encode(), "GBP").rows[0].description == "&xxe; &lol9; 3297"


def test_deep_xml_is_refused() -> None:
    with pytest.raises(Invalid, match="nested"):
        parse(b"<a>" * 100_000)
