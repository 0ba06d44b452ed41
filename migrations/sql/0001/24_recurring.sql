-- What the customer says of a recurring payment that was found: its kind, or that it is none. The payments themselves stay untouched.
create table ledger.recurring_choices (
    id uuid not null, -- of the series: made of account, merchant, direction, cadence and first amount
    customer_id uuid not null,
    firm_id uuid not null,
    kind text check (kind in ('subscription', 'bill', 'income')),
    hidden boolean not null default false,
    chosen_at timestamptz not null,
    primary key (customer_id, id),
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id)
);

-- Insights that the customer has seen enough of. An insight's id is made of what it says, so that it stays dismissed.
create table ledger.insight_dismissals (
    id uuid not null,
    customer_id uuid not null,
    firm_id uuid not null,
    dismissed_at timestamptz not null,
    primary key (customer_id, id),
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id)
);
