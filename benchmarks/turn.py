"""A planner's turn without database and router: guard, LangChain's loop, templates, rendering, grounding, in this process."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from typing import Any, cast

from assistant.turn import Assistant
from kit.identity import Principal
from kit.ids import new_uuid
from tests.assistant.test_turn import PLANS, World
from tests.assistant.turns import answer_of

ROUNDS = 100


class Forgetful:
    """Conversations that keep nothing."""

    async def previous(self, *_: Any) -> list[Any]:
        return []

    async def store(self, *_: Any) -> None:
        return None


def measure() -> str:
    took_ms = sorted(asyncio.run(_turns()))
    p95, load = took_ms[int(len(took_ms) * 0.95)], os.getloadavg()[0]
    return f"BENCH turn n={len(took_ms)} p50_ms={statistics.median(took_ms):.1f} p95_ms={p95:.1f} max_ms={took_ms[-1]:.1f} load={load:.1f}"


async def _turns() -> list[float]:
    assistant: Assistant = World(cast(Any, None)).assistant
    assistant.conversations = cast(Any, Forgetful())
    somebody = Principal(new_uuid(), new_uuid(), new_uuid(), "Ada", "Europe/Berlin", "EUR")
    for plan in PLANS:
        await answer_of(assistant, somebody, new_uuid(), plan.text)
    took_ms = []
    for at in range(ROUNDS):
        began = time.perf_counter()
        await answer_of(assistant, somebody, new_uuid(), PLANS[at % len(PLANS)].text)
        took_ms.append((time.perf_counter() - began) * 1000)
    return took_ms
