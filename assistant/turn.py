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

from assistant.adopted import as_carried_out, carried_out, foreign_faults, only_as_said
from assistant.answers import Answers
from assistant.asking import Asking, Report, Reports
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
from assistant.providers.fault import ModelFault
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


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn's answer. `plan` is what was carried out, `judged` those of the calls that the answer speaks of."""

    plan: Plan
    calls: list[Call]
    judged: Sequence[Call]
    composed: Composed
    report: Report


@dataclass
class Assistant:
    """Loaded once per process. `chat_model` may name a model that tries a turn first; else, and after its fault, the planner answers."""

    understanding: Understands
    db: Database
    clock: Clock
    wording: Wording = field(default_factory=Wording.load)
    chat_model: Callable[[Asking], BaseChatModel | None] = lambda asking: None
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
        answered = await self._answer(Asking(principal, plan, words, previous), context, books, stages, tell)
        shown = self._shown(turn_id, answered)
        making: dict[str, Any] = {"draft": answered.composed.draft, "currency": books.currency, "locale": self.wording.language}
        if answered.report.read:
            making["read_by_model"] = list(answered.report.read)
        stages.ended("render")
        shown["timings"] = {**stages.timings(), **answered.report.timings}
        turn = StoredTurn(turn_id, text, answered.plan, shown, making, self.clock.now())
        await self.conversations.store(principal, conversation_id, turn)
        for delta in _deltas(answered.composed.rendered.answer):
            tell(TextDelta(delta))
        tell(TurnDone(shown))

    async def _answer(self, asking: Asking, context: ToolContext, books: Books, stages: Stages, tell: Callable[[Event], None]) -> Answered:
        """The calls made and the answer; a foreign model's ungrounded draft gives way to the templates'."""
        plan, calls, report = asking.plan, list[Call](), Report()
        if (foreign := self.chat_model(asking)) is not None:
            offered = only_as_said(self._offered(plan, context), plan)
            draft = await self._loop(foreign, plan, offered, calls, stages, tell)
            taken = as_carried_out(plan, calls)
            composed = await self._composed(draft, taken, calls, books, asked=plan)
            report = foreign.report(used=composed is not None) if isinstance(foreign, Reports) else report
            if composed is not None:
                return Answered(taken, calls, [call for call in calls if not call.failed], composed, report)
        judged = carried_out(plan, calls)
        if judged:
            draft = self.answers.draft(plan, judged, books)
        else:
            planner = Planner(plan=plan, answers=self.answers, books=books, first=len(calls))
            draft = await self._loop(planner, plan, self._offered(plan, context), calls, stages, tell)
            judged = calls[planner.first :]
        composed = await self._composed(draft, plan, calls, books)
        return Answered(plan, calls, judged, composed or self._spare(books), report)

    async def _loop(
        self, model: BaseChatModel, plan: Plan, offered: list[Tool], calls: list[Call], stages: Stages, tell: Callable[[Event], None]
    ) -> str:
        """Runs a model's loop, adds the calls it made, and returns its draft; empty when the model fails, which leaves no question open."""
        recorder = Recorder(lambda happening: _tell(happening, stages, tell), offset=len(calls))
        draft = ""
        try:
            draft = await run_loop(model, offered, [HumanMessage(plan.text)], recorder)
        except ModelFault as fault:
            _log.warning("language_model_failed", code=str(fault.code), detail=fault.detail)
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

    async def _composed(self, draft: str, plan: Plan, calls: Sequence[Call], books: Books, asked: Plan | None = None) -> Composed | None:
        return await asyncio.to_thread(self._compose, draft, plan, calls, books, asked)

    def _compose(self, draft: str, plan: Plan, calls: Sequence[Call], books: Books, asked: Plan | None) -> Composed | None:
        """The rendered draft, or None when it does not stand on its sources. `asked` is the planner's plan where another drafted."""
        foreign = asked is not None
        try:
            if not draft:
                raise DraftIsMalformed("empty")
            rendered = render(draft, calls, plan.model_dump(mode="json"), books.currency, self.wording.language)
            found = faults(rendered, Grounds(calls, plan, books, Speech(self.wording, books), foreign))
            found += foreign_faults(rendered, asked, calls) if asked is not None else ()
        except (DraftIsMalformed, NoSuchCell) as error:
            found = [Fault("draft_is_malformed", str(error))]
        for fault in found:
            self.ungrounded[fault.code] += 1
            _log.warning("draft_is_ungrounded", code=fault.code, foreign=foreign)
        return None if found else Composed(draft, rendered)

    def _shown(self, turn_id: UUID, answered: Answered) -> dict[str, Any]:
        calls, composed = answered.calls, answered.composed
        status, partial = outcome(answered.plan, answered.judged, unproven=composed.draft == self.wording.speak(UNPROVEN))
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
            "versions": {**self._versions, **answered.report.versions},
        }


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
