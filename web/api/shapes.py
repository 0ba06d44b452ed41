"""What requests and answers are made of, at this edge and the chat's: strict models, money, pages, the documented problem."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from kit.pages import MAX_LIMIT

MAX_MINOR = 2**53 - 1
Minor = Annotated[int, Field(strict=True, ge=-MAX_MINOR, le=MAX_MINOR)]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["EUR"])]
Cursor = Annotated[str | None, Field(max_length=512, description="`next_cursor` of the page before.")]
Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT)]


class Shape(BaseModel):
    """Unknown fields are refused on the way in and never sent on the way out."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Amount(Shape):
    """Money: an integer of minor units and an ISO 4217 code."""

    amount_minor: Minor
    currency: Currency


class FieldProblem(Shape):
    """One wrong field: a JSON Pointer into the request, and the reason."""

    pointer: str
    detail: str


class Choice(Shape):
    label: str
    mapping_patch: dict[str, Any]


class Question(Shape):
    """What a file leaves open; each choice is a change to the mapping that answers it."""

    code: str
    field: str
    message: str
    choices: list[Choice]


class Problem(Shape):
    """Why a request failed (RFC 9457). `code` is a name to rely on, `detail` is for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[FieldProblem] = []
    questions: list[Question] = Field(default=[], description="Only with the code mapping_ambiguous.")


_MEANINGS = {
    400: "The body is not JSON, or the request is cut short",
    401: "Sign-in is needed",
    403: "Not allowed",
    404: "There is no such thing, or not for you",
    409: "In conflict with the present state",
    413: "The body is too large",
    422: "The request is not valid, or is refused",
    429: "Too many attempts; Retry-After says when to try again",
    503: "Not available now; Retry-After says when to try again",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: the problems that it can answer."""
    return {status: {"model": Problem, "description": _MEANINGS[status]} for status in sorted({*statuses, 422, 503})}
