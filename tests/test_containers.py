"""The container files agree with the program, as far as that can be told without an engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from web.cli.main import app

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def services() -> dict[str, Any]:
    composed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services: dict[str, Any] = composed["services"]
    return services


def test_compose_runs_the_same_processes_on_a_real_postgres_and_redis(services: dict[str, Any]) -> None:
    assert set(services) == {"postgres", "redis", "migrate", "core", "app"}


def test_every_command_of_ours_exists(services: dict[str, Any]) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    ours = [service["command"] for service in services.values() if service.get("image") == "steward"]
    assert len(ours) == 3
    for command in ours:
        parameters = [parameter for parameter in commands[command[0]].params if parameter.param_type_name == "argument"]
        assert len(command) - 1 == len(parameters)


def test_whoever_is_waited_for_is_a_service_that_says_when_it_is_ready(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, wanted in service.get("depends_on", {}).items():
            if wanted["condition"] == "service_healthy":
                assert "healthcheck" in services[name]


def test_no_secret_has_a_default(services: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert not re.search(r"\$\{[A-Z_]*(PASSWORD|SECRET|KEY)[A-Z_]*:?-", text)
    assert "@" not in services["app"]["environment"]["STEWARD_DATABASE_URL"]


def test_the_image_copies_what_exists_and_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["steward"]
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
