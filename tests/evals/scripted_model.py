"""A language model of a few rules behind the real protocol, for `make evals NAME=llm`: what it is sure of it answers by references.

What it does not understand it gets wrong on purpose, each time in another way: digits of its own, a cut stream, an error, an endless loop,
nothing at all. A right figure then proves the seam, and a wrong one would prove a hole in it.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.assistant.providers.endpoint import Line, Script, calls, fails, is_cut, says
from web.serve.ports import free_port

MONTHS = tuple(date(2026, month, 1).strftime("%B").lower() for month in range(1, 13))
HARD = re.compile(
    r"\b(?:not|except|without|leave out|exclud\w+|between|since|than|versus|vs|compare\w*|average|share|percent\w*|biggest|largest|most|"
    r"which|when|by|per|each|usual\w*|last week|weekend|days|quarter|together|everything|more|less|over|under|above|below)\b"
)
Policy = Callable[[dict[str, Any], int], Line]
WRONG: tuple[Line, ...] = (
    says("You spent 1,234.56 in all."), is_cut("You spent"), fails(500), calls(("query", {})), says(""), calls(("query", '{"measure"')),
    says("You spent more than usual, I am sure."), calls(("move_money", {"amount": 5})),
)  # fmt: skip


def reply(body: dict[str, Any], turn: int) -> Line:
    """What the model says next to a request."""
    question = str(body["messages"][1]["content"]).rsplit("The person asks:\n", 1)[-1].casefold()
    known = json.loads(str(body["messages"][1]["content"]).split("\n")[1])
    query = understood(question, known)
    if query is None:
        return WRONG[turn % len(WRONG)]
    heard = [message for message in body["messages"] if message["role"] == "tool"]
    if not heard:
        return calls(("query", query))
    if query.get("statistic") == "count":
        return says("I count [[0/count|of payment,payments]].")
    return says("That comes to [[0/amount_minor]], over [[0/count|of payment,payments]].")


def understood(question: str, known: dict[str, Any]) -> dict[str, Any] | None:
    """A typed query for the plainest questions; None for the rest."""
    merchants = known.get("merchants_like_the_question", [])
    span = period(question, date.fromisoformat(str(known["today"]).split()[-1]))
    counted = re.search(r"\bhow (?:many times|often)\b", question)
    asks = counted or re.search(r"\b(?:spend|spent|cost|leave|left|paid|pay|gone|went|sum|total|add up|much)\b", question)
    if HARD.search(question) or span is None or len(merchants) > 1 or not asks:
        return None
    if not merchants and (
        counted or re.search(r"\b(?:on|for|at|in) (?!total|january|june|july|august|september|october|november)\w", question)
    ):
        return None
    include = {"include": {"merchants": merchants}} if merchants else {}
    return {"measure": "spending", "period": span, **include, **({"statistic": "count"} if counted else {})}


def period(question: str, today: date) -> dict[str, str] | None:
    """As definitions.md has them."""
    first = today.replace(day=1)
    if re.search(r"\bthis month\b", question):
        return _span(first, today)
    if re.search(r"\bthis year\b", question):
        return _span(today.replace(month=1, day=1), today)
    if re.search(r"\blast month\b", question):
        return _span((first - timedelta(days=1)).replace(day=1), first - timedelta(days=1))
    named = [at + 1 for at, name in enumerate(MONTHS) if re.search(rf"\b{name}\b", question)]
    if len(named) != 1 or named[0] == 5:  # may, the verb
        return None
    start = date(today.year - (named[0] > today.month), named[0], 1)
    return _span(start, min((start + timedelta(days=32)).replace(day=1) - timedelta(days=1), today))


def _span(start: date, end: date) -> dict[str, str]:
    return {"start_on": start.isoformat(), "end_on": end.isoformat()}


class _Asked:
    def __init__(self, policy: Policy) -> None:
        self._policy, self._turn, self.script = policy, 0, Script()

    async def answer(self, request: Request) -> Response:
        body = json.loads(await request.body())
        self.script.asked.append(body)
        if not any(message["role"] == "tool" for message in body["messages"]):
            self._turn += 1
        return self._policy(body, self._turn)(body, self.script)


@contextmanager
def scripted_endpoint(policy: Policy = reply) -> Iterator[str]:
    """Its address; it runs in a thread of its own."""
    port = free_port()
    app = Starlette(routes=[Route("/v1/chat/completions", _Asked(policy).answer, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/v1"
    server.should_exit = True
    thread.join(timeout=5)
