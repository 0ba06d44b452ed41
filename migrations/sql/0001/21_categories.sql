-- A customer's own tree of categories. Who never changed it has no rows: the product's own tree (ledger/category_tree.yaml) stands.
create table ledger.categories (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    name text not null check (length(name) between 1 and 120),
    parent_id uuid,
    kind text not null check (kind in ('spending', 'income', 'neither')),
    position integer not null,
    unique (customer_id, id),
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id),
    foreign key (customer_id, parent_id) references ledger.categories (customer_id, id),
    check (parent_id <> id)
);
create unique index categories_by_name on ledger.categories (customer_id, lower(name));

-- What else a category is called: its former names, and those of categories that were removed into it (`merged`).
create table ledger.category_names (
    customer_id uuid not null,
    firm_id uuid not null,
    name text not null check (name = lower(name)),
    category_id uuid not null,
    merged boolean not null,
    primary key (customer_id, name),
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id),
    foreign key (customer_id, category_id) references ledger.categories (customer_id, id)
);
create index category_names_by_category on ledger.category_names (customer_id, category_id);

-- "Always: this merchant, or these words, is that category." Of two that fit, the one with the higher position counts.
create table ledger.category_rules (
    id uuid primary key, -- in order of time: a rule that is not for the past is for facts with a greater id
    customer_id uuid not null,
    firm_id uuid not null,
    merchant text check (length(merchant) between 1 and 80),
    words text check (length(words) between 1 and 120),
    account_id uuid references ledger.accounts,
    amount_min_minor bigint check (amount_min_minor >= 0),
    amount_max_minor bigint check (amount_max_minor < 9007199254740992),
    category text not null check (length(category) between 1 and 120),
    applies_to_past boolean not null,
    position bigint not null,
    created_at timestamptz not null,
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id),
    check (num_nonnulls(merchant, words) = 1),
    check (amount_min_minor <= amount_max_minor)
);
create unique index category_rules_by_position on ledger.category_rules (customer_id, position);
