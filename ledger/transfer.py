"""A transfer as a value, and the ordered list of refusals. Pure: no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

MAX_MINOR = 2**53 - 1  # what JSON numbers carry exactly


class Refusal(StrEnum):
    """Why a transfer is not posted. The order is the order of checking, and part of the contract."""

    AMOUNT_IS_NOT_POSITIVE = "amount_is_not_positive"
    AMOUNT_IS_TOO_LARGE = "amount_is_too_large"
    CAUSE_IS_NOT_EXACTLY_ONE = "cause_is_not_exactly_one"
    ACCOUNTS_ARE_THE_SAME = "accounts_are_the_same"
    FROM_ACCOUNT_IS_UNKNOWN = "from_account_is_unknown"
    TO_ACCOUNT_IS_UNKNOWN = "to_account_is_unknown"
    ACCOUNTS_HAVE_DIFFERENT_OWNERS = "accounts_have_different_owners"
    CURRENCY_DIFFERS_FROM_ACCOUNT = "currency_differs_from_account"
    MIRRORED_ACCOUNT_TAKES_ITS_OWN_FACTS_ONLY = "mirrored_account_takes_its_own_facts_only"
    FROM_ACCOUNT_IS_NOT_OPEN = "from_account_is_not_open"
    TO_ACCOUNT_IS_NOT_OPEN = "to_account_is_not_open"
    BALANCE_IS_INSUFFICIENT = "balance_is_insufficient"
    BALANCE_WOULD_OVERFLOW = "balance_would_overflow"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money from one account to another on a day, for exactly one cause: a feed's fact, an internal operation or a decision.

    `commitment` is 32 bytes that bind the cause's content into the chain.
    """

    id: UUID
    customer_id: UUID
    firm_id: UUID
    from_account: UUID
    to_account: UUID
    amount_minor: int
    currency: str
    booked_on: date
    commitment: bytes
    fact_id: UUID | None = None
    operation_id: UUID | None = None
    reverses: UUID | None = None
    decision_id: UUID | None = None

    @property
    def cause_id(self) -> UUID:
        cause = self.fact_id or self.operation_id or self.decision_id
        assert cause is not None
        return cause


@dataclass(slots=True)
class AccountState:
    """An account as posting sees it: its head moves with each entry."""

    id: UUID
    customer_id: UUID
    currency: str
    mirrored: bool
    mirror_of: UUID | None
    seq: int
    balance_minor: int
    hash: bytes
    status: str = "open"

    @property
    def external(self) -> bool:
        return self.mirror_of is not None


def check(transfer: Transfer, source: AccountState | None, target: AccountState | None) -> Refusal | None:
    """The first refusal that applies, or None. Facts and operations are recorded as they are; a decision moves what is there."""
    refusal = _check_form(transfer, source, target)
    if refusal is not None or source is None or target is None:
        return refusal
    ties = source.mirror_of == target.id or target.mirror_of == source.id
    if (source.mirrored or target.mirrored) and (not ties or transfer.decision_id is not None):
        return Refusal.MIRRORED_ACCOUNT_TAKES_ITS_OWN_FACTS_ONLY
    if transfer.decision_id is not None and (refusal := _check_means(transfer, source, target)) is not None:
        return refusal
    if abs(source.balance_minor - transfer.amount_minor) > MAX_MINOR or abs(target.balance_minor + transfer.amount_minor) > MAX_MINOR:
        return Refusal.BALANCE_WOULD_OVERFLOW
    return None


def check_instruction(transfer: Transfer, source: AccountState | None, target: AccountState | None) -> Refusal | None:
    """The first refusal of a transfer that is to be made at a bank; only what Steward itself keeps must be there."""
    refusal = _check_form(transfer, source, target)
    if refusal is not None or source is None or target is None:
        return refusal
    return _check_means(transfer, source, target)


def _check_form(transfer: Transfer, source: AccountState | None, target: AccountState | None) -> Refusal | None:
    if transfer.amount_minor <= 0:
        return Refusal.AMOUNT_IS_NOT_POSITIVE
    if transfer.amount_minor > MAX_MINOR:
        return Refusal.AMOUNT_IS_TOO_LARGE
    if sum(cause is not None for cause in (transfer.fact_id, transfer.operation_id, transfer.decision_id)) != 1:
        return Refusal.CAUSE_IS_NOT_EXACTLY_ONE
    if transfer.from_account == transfer.to_account:
        return Refusal.ACCOUNTS_ARE_THE_SAME
    if source is None:
        return Refusal.FROM_ACCOUNT_IS_UNKNOWN
    if target is None:
        return Refusal.TO_ACCOUNT_IS_UNKNOWN
    if not source.customer_id == target.customer_id == transfer.customer_id:
        return Refusal.ACCOUNTS_HAVE_DIFFERENT_OWNERS
    if not source.currency == target.currency == transfer.currency:
        return Refusal.CURRENCY_DIFFERS_FROM_ACCOUNT
    return None


def _check_means(transfer: Transfer, source: AccountState, target: AccountState) -> Refusal | None:
    """Both accounts are open, and the money is there where Steward keeps the book."""
    if source.status != "open":
        return Refusal.FROM_ACCOUNT_IS_NOT_OPEN
    if target.status != "open":
        return Refusal.TO_ACCOUNT_IS_NOT_OPEN
    if not source.mirrored and not source.external and source.balance_minor < transfer.amount_minor:
        return Refusal.BALANCE_IS_INSUFFICIENT
    return None
