"""A customer's rules for categories in the database: made, listed, taken back, and tried before they are made.

Making a rule and thinking the facts over is one transaction. Taking one back thinks them over without it, so that each is what it would be
had the rule never been.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.errors import FieldError, Invalid, NotFound, Refused
from kit.identity import Principal
from kit.ids import new_uuid
from kit.pages import Page, cut, decode_cursor
from ledger.enriched import lock_enrichment, think_over, would_change
from ledger.enrichment import Rule, Rules, Sorting
from ledger.enrichment.lexicon import words_of
from ledger.sorting import load_rules, load_tree, rule_of
from ledger.transfer import MAX_MINOR

RULES_MAX = 500


@dataclass(frozen=True, slots=True)
class RuleWish:
    """Always: this merchant (or this text) is that category; bounds on the magnitude, both included."""

    category: str
    merchant: str | None = None
    text: str | None = None
    account_id: UUID | None = None
    amount_min_minor: int | None = None
    amount_max_minor: int | None = None
    apply_to_past: bool = True


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule as its owner sees it: the category under its present name, the account by name."""

    rule: Rule
    position: int
    category: str
    account_name: str | None
    created_at: datetime


_INSERT = """
insert into ledger.category_rules (id, customer_id, firm_id, merchant, words, account_id, amount_min_minor, amount_max_minor, category,
    applies_to_past, position, created_at)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce(max(position), 0) + 1, $11 from ledger.category_rules where customer_id = $2
returning position
"""
_SAME = """
delete from ledger.category_rules where customer_id = $1 and lower(merchant) is not distinct from lower($2)
    and lower(words) is not distinct from lower($3) and account_id is not distinct from $4
    and amount_min_minor is not distinct from $5 and amount_max_minor is not distinct from $6 and $7
"""
_LIST = """
select r.id, r.category, r.merchant, r.words, r.account_id, r.amount_min_minor, r.amount_max_minor, r.applies_to_past, r.position,
    r.created_at, a.name as account_name
from ledger.category_rules r left join ledger.accounts a on a.id = r.account_id
where ($1::bigint is null or r.position < $1) order by r.position desc limit $2
"""


async def create_rule(connection: Connection, owner: Principal, wish: RuleWish, now: datetime) -> tuple[KeptRule, int]:
    """Makes a rule that counts before all others, as role `app`, and thinks the facts over. Gives it with the number of facts it changed.

    A rule that matches the same is replaced. Raises Invalid naming the field, NotFound for an account that is not the owner's.
    """
    await lock_enrichment(connection, owner.customer_id)
    wish, account_name = await _checked(connection, owner, wish)
    rules = await load_rules(connection, owner.customer_id)
    if len(rules) >= RULES_MAX:
        raise Refused("rules_are_too_many", f"there are at most {RULES_MAX} rules")
    rule = _rule(wish)
    changed = await _count(connection, owner, [rule, *rules])
    bounds = (wish.account_id, wish.amount_min_minor, wish.amount_max_minor)
    await connection.execute(_SAME, owner.customer_id, wish.merchant, wish.text, *bounds, wish.apply_to_past)
    position = await connection.fetchval(
        _INSERT, rule.id, owner.customer_id, owner.firm_id, wish.merchant, wish.text, *bounds, wish.category, wish.apply_to_past, now
    )
    await think_over(connection, owner)
    return KeptRule(rule, position, rule.category, account_name, now), changed


async def count_changes(connection: Connection, owner: Principal, wish: RuleWish) -> int:
    """How many facts a rule would put into another category; nothing is written. Raises what `create_rule` raises."""
    wish, _ = await _checked(connection, owner, wish)
    return await _count(connection, owner, [_rule(wish), *await load_rules(connection, owner.customer_id)])


async def list_rules(connection: Connection, owner: Principal, cursor: str | None, limit: int) -> Page[KeptRule]:
    """One page of the rules, the one that counts first first."""
    after = None if cursor is None else decode_cursor(cursor, int)[0]
    tree = await load_tree(connection, owner.customer_id)
    rows = await connection.fetch(_LIST, _checked_position(after), limit + 1)
    return cut([_kept(row, tree.resolve(row["category"])) for row in rows], limit, lambda kept: (kept.position,))


async def delete_rule(connection: Connection, owner: Principal, rule_id: UUID) -> None:
    """Takes a rule back, as role `app`; the facts become what they are without it. Raises NotFound."""
    await lock_enrichment(connection, owner.customer_id)
    if await connection.fetchval("delete from ledger.category_rules where id = $1 returning true", rule_id) is None:
        raise NotFound("rule_is_unknown", "there is no such rule")
    await think_over(connection, owner)


async def _count(connection: Connection, owner: Principal, rules: Sequence[Rule]) -> int:
    return await would_change(connection, owner, Sorting(await load_tree(connection, owner.customer_id), Rules(rules)))


def _rule(wish: RuleWish) -> Rule:
    return Rule(
        new_uuid(), wish.category, wish.merchant, wish.text, wish.account_id, wish.amount_min_minor, wish.amount_max_minor,
        wish.apply_to_past,
    )  # fmt: skip


async def _checked(connection: Connection, owner: Principal, wish: RuleWish) -> tuple[RuleWish, str | None]:
    """The wish in its plain form, and its account's name."""
    merchant, text = (value and " ".join(value.split()) for value in (wish.merchant, wish.text))
    if bool(merchant) == bool(text):
        raise Invalid("rule_matches_nothing", "name a merchant or a text, one of the two", [FieldError("/match", "merchant or text")])
    if text and not words_of(text):
        raise Invalid("rule_matches_nothing", "the text has no letters or digits", [FieldError("/match/text", "no words")])
    low, high = wish.amount_min_minor, wish.amount_max_minor
    if not 0 <= (low or 0) <= (MAX_MINOR if high is None else high) <= MAX_MINOR:
        raise Invalid("amount_is_out_of_range", "0 <= minimum <= maximum", [FieldError("/match/amount_min_minor", "out of range")])
    category = await known_category(connection, owner, wish.category)
    name = None
    if wish.account_id is not None:
        name = await connection.fetchval("select name from ledger.accounts where id = $1 and kind <> 'external'", wish.account_id)
        if name is None:
            raise NotFound("account_is_unknown", "there is no such account", [FieldError("/match/account_id", "unknown")])
    return replace(wish, category=category, merchant=merchant or None, text=text or None), name


_IN_USE = "select min(category) from ledger.lines where lower(category) = lower($1)"


async def known_category(connection: Connection, owner: Principal, name: str) -> str:
    """A category by its present name: one of the tree, or one that facts lie in. Raises Invalid for any other."""
    tree = await load_tree(connection, owner.customer_id)
    found = tree.resolve(name)
    if tree.find(name) is None:
        found = await connection.fetchval(_IN_USE, found)
    if found is None:
        raise Invalid("category_is_unknown", f"there is no category {name[:120]!r}: add it first", [FieldError("/category", "unknown")])
    return found


def _kept(row: Any, category: str) -> KeptRule:
    return KeptRule(rule_of(row), row["position"], category, row["account_name"], row["created_at"])


def _checked_position(after: int | None) -> int | None:
    if after is not None and abs(after) >= 2**63:
        raise Invalid("cursor_is_malformed", "the cursor was not made by this service", [FieldError("/cursor", "not a cursor")])
    return after
