"""What a language model may cost: steps, tokens and seconds of a turn, tokens of a person's day; and what it did cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from assistant.providers.fault import FaultCode, ModelFault


@dataclass(frozen=True, slots=True)
class Limits:
    """`turn_s` is all the time that the endpoint gets in a turn, `silence_s` the longest it may say nothing new."""

    steps: int = 6
    turn_tokens: int = 24_000
    day_tokens: int = 300_000
    turn_s: float = 12.0
    silence_s: float = 6.0
    answer_chars: int = 16_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, which is the same as micro-dollars for one."""

    prompt: Decimal
    completion: Decimal

    def microdollars(self, prompt_tokens: int, completion_tokens: int) -> int:
        return int((self.prompt * prompt_tokens + self.completion * completion_tokens).to_integral_value(ROUND_HALF_UP))


def price_of(model: str, prices: Mapping[str, tuple[Decimal, Decimal]]) -> Price | None:
    """The model's price by the operator's table; None when it has none, for then nothing is claimed."""
    found = prices.get(model)
    return Price(*found) if found else None


@dataclass
class Meter:
    """One turn's account. Every question to the endpoint is asked of it first."""

    limits: Limits
    clock: Callable[[], float] = time.monotonic
    steps: int = 0
    attempts: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    waited_s: float = 0.0
    started_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.started_at = self.clock()

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    @property
    def left_s(self) -> float:
        return self.limits.turn_s - (self.clock() - self.started_at)

    def admit(self, coming_tokens: int) -> None:
        """Raises ModelFault when one more step, with a prompt of about so many tokens, is beyond the budget."""
        if self.steps >= self.limits.steps:
            raise ModelFault(FaultCode.TOO_MANY_STEPS)
        if self.tokens + coming_tokens > self.limits.turn_tokens:
            raise ModelFault(FaultCode.TURN_TOKENS_ARE_SPENT)
        if self.left_s <= 0:
            raise ModelFault(FaultCode.TIMED_OUT, "the turn's time was spent")
        self.steps += 1

    def spend(self, prompt_tokens: int, completion_tokens: int) -> None:
        self.prompt_tokens += prompt_tokens
        self.completion_tokens += completion_tokens


def about_tokens(chars: int) -> int:
    """A rough count for where the endpoint tells none: a token is four characters or a little less. No tokeniser is fetched."""
    return -(-chars * 2 // 7)
