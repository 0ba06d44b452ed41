"""Statements: what every format but a table says, in one shape; several statements become the file of one account.

A bank's statement names its account, its currency and its balances, so nothing is guessed. A file of several accounts is asked about;
what is not taken is named, so that it can be taken next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from kit.errors import FieldError, Invalid
from ledger.feeds.csv_dates import YEAR_MAX, YEAR_MIN
from ledger.feeds.csv_mapping import malformed
from ledger.feeds.rows import (
    CELL_MAX,
    FUTURE_DAYS,
    RAW_MAX,
    Choice,
    FactRow,
    FileAccount,
    Format,
    ParsedFile,
    Question,
    RejectedRow,
    Unreadable,
)
from ledger.money import MAX_MINOR, format_plain, is_currency, minor_digits, parse_amount

ACCOUNTS_MAX = 50
REFERENCES_MAX = 50
_PLAIN_AMOUNT = re.compile(r"([+-]?)(\d{1,15})(?:[.,](\d{1,2}))?", re.ASCII)
_NOT_IN_NUMBERS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Statement:
    """One statement of one account. `number` is the account's as the bank writes it, `name` the one that the person gave it.

    Balances are booked ones; what is owed on a card is negative.
    """

    line: int
    number: str = ""
    name: str = ""
    kind: str | None = None
    currency: str = ""
    rows: list[FactRow] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    opening: tuple[date, int] | None = None
    closing: tuple[date, int] | None = None

    def reject(self, line: int, field_name: str, reason: str, raw: str) -> None:
        self.rejected.append(RejectedRow(line, field_name, reason, raw[:RAW_MAX]))


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known before a file is opened: the account's currency, in case the file is silent, and the day."""

    currency: str
    today: date


def minor_of(text: str, currency: str, field_name: str = "amount") -> int:
    """An amount as statements write it: point or comma before the decimals. Raises Unreadable."""
    found = _PLAIN_AMOUNT.fullmatch(text)
    if found is not None and _has_cents(currency):
        minor = int(found[2]) * 100 + int((found[3] or "0").ljust(2, "0"))
        if minor <= MAX_MINOR:
            return -minor if found[1] == "-" else minor
    text = text.strip()
    mark = "," if text.rfind(",") > text.rfind(".") else "."
    try:
        return parse_amount(text.rstrip(".,"), mark, currency)
    except Invalid as error:
        raise Unreadable(field_name, error.detail[:200] if text else f"the {field_name} is missing") from None


@cache
def _has_cents(currency: str) -> bool:
    return is_currency(currency) and minor_digits(currency) == 2


def booked_fact(row: FactRow, today: date) -> FactRow:
    """The row, checked as every fact is. Raises Unreadable."""
    if row.amount_minor == 0:
        raise Unreadable("amount", "the amount is zero")
    if not YEAR_MIN <= row.booked_on.year <= YEAR_MAX:
        raise Unreadable("date", f"{row.booked_on} is no day of a statement")
    if row.booked_on - today > timedelta(days=FUTURE_DAYS):
        raise Unreadable("date", f"{row.booked_on} lies in the future")
    for name in ("description", "counterparty", "category", "reference", "provider_id"):
        if len(getattr(row, name) or "") > CELL_MAX:
            raise Unreadable(name, f"longer than {CELL_MAX} characters")
    if len(row.references) > REFERENCES_MAX or any(len(reference) > CELL_MAX for reference in row.references):
        raise Unreadable("references", f"more than {REFERENCES_MAX}, or longer than {CELL_MAX} characters")
    return row


