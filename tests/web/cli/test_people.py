from __future__ import annotations

import json

import pytest

from tests.web.cli.conftest import PASSWORD, Steward


def create(steward: Steward, email: str, password: str = PASSWORD, timezone: str = "Europe/Berlin") -> str:
    options = ["--email", email, "--password", password, "--name", "Ann", "--timezone", timezone, "--currency", "EUR"]
    outcome = steward("user", "create", *options)
    assert outcome.code == 0, outcome.err
    return outcome.out


def test_a_new_person_gets_ids_as_json_and_then_a_token(steward: Steward) -> None:
    made = json.loads(create(steward, "ann@steward.example"))
    assert made["customer_id"].startswith("cus_")
    token = steward("token", "ANN@steward.example")
    assert token.code == 0
    assert token.out.count(".") == 2


def test_an_address_that_is_taken_is_refused_in_one_line(steward: Steward) -> None:
    create(steward, "twice@steward.example")
    outcome = steward("user", "create", "--email", "Twice@steward.example", "--password", PASSWORD, "--name", "Ann")
    assert outcome.code == 1
    assert outcome.err == "steward: somebody signs in with this e-mail address\n"


@pytest.mark.parametrize(
    ("option", "value"), [("--password", "short"), ("--timezone", "Mars/Olympus"), ("--currency", "EURO"), ("--email", "nobody")]
)
def test_what_cannot_be_is_refused_in_one_line(steward: Steward, option: str, value: str) -> None:
    options = {"--email": "new@steward.example", "--password": PASSWORD, "--name": "Ann"} | {option: value}
    outcome = steward("user", "create", *(part for pair in options.items() for part in pair))
    assert outcome.code == 1
    assert outcome.err.startswith("steward: ")
    assert outcome.err.count("\n") == 1


def test_a_stranger_gets_no_token(steward: Steward) -> None:
    outcome = steward("token", "stranger@steward.example")
    assert outcome.code == 1
    assert "nobody signs in as stranger@steward.example" in outcome.err


def test_no_tokens_outside_the_development_profile(steward: Steward) -> None:
    steward.environment["STEWARD_PROFILE"] = "production"
    try:
        outcome = steward("token", "ann@steward.example")
    finally:
        del steward.environment["STEWARD_PROFILE"]
    assert outcome.code == 1
    assert "development profile only" in outcome.err
