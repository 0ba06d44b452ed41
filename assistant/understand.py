"""From words to a plan: what is asked (router and cues), of what and when (slots), in typed queries; or what must be asked back.

Pure: the models are loaded once, the customer's words and the earlier plans come as arguments. A content word that nothing has read
never passes in silence: it is looked up, asked about, or told as left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from assistant.encoder import Encoder, Vectors
from assistant.fillers import standardised
from assistant.plan import Plan
from assistant.reading.asides import aside
from assistant.reading.clauses import clauses
from assistant.reading.decide import Prior, figure_of
from assistant.reading.doubts import doubt, is_vague, unclear
from assistant.reading.follow import last_query, leans
from assistant.reading.fragments import whole_clauses
from assistant.reading.general import away_plan, is_general
from assistant.reading.heard import Heard
from assistant.reading.leftovers import Encode, carries_meaning, resolve
from assistant.reading.pending import amended, completed
from assistant.reading.plans import asked, followed, together
from assistant.reading.recall import with_its_account
from assistant.reading.scope import is_override, routed_away
from assistant.reading.seeking import Sought, sought, told_apart
from assistant.router import Router
from assistant.slots.frame import frame_of
from tools.vocabulary import Vocabulary

_LENGTH_MAX = 1000


class Understanding:
    """`understand` is pure and never raises for any text."""

    def __init__(self, encoder: Encoder, router: Router) -> None:
        self._encoder, self._router = encoder, router
        self._words = carries_meaning(router.words)
        self._vector = lru_cache(maxsize=4096)(self._encode_one)

    @classmethod
    def load(cls, models: Path) -> Understanding:
        """Raises ModelIsMissing."""
        encoder = Encoder.load(models)
        return cls(encoder, Router.load(encoder))

    @property
    def version(self) -> str:
        return self._router.version

    @property
    def embed(self) -> Encode:
        """Sentences to unit vectors, for whoever else needs them."""
        return self._encoder.encode

    def understand(self, text: str, vocabulary: Vocabulary, previous: Sequence[Plan] = ()) -> Plan:
        text = text.strip()[:_LENGTH_MAX]
        for read in (completed, amended):
            if plan := read(text, vocabulary, previous, self._encoder.is_word):
                return plan
        if is_override(text):
            return Plan(text=text, intent="injection", confidence=1, status="refused", form="refused")
        plans: list[Plan] = []
        for clause in whole_clauses(self._parts(text, vocabulary), vocabulary, self._encoder.is_word):
            plans.append(self._clause(clause, vocabulary, [*previous, *plans]))
        return together(text, plans)

    def search(self, text: str, vocabulary: Vocabulary) -> Sought:
        """What a search box's words ask for; pure, and never raises for any text."""
        frame = frame_of(told_apart(text.strip()[:_LENGTH_MAX]), vocabulary, self._encoder.is_word)
        return sought(frame, resolve(frame, self._words, self._encode, self._encoder.is_word), vocabulary)

    def _parts(self, text: str, vocabulary: Vocabulary) -> list[str]:
        """The clauses; one where they tell a case in general and ask about it: "my card was stolen, what now?" """
        parts = clauses(text)
        if len(parts) < 2 or not is_general(self._heard(text, vocabulary, ())):
            return parts
        return parts if all(is_general(self._heard(part, vocabulary, ())) for part in parts) else [text]

    def _heard(self, text: str, vocabulary: Vocabulary, before: Sequence[Plan]) -> Heard:
        frame = frame_of(text, vocabulary, self._encoder.is_word)
        standard = standardised(frame) or "?"
        guesses = self._router.route(standard, self._encode([standard]))
        return Heard(text, frame, guesses, vocabulary, before, lambda: resolve(frame, self._words, self._encode, self._encoder.is_word))

    def _encode_one(self, text: str) -> Vectors:
        vector: Vectors = self._encoder.encode([text])[0]
        return vector

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def _clause(self, text: str, vocabulary: Vocabulary, before: Sequence[Plan]) -> Plan:
        heard = self._heard(text, vocabulary, before)
        frame = heard.frame
        if plan := aside(heard):
            return plan
        base = last_query(before)
        leaning = base is not None and leans(frame)
        left = resolve(frame, self._words, self._encode, self._encoder.is_word)
        if not leaning and (away := routed_away(frame, heard.guesses, len(left.unread) + len(left.unknown) + len(left.readings))):
            return away_plan(heard, away, tuple(left.unread))
        if plan := doubt(heard, left):
            return plan
        with_its_account(heard)
        figure = figure_of(frame, Prior(heard.top.intent.name, heard.top.probability, heard.top.intent.query or None))
        try:
            if base is not None and leaning:
                return followed(heard, base, figure, left)
            return unclear(heard, left) if is_vague(heard, left) else asked(heard, figure, left)
        except (ValidationError, OverflowError):
            return unclear(heard, left)
