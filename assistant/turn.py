"""One bounded turn: guard, understanding, the agent's loop, rendering, grounding, storing.

Text leaves only after it was held to its sources and stored. CPU work runs in threads, so that the event loop stays free.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import structlog
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import HumanMessage

from assistant.answers import Answers
from assistant.calls import Call, NoSuchCell
from assistant.citations import citations_of
from assistant.conversations import Conversations, StoredTurn
from assistant.draft import DraftIsMalformed
from assistant.events import Event, TextDelta, ToolCallEnded, ToolCallStarted, TurnDone, TurnStarted
from assistant.grounding import Fault, Grounds, faults
from assistant.guard import admit
from assistant.loop import Happening, Recorder, run_loop
from assistant.outcome import outcome
from assistant.plan import Plan
from assistant.planner import Planner
from assistant.render import Rendered, proposal_of, render
from assistant.speech import Books, Speech
from assistant.stages import Stages
from assistant.versions import versions_of
from assistant.wording import Wording
from kit.clock import Clock
from kit.db import Database
from kit.errors import Unavailable
from kit.identity import Principal
from kit.ids import new_uuid, show
from knowledge.shelf import Shelf
from tools.catalog import tools as catalog
from tools.context import ToolContext
from tools.tool import Mode, Tool
from tools.vocabulary import Vocabulary, vocabulary

UNPROVEN = "answers/unproven"
_log = structlog.get_logger()


class Understands(Protocol):
    """`version` names the router's artefact."""

    @property
    def version(self) -> str: ...

    def understand(self, text: str, vocabulary: Vocabulary, previous: Sequence[Plan]) -> Plan: ...


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer that stands on its sources, and the draft that it was rendered from."""

    draft: str
    rendered: Rendered


@dataclass
class Assistant:
    """Loaded once per process. `chat_model` writes the drafts where one is configured; else the planner does."""

    understanding: Understands
    db: Database
    clock: Clock
    wording: Wording = field(default_factory=Wording.load)
    chat_model: Callable[[Plan], BaseChatModel | None] = lambda plan: None
    catalog: Callable[[ToolContext], list[Tool]] = catalog
    words: Callable[[ToolContext], Awaitable[Vocabulary]] = vocabulary
    time_limit_s: float = 20.0
    shelf: Shelf | None = None
    ungrounded: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.answers = Answers(self.wording)
        self.conversations = Conversations(self.db, self.clock)
        self._versions = versions_of(self.wording, self.understanding.version)

    async def turn(self, principal: Principal, conversation_id: UUID, text: str) -> AsyncIterator[Event]:
        """The events of one turn. Raises Invalid, NotFound, Unavailable; a consumer that stops listening cancels the turn."""
        events: asyncio.Queue[Event | None] = asyncio.Queue()
        running = asyncio.create_task(self._bounded(principal, conversation_id, text, events.put_nowait))
        running.add_done_callback(lambda _: events.put_nowait(None))
        try:
            while (event := await events.get()) is not None:
                yield event
            await running
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def _bounded(self, principal: Principal, conversation_id: UUID, text: str, tell: Callable[[Event], None]) -> None:
        try:
            async with asyncio.timeout(self.time_limit_s):
                await self._run(principal, conversation_id, text, tell)
        except TimeoutError as error:
            raise Unavailable("turn_took_too_long", "the answer took too long; nothing was changed") from error

    async def _run(self, principal: Principal, conversation_id: UUID, said: str, tell: Callable[[Event], None]) -> None:
        stages, turn_id = Stages(), new_uuid()
        text = admit(said)
        previous = await self.conversations.previous(principal, conversation_id)
        heard = (text, *(plan.text for plan in reversed(previous)))
        context = ToolContext(principal, self.db, self.clock, conversation_id, heard, self.shelf)
        tell(TurnStarted(show("trn", turn_id)))
        words = await self.words(context)
        stages.ended("read")
        plan = await asyncio.to_thread(self.understanding.understand, text, words, previous)
        stages.ended("understand")
        books = _books(words)
        calls, composed = await self._answer(plan, context, books, stages, tell)
        shown = self._shown(turn_id, plan, calls, composed)
        making = {"draft": composed.draft, "currency": books.currency, "locale": self.wording.language}
        stages.ended("render")
        shown["timings"] = stages.timings()
        turn = StoredTurn(turn_id, text, plan, shown, making, self.clock.now())
        await self.conversations.store(principal, conversation_id, turn)
        for delta in _deltas(composed.rendered.answer):
            tell(TextDelta(delta))
        tell(TurnDone(shown))

    async def _answer(
        self, plan: Plan, context: ToolContext, books: Books, stages: Stages, tell: Callable[[Event], None]
    ) -> tuple[list[Call], Composed]:
        """The calls made and the answer; a foreign model's ungrounded draft gives way to the templates'."""
        calls: list[Call] = []
        if (foreign := self.chat_model(plan)) is not None:
            draft = await self._loop(foreign, plan, context, calls, stages, tell)
            if (composed := await self._composed(draft, plan, calls, books, foreign=True)) is not None:
                return calls, composed
        if _carried_out(plan, calls):
            draft = self.answers.draft(plan, calls, books)
        else:
            planner = Planner(plan=plan, answers=self.answers, books=books, first=len(calls))
            draft = await self._loop(planner, plan, context, calls, stages, tell)
        composed = await self._composed(draft, plan, calls, books, foreign=False)
        return calls, composed or self._spare(books)

    async def _loop(
        self, model: BaseChatModel, plan: Plan, context: ToolContext, calls: list[Call], stages: Stages, tell: Callable[[Event], None]
    ) -> str:
        """Runs a model's loop, adds the calls it made, and returns its draft; empty when the model fails, which leaves no question open."""
        recorder = Recorder(lambda happening: _tell(happening, stages, tell), offset=len(calls))
        draft = ""
        try:
            draft = await run_loop(model, self._offered(plan, context), [HumanMessage(plan.text)], recorder)
        except Exception:
            _log.exception("chat_model_failed", model=model._llm_type)
        calls.extend(recorder.kept())
        stages.ended("plan")
        return draft

    def _spare(self, books: Books) -> Composed:
        draft = self.wording.speak(UNPROVEN)
        return Composed(draft, render(draft, (), {}, books.currency, self.wording.language))

    def _offered(self, plan: Plan, context: ToolContext) -> list[Tool]:
        """Every READ tool; PROPOSE only where the person's own words are a wish to act, whatever a text in the books may say."""
        return [tool for tool in self.catalog(context) if tool.mode is Mode.READ or plan.status == "proposed"]

    async def _composed(self, draft: str, plan: Plan, calls: Sequence[Call], books: Books, *, foreign: bool) -> Composed | None:
        return await asyncio.to_thread(self._compose, draft, plan, calls, books, foreign=foreign)

    def _compose(self, draft: str, plan: Plan, calls: Sequence[Call], books: Books, *, foreign: bool) -> Composed | None:
        """The rendered draft, or None when it does not stand on its sources."""
        try:
            if not draft:
                raise DraftIsMalformed("empty")
            rendered = render(draft, calls, plan.model_dump(mode="json"), books.currency, self.wording.language)
            found = faults(rendered, Grounds(calls, plan, books, Speech(self.wording, books), foreign))
        except (DraftIsMalformed, NoSuchCell) as error:
            found = [Fault("draft_is_malformed", str(error))]
        for fault in found:
            self.ungrounded[fault.code] += 1
            _log.warning("draft_is_ungrounded", code=fault.code, foreign=foreign)
        return None if found else Composed(draft, rendered)

    def _shown(self, turn_id: UUID, plan: Plan, calls: Sequence[Call], composed: Composed) -> dict[str, Any]:
        status, partial = outcome(plan, calls, unproven=composed.draft == self.wording.speak(UNPROVEN))
        return {
            "id": show("trn", turn_id),
            "answer": composed.rendered.answer,
            "status": status,
            "partial": partial,
            "blocks": composed.rendered.blocks,
            "tool_calls": [call.shown() for call in calls],
            "figures": composed.rendered.figures,
            "citations": citations_of(calls),
            "proposals": [proposal_of(call.result) for call in calls if call.name.startswith("propose_") and not call.failed],
            "versions": self._versions,
        }


def _carried_out(plan: Plan, calls: Sequence[Call]) -> bool:
    """Whether another model already did what the plan asks, or wrote down a wish, which must not happen a second time."""
    made = [(call.name, call.args) for call in calls if not call.failed]
    return bool(calls) and (any(name.startswith("propose_") for name, _ in made) or all((s.tool, s.arguments) in made for s in plan.steps))


def _books(words: Vocabulary) -> Books:
    names = frozenset(name for name, _ in (*words.merchants, *words.categories))
    return Books(words.currency, words.today, {account.id: account.name for account in words.accounts}, names)


def _tell(happening: Happening, stages: Stages, tell: Callable[[Event], None]) -> None:
    call = happening.call
    if not happening.ended:
        tell(ToolCallStarted(f"call_{call.index}", call.name, call.args))
        return
    stages.ended("tools")
    tell(ToolCallEnded(f"call_{call.index}", call.name, call.result))


def _deltas(answer: str) -> list[str]:
    """A few words at a time."""
    return re.findall(r"(?:\S+\s*){1,4}", answer)
