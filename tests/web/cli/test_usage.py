from __future__ import annotations

import pytest

from tests.web.cli.conftest import Steward


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["ask"], ["import", "no-such-file", "--as", "a@b.example", "--account", "x"], ["run", "moon"]]
)
def test_wrong_usage_is_one_line_and_code_2(steward: Steward, arguments: list[str]) -> None:
    outcome = steward(*arguments)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "See `steward --help`" in outcome.err


def test_a_setting_that_cannot_be_is_named(steward: Steward) -> None:
    before = steward.environment["STEWARD_PORT"]
    steward.environment["STEWARD_PORT"] = "eighty"
    try:
        outcome = steward("verify")
    finally:
        steward.environment["STEWARD_PORT"] = before
    assert outcome.code == 1
    assert outcome.err.startswith("steward: STEWARD_PORT: ")


@pytest.mark.parametrize("arguments", [["run", "core"], ["migrate"]])
def test_parts_for_containers_want_a_database(steward: Steward, arguments: list[str]) -> None:
    outcome = steward(*arguments)
    assert outcome.code == 1
    assert "STEWARD_DATABASE_URL" in outcome.err


def test_a_database_that_is_away_is_named_without_its_password(steward: Steward) -> None:
    steward.environment["STEWARD_DATABASE_URL"] = "postgresql://postgres:sesame@127.0.0.1:1/steward"
    try:
        outcome = steward("migrate")
    finally:
        del steward.environment["STEWARD_DATABASE_URL"]
    assert outcome.code == 1
    assert "postgresql://127.0.0.1:1/steward cannot be used" in outcome.err
    assert "sesame" not in outcome.err


def test_the_doctor_says_what_is_well(steward: Steward) -> None:
    outcome = steward("doctor")
    for subject in ("Python", "Home", "Sentence encoder", "Port of the app", "Database"):
        assert f"ok    {subject}" in outcome.out


def test_the_doctor_names_what_is_wrong_and_the_remedy(steward: Steward) -> None:
    manifest = steward.home / "models"
    target = manifest.readlink()
    manifest.unlink()
    try:
        outcome = steward("doctor")
    finally:
        manifest.symlink_to(target)
    assert outcome.code == 1
    assert "FAIL  Sentence encoder: missing" in outcome.out
    assert "make setup" in outcome.out
