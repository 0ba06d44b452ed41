"""What may be a password, and that it is compared as typed."""

from __future__ import annotations

import asyncio
from importlib.resources import files

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import Invalid, Unavailable
from web.auth.passwords import AT_ONCE, MAX_LENGTH, MIN_LENGTH, WAITING, Passwords, check_password

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
EMAIL = "ada@example.org"


@pytest.mark.parametrize("length", [*range(MIN_LENGTH), MAX_LENGTH + 1, 10_000])
def test_a_password_that_is_too_short_or_too_long_is_refused(length: int) -> None:
    with pytest.raises(Invalid):
        check_password(("kV9-" * 3000)[:length], EMAIL)


@pytest.mark.parametrize("password", ["x7#Lq-plum-sail", "zwölf Boxkämpfer", "🐴🔋 correct staple", "a" * 20 + "bcdefgh" + "i" * 101])
def test_a_long_one_of_any_kind_is_taken(password: str) -> None:
    check_password(password, EMAIL)


@pytest.mark.parametrize(
    "password",
    [
        "password12345",
        "PASSWORD!!!!",
        "123456789012",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "ada@example.org",
        "!!ada@example.org1",
        "abababababab",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_password(password, EMAIL)
    assert refused.value.code == "password_is_easily_guessed"


def test_every_common_password_is_refused_with_digits_around_it() -> None:
    for common in files("web.auth").joinpath("common_passwords.txt").read_text().split():
        with pytest.raises(Invalid):
            check_password(f"1234{common}123456"[:128], EMAIL)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Invalid):
        check_password("twelve chars \ud800", EMAIL)


async def test_the_hash_is_argon2id_with_the_parameters_of_the_standard() -> None:
    passwords = Passwords()
    found = extract_parameters(await passwords.hash("correct battery horse"))
    assert (found.type.name, found.memory_cost >= 46 * 1024, found.time_cost >= 1) == ("ID", True, True)
    passwords.close()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=12, max_size=80))
@settings(max_examples=40)
def test_only_the_very_same_text_matches(password: str) -> None:
    kept = QUICK.hash(password.encode())
    passwords = Passwords(QUICK)
    assert passwords._matches(kept, password.encode())
    others = {password + "x", password[:-1], password.swapcase(), password.strip() + " ", password + "\x00", password * 2} - {password}
    assert not any(passwords._matches(kept, other.encode()) for other in others)
    passwords.close()


async def test_the_seventy_third_byte_counts() -> None:
    passwords = Passwords(QUICK)
    kept = await passwords.hash("a" * 72 + "b")
    assert await passwords.verify(kept, "a" * 72 + "b")
    assert not await passwords.verify(kept, "a" * 72 + "c")
    passwords.close()


async def test_nobody_has_no_password() -> None:
    passwords = Passwords(QUICK)
    assert not await passwords.verify(None, "a password that nobody has")
    assert not await passwords.verify("!", "!")
    assert not await passwords.verify(await passwords.hash("correct battery horse"), "\ud800")
    passwords.close()


async def test_beyond_a_bound_of_hashes_sign_in_is_busy_rather_than_the_machine() -> None:
    passwords = Passwords()
    wanted = AT_ONCE + WAITING + 6
    results = await asyncio.gather(*(passwords.verify(None, "x") for _ in range(wanted)), return_exceptions=True)
    busy = [result for result in results if isinstance(result, Unavailable)]
    assert 1 <= len(busy) <= 6
    assert all(result is False for result in results if result not in busy)
    passwords.close()
