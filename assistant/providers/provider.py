"""The process's language model: one wire, one breaker, one tally; and a model of its own for each turn that needs one."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from assistant.asking import Asking
from assistant.providers.briefing import brief, masks_for
from assistant.providers.budget import Limits, Meter, price_of
from assistant.providers.exchange import Exchange
from assistant.providers.fence import Fence
from assistant.providers.model import LanguageModel
from assistant.providers.tally import Tally
from assistant.providers.wire import Endpoint, OpenAIWire, Wire
from assistant.sufficiency import insufficiency
from assistant.wording import Wording
from kit.breaker import Breaker
from kit.db import Database
from kit.identity import Principal


@dataclass
class Provider:
    """`chat_model` is the assistant's seam. `ticks` are seconds that never go back."""

    endpoint: Endpoint
    wording: Wording
    db: Database
    limits: Limits = field(default_factory=Limits)
    prices: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    use: Literal["unsure", "always"] = "unsure"
    ticks: Callable[[], float] = time.monotonic
    wire: Wire | None = None

    def __post_init__(self) -> None:
        self.tally = Tally()
        self.breaker = Breaker(clock=self.ticks)
        self._wire: Wire = self.wire or OpenAIWire(self.endpoint, self.limits.silence_s)
        self._spent: dict[tuple[UUID, date], int] = {}

    def chat_model(self, asking: Asking) -> LanguageModel | None:
        """The turn's model, or None where the planner suffices."""
        reason = insufficiency(asking.plan, self.use)
        if reason is None:
            return None
        masks, fence = masks_for(asking), Fence()
        key = (asking.principal.customer_id, asking.words.today)
        exchange = Exchange(
            wire=self._wire, model=self.endpoint.model, reason=reason, meter=Meter(self.limits, self.ticks), breaker=self.breaker,
            tally=self.tally, price=price_of(self.endpoint.model, self.prices),
            day_left=lambda: self._day_left(asking.principal, asking.words.today), spent=lambda tokens: self._spend(key, tokens),
        )  # fmt: skip
        return LanguageModel(exchange=exchange, briefing=brief(asking, self.wording, masks, fence), masks=masks, fence=fence)

    async def close(self) -> None:
        await self._wire.close()

    async def _day_left(self, principal: Principal, today: date) -> int:
        """By what the stored turns of the day used, or what this process knows of, whichever is more."""
        key = (principal.customer_id, today)
        if key not in self._spent:
            self._forget_before(today)
            async with self.db.read(principal) as connection:
                self._spent[key] = int(await connection.fetchval(_SPENT, today, principal.timezone) or 0)
        return self.limits.day_tokens - self._spent[key]

    def _spend(self, key: tuple[UUID, date], tokens: int) -> None:
        self._spent[key] = self._spent.get(key, 0) + tokens

    def _forget_before(self, today: date) -> None:
        for key in [key for key in self._spent if (today - key[1]).days > 1]:
            del self._spent[key]


_SPENT = """
select sum(coalesce((turn #>> '{shown,timings,model_prompt_tokens}')::numeric, 0)
    + coalesce((turn #>> '{shown,timings,model_completion_tokens}')::numeric, 0))
from assistant.turns where created_at >= ($1::date)::timestamp at time zone $2
"""
