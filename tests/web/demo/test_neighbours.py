"""The demo's households live: by day the same on every machine, and with all that a household's money does."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date

import pytest

from web.demo.neighbours import CHECKING, Booking, Person, accounts_of, life_of, opening_minor, people

BEGIN, END = date(2025, 5, 1), date(2026, 11, 25)
EVERYBODY = people()


@pytest.fixture(scope="module")
def lives() -> dict[str, list[Booking]]:
    return {person.name: life_of(person, BEGIN, END) for person in EVERYBODY}


def test_there_are_enough_people_in_two_firms_and_every_country(lives: dict[str, list[Booking]]) -> None:
    assert len(lives) >= 30
    assert {person.firm for person in EVERYBODY} == {"house", "northgate"}
    assert {person.country for person in EVERYBODY} == {"de", "gb", "us", "fr"}
    assert len({person.email for person in EVERYBODY}) == len(EVERYBODY)


@pytest.mark.parametrize("person", EVERYBODY[::6], ids=lambda person: person.name)
def test_a_day_stays_what_it_was_as_time_moves_on(person: Person, lives: dict[str, list[Booking]]) -> None:
    earlier = life_of(person, BEGIN, date(2026, 9, 30))
    assert earlier == [booking for booking in lives[person.name] if booking.on <= date(2026, 9, 30)]


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.name)
def test_nobody_lives_beyond_their_means_for_good(person: Person, lives: dict[str, list[Booking]]) -> None:
    booked = lives[person.name]
    assert {booking.account for booking in booked} == set(accounts_of(person))
    assert opening_minor(person, CHECKING) + sum(booking.amount_minor for booking in booked if booking.account == CHECKING) > 0


def test_own_transfers_have_two_legs_that_cancel(lives: dict[str, list[Booking]]) -> None:
    for person in EVERYBODY:
        moved = Counter[date]()
        for booking in lives[person.name]:
            if booking.party == person.name:
                moved[booking.on] += booking.amount_minor
        assert not any(moved.values())


def test_a_subscription_gets_dearer_once(lives: dict[str, list[Booking]]) -> None:
    tom = next(person for person in EVERYBODY if person.kind == "single")
    prices = {(b.text.split()[0], b.amount_minor) for b in lives[tom.name] if "SPOTIFY" in b.text.upper() or "NETFLIX" in b.text.upper()}
    assert max(Counter(name for name, _ in prices).values()) == 2


def test_weekly_wages_come_every_friday(lives: dict[str, list[Booking]]) -> None:
    hourly = next(person for person in EVERYBODY if person.kind == "hourly")
    paid = [booking.on for booking in lives[hourly.name] if booking.amount_minor > 40_000 and booking.on.isoweekday() == 5]
    assert {(two - one).days for one, two in itertools.pairwise(paid)} == {7}


@pytest.mark.parametrize("person", [person for person in EVERYBODY if person.stolen_card], ids=lambda person: person.name)
def test_what_a_stolen_card_paid_is_given_back_in_full(person: Person, lives: dict[str, list[Booking]]) -> None:
    bank = {"de": "REKLAMATION", "gb": "DISPUTED", "us": "DISPUTE", "fr": "CONTESTATION"}[person.country]
    back = next(booking for booking in lives[person.name] if bank in booking.text)
    spent = [b.amount_minor for b in lives[person.name] if b.account == back.account and 0 < (back.on - b.on).days <= 9]
    assert any(sum(four) == -back.amount_minor for four in itertools.combinations([amount for amount in spent if amount < 0], 4))
