"""What the assistant made of one utterance: the tool calls to make, or the question to ask back.

`understand` fills it, the planner's chat model turns it into tool calls, the answer templates speak from the results. State is data:
a `Plan` is stored with its turn, and the next turn's ellipsis ("and in May?") starts from it.

`form` names a template of prompts/<language>/answers where the query's shape does not say enough:
`yes_no` (slots `claim`: more, less, any, none, above, below, over, on_track; `threshold_minor` for above and below), `greeting`, `thanks`,
`goodbye`, `help`, `identity`, `explain` (steps: those of the turn that is to be explained), `difference` (two steps: the first against the
second), `ratio` (two steps: the first as a part of the second). `question` names one of prompts/<language>/questions (slots fill it);
`refused` and `out_of_scope` name theirs in `form` (`refused_others`, `refused_act`, ...), else `<status>_<intent>` speaks where there is
one, else the general one.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(Model):
    """One tool call. `tool` is a name of the catalog (tools/catalog.py)."""

    tool: str
    arguments: dict[str, Any]
    subject: str = ""  # how the subject is spoken: "on groceries", "at Aldi from your card", "without rent"
    ask: str = ""  # which of the tool's figures the sentence wants first: "year", "changed", "due", "next", ...
    reading: str = ""  # the reading taken where people mean two things, spoken: "the three calendar months before this one"


class Choice(Model):
    """One quick reply: what the button says, and the whole utterance that it sends."""

    label: str
    text: str


class Plan(Model):
    """`status` is what the turn will end as if the tools succeed."""

    text: str
    intent: str
    confidence: float = Field(ge=0, le=1)
    status: Literal["answered", "clarify", "refused", "out_of_scope", "proposed"]
    steps: tuple[Step, ...] = ()
    form: str = ""  # which answer template speaks; "" lets the query's shape decide
    question: str = ""  # clarify: the code of the question's template in prompts/
    choices: tuple[Choice, ...] = ()  # clarify: two or three concrete ones; answered: other readings to offer
    unread: tuple[str, ...] = ()  # content words of the utterance that no step used
    slots: dict[str, Any] = {}  # whatever the template or the next turn needs, plain JSON
