"""The mapping: how a file is read. Given by a person in part or whole, completed by guessing, kept so that reading can be repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kit.errors import FieldError, Invalid

Column = str | int  # header text, or index from 0
SINGLE = ("date", "value_date", "amount", "debit", "credit", "category", "balance", "reference", "indicator", "currency", "status", "fee")
SEVERAL = ("description", "counterparty")
_OPTIONS = ("date_format", "decimal", "delimiter", "encoding", "skip_rows", "sign", "only")
_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
COLUMNS_MAX = 500


@dataclass(frozen=True, slots=True)
class Given:
    """A mapping as given, checked by itself; whether its columns exist is for the file to say."""

    columns: Mapping[str, tuple[Column, ...]]  # an empty tuple: not to be guessed
    date_format: str | None = None
    decimal: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    skip_rows: int = 0
    sign: str | None = None
    only: tuple[Column, str] | None = None
    all_owners: bool = False  # `only` was given as null: rows of every account in the file

    def column(self, field: str) -> tuple[Column, ...] | None:
        return self.columns.get(field)


def read_mapping(mapping: Mapping[str, Any] | None) -> Given:
    """Checks a mapping from outside. Raises Invalid naming each field that is wrong."""
    if mapping is None:
        return Given({})
    if not isinstance(mapping, Mapping):
        raise malformed([FieldError("/mapping", "is not an object")])
    wrong = [FieldError(f"/mapping/{key}", "unknown field") for key in mapping if key not in (*SINGLE, *SEVERAL, *_OPTIONS)]
    columns = {}
    for field in (*SINGLE, *SEVERAL):
        if field in mapping:
            found = _columns(mapping[field], several=field in SEVERAL)
            if found is None:
                wrong.append(FieldError(f"/mapping/{field}", "name a column by its header or by its index from 0"))
            else:
                columns[field] = found
    wrong.extend(FieldError(f"/mapping/{field}", reason) for field, reason in _wrong_options(mapping))
    if columns.get("amount") and (columns.get("debit") or columns.get("credit")):
        wrong.append(FieldError("/mapping/amount", "give either amount, or debit and credit"))
    if wrong:
        raise malformed(wrong)
    only = mapping.get("only")
    return Given(
        columns=columns,
        date_format=mapping.get("date_format"),
        decimal=mapping.get("decimal"),
        delimiter=_DELIMITERS.get(mapping.get("delimiter") or "", mapping.get("delimiter")),
        encoding=mapping.get("encoding"),
        skip_rows=mapping.get("skip_rows") or 0,
        sign=mapping.get("sign"),
        only=(only["column"], only["value"]) if only else None,
        all_owners="only" in mapping and only is None,
    )


def malformed(errors: Sequence[FieldError]) -> Invalid:
    """The refusal of a mapping: which fields, and why."""
    return Invalid("mapping_is_malformed", "; ".join(f"{error.pointer.rpartition('/')[2]}: {error.detail}" for error in errors), errors)


def _columns(value: object, *, several: bool) -> tuple[Column, ...] | None:
    values = value if several and isinstance(value, (list, tuple)) else () if value is None else (value,)
    return tuple(values) if len(values) <= 20 and all(_is_column(each) for each in values) else None


def _is_column(value: object) -> bool:
    return (isinstance(value, str) and 0 < len(value) <= 1000) or (type(value) is int and 0 <= value < COLUMNS_MAX)


def _wrong_options(mapping: Mapping[str, Any]) -> list[tuple[str, str]]:
    wrong = []
    for field, allowed in (("decimal", (".", ",")), ("sign", ("as_is", "inverted"))):
        if mapping.get(field) not in (None, *allowed):
            wrong.append((field, f"must be one of {' '.join(allowed)}"))
    for field in ("date_format", "encoding"):
        value = mapping.get(field)
        if value is not None and not (isinstance(value, str) and 0 < len(value) <= 60):
            wrong.append((field, "must be a short text"))
    delimiter = mapping.get("delimiter")
    if delimiter is not None and not (isinstance(delimiter, str) and (delimiter in _DELIMITERS or _is_delimiter(delimiter))):
        wrong.append(("delimiter", "must be one character"))
    skip = mapping.get("skip_rows")
    if skip is not None and not (type(skip) is int and 0 <= skip <= 10_000):
        wrong.append(("skip_rows", "must be a count of lines"))
    only = mapping.get("only")
    if only is not None and not (
        isinstance(only, Mapping) and set(only) == {"column", "value"} and _is_column(only["column"]) and isinstance(only["value"], str)
    ):
        wrong.append(("only", "must be {column, value}"))
    return wrong


def _is_delimiter(text: str) -> bool:
    return len(text) == 1 and not text.isalnum() and text not in '\r\n" .-+'
