"""The words of a CAMT entry: who was on the other side, what it was for, and the references that are more than a filler."""

from __future__ import annotations

from ledger.feeds.text import tidy
from ledger.feeds.xml_elements import Element

_FILLERS = {"NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOREF", "NONE", "UNKNOWN"}


def details_words(entry: Element, detail: Element | None, amount_minor: int) -> tuple[str, str | None]:
    """(description, counterparty) of an entry, or of one payment in it."""
    counterparty = None if detail is None else _other_side(detail, amount_minor)
    texts = [] if detail is None else _purposes(detail)
    if not texts:
        texts = [entry.value("AddtlNtryInf"), "" if detail is None else detail.value("AddtlTxInf")]
    description = " ".join(text for each in texts if (text := tidy(each)))
    if entry.value("RvslInd") == "true":
        description = f"Reversal {description}".strip()
    return description or counterparty or _unnamed(entry), counterparty


def end_to_end_id(detail: Element) -> str:
    """The payer's reference, empty where the bank filled in that there is none."""
    reference = detail.value("Refs/EndToEndId")
    return "" if reference.upper() in _FILLERS else reference


def _other_side(detail: Element, amount_minor: int) -> str | None:
    parties = detail.find("RltdPties")
    if parties is None:
        return None
    roles = ("Cdtr", "UltmtCdtr") if amount_minor < 0 else ("Dbtr", "UltmtDbtr")
    for role in roles:
        name = parties.value(f"{role}/Pty/Nm") or parties.value(f"{role}/Nm")
        if name:
            return tidy(name)
    return None


def _purposes(detail: Element) -> list[str]:
    remittance = detail.find("RmtInf")
    if remittance is None:
        return []
    lines = [line.text for line in remittance.all("Ustrd")]
    for structured in remittance.all("Strd"):
        lines += [structured.value("CdtrRefInf/Ref"), *(line.text for line in structured.all("AddtlRmtInf"))]
    return [line for line in lines if line.strip()]


def _unnamed(entry: Element) -> str:
    """What stands for words where the bank gives none."""
    count = entry.value("NtryDtls/Btch/NbOfTxs")
    if count:
        return f"Batch of {tidy(count)[:10]} payments"
    code = entry.value("BkTxCd/Prtry/Cd") or entry.value("BkTxCd/Domn/Fmly/SubFmlyCd")
    return tidy(code) or "Booking"
