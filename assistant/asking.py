"""A turn as a chat model of our own choosing gets to know it, and what such a model says of itself afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from assistant.plan import Plan
from kit.identity import Principal
from tools.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, what the planner made of it, the words of the books, and the plans of the turns before."""

    principal: Principal
    plan: Plan
    words: Vocabulary
    previous: Sequence[Plan] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`versions` and `timings` go into the answer's; `fault` names why the model was of no use; `read` which foreign texts it saw."""

    versions: Mapping[str, str] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    read: Sequence[str] = ()


@runtime_checkable
class Reports(Protocol):
    """A chat model that keeps account of itself. `used` tells whether its words became the answer."""

    def report(self, *, used: bool) -> Report: ...
