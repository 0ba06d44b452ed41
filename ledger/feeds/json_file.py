"""Reads JSON: our own form with an account, balances and transactions, or a plain array of objects, which is a table like any other.

The transactions are read one by one where they stand, so that each has its line and a file that breaks off gives what came before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kit.errors import FieldError, Invalid
from ledger.feeds.csv_file import read_table
from ledger.feeds.csv_mapping import COLUMNS_MAX, read_mapping
from ledger.feeds.csv_records import Record
from ledger.feeds.csv_table import Table
from ledger.feeds.rows import RAW_MAX, FactRow, ParsedFile, Unreadable
from ledger.feeds.statements import Reader, Statement, booked_fact, minor_of, one_account, only_account
from ledger.feeds.text import MAX_ROWS, decode, one_line_end, tidy
from ledger.money import MAX_MINOR

_SPACE = re.compile(r"\s*")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KINDS = ("checking", "savings", "card", "cash", "brokerage")
_FIELDS = {
    "id", "booked_on", "amount_minor", "amount", "currency", "description", "counterparty", "category", "reference", "references", "status",
}  # fmt: skip
_LISTS = ("transactions", "data", "items", "results", "booked")


@dataclass(slots=True)
class _Item:
    """A transaction as read; `broken` says why it is none."""

    line: int
    value: Any
    raw: str
    broken: str = ""


def read_json(content: bytes, reader: Reader, mapping: Mapping[str, Any] | None, account_kind: str) -> ParsedFile:
    """The file of one account, or what must be asked first. Raises Invalid."""
    text = one_line_end(decode(content, None)[0])
    start = _SPACE.match(text).end()  # type: ignore[union-attr]
    envelope: dict[str, Any] = {}
    if text[start : start + 1] == "[":
        items = list(_items(text, start))
    else:
        envelope, items = _read_envelope(text, start)
    if not items and not envelope:
        raise _no_json("the file has no transactions")
    if envelope.get("format") == "steward.transactions":
        return one_account("json", [_statement(envelope, items, reader)], reader, only_account(mapping))
    return _of_table(items, reader, mapping, account_kind)


def _no_json(detail: str) -> Invalid:
    return Invalid("file_is_not_json", detail, [FieldError("/file", detail)])


class _Number(str):
    """A number with a fraction, as it stands in the file: never a float."""


_DECODER = json.JSONDecoder(parse_float=_Number, parse_constant=str, strict=False)


def _decode(text: str, at: int) -> tuple[Any, int]:
    """The value at a place, and where it ends. Raises ValueError."""
    try:
        return _DECODER.raw_decode(text, at)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _read_envelope(text: str, start: int) -> tuple[dict[str, Any], list[_Item]]:
    """An object's members but the list of transactions, and those read one by one."""
    envelope: dict[str, Any] = {}
    at = _skip(text, start + 1)
    items: list[_Item] = []
    while at < len(text) and text[at] != "}":
        try:
            name, at = _decode(text, at)
            at = _skip(text, at)
            if not isinstance(name, str) or text[at : at + 1] != ":":
                raise ValueError("a name and a colon are expected")
            at = _skip(text, at + 1)
            if name in _LISTS and text[at : at + 1] == "[" and not items:
                found = _Items(text, at)
                items = list(found)
                at = found.end
            else:
                value, at = _decode(text, at)
                envelope[name] = value
        except ValueError as error:
            line = text.count("\n", 0, at) + 1
            if not items:
                raise _no_json(f"line {line}: {str(error)[:120]}") from None
            items.append(_Item(line, None, text[at : at + RAW_MAX], "the file breaks off here: it was cut short or is damaged"))
            break
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at : at + 1] == "," else at
    else:
        if at >= len(text) and not (items and items[-1].broken):
            items.append(_Item(text.count("\n") + 1, None, "", "the file ends before its end: it was cut short"))
    return envelope, items


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _items(text: str, start: int) -> Iterator[_Item]:
    return iter(_Items(text, start))


