"""What a person typed, made fit to be understood, stored and logged: bounded, visible, without card numbers and IBANs."""

from __future__ import annotations

import unicodedata

from kit.errors import FieldError, Invalid
from kit.redact import redact

MAX_CHARS = 2_000
_LINES = "\n\r\t"


def admit(text: str) -> str:
    """The text as the rest of the turn may know it. Raises Invalid when it is empty, too long or holds control characters."""
    if len(text) > MAX_CHARS:
        raise _invalid("text_is_too_long", f"a question may have {MAX_CHARS:,} characters, not {len(text):,}")
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in _LINES for char in text):
        raise _invalid("text_has_control_characters", "a question is plain text")
    visible = "".join(char for char in unicodedata.normalize("NFC", text) if not _is_invisible(char))
    clean = " ".join(visible.split())
    if not clean:
        raise _invalid("text_is_empty", "say something")
    return redact(clean)


def _is_invisible(char: str) -> bool:
    """Format characters (zero width, bidirectional, tags), variation selectors, private use and fillers: text that hides from the eye."""
    if unicodedata.category(char) in ("Cf", "Co", "Cn"):
        return True
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or char in "\u115f\u1160\u3164\uffa0\u034f"


def _invalid(code: str, detail: str) -> Invalid:
    return Invalid(code, detail, [FieldError("/text", detail)])
