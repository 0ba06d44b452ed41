"""Conversations and their turns, stored whole: written as `scribe`, read as `reader`, under row-level security both times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from assistant.calls import Call
from assistant.plan import Plan
from assistant.render import render
from kit.clock import Clock
from kit.db import Connection, Database
from kit.errors import NotFound
from kit.identity import Principal
from kit.ids import new_uuid
from kit.pages import Page, cut, decode_cursor

MAX_PREVIOUS = 8


@dataclass(frozen=True, slots=True)
class Conversation:
    id: UUID
    created_at: datetime
    opening: str | None  # the first thing that was said


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """`shown` is the turn as the person got it; `making` what it was rendered from, so that it can be rendered again."""

    id: UUID
    text: str
    plan: Plan
    shown: dict[str, Any]
    making: dict[str, Any]
    created_at: datetime

    def calls(self) -> list[Call]:
        return [Call(at, call["name"], call["args"], call["result"]) for at, call in enumerate(self.shown["tool_calls"])]

    def rendered_again(self) -> dict[str, Any]:
        """`answer`, `blocks` and `figures` from the stored draft and calls: the bytes that were sent."""
        again = render(
            self.making["draft"], self.calls(), self.plan.model_dump(mode="json"), self.making["currency"], self.making["locale"]
        )
        return {"answer": again.answer, "blocks": again.blocks, "figures": again.figures}


class Conversations:
    """The reader's own; another's conversation is not found."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def create(self, principal: Principal) -> Conversation:
        made = Conversation(new_uuid(), self._clock.now(), None)
        async with self._db.write("scribe", principal) as connection:
            await connection.execute(
                "insert into assistant.conversations (id, customer_id, firm_id, user_id, created_at) values ($1, $2, $3, $4, $5)",
                made.id, principal.customer_id, principal.firm_id, principal.user_id, made.created_at,
            )  # fmt: skip
        return made

    async def page(self, principal: Principal, cursor: str | None, limit: int) -> Page[Conversation]:
        """Newest first."""
        before = UUID(hex=decode_cursor(cursor, str)[0]) if cursor else UUID(int=2**128 - 1)
        async with self._db.read(principal) as connection:
            rows = await connection.fetch(_LIST, before, limit + 1)
        return cut([Conversation(row["id"], row["created_at"], row["opening"]) for row in rows], limit, lambda found: (found.id.hex,))

    async def turns(self, principal: Principal, conversation_id: UUID) -> tuple[Conversation, list[StoredTurn]]:
        """A conversation with all its turns, oldest first. Raises NotFound."""
        async with self._db.read(principal) as connection:
            found = await _conversation(connection, conversation_id)
            rows = await connection.fetch(f"{_TURNS} where conversation_id = $1 order by id", conversation_id)
        return found, [_turn(row) for row in rows]

    async def turn(self, principal: Principal, conversation_id: UUID, turn_id: UUID) -> StoredTurn:
        """One turn. Raises NotFound."""
        async with self._db.read(principal) as connection:
            row = await connection.fetchrow(f"{_TURNS} where conversation_id = $1 and id = $2", conversation_id, turn_id)
        if row is None:
            raise NotFound("turn_is_unknown", "there is no such turn")
        return _turn(row)

    async def previous(self, principal: Principal, conversation_id: UUID) -> list[Plan]:
        """The plans of the last few turns, oldest first. Raises NotFound for another's conversation."""
        async with self._db.read(principal) as connection:
            await _conversation(connection, conversation_id)
            rows = await connection.fetch(
                "select plan from assistant.turns where conversation_id = $1 order by id desc limit $2", conversation_id, MAX_PREVIOUS
            )
        return [Plan.model_validate(row["plan"]) for row in reversed(rows)]

    async def store(self, principal: Principal, conversation_id: UUID, turn: StoredTurn) -> None:
        """Writes a turn; the caller has read its conversation as this principal."""
        async with self._db.write("scribe", principal) as connection:
            await connection.execute(
                "insert into assistant.turns (id, conversation_id, customer_id, firm_id, text, plan, turn, created_at)"
                " values ($1, $2, $3, $4, $5, $6, $7, $8)",
                turn.id, conversation_id, principal.customer_id, principal.firm_id, turn.text, turn.plan.model_dump(mode="json"),
                {"shown": turn.shown, "making": turn.making}, turn.created_at,
            )  # fmt: skip


_TURNS = "select id, text, plan, turn, created_at from assistant.turns"
_LIST = """
select c.id, c.created_at, (select t.text from assistant.turns t where t.conversation_id = c.id order by t.id limit 1) as opening
from assistant.conversations c where c.id < $1 order by c.id desc limit $2
"""


async def _conversation(connection: Connection, conversation_id: UUID) -> Conversation:
    row = await connection.fetchrow("select id, created_at from assistant.conversations where id = $1", conversation_id)
    if row is None:
        raise NotFound("conversation_is_unknown", "there is no such conversation")
    return Conversation(row["id"], row["created_at"], None)


def _turn(row: Any) -> StoredTurn:
    whole = row["turn"]
    return StoredTurn(row["id"], row["text"], Plan.model_validate(row["plan"]), whole["shown"], whole["making"], row["created_at"])
