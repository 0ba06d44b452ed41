"""The refusals of a transfer, by descending precedence: each row breaks one more rule than the row below it allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from ledger.transfer import MAX_MINOR, AccountState, Refusal, Transfer, check, check_instruction

OWNER, STRANGER = UUID(int=1), UUID(int=2)
CHECKING, OUTSIDE, OTHER, BEYOND = UUID(int=10), UUID(int=11), UUID(int=12), UUID(int=13)


def account(account_id: UUID, **changes: object) -> AccountState:
    state = AccountState(account_id, OWNER, "EUR", mirrored=True, mirror_of=None, seq=0, balance_minor=0, hash=b"")
    return replace(state, **changes)  # type: ignore[arg-type]


MIRRORED = account(CHECKING)
EXTERNAL = account(OUTSIDE, mirrored=False, mirror_of=CHECKING)
GOOD = Transfer(
    id=UUID(int=100), customer_id=OWNER, firm_id=UUID(int=5), from_account=CHECKING, to_account=OUTSIDE, amount_minor=100,
    currency="EUR", booked_on=date(2026, 5, 1), commitment=bytes(32), fact_id=UUID(int=200),
)  # fmt: skip
KEPT, POT = account(CHECKING, mirrored=False), account(OTHER, mirrored=False)
WISH: dict[str, object] = dict(fact_id=None, decision_id=UUID(int=400), to_account=OTHER)

TABLE = [
    (dict(amount_minor=0, fact_id=None, to_account=CHECKING, currency="USD"), None, None, Refusal.AMOUNT_IS_NOT_POSITIVE),
    (dict(amount_minor=-1), MIRRORED, EXTERNAL, Refusal.AMOUNT_IS_NOT_POSITIVE),
    (dict(amount_minor=MAX_MINOR + 1, fact_id=None, to_account=CHECKING), None, None, Refusal.AMOUNT_IS_TOO_LARGE),
    (dict(fact_id=None, to_account=CHECKING), None, None, Refusal.CAUSE_IS_NOT_EXACTLY_ONE),
    (dict(operation_id=UUID(int=300), to_account=CHECKING), None, None, Refusal.CAUSE_IS_NOT_EXACTLY_ONE),
    (dict(to_account=CHECKING), None, None, Refusal.ACCOUNTS_ARE_THE_SAME),
    (dict(), None, None, Refusal.FROM_ACCOUNT_IS_UNKNOWN),
    (dict(), MIRRORED, None, Refusal.TO_ACCOUNT_IS_UNKNOWN),
    (dict(currency="USD"), MIRRORED, replace(EXTERNAL, customer_id=STRANGER), Refusal.ACCOUNTS_HAVE_DIFFERENT_OWNERS),
    (dict(customer_id=STRANGER), MIRRORED, EXTERNAL, Refusal.ACCOUNTS_HAVE_DIFFERENT_OWNERS),
    (dict(currency="USD", to_account=OTHER), MIRRORED, account(OTHER), Refusal.CURRENCY_DIFFERS_FROM_ACCOUNT),
    (dict(), MIRRORED, replace(EXTERNAL, currency="USD"), Refusal.CURRENCY_DIFFERS_FROM_ACCOUNT),
    (dict(to_account=OTHER), MIRRORED, account(OTHER), Refusal.MIRRORED_ACCOUNT_TAKES_ITS_OWN_FACTS_ONLY),
    (dict(to_account=OTHER), replace(MIRRORED, balance_minor=-MAX_MINOR), account(OTHER, mirrored=False),
     Refusal.MIRRORED_ACCOUNT_TAKES_ITS_OWN_FACTS_ONLY),
    (WISH | dict(to_account=OUTSIDE), MIRRORED, EXTERNAL, Refusal.MIRRORED_ACCOUNT_TAKES_ITS_OWN_FACTS_ONLY),
    (WISH, replace(KEPT, status="frozen"), replace(POT, status="closed"), Refusal.FROM_ACCOUNT_IS_NOT_OPEN),
    (WISH, KEPT, replace(POT, status="frozen"), Refusal.TO_ACCOUNT_IS_NOT_OPEN),
    (WISH, replace(KEPT, balance_minor=99), POT, Refusal.BALANCE_IS_INSUFFICIENT),
    (WISH, replace(KEPT, balance_minor=100), replace(POT, balance_minor=MAX_MINOR), Refusal.BALANCE_WOULD_OVERFLOW),
    (WISH, replace(KEPT, balance_minor=100), POT, None),
    (WISH | dict(from_account=BEYOND), replace(EXTERNAL, id=BEYOND, mirror_of=OTHER), POT, None),  # what lies outside is nobody's balance
    (dict(), replace(MIRRORED, balance_minor=-MAX_MINOR), EXTERNAL, Refusal.BALANCE_WOULD_OVERFLOW),
    (dict(), MIRRORED, replace(EXTERNAL, balance_minor=MAX_MINOR), Refusal.BALANCE_WOULD_OVERFLOW),
    (dict(), replace(MIRRORED, balance_minor=100 - MAX_MINOR), EXTERNAL, None),
    (dict(), MIRRORED, EXTERNAL, None),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "source", "target", "refusal"), TABLE)
def test_the_first_refusal_that_applies_is_the_answer(
    changes: dict[str, object], source: AccountState | None, target: AccountState | None, refusal: Refusal | None
) -> None:
    assert check(replace(GOOD, **changes), source, target) is refusal  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "target", "refusal"),
    [
        (None, POT, Refusal.FROM_ACCOUNT_IS_UNKNOWN),
        (replace(MIRRORED, status="closed"), POT, Refusal.FROM_ACCOUNT_IS_NOT_OPEN),
        (MIRRORED, replace(POT, status="frozen"), Refusal.TO_ACCOUNT_IS_NOT_OPEN),
        (KEPT, account(OTHER), Refusal.BALANCE_IS_INSUFFICIENT),
        (MIRRORED, POT, None),  # what a bank holds is the bank's to refuse
        (MIRRORED, account(OTHER), None),
    ],
)
def test_an_instruction_needs_open_accounts_and_whatever_steward_itself_keeps(
    source: AccountState | None, target: AccountState | None, refusal: Refusal | None
) -> None:
    assert check_instruction(replace(GOOD, **WISH), source, target) is refusal  # type: ignore[arg-type]


def test_every_refusal_stands_in_the_table_in_its_order() -> None:
    seen = list(dict.fromkeys(row[3] for row in TABLE if row[3]))
    assert seen == list(Refusal)
