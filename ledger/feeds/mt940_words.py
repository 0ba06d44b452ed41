"""The words of a booking in MT940's `:86:`: free text, `?20` subfields (Germany; Poland with ~ or <), or /NAME/ codes (Netherlands).

A subfield's text is cut at 27 characters wherever it falls, so the pieces are joined as they are and not with spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ledger.feeds.text import tidy

_SUBFIELDS = re.compile(r"\d{3}([?~<^+])(?=\d\d)")
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|PURP|IBAN|BIC)\+")
_CODES = re.compile(
    r"/(TRTP|CSID|NAME|REMI|EREF|IBAN|BIC|MARF|ORDP|BENM|ID|ADDR|RTRN|ULTC|ULTD|PREF|PURP|CNTP|TRCD|SVCL|ISDT|ACSI|TRAN|INIT|OCMT|CHGS|BORD|KREF)/"
)


@dataclass(frozen=True, slots=True)
class Words:
    description: str
    counterparty: str | None
    references: tuple[str, ...]


def read_words(text: str, outflow: bool) -> Words:
    """What a `:86:` says, in whichever of its three forms."""
    joined = text.replace("\n", "")
    if found := _SUBFIELDS.match(joined):
        return _of_subfields(joined[found.end(1) - 1 :], found[1])
    if len(_CODES.findall(joined)) >= 2:
        return _of_codes(joined, outflow)
    return Words(tidy(text), None, ())


def _of_subfields(text: str, mark: str) -> Words:
    fields: dict[int, str] = {}
    for piece in re.split(rf"{re.escape(mark)}(?=\d\d)", text)[1:]:
        fields[int(piece[:2])] = fields.get(int(piece[:2]), "") + piece[2:]
    purpose = "".join(fields[place] for place in sorted(fields) if 20 <= place <= 29 or 60 <= place <= 63)
    parts = dict(_tagged(_SEPA, purpose))
    counterparty = tidy(parts.get("ABWA") or parts.get("ABWE") or "".join(fields.get(place, "") for place in (32, 33)))
    told = parts.get("SVWZ", "") or ("" if "EREF" in parts or "MREF" in parts else purpose)
    description = tidy(told) or tidy(parts.get("", "")) or tidy(fields.get(0, ""))
    return Words(description or counterparty, counterparty or None, _references(parts.get("EREF"), parts.get("KREF")))


def _of_codes(text: str, outflow: bool) -> Words:
    parts = dict(_tagged(_CODES, text))
    inner = _name_within(parts.get("BENM" if outflow else "ORDP", ""))
    counterparty = tidy(parts.get("NAME", "")) or inner or tidy(_cntp_name(parts.get("CNTP", "")))
    remittance = parts.get("REMI", "")
    if remittance.upper().startswith(("USTD//", "STRD/")):  # /REMI/USTD//words/
        remittance = remittance.partition("//")[2] or remittance[5:]
    description = tidy(remittance.strip("/")) or tidy(parts.get("", "")) or tidy(parts.get("TRTP", ""))
    return Words(description or counterparty, counterparty or None, _references(parts.get("EREF"), parts.get("PREF"), parts.get("KREF")))


def _name_within(text: str) -> str:
    return tidy(text.partition("NAME/")[2].partition("/")[0])


def _cntp_name(text: str) -> str:
    """/CNTP/account/bank/name/city/"""
    pieces = text.split("/")
    return pieces[2] if len(pieces) > 2 else ""


def _tagged(tag: re.Pattern[str], text: str) -> Iterable[tuple[str, str]]:
    """(tag, text up to the next one); what stands before the first has the empty tag."""
    places = [*tag.finditer(text), None]
    first = places[0]
    yield "", text[: first.start() if first else len(text)]
    for found, following in pairwise(places):
        assert found is not None
        yield found[1], text[found.end() : following.start() if following else len(text)]


def _references(*found: str | None) -> tuple[str, ...]:
    return tuple(text for each in found if each and (text := tidy(each.strip("/"))) and text.upper() not in ("NOTPROVIDED", "NONREF"))
