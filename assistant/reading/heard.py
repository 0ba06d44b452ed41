"""One clause as it was heard: its words, what they name, and what the router takes the need for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.plan import Plan
from assistant.reading.leftovers import Leftovers
from assistant.router import Guess
from assistant.slots.frame import Frame
from tools.vocabulary import Vocabulary

Status = Literal["answered", "clarify", "refused", "out_of_scope", "proposed"]


@dataclass(frozen=True)
class Heard:
    """`guesses` are the router's, the likeliest first; `before` are the earlier plans, this utterance's other clauses included;
    `leftover` finds a place for the words that nothing has read, and says which have none."""

    text: str
    frame: Frame
    guesses: Sequence[Guess]
    vocabulary: Vocabulary
    before: Sequence[Plan] = ()
    leftover: Callable[[], Leftovers] = Leftovers

    @property
    def top(self) -> Guess:
        return self.guesses[0]

    def plan(self, status: Status, **fields: Any) -> Plan:
        """A plan for this clause; the intent is the router's unless another is given."""
        return Plan(text=self.text, confidence=min(self.top.probability, 1.0), status=status, **{"intent": self.top.intent.name, **fields})
