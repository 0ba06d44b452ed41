"""The agent's loop: LangChain's `create_agent` around any chat model, with tools wrapped so that nothing propagates and steps are bounded.

Each executed call gets its number from its place in the model's message, so that references mean the same however calls overlap.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.errors import GraphRecursionError
from langsmith.run_helpers import tracing_context
from pydantic import BaseModel

from assistant.calls import Call
from kit.errors import NotFound
from tools.failure import in_words
from tools.tool import Tool

MAX_CALLS = 8
MAX_MODEL_STEPS = 6
_log = structlog.get_logger()
Listener = Callable[["Happening"], None]


@dataclass(frozen=True, slots=True)
class Happening:
    """A call has started (`call` without result yet) or ended."""

    call: Call
    ended: bool


class Recorder(AgentMiddleware[Any, Any, Any]):
    """Numbers the calls from `offset` on, keeps them, tells a listener, and refuses those beyond the bound."""

    def __init__(self, listen: Listener, offset: int = 0) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self._listen = listen
        self._next = self._offset = offset
        self._waiting: dict[str, int] = {}

    async def aafter_model(self, state: Any, runtime: Any) -> None:
        """Numbers the calls that the model has just asked for: each identity once, up to the bound."""
        last = state["messages"][-1]
        for call in last.tool_calls if isinstance(last, AIMessage) else ():
            if self._next - self._offset < MAX_CALLS and str(call["id"]) not in self._waiting:
                self._waiting[str(call["id"])] = self._next
                self._next += 1

    async def awrap_tool_call(self, request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
        name, arguments, identity = request.tool_call["name"], request.tool_call["args"], str(request.tool_call["id"])
        index = self._waiting.pop(identity, None)
        if index is None:
            return ToolMessage("no more tool calls in this turn", tool_call_id=identity, name=name, status="error")
        self._listen(Happening(Call(index, name, arguments, {}), ended=False))
        result = in_words(NotFound("tool_is_unknown", "there is no such tool"))
        if request.tool is not None:
            message = await handler(request)
            result = message.artifact
        call = Call(index, name, arguments, result)
        self.calls.append(call)
        self._listen(Happening(call, ended=True))
        return ToolMessage(json.dumps({"call": index, "result": result}), tool_call_id=identity, name=name)

    def kept(self) -> list[Call]:
        """The calls in order."""
        return sorted(self.calls, key=lambda call: call.index)


def wrap(tool: Tool) -> BaseTool:
    """A tool of the catalog for LangChain: arguments are checked by the tool's own model, failures become words."""

    async def run(**arguments: Any) -> tuple[str, dict[str, Any]]:
        try:
            result: BaseModel = await tool.run(tool.arguments.model_validate_json(json.dumps(arguments)))
        except Exception as error:
            return "failed", in_words(error)
        return "done", result.model_dump(mode="json")

    return StructuredTool(
        name=tool.name, description=tool.description, args_schema=_schema_of(tool.arguments), coroutine=run,
        response_format="content_and_artifact",
    )  # fmt: skip


@cache
def _schema_of(arguments: type[BaseModel]) -> dict[str, Any]:
    """Made once: pydantic takes 12 ms for the query's."""
    return arguments.model_json_schema()


async def run_loop(model: BaseChatModel, tools: Sequence[Tool], messages: Sequence[BaseMessage], recorder: Recorder) -> str:
    """The model's last words, a draft; empty when it did not come to an end within its steps."""
    agent: Any = create_agent(model, [wrap(tool) for tool in tools], middleware=[recorder])
    try:
        with tracing_context(enabled=False):  # whatever the environment says, a turn is traced nowhere
            state = await agent.ainvoke({"messages": list(messages)}, {"recursion_limit": 4 * MAX_MODEL_STEPS})
    except GraphRecursionError:
        _log.warning("loop_ran_out_of_steps", calls=len(recorder.calls))
        return ""
    return str(state["messages"][-1].text)
