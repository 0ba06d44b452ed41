"""One turn's language model, as a LangChain chat model for the loop.

It masks and fences what goes out and unmasks what comes back, keeps the turn's budget, tries again where that is worth it, and reports to
the breaker. Its faults are `ModelFault`s, and after the first one it is silent.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict

from assistant.asking import Report
from assistant.providers.briefing import Briefing
from assistant.providers.exchange import Exchange
from assistant.providers.fence import Fence
from assistant.providers.masking import Masks


class LanguageModel(BaseChatModel):
    """`exchange` speaks with the endpoint; `tools` are what the loop has bound."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    exchange: Exchange
    briefing: Briefing
    masks: Masks
    fence: Fence
    tools: tuple[dict[str, Any], ...] = ()

    @property
    def _llm_type(self) -> str:
        return "language_model"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> BaseChatModel:
        return self.model_copy(update={"tools": tuple(convert_to_openai_tool(tool) for tool in tools)})

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> ChatResult:
        raise NotImplementedError("the endpoint is asked asynchronously")

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        answer = await self.exchange.say(self._outgoing(messages), self.tools)
        calls = [{**call, "args": self.masks.show_in(call["args"])} for call in answer.tool_calls]
        message = AIMessage(self.masks.show(str(answer.text)), tool_calls=calls)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def report(self, *, used: bool) -> Report:
        return self.exchange.report(used=used, read=sorted(self.fence.read))

    def _outgoing(self, messages: Sequence[BaseMessage]) -> list[BaseMessage]:
        """The briefing, whose last message is the question, then what the loop added to its own."""
        later = [self._masked(message) for message in messages if isinstance(message, AIMessage | ToolMessage)]
        return [self.briefing.system, self.briefing.question, *later]

    def _masked(self, message: BaseMessage) -> BaseMessage:
        if isinstance(message, AIMessage):
            calls = [{**call, "args": self.masks.hide_in(call["args"])} for call in message.tool_calls]
            return AIMessage(self.masks.hide(str(message.text)), tool_calls=calls)
        assert isinstance(message, ToolMessage)
        return ToolMessage(self._told(message), tool_call_id=message.tool_call_id, name=message.name)

    def _told(self, message: ToolMessage) -> str:
        try:
            told = json.loads(str(message.content))
        except ValueError:
            return str(message.content)  # of the loop itself: no more calls
        return self.fence.result(message.name or "", self.masks.hide_in(told))
