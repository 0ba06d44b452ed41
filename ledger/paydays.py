"""The days on which the main employer paid: the payer of most income this past year."""

from __future__ import annotations

from datetime import date

from kit.db import Connection
from ledger.fx import lines_at_home
from ledger.periods import merged_paydays

_SINCE_DAYS = 5 * 366
_PAYDAYS = """
with payers as (
    select lower(merchant) as payer, sum(home_minor) as paid_minor from {lines}
    where flow = 'income' and booked_on > $1::date - 366 and booked_on <= $1 group by lower(merchant)
), employer as (select payer from payers order by paid_minor desc nulls last, payer limit 1),
pays as (
    select l.booked_on, l.amount_minor from ledger.lines l join employer e on lower(l.merchant) = e.payer
    where l.flow = 'income' and l.booked_on > $1::date - $2::int and l.booked_on <= $1
)
select distinct booked_on from pays
where amount_minor * 2 >= (select percentile_disc(0.5) within group (order by amount_minor) from pays) order by booked_on
"""


async def paydays(connection: Connection, today: date) -> list[date]:
    """In order; small extras (expenses paid back) are no pay. Empty where no income is known."""
    found = await connection.fetch(_PAYDAYS.format(lines=await lines_at_home(connection)), today, _SINCE_DAYS)
    return merged_paydays([row["booked_on"] for row in found])
