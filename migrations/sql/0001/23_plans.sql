-- A limit counts from the period in which it was set until the next one.
create table ledger.budget_limits (
    budget_id uuid not null references ledger.budgets on delete cascade,
    from_on date not null,
    customer_id uuid not null,
    firm_id uuid not null,
    limit_minor bigint not null check (limit_minor > 0 and limit_minor < 9007199254740992),
    primary key (budget_id, from_on)
);

create table ledger.goals (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    name text not null check (length(name) between 1 and 120),
    target_minor bigint not null check (target_minor > 0 and target_minor < 9007199254740992),
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
    target_on date,
    account_id uuid references ledger.accounts, -- its balance is what is saved; null: contributions are told
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    archived_at timestamptz
);
create unique index goals_by_name on ledger.goals (customer_id, lower(name)) where archived_at is null;
create unique index goals_by_account on ledger.goals (account_id) where archived_at is null; -- a balance is not saved twice

create table ledger.contributions (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    goal_id uuid not null references ledger.goals,
    amount_minor bigint not null check (amount_minor <> 0 and abs(amount_minor) < 9007199254740992),
    on_day date not null,
    created_at timestamptz not null default now()
);
create index contributions_by_goal on ledger.contributions (goal_id, on_day);
