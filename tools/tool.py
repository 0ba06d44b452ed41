"""A tool: a name, product text, typed arguments, a typed result. READ looks; PROPOSE writes down a wish. There is no third kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from tools.context import ToolContext


class Mode(StrEnum):
    READ = "read"
    PROPOSE = "propose"


@dataclass(frozen=True, slots=True)
class Tool:
    """`run` takes validated arguments and raises kit errors only."""

    name: str
    description: str
    mode: Mode
    arguments: type[BaseModel]
    context: ToolContext
    act: Callable[[ToolContext, Any], Awaitable[BaseModel]]

    async def run(self, arguments: BaseModel) -> BaseModel:
        return await self.act(self.context, arguments)
