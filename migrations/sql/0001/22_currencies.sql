-- Exchange rates are nobody's: one table for all customers, written by the worker alone (docs/currencies.md).
create schema market;

-- What one euro was worth on a day, as the European Central Bank publishes it. The euro itself has no row.
create table market.exchange_rates (
    currency char(3) not null check (currency ~ '^[A-Z]{3}$' and currency <> 'EUR'),
    rated_on date not null,
    rate numeric not null check (rate > 0 and rate < 1000000000000 and scale(rate) <= 12),
    source text not null check (source in ('ecb', 'sample')),
    loaded_at timestamptz not null default now(),
    primary key (currency, rated_on)
);

-- How many minor units one unit of a currency has (ISO 4217).
create function market.minor_units(currency text) returns numeric language sql immutable parallel safe as $$
    select case
        when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 1
        when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 1000
        else 100
    end::numeric
$$;

-- amount x (wanted / given), rounded half to even. Exact: `div` gives the whole quotient, so no digit is lost before the rounding.
create function market.converted(amount_minor bigint, given_per_euro numeric, wanted_per_euro numeric) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
    product constant numeric := abs(amount_minor) * wanted_per_euro;
    whole numeric := div(product, given_per_euro);
    rest constant numeric := 2 * (product - whole * given_per_euro);
begin
    if rest > given_per_euro or (rest = given_per_euro and mod(whole, 2) = 1) then
        whole := whole + 1;
    end if;
    return case when whole <= 9007199254740991 then sign(amount_minor) * whole end; -- beyond, it is no amount
end $$;

-- The lines with each amount in the customer's home currency too, at the last rate on or before its day: `home_minor` is null where there
-- is none, `rate_on` null where nothing was converted. For customers with a foreign account; the others' `ledger.lines` says it all.
create view ledger.home_lines with (security_invoker = true) as
select
    l.*,
    case when l.currency = c.currency then l.amount_minor
    else market.converted(
        l.amount_minor,
        market.minor_units(l.currency) * case l.currency when 'EUR' then 1 else given.rate end,
        market.minor_units(c.currency) * case c.currency when 'EUR' then 1 else wanted.rate end)
    end as home_minor,
    least(given.rated_on, wanted.rated_on) as rate_on
from ledger.lines l
join customers.customers c on c.id = l.customer_id
left join lateral (
    select r.rate, r.rated_on from market.exchange_rates r
    where l.currency <> c.currency and l.currency <> 'EUR' and r.currency = l.currency and r.rated_on <= l.booked_on
    order by r.rated_on desc limit 1
) given on true
left join lateral (
    select r.rate, r.rated_on from market.exchange_rates r
    where l.currency <> c.currency and c.currency <> 'EUR' and r.currency = c.currency and r.rated_on <= l.booked_on
    order by r.rated_on desc limit 1
) wanted on true;
