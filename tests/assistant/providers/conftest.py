"""One endpoint and one wire for the session: what they are asked and say is each test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from assistant.providers.wire import Endpoint, OpenAIWire
from tests.assistant.providers.endpoint import MODEL, endpoint
from tests.assistant.providers.worlds import PATIENT, Live


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def live() -> AsyncIterator[Live]:
    async with endpoint() as (address, script):
        reached = Endpoint(address, MODEL, "sk-test")
        wire = OpenAIWire(reached, PATIENT.silence_s)
        yield Live(reached, wire, script)
        await wire.close()
