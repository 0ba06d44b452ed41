"""The circuit breaker over a clock of its own."""

from __future__ import annotations

from kit.breaker import Breaker


def breaker() -> tuple[Breaker, list[float]]:
    now = [0.0]
    return Breaker(faults_max=3, rest_s=10, clock=lambda: now[0]), now


def test_it_opens_after_faults_in_a_row_and_not_after_scattered_ones() -> None:
    made, _ = breaker()
    for _ in range(5):
        made.failed()
        made.failed()
        made.succeeded()
    assert made.admits()
    for _ in range(3):
        made.failed()
    assert not made.admits()


def test_after_a_rest_one_may_try_and_the_rest_wait_for_it() -> None:
    made, now = breaker()
    for _ in range(3):
        made.failed()
    now[0] = 9.9
    assert not made.admits()
    now[0] = 10
    assert [made.admits(), made.admits()] == [True, False]
    made.failed()
    assert not made.admits()
    now[0] = 20
    assert made.admits()
    made.succeeded()
    assert [made.admits(), made.admits(), made.state] == [True, True, "closed"]


def test_a_trial_that_was_given_up_leaves_the_place_to_the_next() -> None:
    made, now = breaker()
    for _ in range(3):
        made.failed()
    now[0] = 10
    assert made.admits()
    made.given_up()
    assert [made.admits(), made.state] == [True, "trying"]
