"""The talk with the endpoint in one turn: each step admitted by the budget and the breaker, tried again once or twice where that helps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from langchain_core.messages import AIMessage, BaseMessage

from assistant.asking import Report
from assistant.providers.budget import Meter, Price, about_tokens
from assistant.providers.fault import AWAY, WORTH_ANOTHER_TRY, FaultCode, ModelFault
from assistant.providers.listen import Heard, listen
from assistant.providers.tally import Tally
from assistant.providers.wire import Wire
from kit.breaker import Breaker

TRIES = 2
PAUSE_S = 0.2
RETRY_AFTER_MAX_S = 2.0
_log = structlog.get_logger()
Sleep = Callable[[float], Awaitable[None]]


@dataclass
class Exchange:
    """`day_left` tells how many tokens the person has left today; `spent` is told of every token."""

    wire: Wire
    model: str
    reason: str
    meter: Meter
    breaker: Breaker
    tally: Tally
    price: Price | None
    day_left: Callable[[], Awaitable[int]]
    spent: Callable[[int], None]
    sleep: Sleep = asyncio.sleep
    fault: ModelFault | None = field(default=None, init=False)

    async def say(self, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]]) -> AIMessage:
        """The model's next words. Raises ModelFault."""
        try:
            coming = about_tokens(sum(len(str(message.content)) for message in messages))
            self.meter.admit(coming)
            if await self.day_left() < coming:
                raise ModelFault(FaultCode.DAY_TOKENS_ARE_SPENT)
            heard = await self._tried(messages, tools)
        except ModelFault as fault:
            self.fault = fault
            self.tally.faults[fault.code] += 1
            raise
        return heard.message

    async def _tried(self, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]]) -> Heard:
        for attempt in range(1, TRIES + 1):
            try:
                return await self._once(messages, tools)
            except ModelFault as fault:
                pause_s = PAUSE_S if fault.retry_after_s is None else fault.retry_after_s
                if attempt == TRIES or not self._is_worth_another(fault, pause_s):
                    raise
                self.tally.retries += 1
                await self.sleep(pause_s)
        raise AssertionError("the last attempt returns or raises")

    def _is_worth_another(self, fault: ModelFault, pause_s: float) -> bool:
        """Only what may pass by itself, soon; and never more than one retry for ten calls, so that a sick endpoint is not hammered."""
        soon = pause_s <= min(RETRY_AFTER_MAX_S, self.meter.left_s / 2)
        return fault.code in WORTH_ANOTHER_TRY and soon and self.tally.may_retry()

    async def _once(self, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]]) -> Heard:
        if not self.breaker.admits():
            raise ModelFault(FaultCode.CIRCUIT_IS_OPEN)
        self.meter.attempts += 1
        started = self.meter.clock()
        try:
            heard = await listen(self.wire.stream(messages, tools), messages, max(0.0, self.meter.left_s), self.meter.limits)
        except ModelFault as fault:
            (self.breaker.failed if fault.code in AWAY else self.breaker.succeeded)()
            self._count(about_tokens(sum(len(str(message.content)) for message in messages)), 0, started)
            raise
        except BaseException:
            self.breaker.given_up()
            raise
        self.breaker.succeeded()
        self._count(heard.prompt_tokens, heard.completion_tokens, started)
        return heard

    def _count(self, prompt_tokens: int, completion_tokens: int, started: float) -> None:
        elapsed_s = self.meter.clock() - started
        self.meter.waited_s += elapsed_s
        self.meter.spend(prompt_tokens, completion_tokens)
        self.spent(prompt_tokens + completion_tokens)
        self.tally.count(self.model, prompt_tokens, completion_tokens, elapsed_s, self._microdollars(prompt_tokens, completion_tokens))

    def _microdollars(self, prompt_tokens: int, completion_tokens: int) -> int:
        return self.price.microdollars(prompt_tokens, completion_tokens) if self.price else 0

    def report(self, *, used: bool, read: Sequence[str]) -> Report:
        """`language_model` only where its words are the answer; what it cost is told either way."""
        meter = self.meter
        versions = {"language_model_reason": self.reason}
        if used:
            versions["language_model"] = self.model
        elif self.fault is not None:
            versions["language_model_fault"] = str(self.fault.code)
        else:
            versions["language_model_fault"] = "answer_is_ungrounded"
        if not used and self.fault is None:
            self.tally.faults["answer_is_ungrounded"] += 1
        (self.tally.answered if used else self.tally.fell_back)[self.reason] += 1
        timings: dict[str, float] = {
            "model_ms": round(meter.waited_s * 1000, 1),
            "model_steps": meter.steps,
            "model_prompt_tokens": meter.prompt_tokens,
            "model_completion_tokens": meter.completion_tokens,
        }
        if self.price is not None:
            timings["model_cost_microusd"] = self._microdollars(meter.prompt_tokens, meter.completion_tokens)
        _log.info("language_model_was_asked", model=self.model, **versions, **timings)
        return Report(versions, timings, tuple(read))
