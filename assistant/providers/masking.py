"""Personal details give way to placeholders before anything leaves, and come back when the answer does; one table for each turn.

The same detail always gets the same placeholder, so that the model can speak of it and use it in a call. What is masked: card numbers,
IBANs, e-mail addresses, telephone numbers, the person's own name, and names in the books that look like those of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kit.redact import is_iban, passes_luhn

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
_CARD = re.compile(r"(?<![\d.,])\d(?:[ -]?\d){12,18}(?!\d)")
_MASKED = re.compile(r"\[(?:card|IBAN) \.\.\.\d{4}\]|\[card \.\.\.\w+\]")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+\d{1,3}|00\d{1,3}|\(?0\d{1,4}\)?)(?:[ ./()-]{0,2}\d){6,12}(?![\w.,]*\d)")
_PLACEHOLDER = re.compile(r"(?<![A-Z])(?:PERSON|EMAIL|IBAN|CARD|PHONE)_\d{1,3}(?!\d)")
_COMPANY = re.compile(
    r"\b(?:gmbh|ag|se|ltd|llc|inc|plc|co|corp|kg|ab|as|oy|sa|sarl|srl|bv|nv|eg|bank|insurance|market|cafe|café|shop|store|hotel|bar|"
    r"pizzeria|trattoria|restaurant|apotheke|pharmacy|studio|city|council|energy|telecom|mobile|online|group|services?|the|and|of|am|im|der|die)\b"
    r"|[&\d.@/+]",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Herr|Frau|Mme|M|Sr|Sra|Prof)\.? ", re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]+")


class Masks:
    """`hide` on the way out, `show` on the way back. `names` are the person's own and those of people in the books."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_placeholder: dict[str, str] = {}
        self._by_detail: dict[str, str] = {}
        parts = {name.strip() for name in names if len(name.strip()) > 2}
        self._names = _any_of(parts) if parts else None

    def hide(self, text: str) -> str:
        text = _MASKED.sub(lambda match: self._placeholder("CARD" if "card" in match.group() else "IBAN", match.group()), text)
        text = _EMAIL.sub(lambda match: self._placeholder("EMAIL", match.group()), text)
        text = _IBAN.sub(self._iban, text)
        text = _CARD.sub(lambda match: self._placeholder("CARD", match.group()) if _is_card(match.group()) else match.group(), text)
        text = _PHONE.sub(lambda match: self._placeholder("PHONE", match.group()), text)
        return self._names.sub(lambda match: self._placeholder("PERSON", match.group()), text) if self._names else text

    def show(self, text: str) -> str:
        """Placeholders that were given out become what they stand for; others stay, and will not pass as words."""
        return _PLACEHOLDER.sub(lambda match: self._by_placeholder.get(match.group(), match.group()), text)

    def hide_in(self, value: Any) -> Any:
        """The same for every string of a JSON value; keys are ours."""
        return _mapped(value, self.hide)

    def show_in(self, value: Any) -> Any:
        return _mapped(value, self.show)

    @property
    def given_out(self) -> int:
        return len(self._by_placeholder)

    def _placeholder(self, kind: str, detail: str) -> str:
        key = f"{kind} {detail.casefold()}"
        if key not in self._by_detail:
            number = sum(known.startswith(f"{kind}_") for known in self._by_placeholder) + 1
            self._by_detail[key] = f"{kind}_{number}"
            self._by_placeholder[f"{kind}_{number}"] = detail
        return self._by_detail[key]

    def _iban(self, match: re.Match[str]) -> str:
        found = match.group()
        while found:  # a greedy match may have swallowed words that follow
            if is_iban(found):
                return self._placeholder("IBAN", found) + match.group()[len(found) :]
            found = found[:-1].rstrip()
        return match.group()


def looks_like_a_person(name: str) -> bool:
    """ "Ana Müller", "Mrs Okafor", "J. Brenner": two or three capitalised words and nothing of a company. Rather one too many."""
    if _TITLE.match(name):
        return True
    words = re.sub(r"\b([A-Z])\. ", r"\1x ", name).split()
    return 2 <= len(words) <= 3 and all(_NAME_WORD.fullmatch(word) for word in words) and not _COMPANY.search(name)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in longest_first)})(?!\w)", re.IGNORECASE)


def _is_card(text: str) -> bool:
    return passes_luhn(re.sub(r"\D", "", text))


def _mapped(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return [_mapped(item, change) for item in value] if isinstance(value, list | tuple) else value
