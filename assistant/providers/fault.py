"""Why a language model was of no use in a turn. Each has a name; the planner answers instead, and the person is told nothing wrong."""

from __future__ import annotations

from enum import StrEnum


class FaultCode(StrEnum):
    """`AWAY` codes speak against the endpoint and count for its breaker; the others against this one answer or this budget."""

    RATE_LIMITED = "rate_limited"
    SERVER_FAILED = "server_failed"
    UNREACHABLE = "unreachable"
    REFUSED_BY_SERVER = "refused_by_server"  # a 4xx: wrong key, unknown model, a request that it does not take
    TIMED_OUT = "timed_out"
    STREAM_WAS_CUT = "stream_was_cut"
    CIRCUIT_IS_OPEN = "circuit_is_open"
    ANSWER_IS_EMPTY = "answer_is_empty"
    ANSWER_IS_TOO_LONG = "answer_is_too_long"
    MODEL_REFUSED = "model_refused"
    TOO_MANY_STEPS = "too_many_steps"
    TURN_TOKENS_ARE_SPENT = "turn_tokens_are_spent"
    DAY_TOKENS_ARE_SPENT = "day_tokens_are_spent"


AWAY = frozenset(
    {
        FaultCode.RATE_LIMITED, FaultCode.SERVER_FAILED, FaultCode.UNREACHABLE, FaultCode.REFUSED_BY_SERVER, FaultCode.TIMED_OUT,
        FaultCode.STREAM_WAS_CUT,
    }
)  # fmt: skip
WORTH_ANOTHER_TRY = frozenset({FaultCode.RATE_LIMITED, FaultCode.SERVER_FAILED, FaultCode.UNREACHABLE})


class ModelFault(Exception):
    """`retry_after_s` is what the endpoint asked for, where it did."""

    def __init__(self, code: FaultCode, detail: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code, self.detail, self.retry_after_s = code, detail, retry_after_s
