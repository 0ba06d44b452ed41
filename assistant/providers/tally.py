"""What the process has asked of its language model so far; /metrics shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

RETRY_SHARE = 0.1
RETRIES_FREE = 3
BOUNDS_S = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)


@dataclass
class Tally:
    calls: Counter[str] = field(default_factory=Counter)  # by model
    prompt_tokens: Counter[str] = field(default_factory=Counter)
    completion_tokens: Counter[str] = field(default_factory=Counter)
    microdollars: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)  # by code
    answered: Counter[str] = field(default_factory=Counter)  # by the reason for which the model was asked
    fell_back: Counter[str] = field(default_factory=Counter)
    seconds: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))  # calls by BOUNDS_S, the last beyond them
    seconds_sum: float = 0.0
    retries: int = 0

    def count(self, model: str, prompt_tokens: int, completion_tokens: int, elapsed_s: float, microdollars: int) -> None:
        self.calls[model] += 1
        self.prompt_tokens[model] += prompt_tokens
        self.completion_tokens[model] += completion_tokens
        self.microdollars[model] += microdollars
        self.seconds[next((at for at, bound in enumerate(BOUNDS_S) if elapsed_s <= bound), len(BOUNDS_S))] += 1
        self.seconds_sum += elapsed_s

    def may_retry(self) -> bool:
        return self.retries < RETRIES_FREE + RETRY_SHARE * self.calls.total()
