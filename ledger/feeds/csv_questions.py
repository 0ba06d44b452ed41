"""What is asked when a file does not tell: in plain words, each choice with what it puts into the mapping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.feeds.csv_dates import FORMATS, Numbers, resolve
from ledger.feeds.csv_mapping import Column
from ledger.feeds.rows import Choice, Question


def ask_date_order(example: Numbers, shown: str) -> Question:
    choices = []
    seen: set[date] = set()
    for order, date_format in FORMATS.items():
        day = resolve(example, order)
        if day is not None and day not in seen:
            seen.add(day)
            choices.append(Choice(f"{shown} is {day.day} {day:%B %Y}", {"date_format": date_format}))
    return Question(
        "date_order_is_ambiguous", "date_format", f"The dates can be read in {len(choices)} ways. Which is {shown}?", tuple(choices)
    )


def ask_decimal(shown: str) -> Question:
    return Question(
        "decimal_mark_is_ambiguous",
        "decimal",
        f"Which mark in {shown} parts the decimals?",
        (
            Choice(f"The point: {shown} is {shown.replace(',', '')}", {"decimal": "."}),
            Choice(f"The comma: {shown} is {shown.replace('.', '').replace(',', '.')}", {"decimal": ","}),
        ),
    )


def ask_sign(shown: str) -> Question:
    return Question(
        "sign_is_ambiguous",
        "sign",
        f"The file does not say which way the money went. What is {shown}?",
        (
            Choice("Money that went out: a purchase or a payment", {"sign": "inverted"}),
            Choice("Money that came in", {"sign": "as_is"}),
        ),
    )


def ask_column(field: str, columns: Iterable[tuple[str, Column]]) -> Question:
    return Question(
        "column_is_unknown",
        field,
        f"Which column holds the {field}?",
        tuple(Choice(label or f"Column {column}", {field: column}) for label, column in columns),
    )


def ask_owner(header: str, column: Column, values: Sequence[str]) -> Question:
    choices = [Choice(value, {"only": {"column": column, "value": value}}) for value in values]
    return Question(
        "file_has_several_accounts",
        "only",
        f"The column {header!r} names {len(values)} accounts. Which one is this?",
        (*choices, Choice("All of them are one account", {"only": None})),
    )
