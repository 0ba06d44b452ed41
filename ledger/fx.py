"""Exchange rates as they are kept: written by the operator's load, read by everybody (docs/currencies.md)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kit.db import Connection
from ledger.conversion import EURO, Rate, Rates

_BETWEEN = """
select r.currency::text, r.rated_on, r.rate from market.exchange_rates r
where r.currency = any($1::text[]) and r.rated_on <= $3 and r.rated_on >= coalesce(
    (select max(b.rated_on) from market.exchange_rates b where b.currency = r.currency and b.rated_on <= $2), $2)
"""


async def load_rates(connection: Connection, currencies: Collection[str], first: date, last: date) -> Rates:
    """What is needed to convert between these currencies on any day from `first` to `last`."""
    wanted = sorted({currency for currency in currencies if currency != EURO})
    rows = await connection.fetch(_BETWEEN, wanted, first, last) if wanted else []
    return Rates(Rate(*row) for row in rows)


OWN_LINES = "(select *, amount_minor as home_minor, null::date as rate_on from ledger.lines) as lines"
HOME_LINES = "ledger.home_lines as lines"
_HAS_FOREIGN = """
select exists (
    select 1 from ledger.accounts a join customers.customers c on c.id = a.customer_id
    where a.kind <> 'external' and a.currency <> c.currency
)
"""


async def lines_at_home(connection: Connection) -> str:
    """Where to select the reader's lines from: as `ledger.lines`, with `home_minor` and `rate_on` beside each own amount.

    One currency needs no rates, and pays nothing for those of others.
    """
    return HOME_LINES if await connection.fetchval(_HAS_FOREIGN) else OWN_LINES


_STORE = """
with told as (select * from unnest($1::text[], $2::date[], $3::numeric[]) as t (currency, rated_on, rate)),
known as (
    select t.currency, t.rated_on, r.rate from told t left join market.exchange_rates r using (currency, rated_on)
),
stored as (
    insert into market.exchange_rates (currency, rated_on, rate, source) select currency, rated_on, rate, $4 from told
    on conflict (currency, rated_on) do update set rate = excluded.rate, source = excluded.source, loaded_at = now()
        where market.exchange_rates.source = 'sample' or excluded.source = 'ecb'
        and (market.exchange_rates.rate, market.exchange_rates.source) is distinct from (excluded.rate, excluded.source)
    returning currency, rated_on, rate
)
select count(*) filter (where k.rate is null), count(*) filter (where k.rate <> s.rate)
from stored s join known k using (currency, rated_on)
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """How many rates are new, and how many were known otherwise and are corrected."""

    added: int
    changed: int


async def store_rates(connection: Connection, rates: Collection[Rate], source: str) -> Stored:
    """Keeps rates, as role `worker`. A sample fills gaps and never stands in for what the bank published."""
    row = await connection.fetchrow(_STORE, [r.currency for r in rates], [r.on for r in rates], [r.per_euro for r in rates], source)
    assert row is not None
    return Stored(row[0], row[1])


@dataclass(frozen=True, slots=True)
class Published:
    """The last rate of some currencies on or before a day, and where each came from."""

    rates: Rates
    listed: tuple[Rate, ...]
    sources: dict[str, str]

    def source(self, *currencies: str) -> str:
        """Whose rates these are: `sample` as soon as one of them is."""
        found = {self.sources[currency] for currency in currencies if currency != EURO}
        return "sample" if "sample" in found else "ecb"


async def published_rates(connection: Connection, currencies: Collection[str] | None, on: date) -> Published:
    """The rates of these currencies, or of all, by code."""
    rows = await connection.fetch(_PUBLISHED, on, None if currencies is None else sorted(currencies))
    listed = tuple(Rate(row[0], row[1], row[2]) for row in rows)
    return Published(Rates(listed), listed, {row[0]: row[3] for row in rows})


_PUBLISHED = """
select distinct on (currency) currency::text, rated_on, rate, source from market.exchange_rates
where rated_on <= $1 and ($2::text[] is null or currency = any($2)) order by currency, rated_on desc
"""
