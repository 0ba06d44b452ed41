"""`make evals NAME=llm`: some households' questions in language model mode, through a scripted model at a real endpoint.

The model answers the plainest questions by tool calls and references and fails at the others in every way it knows; the planner answers
those. The last line is `EVAL llm right= wrong_numbers= fallbacks= p95_ms=`. With `--hand-over` the model fails always and is asked only
where the planner is unsure: a table of whose questions those are, all households.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.assistant.providers.endpoint import is_cut
from tests.evals.desk import desk, steward
from tests.evals.household import household, names
from tests.evals.judge import judge
from tests.evals.money import MODELS, percentile
from tests.evals.questions import cases, holds
from tests.evals.scripted_model import reply, scripted_endpoint

HOUSEHOLDS = ("brenner", "byrne", "okafor")
QUESTIONS_MAX = 40  # of each


@dataclass(frozen=True)
class Outcome:
    id: str
    verdict: str
    wrong_numbers: int
    reason: str
    fault: str
    by_model: bool
    latency_ms: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--hand-over", action="store_true", help="whose questions the planner hands on, all households")
    given = arguments.parse_args()
    policy = (lambda body, turn: is_cut("")) if given.hand_over else reply
    with scripted_endpoint(policy) as address:
        os.environ |= {
            "OPENAI_BASE_URL": address, "STEWARD_LLM_MODEL": "scripted", "STEWARD_LLM_USE": "unsure" if given.hand_over else "always",
            "STEWARD_LLM_DAY_TOKENS": "100000000",
        }  # fmt: skip
        outcomes = list(_asked(names() if given.hand_over else HOUSEHOLDS, None if given.hand_over else QUESTIONS_MAX))
    if given.hand_over:
        _print_hand_over(outcomes)
        return
    for outcome in outcomes:
        if outcome.verdict != "right" or outcome.wrong_numbers:
            print(f"{outcome.verdict:<9}{outcome.id} {'model' if outcome.by_model else 'planner'} {outcome.fault}")
    print(f"answered by the model: {sum(outcome.by_model for outcome in outcomes)} of {len(outcomes)}")
    for fault, count in Counter(outcome.fault for outcome in outcomes if outcome.fault).most_common():
        print(f"  {fault:<24}{count:>4}")
    right = sum(outcome.verdict == "right" for outcome in outcomes) / max(1, len(outcomes))
    wrong_numbers, fallbacks = sum(outcome.wrong_numbers for outcome in outcomes), sum(bool(outcome.fault) for outcome in outcomes)
    p95_ms = percentile([outcome.latency_ms for outcome in outcomes], 95)
    print(f"EVAL llm right={right:.3f} wrong_numbers={wrong_numbers} fallbacks={fallbacks} p95_ms={p95_ms:.1f}")


def _asked(asked: tuple[str, ...] | list[str], most: int | None) -> Iterator[Outcome]:
    with steward(MODELS) as (settings, address):
        for name in asked:
            zone = household(name, datetime.now(ZoneInfo("UTC")).date()).timezone
            books = household(name, datetime.now(ZoneInfo(zone)).date())
            with desk(settings, address, books) as seat:
                imported = seat.hand_in(books)
                held = [case for case in cases(books.today) if case.household == name and len(case.turns) == 1 and holds(books, case)]
                for case in held[:most]:
                    answer = seat.ask(seat.conversation(), case.turns[0].text)
                    judgement = judge(imported, case.turns[0], answer)
                    versions = answer.turn.get("versions", {})
                    yield Outcome(
                        case.id, judgement.verdict, len(judgement.wrong_numbers), versions.get("language_model_reason", ""),
                        versions.get("language_model_fault", ""), "language_model" in versions, answer.latency_ms,
                    )  # fmt: skip


def _print_hand_over(outcomes: list[Outcome]) -> None:
    by_reason: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        by_reason[outcome.reason or "the planner suffices"][outcome.verdict] += 1
    verdicts = ("right", "wrong", "clarify", "declined")
    print(f"{'':<24}{'asked':>7}" + "".join(f"{verdict:>10}" for verdict in verdicts))
    for reason, counted in sorted(by_reason.items(), key=lambda one: -one[1].total()):
        print(f"{reason:<24}{counted.total():>7}" + "".join(f"{counted[verdict]:>10}" for verdict in verdicts))


if __name__ == "__main__":
    main()
