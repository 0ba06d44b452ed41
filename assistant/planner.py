"""A chat model that needs no language model: it says the plan's steps as tool calls, and, when the results are in, the templates' draft.

It drives the same loop as any other chat model, and can do no more than they can.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import ConfigDict

from assistant.answers import Answers
from assistant.calls import Call
from assistant.plan import Plan
from assistant.speech import Books


class Planner(BaseChatModel):
    """One turn's planner. `first` is the number that its first call gets."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    plan: Plan
    answers: Answers
    books: Books
    first: int = 0

    @property
    def _llm_type(self) -> str:
        return "planner"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> BaseChatModel:
        """The plan already names its tools."""
        return self

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._next(messages))])

    def _next(self, messages: Sequence[BaseMessage]) -> AIMessage:
        heard = [message for message in messages if isinstance(message, ToolMessage)]
        if self.plan.steps and not heard:
            calls = [
                {"name": step.tool, "args": step.arguments, "id": f"call_{self.first + at}", "type": "tool_call"}
                for at, step in enumerate(self.plan.steps)
            ]
            return AIMessage("", tool_calls=calls)
        return AIMessage(self.answers.draft(self.plan, self._calls(heard), self.books))

    def _calls(self, heard: Sequence[ToolMessage]) -> list[Call]:
        """The calls as the tools answered them, in the plan's order."""
        by_identity = {message.tool_call_id: message for message in heard if message.status != "error"}
        found = []
        for at, step in enumerate(self.plan.steps):
            message = by_identity.get(f"call_{self.first + at}")
            if message is not None:
                told = json.loads(str(message.content))
                found.append(Call(told["call"], step.tool, step.arguments, told["result"]))
        return found
