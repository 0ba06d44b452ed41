"""The language model as the app process has it: built from the settings where one is configured, and counted for /metrics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from assistant.wording import Wording
from kit.db import Database
from kit.settings import Settings

if TYPE_CHECKING:
    from assistant.providers.provider import Provider

_log = structlog.get_logger()


def provider_of(settings: Settings, db: Database) -> Provider | None:
    """None unless an endpoint and a model are named: then nothing of a model library is even loaded."""
    if settings.llm_base_url is None or settings.llm_model is None:
        if settings.llm_base_url or settings.llm_model:
            _log.warning("language_model_is_half_configured", needs="OPENAI_BASE_URL and STEWARD_LLM_MODEL")
        return None
    from assistant.providers.budget import Limits
    from assistant.providers.provider import Provider
    from assistant.providers.wire import Endpoint

    limits = Limits(
        steps=settings.llm_steps, turn_tokens=settings.llm_turn_tokens, day_tokens=settings.llm_day_tokens, turn_s=settings.llm_turn_s,
        silence_s=min(settings.llm_silence_s, settings.llm_turn_s),
    )  # fmt: skip
    endpoint = Endpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key.get_secret_value())
    _log.info("language_model_is_configured", base_url=settings.llm_base_url, model=settings.llm_model, use=settings.llm_use)
    return Provider(endpoint, Wording.load(), db, limits, settings.llm_prices, settings.llm_use)


class LanguageModelMetrics(Collector):
    """Reads the provider's tally whenever it is asked."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def collect(self) -> Iterable[Metric]:
        from assistant.providers.tally import BOUNDS_S

        tally = self._provider.tally
        for name, text, label, values in (
            ("calls", "Requests to the language model.", "model", tally.calls),
            ("prompt_tokens", "Tokens sent.", "model", tally.prompt_tokens),
            ("completion_tokens", "Tokens received.", "model", tally.completion_tokens),
            ("cost_microdollars", "Cost estimated by STEWARD_LLM_PRICES.", "model", tally.microdollars),
            ("faults", "Turns' faults by kind.", "code", tally.faults),
            ("answered", "Turns answered by the language model, by the reason for asking it.", "reason", tally.answered),
            ("fell_back", "Turns that the planner answered after all.", "reason", tally.fell_back),
        ):
            family = CounterMetricFamily(f"steward_language_model_{name}", text, labels=[label])
            for key, value in values.items():
                family.add_metric([str(key)], value)
            yield family
        retries = CounterMetricFamily("steward_language_model_retries", "Requests tried again.", value=tally.retries)
        seconds = HistogramMetricFamily("steward_language_model_seconds", "Time to the end of an answer or a fault.")
        within, total = list[tuple[str, float]](), 0
        for bound, count in zip((*map(str, BOUNDS_S), "+Inf"), tally.seconds, strict=True):
            total += count
            within.append((bound, total))
        seconds.add_metric([], within, sum_value=tally.seconds_sum)
        opened = GaugeMetricFamily(
            "steward_language_model_circuit_open", "Whether nobody is let through.", value=self._provider.breaker.state == "open"
        )
        yield from (retries, seconds, opened)