def day_of(digits: str, field_name: str = "date") -> date:
    """A day of eight digits, year first. Raises Unreadable."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise Unreadable(field_name, f"{digits[:40]!r} is not a date" if digits else f"the {field_name} is missing") from None


def masked(number: str) -> str:
    """The last four characters, which tell accounts apart and nothing else."""
    plain = _NOT_IN_NUMBERS.sub("", number)
    return f"...{plain[-4:]}" if len(plain) > 4 else "..." if plain else ""


def one_account(
    kind_of_file: Format, statements: Sequence[Statement], reader: Reader, only: str | None, mapping: Mapping[str, Any] | None = None
) -> ParsedFile:
    """The file of the account that `only` names, or of the one that there is. Raises Invalid where there is no such account."""
    groups = _by_account(statements)
    labels = _labels(groups)
    accounts = [
        FileAccount(label, group[0].kind, group[0].currency or None, sum(len(statement.rows) for statement in group))
        for label, group in zip(labels, groups, strict=True)
    ]
    used = dict(mapping or {})
    if only is not None:
        if only not in labels:
            raise malformed([FieldError("/mapping/only", f"the file has no account {only[:80]!r}; it has {', '.join(labels)}")])
        chosen = labels.index(only)
        used["only"] = {"account": only}
    elif len([account for account in accounts if account.rows_count]) > 1:
        return ParsedFile(format=kind_of_file, mapping=used, questions=(_ask_account(accounts),))
    else:
        chosen = next((place for place, account in enumerate(accounts) if account.rows_count), 0)
    if not accounts:
        raise Invalid("file_has_no_statement", "the file holds no statement of an account", [FieldError("/file", "no statement")])
    others = tuple(account for place, account in enumerate(accounts) if place != chosen and account.rows_count)
    return _joined(kind_of_file, groups[chosen], accounts[chosen], others, reader, used)


def only_account(mapping: Mapping[str, Any] | None, allowed: Iterable[str] = ()) -> str | None:
    """The account that the mapping names. Raises Invalid for what such a file's mapping cannot have."""
    if mapping is None:
        return None
    if not isinstance(mapping, Mapping):
        raise malformed([FieldError("/mapping", "is not an object")])
    wrong = [FieldError(f"/mapping/{key}", "this kind of file has no such choice") for key in mapping if key not in ("only", *allowed)]
    only = mapping.get("only")
    if only is not None and not (isinstance(only, Mapping) and set(only) == {"account"} and isinstance(only["account"], str)):
        wrong.append(FieldError("/mapping/only", "must be {account}"))
    if wrong:
        raise malformed(wrong)
    return str(only["account"]) if only else None


def _by_account(statements: Sequence[Statement]) -> list[list[Statement]]:
    groups: dict[tuple[str, str, str, str | None], list[Statement]] = {}
    for statement in statements:
        plain = _NOT_IN_NUMBERS.sub("", statement.number).upper()
        groups.setdefault((plain, statement.name, statement.currency, statement.kind), []).append(statement)
    if len(groups) > ACCOUNTS_MAX:
        raise Invalid("file_has_too_many_accounts", f"a file may have {ACCOUNTS_MAX} accounts", [FieldError("/file", "too many accounts")])
    return list(groups.values())


def _labels(groups: Sequence[Sequence[Statement]]) -> list[str]:
    labels: list[str] = []
    for group in groups:
        first = group[0]
        words = " ".join(filter(None, (first.name, first.kind, masked(first.number), first.currency))) or "account"
        same = sum(label == words or label.startswith(f"{words} (") for label in labels)
        labels.append(f"{words} ({same + 1})" if same else words)
    return labels


def _ask_account(accounts: Sequence[FileAccount]) -> Question:
    return Question(
        "file_has_several_accounts",
        "only",
        f"The file holds {len(accounts)} accounts. Which one is this? The others can be taken in after it.",
        tuple(Choice(f"{account.label}: {account.rows_count} rows", {"only": {"account": account.label}}) for account in accounts),
    )


def _joined(
    kind_of_file: Format,
    group: Sequence[Statement],
    account: FileAccount,
    others: tuple[FileAccount, ...],
    reader: Reader,
    mapping: Mapping[str, Any],
) -> ParsedFile:
    currency = account.currency or reader.currency
    rows = [row for statement in group for row in statement.rows]
    rejected = [row for statement in group for row in statement.rejected]
    if not is_currency(currency):
        raise Invalid("currency_is_unknown", f"{currency[:10]!r} is not an ISO 4217 currency", [FieldError("/file", "currency")])
    opening = min((statement.opening for statement in group if statement.opening), key=lambda told: told[0], default=None)
    closing = max((statement.closing for statement in reversed(group) if statement.closing), key=lambda told: told[0], default=None)
    rejected += [gap for statement in group if (gap := _gap(statement, currency))]
    return ParsedFile(
        rows=tuple(sorted(rows, key=lambda row: row.booked_on)),
        rejected=tuple(sorted(rejected, key=lambda row: row.line)),
        mapping=dict(mapping),
        opening=opening,
        closing=closing,
        format=kind_of_file,
        account=account,
        others=others,
    )


def _gap(statement: Statement, currency: str) -> RejectedRow | None:
    """That the rows do not make the closing balance out of the opening one: something is missing, or was not read."""
    if statement.opening is None or statement.closing is None:
        return None
    gap = statement.closing[1] - statement.opening[1] - sum(row.amount_minor for row in statement.rows)
    if not gap:
        return None
    reason = f"the statement's rows and its balances differ by {format_plain(gap, currency)} {currency}; its closing balance is taken"
    return RejectedRow(statement.line, "balance", reason, "")
