"""What a customer says of single facts: category, merchant, flow, a note. It outweighs whatever is thought, now and later.

Facts themselves never change; the audit of the enrichment keeps who changed what. `review` lists what nobody could sort with confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.db import Connection
from kit.errors import FieldError, Invalid, NotFound
from kit.identity import Principal
from kit.pages import Page
from ledger.category_rules import RuleWish, count_changes, known_category
from ledger.enriched import lock_enrichment, think_over
from ledger.history import Line, Wanted, lines_of, page

FLOWS = ("spending", "income", "transfer", "refund", "investment", "loan")
_OUT_ONLY, _IN_ONLY = ("spending",), ("income", "refund", "loan")
NOTE_MAX, MERCHANT_MAX = 500, 80


@dataclass(frozen=True, slots=True)
class Correction:
    """The fields named in `fields` are set; one that is None goes back to what is thought (a note: to none)."""

    fields: frozenset[str]
    category: str | None = None
    merchant: str | None = None
    flow: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the classifier would say, and how often in a thousand it is right when it says so."""

    category: str
    permille: int


@dataclass(frozen=True, slots=True)
class Open:
    """A movement to be sorted, and how many more of its merchant are."""

    line: Line
    suggestion: Suggestion | None
    similar_count: int


_TELL = """
update ledger.enrichment set
    told_category = case when 'category' = any($2::text[]) then $3 else told_category end,
    told_merchant = case when 'merchant' = any($2::text[]) then $4 else told_merchant end,
    told_flow = case when 'flow' = any($2::text[]) then $5 else told_flow end,
    note = case when 'note' = any($2::text[]) then $6 else note end
where transfer_id = any($1::uuid[])
"""
_GUESSES = "select transfer_id, guess, guess_permille from ledger.enrichment where transfer_id = any($1::uuid[]) and guess is not null"


async def correct(connection: Connection, owner: Principal, ids: Sequence[UUID], correction: Correction) -> list[Line]:
    """Takes the owner's word for facts, as role `app`; gives them as they are now. Raises NotFound if one is not theirs, Invalid."""
    await lock_enrichment(connection, owner.customer_id)
    lines = await lines_of(connection, ids)
    if missing := set(ids) - {line.transfer_id for line in lines}:
        raise NotFound(
            "transaction_is_unknown", "there is no such transaction", [FieldError(f"/ids/{list(ids).index(missing.pop())}", "unknown")]
        )
    category = None if correction.category is None else await known_category(connection, owner, correction.category)
    merchant = _text("merchant", correction.merchant, MERCHANT_MAX)
    _check_flow(correction.flow, lines)
    note = _text("note", correction.note, NOTE_MAX)
    await connection.execute(_TELL, list(ids), sorted(correction.fields), category, merchant, correction.flow, note)
    if correction.fields - {"note"}:
        await think_over(connection, owner)
    return await lines_of(connection, ids)


def _text(name: str, value: str | None, most: int) -> str | None:
    kept = value and " ".join(value.split())
    if value is not None and not 1 <= len(kept or "") <= most:
        raise Invalid(f"{name}_is_malformed", f"{name} must have 1 to {most} characters", [FieldError(f"/{name}", "length")])
    return kept


def _check_flow(flow: str | None, lines: Sequence[Line]) -> None:
    wrong = {_OUT_ONLY: 1, _IN_ONLY: -1}
    for flows, sign in wrong.items():
        if flow in flows and any(line.amount_minor * sign > 0 for line in lines):
            raise Invalid(
                "flow_does_not_fit", f"money that {'came in' if sign > 0 else 'went out'} is no {flow}", [FieldError("/flow", "direction")]
            )


async def rule_to_offer(connection: Connection, owner: Principal, line: Line) -> tuple[RuleWish, int] | None:
    """After a correction: the rule that would sort all of the merchant's so, and how many facts it would change; None when none."""
    if line.merchant == "Unknown" or line.flow == "transfer":
        return None
    wish = RuleWish(line.category, merchant=line.merchant)
    changes = await count_changes(connection, owner, wish)
    return (wish, changes) if changes else None


_SIMILAR = """
select lower(merchant) as merchant, count(*) as similar_count from ledger.lines
where lower(merchant) = any($1::text[]) and category_source in ('none', 'table', 'learned') group by lower(merchant)
"""


async def review(connection: Connection, cursor: str | None, limit: int) -> Page[Open]:
    """One page of what the reader should sort, newest first."""
    found = await page(connection, Wanted(in_review=True), cursor, limit)
    rows = await connection.fetch(_GUESSES, [line.transfer_id for line in found.data])
    guesses = {row["transfer_id"]: Suggestion(row["guess"], row["guess_permille"]) for row in rows}
    similar = {
        row["merchant"]: row["similar_count"] for row in await connection.fetch(_SIMILAR, [line.merchant.lower() for line in found.data])
    }
    data = [Open(line, guesses.get(line.transfer_id), similar.get(line.merchant.lower(), 1) - 1) for line in found.data]
    return Page(data, found.next_cursor)
