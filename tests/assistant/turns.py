"""A turn in tests: an understanding that knows its utterances by heart, tools with canned results, chat models with a script."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import BaseModel

from assistant.events import Event, TurnDone
from assistant.plan import Plan, Step
from assistant.turn import Assistant
from kit.clock import FixedClock
from tests.assistant.books import ACCOUNTS, BOOKS, FIRST, LAST
from tools.context import ToolContext
from tools.query.model import Query
from tools.tool import Mode, Tool
from tools.vocabulary import AccountName, Vocabulary

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CLOCK = FixedClock(NOW)
VOCABULARY = Vocabulary(
    merchants=(("Aldi", 9), ("Lidl", 3), ("7-Eleven", 1)),
    categories=(("Groceries", 12), ("Rent", 4)),
    accounts=tuple(AccountName(identity, name, "checking") for identity, name in ACCOUNTS.items()),
    budgets=("Groceries",),
    currency="EUR",
    timezone="Europe/Berlin",
    first_on=FIRST,
    last_on=LAST,
    today=date(2026, 11, 21),
)


def step(tool: str, arguments: Query | dict[str, Any], **words: str) -> Step:
    args = arguments.model_dump(mode="json", exclude_defaults=True) if isinstance(arguments, Query) else arguments
    return Step(tool=tool, arguments=args, **words)


def planned(text: str, *steps: Step, **fields: Any) -> Plan:
    return Plan.model_validate({"text": text, "intent": "test", "confidence": 1, "status": "answered", "steps": steps, **fields})


class Heart:
    """Understands what it was told beforehand, and remembers what it was shown."""

    version = "by heart"

    def __init__(self, *plans: Plan) -> None:
        self._plans = {plan.text: plan for plan in plans}
        self.previous: Sequence[Plan] = ()

    def understand(self, text: str, vocabulary: Vocabulary, previous: Sequence[Plan]) -> Plan:
        self.previous = previous
        unclear: dict[str, Any] = {"intent": "none", "confidence": 0, "status": "clarify"}
        return self._plans.get(text) or Plan.model_validate({"text": text, **unclear})


Answer = Callable[[Any], BaseModel]


def canned(answers: Mapping[str, tuple[type[BaseModel], Mode, Answer]]) -> Callable[[ToolContext], list[Tool]]:
    """A catalog whose tools answer from memory; an answer may raise."""

    def catalog(context: ToolContext) -> list[Tool]:
        return [Tool(name, name, mode, model, context, _act(answer)) for name, (model, mode, answer) in answers.items()]

    return catalog


def _act(answer: Answer) -> Callable[[ToolContext, Any], Awaitable[BaseModel]]:
    async def act(context: ToolContext, arguments: Any) -> BaseModel:
        return answer(arguments)

    return act


async def known_words(context: ToolContext) -> Vocabulary:
    return VOCABULARY


class Scripted(BaseChatModel):
    """A chat model that says its lines whatever it hears: tool calls `(name, args)` or text. The last line is said for ever."""

    lines: list[Any]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> BaseChatModel:
        return self

    def _generate(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> ChatResult:
        said = sum(isinstance(message, AIMessage) for message in messages)
        heard = [str(message.content) for message in messages if isinstance(message, ToolMessage)]
        line = self.lines[min(said, len(self.lines) - 1)]
        line = line(heard) if callable(line) else line
        calls = (
            [{"name": name, "args": args, "id": f"t{said}_{at}"} for at, (name, args) in enumerate(line)] if isinstance(line, list) else []
        )
        message = AIMessage("" if calls else str(line), tool_calls=calls)
        return ChatResult(generations=[ChatGeneration(message=message)])


async def events_of(turn: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in turn]


async def answer_of(assistant: Assistant, *asked: Any) -> dict[str, Any]:
    """The turn that `assistant.turn(*asked)` ends in."""
    done = [event for event in await events_of(assistant.turn(*asked)) if isinstance(event, TurnDone)]
    assert len(done) == 1
    return done[0].turn


__all__ = ["BOOKS", "CLOCK", "NOW", "VOCABULARY", "Heart", "Scripted", "answer_of", "canned", "events_of", "known_words", "planned", "step"]
