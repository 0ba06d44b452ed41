"""Whether an endpoint answers at all, for who sets it up: a question of a few words, without tools and without anything of the books."""

from __future__ import annotations

from langchain_core.messages import HumanMessage

from assistant.providers.budget import Limits
from assistant.providers.fault import FaultCode, ModelFault
from assistant.providers.listen import listen
from assistant.providers.wire import Endpoint, OpenAIWire


async def check(endpoint: Endpoint, silence_s: float) -> FaultCode | None:
    """What is wrong with it; None when nothing is."""
    limits = Limits(turn_s=2 * silence_s, silence_s=silence_s)
    wire, asked = OpenAIWire(endpoint, silence_s), [HumanMessage("Say: ready")]
    try:
        await listen(wire.stream(asked, ()), asked, limits.turn_s, limits)
    except ModelFault as fault:
        return fault.code
    finally:
        await wire.close()
    return None
