"""Bytes to text, in any encoding that banks use; control characters dropped, since PostgreSQL cannot keep a NUL."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


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


def one_line_end(text: str) -> str:
    """The text with LF at each line's end and without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text) if _CONTROL.search(text) else text


def split_lines(text: str) -> list[str]:
    """Lines without their ends; control characters are dropped (PostgreSQL cannot keep a NUL)."""
    lines = one_line_end(text).split("\n")
    if len(lines) > 2 * MAX_ROWS:
        raise Invalid("file_has_too_many_rows", f"a file may have {MAX_ROWS} rows at most")
    return lines


def tidy(cell: str) -> str:
    """A cell's text on one line, freed of Excel's `="..."`, of control characters and of spaces around."""
    if not cell:
        return cell
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    if cell.isprintable():
        return _SPACES.sub(" ", cell) if "  " in cell else cell
    return _SPACES.sub(" ", _SURROGATE.sub("\ufffd", _CONTROL.sub("", cell))).strip()
