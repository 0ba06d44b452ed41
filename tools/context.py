"""What a tool runs with: who asks, the database as that person may read it, the time. Never an argument of the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.clock import Clock, today
from kit.db import Database
from kit.identity import Principal
from knowledge.shelf import Shelf


@dataclass(frozen=True, slots=True)
class ToolContext:
    """`conversation_id` ties proposals to where they were made; `said` is what the person said there, the latest first; `shelf` holds the
    articles that may be quoted."""

    principal: Principal
    db: Database
    clock: Clock
    conversation_id: UUID | None = None
    said: tuple[str, ...] = ()
    shelf: Shelf | None = None

    @property
    def today(self) -> date:
        return today(self.clock, self.principal.timezone)