class _Items:
    """The values of the array that begins at `start`; afterwards `end` is where it ends."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start = text, start
        self.end = len(text)

    def __iter__(self) -> Iterator[_Item]:
        text, at, line, count = self._text, self._start, self._text.count("\n", 0, self._start) + 1, 0
        seen = at
        while True:
            at = _skip(text, at + 1)
            line += text.count("\n", seen, at)
            seen = at
            if text[at : at + 1] == "]" and count == 0:
                break
            try:
                value, end = _decode(text, at)
            except ValueError:
                yield _Item(line, None, text[at : at + RAW_MAX], "the file breaks off here: it was cut short or is damaged")
                return
            yield _Item(line, value, text[at : min(end, at + RAW_MAX)])
            count += 1
            if count > MAX_ROWS:
                raise Invalid("file_has_too_many_rows", f"a file may have {MAX_ROWS} rows at most", [FieldError("/file", "too many rows")])
            at = _skip(text, end)
            if text[at : at + 1] != ",":
                if text[at : at + 1] != "]":
                    yield _Item(
                        text.count("\n", 0, at) + 1, None, text[at : at + RAW_MAX], "a comma or the end of the list is expected here"
                    )
                    return
                break
        self.end = at + 1


def _statement(envelope: Mapping[str, Any], items: Sequence[_Item], reader: Reader) -> Statement:
    if envelope.get("version") != 1:
        raise _no_json(f"version is {str(envelope.get('version'))[:20]}; this reads version 1")
    account = envelope.get("account") if isinstance(envelope.get("account"), dict) else {}
    assert isinstance(account, dict)
    kind, number, currency = account.get("kind"), account.get("identifier"), account.get("currency")
    statement = Statement(
        1,
        number=number if isinstance(number, str) else "",
        kind=kind if kind in _KINDS else None,
        currency=currency.upper()[:3] if isinstance(currency, str) else reader.currency,
    )
    for name in ("opening", "closing"):
        told = envelope.get(name)
        if told is not None:
            setattr(statement, name, _balance(told, name))
    for item in items:
        try:
            statement.rows.append(_fact(item, statement.currency, reader))
        except Unreadable as why:
            statement.reject(item.line, why.field, why.reason, item.raw)
    return statement


def _balance(told: Any, name: str) -> tuple[date, int]:
    """{on, balance_minor}. Raises Invalid."""
    if isinstance(told, dict) and type(minor := told.get("balance_minor")) is int and abs(minor) <= MAX_MINOR:
        try:
            return _iso_day(told.get("on")), minor
        except Unreadable:
            pass
    raise Invalid("balance_is_malformed", f"{name} must be {{on, balance_minor}}", [FieldError(f"/file/{name}", "malformed")])


def _iso_day(value: Any) -> date:
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        raise Unreadable("booked_on", "a day is written like 2026-01-31" if value is not None else "booked_on is missing")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Unreadable("booked_on", f"{value!r} is not a date") from None


def _fact(item: _Item, currency: str, reader: Reader) -> FactRow:
    value = item.value
    if item.broken:
        raise Unreadable("file", item.broken)
    if not isinstance(value, dict):
        raise Unreadable("row", "a transaction is an object")
    if unknown := next((name for name in value if name not in _FIELDS), None):
        raise Unreadable(tidy(unknown)[:60], "unknown field")
    if (status := value.get("status", "booked")) != "booked":
        raise Unreadable("status", f"not booked: {tidy(str(status))[:40]}")
    if (told := value.get("currency", currency)) != currency:
        raise Unreadable("currency", f"the row is in {tidy(str(told))[:10]}, the account in {currency}")
    counterparty = _text(value, "counterparty")
    references = value.get("references") or ()
    if not isinstance(references, list | tuple) or not all(isinstance(each, str) for each in references):
        raise Unreadable("references", "must be a list of texts")
    row = FactRow(
        line=item.line,
        booked_on=_iso_day(value.get("booked_on")),
        amount_minor=_amount(value, currency),
        description=_text(value, "description") or counterparty or "Transaction",
        counterparty=counterparty,
        category=_text(value, "category"),
        reference=_text(value, "reference"),
        balance_minor=None,
        currency=currency,
        provider_id=_text(value, "id"),
        references=tuple(filter(None, map(tidy, references))),
    )
    return booked_fact(row, reader.today)


def _text(value: Mapping[str, Any], name: str) -> str | None:
    found = value.get(name)
    if found is not None and not isinstance(found, str):
        raise Unreadable(name, "must be a text")
    return tidy(found) if found else None


def _amount(value: Mapping[str, Any], currency: str) -> int:
    """`amount_minor`, an integer, or `amount`, a decimal text."""
    minor, text = value.get("amount_minor"), value.get("amount")
    if (minor is None) == (text is None):
        raise Unreadable("amount", "give either amount_minor or amount")
    if minor is not None:
        if type(minor) is not int or abs(minor) > MAX_MINOR:
            raise Unreadable("amount_minor", "must be an integer of minor units")
        return minor
    if not isinstance(text, str):
        raise Unreadable("amount", 'must be a text like "-12.50"')
    return minor_of(text, currency)


def _of_table(items: Sequence[_Item], reader: Reader, mapping: Mapping[str, Any] | None, account_kind: str) -> ParsedFile:
    """A plain array: the members' names are the headers, those of inner objects joined by a point."""
    given = read_mapping(mapping)
    names: dict[str, int] = {}
    flat = [(item, dict(_leaves(item.value)) if isinstance(item.value, dict) else {}) for item in items]
    for _, leaves in flat:
        for name in leaves:
            names.setdefault(name, len(names))
    if not names:
        raise _no_json("the file is JSON, but no list of objects")
    if len(names) > COLUMNS_MAX:
        raise _no_json(f"the objects have more than {COLUMNS_MAX} different members")
    rows: list[Record] = []
    ragged: list[Record] = []
    for item, leaves in flat:
        if item.broken or not leaves:
            ragged.append((item.line, [item.broken or "it is not an object", item.raw]))
        else:
            rows.append((item.line, [leaves.get(name, "") for name in names]))
    if given.decimal is None and any(isinstance(leaf, _Number) for _, leaves in flat for leaf in leaves.values()):
        given = replace(given, decimal=".")
    return read_table(
        Table(" ", 0, tuple(names), rows, ragged),
        given,
        {},
        "json",
        currency=reader.currency,
        account_kind=account_kind,
        today=reader.today,
    )


def _leaves(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, inner in value.items():
        path = tidy(f"{prefix}{name}"[:200])
        if isinstance(inner, dict) and prefix.count(".") < 3:
            yield from _leaves(inner, f"{path}.")
        elif isinstance(inner, list):
            yield path, " ".join(str(each) for each in inner if isinstance(each, str | int))
        elif inner is None or isinstance(inner, bool):
            yield path, "" if inner is None else "yes" if inner else "no"
        else:
            yield path, inner if isinstance(inner, str) else str(inner)
