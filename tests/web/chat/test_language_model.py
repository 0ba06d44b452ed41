"""A configured language model through the app: settings, the chat over HTTP, /metrics, and the doctor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from assistant.plan import Plan
from kit.clock import FixedClock
from kit.settings import Settings
from tests.assistant.providers.endpoint import Script, calls, endpoint, fails, says
from tests.conftest import MakeCustomer
from tests.web.conftest import client_of
from tools.vocabulary import Vocabulary
from web.api.app import Parts, create_app
from web.api.language_model import provider_of
from web.auth.sessions import Sessions
from web.chat.shapes import Turn
from web.cli.doctor import _language_model

QUERY = {"measure": "spending"}


class Puzzled:
    """Understands nothing, and asks back."""

    version = "puzzled"

    def understand(self, text: str, vocabulary: Vocabulary, previous: Sequence[Plan]) -> Plan:
        return Plan(text=text, intent="none", confidence=0.1, status="clarify", question="unclear")


@pytest.fixture
async def served(settings: Settings, clock: FixedClock, core_transport: httpx.ASGITransport) -> AsyncIterator[tuple[FastAPI, Script]]:
    async with endpoint() as (address, script):
        configured = settings.model_copy(
            update={
                "llm_base_url": address,
                "llm_model": "tiny-1",
                "llm_turn_s": 10.0,
                "llm_silence_s": 5.0,
                "llm_prices": {"tiny-1": (Decimal(1), Decimal(2))},
            }
        )
        app = create_app(Parts(configured, clock, core_transport, lambda _models: Puzzled()))
        async with app.router.lifespan_context(app):
            yield app, script


async def say(app: FastAPI, make_customer: MakeCustomer) -> dict[str, Any]:
    principal = await make_customer()
    sessions: Sessions = app.state.sessions
    granted = await sessions.open(principal, f"{principal.user_id.hex}@steward.example")
    headers = {"Authorization": f"Bearer {granted.access_token}", "Accept": "application/json"}
    async with client_of(app) as http:
        conversation = (await http.post("/v1/conversations", json={}, headers=headers)).json()["id"]
        said = await http.post(f"/v1/conversations/{conversation}/turns", json={"text": "so how bad was it"}, headers=headers)
        return dict(said.json())


async def test_a_turn_by_the_model_has_the_contracts_shape_and_is_counted(
    served: tuple[FastAPI, Script], make_customer: MakeCustomer
) -> None:
    app, script = served
    script.now(calls(("query", QUERY)), says("I count [[0/count|of payment,payments]]."))
    turn = Turn.model_validate(await say(app, make_customer))
    assert (turn.answer, turn.status, turn.versions["language_model"]) == ("I count 0 payments.", "answered", "tiny-1")
    assert turn.timings["model_cost_microusd"] == 400
    script.now(fails(400))
    turn = Turn.model_validate(await say(app, make_customer))
    assert (turn.status, turn.versions["language_model_fault"]) == ("clarify", "refused_by_server")
    async with client_of(app) as http:
        shown = (await http.get("/metrics")).text
    assert 'steward_language_model_calls_total{model="tiny-1"} 3.0' in shown
    assert 'steward_language_model_prompt_tokens_total{model="tiny-1"}' in shown
    assert 'steward_language_model_answered_total{reason="confused"} 1.0' in shown
    assert 'steward_language_model_fell_back_total{reason="confused"} 1.0' in shown
    assert 'steward_language_model_faults_total{code="refused_by_server"} 1.0' in shown
    assert 'steward_language_model_seconds_bucket{le="+Inf"} 3.0' in shown
    assert "steward_language_model_circuit_open 0.0" in shown


@pytest.mark.parametrize("given", [{}, {"OPENAI_API_KEY": "sk-of-something-else"}, {"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}])
def test_nothing_is_asked_unless_both_an_address_and_a_model_are_named(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "STEWARD_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert provider_of(Settings(), None) is None  # type: ignore[arg-type]


def test_the_key_is_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    assert "sk-secret-123" not in repr(Settings())


async def test_the_doctor_asks_the_endpoint_and_names_the_remedy() -> None:
    async with endpoint() as (address, script):
        configured = Settings(llm_model="tiny-1").model_copy(update={"llm_base_url": address})
        script.now(says("ready"))
        (well,) = await asyncio.to_thread(lambda: list(_language_model(configured)))
        script.now(fails(401))
        (wrong_key,) = await asyncio.to_thread(lambda: list(_language_model(configured)))
    (away,) = await asyncio.to_thread(lambda: list(_language_model(configured)))
    assert (well.state, well.remedy) == (f"tiny-1 at {address} answers", None)
    assert "OPENAI_API_KEY" in str(wrong_key.remedy)
    assert "OPENAI_BASE_URL" in str(away.remedy)


def test_without_configuration_the_doctor_is_content() -> None:
    (found,) = _language_model(Settings().model_copy(update={"llm_base_url": None, "llm_model": None}))
    assert found.remedy is None
