"""Guessing is slowed; the owner is never locked out by somebody else's guesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kit.clock import FixedClock
from web.auth.throttle import MAX_KEYS, PER_ACCOUNT, PER_ACCOUNT_AND_PLACE, PER_PLACE, WINDOW, Throttle, TooManyAttempts, place_of

ADA, HOME, AWAY = "ada@example.org", "198.51.100.7", "203.0.113.9"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))


def _tries(throttle: Throttle, count: int, email: str = ADA, place: str = AWAY) -> int:
    """How many of so many tries were admitted."""
    admitted = 0
    for _ in range(count):
        try:
            throttle.admit(email, place)
        except TooManyAttempts:
            continue
        admitted += 1
    return admitted


def test_an_account_takes_few_guesses_from_one_place_and_its_owner_comes_in_from_another(clock: FixedClock) -> None:
    throttle = Throttle(clock)
    assert _tries(throttle, 50) == PER_ACCOUNT_AND_PLACE
    assert _tries(throttle, 1, place=HOME) == 1


def test_one_place_takes_few_guesses_at_many_accounts(clock: FixedClock) -> None:
    throttle = Throttle(clock)
    assert sum(_tries(throttle, 1, f"{number}@example.org") for number in range(1000)) == PER_PLACE


def test_many_places_take_few_guesses_at_one_account_and_its_owner_still_comes_in_from_home(clock: FixedClock) -> None:
    throttle = Throttle(clock)
    throttle.admit(ADA, HOME)
    throttle.succeeded(ADA, HOME)
    assert sum(_tries(throttle, 1, place=f"10.0.{number // 250}.{number % 250}") for number in range(1000)) == PER_ACCOUNT - 1
    assert _tries(throttle, 1, place=HOME) == 1


def test_the_window_moves_on(clock: FixedClock) -> None:
    throttle = Throttle(clock)
    _tries(throttle, 50)
    clock.at += WINDOW - timedelta(seconds=1)
    with pytest.raises(TooManyAttempts) as refused:
        throttle.admit(ADA, AWAY)
    assert refused.value.retry_after_s == 1
    clock.at += timedelta(seconds=1)
    assert _tries(throttle, 50) == PER_ACCOUNT_AND_PLACE


def test_a_clock_set_back_does_not_lock_for_longer(clock: FixedClock) -> None:
    throttle = Throttle(clock)
    _tries(throttle, 50)
    clock.at -= timedelta(days=1)
    assert _tries(throttle, 1) == 1


def test_the_spelling_of_an_address_makes_no_new_account(clock: FixedClock) -> None:
    throttle = Throttle(clock)
    spellings = [ADA, ADA.upper(), f" {ADA} "]
    assert sum(_tries(throttle, 10, spelling) for spelling in spellings) == PER_ACCOUNT_AND_PLACE


def test_success_forgives_the_tries_before_it(clock: FixedClock) -> None:
    throttle = Throttle(clock)
    _tries(throttle, PER_ACCOUNT_AND_PLACE - 1)
    throttle.succeeded(ADA, AWAY)
    assert _tries(throttle, 50) == PER_ACCOUNT_AND_PLACE


def test_memory_is_bounded(clock: FixedClock) -> None:
    throttle = Throttle(clock)
    for number in range(MAX_KEYS + 10):
        throttle._account.count(str(number), clock.now())
    assert len(throttle._account.times) == MAX_KEYS


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_place_is_an_address_or_a_household(address: str | None, place: str) -> None:
    assert place_of(address) == place
