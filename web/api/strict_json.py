"""JSON as it should be: no NaN, no name twice, no number beyond 64 bits, no NUL or half a character, no deep nesting."""

from __future__ import annotations

import json
import math
from typing import Any

from kit.errors import FieldError, Invalid

MAX_DEPTH = 32
MAX_INTEGER = 2**63 - 1


class NotJson(Exception):
    """The bytes are no JSON text in UTF-8, or nest too deeply to be read."""


def check_json(body: bytes) -> None:
    """Raises NotJson, or Invalid for JSON that could be read in two ways or cannot be kept."""
    try:
        value = json.loads(body.decode(), object_pairs_hook=_pairs, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_float)
    except Invalid:
        raise
    except RecursionError as error:
        raise NotJson(f"the body nests deeper than {MAX_DEPTH} levels") from error
    except ValueError as error:
        raise NotJson("the body is not JSON in UTF-8") from error
    _walk(value)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Invalid("name_occurs_twice", "a name occurs twice in one object")
    return found


def _refuse_constant(_name: str) -> None:
    raise Invalid("number_is_not_finite", "NaN and Infinity are not numbers of JSON")


def _integer(digits: str) -> int:
    if len(digits) > 20 or abs(value := int(digits)) > MAX_INTEGER:
        raise Invalid("number_is_too_large", "a number does not fit in 64 bits")
    return value


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise Invalid("number_is_too_large", "a number is beyond all bounds")
    return value


def _walk(value: Any) -> None:
    pending = [(value, 1, "")]
    while pending:
        current, depth, pointer = pending.pop()
        if depth > MAX_DEPTH:
            raise NotJson(f"the body nests deeper than {MAX_DEPTH} levels")
        if isinstance(current, str):
            _check_text(current, pointer)
        elif isinstance(current, list):
            pending.extend((item, depth + 1, f"{pointer}/{index}") for index, item in enumerate(current))
        elif isinstance(current, dict):
            for name in current:
                _check_text(name, pointer)
            pending.extend((item, depth + 1, f"{pointer}/{name[:40]}") for name, item in current.items())


def _check_text(text: str, pointer: str) -> None:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise Invalid("text_cannot_be_kept", "a text holds NUL or half a character", [FieldError(pointer, "NUL or half a character")])
