"""Reads any file that a bank gives: the format is known from the content, never from the file's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kit.errors import FieldError, Invalid
from ledger.feeds.camt_file import read_camt
from ledger.feeds.csv_file import parse_csv
from ledger.feeds.json_file import read_json
from ledger.feeds.mt940_file import read_mt940
from ledger.feeds.ofx_file import read_ofx
from ledger.feeds.qif_file import read_qif
from ledger.feeds.rows import Format, ParsedFile
from ledger.feeds.statements import Reader, Statement, one_account, only_account
from ledger.feeds.text import decode

MAX_BYTES = 64 * 2**20
_HEAD = 16 * 1024
_OFX = re.compile(r"OFXHEADER|<OFX[\s>]", re.IGNORECASE)
_XML = re.compile(r"\s*<[?!A-Za-z]")
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{\]])')
_QIF = re.compile(r"\s*!(?:Type|Account|Option|Clear)\b", re.IGNORECASE)
_MT940 = re.compile(r"(?:^|\n)[^\n:]{0,200}:20:[^\n]*\n(?:.*\n)*?:(?:25|28C?|60[FM]):")
_NOT_READ = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
    (b"\x1f\x8b", "a compressed file"),
)
_STATEMENTS: Mapping[Format, Callable[[bytes, Reader], list[Statement]]] = {"ofx": read_ofx, "camt": read_camt, "mt940": read_mt940}


def parse_file(
    content: bytes, *, currency: str, account_kind: str, mapping: Mapping[str, Any] | None = None, today: date, max_bytes: int = MAX_BYTES
) -> ParsedFile:
    """Reads a file of any known format. Raises Invalid for one that cannot be read, and for a mapping that does not fit it."""
    if len(content) > max_bytes:
        raise Invalid("file_is_too_large", f"a file may have {max_bytes} bytes", [FieldError("/file", "too large")])
    kind_of_file = recognise(content)
    reader = Reader(currency, today)
    if kind_of_file == "csv":
        return parse_csv(content, currency=currency, account_kind=account_kind, mapping=mapping, today=today, max_bytes=max_bytes)
    if kind_of_file == "qif":
        return read_qif(content, reader, mapping)
    if kind_of_file == "json":
        return read_json(content, reader, mapping, account_kind)
    only = only_account(mapping)
    return one_account(kind_of_file, _STATEMENTS[kind_of_file](content, reader), reader, only)


def recognise(content: bytes) -> Format:
    """csv, ofx, qif, camt, mt940 or json. Raises Invalid for what surely is none of them."""
    for magic, what in _NOT_READ:
        if content.startswith(magic):
            raise Invalid(
                "file_is_of_no_known_kind", f"the file is {what}; choose CSV, OFX or CAMT at your bank", [FieldError("/file", what)]
            )
    head = decode(content[:_HEAD], None)[0].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if _OFX.search(head):
        return "ofx"
    signs: tuple[tuple[Format, re.Pattern[str]], ...] = (("camt", _XML), ("json", _JSON), ("qif", _QIF))
    for kind_of_file, sign in signs:
        if sign.match(head):
            return kind_of_file
    return "mt940" if _MT940.search(head) else "csv"
