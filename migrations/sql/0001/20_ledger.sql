create schema ledger;

create table ledger.accounts (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    name text not null check (length(name) between 1 and 120),
    kind text not null check (kind in ('checking', 'savings', 'card', 'cash', 'brokerage', 'external')),
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
    mirrored boolean not null,
    mirror_of uuid unique references ledger.accounts, -- an external account: the other side of this one
    status text not null default 'open' check (status in ('open', 'frozen', 'closed')),
    created_at timestamptz not null default now(),
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id),
    check ((kind = 'external') = (mirror_of is not null))
);
create unique index accounts_by_name on ledger.accounts (customer_id, lower(name)) where kind <> 'external';

-- Where each account's chain stands. The row is the account's lock.
create table ledger.heads (
    account_id uuid primary key references ledger.accounts,
    customer_id uuid not null,
    firm_id uuid not null,
    seq bigint not null default 0,
    balance_minor bigint not null default 0,
    hash bytea not null
);

create table ledger.imports (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    account_id uuid not null references ledger.accounts,
    format text not null check (format in ('csv', 'ofx', 'qif', 'camt', 'mt940', 'json')),
    file_name text not null,
    file_sha256 bytea not null,
    mapping jsonb not null,
    imported integer not null,
    duplicates integer not null,
    rejected jsonb not null,
    closing_on date, -- the balance that the file states, and its day
    closing_minor bigint,
    created_at timestamptz not null default now(),
    undone_at timestamptz
);
create index imports_by_customer on ledger.imports (customer_id, id);
create index imports_by_account on ledger.imports (account_id);

-- What a feed said happened. Its words are elsewhere; `commitment` = SHA-256(salt, original) proves them while they exist.
create table ledger.facts (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    account_id uuid not null references ledger.accounts,
    import_id uuid not null references ledger.imports,
    line integer not null,
    booked_on date not null,
    amount_minor bigint not null check (amount_minor <> 0 and abs(amount_minor) < 9007199254740992),
    commitment bytea not null,
    recorded_at timestamptz not null
);
create index facts_by_import on ledger.facts (import_id);

-- The record as it came, salted and encrypted with the customer's key. Deletable.
create table ledger.originals (
    fact_id uuid primary key references ledger.facts,
    customer_id uuid not null,
    firm_id uuid not null,
    key_version integer not null,
    ciphertext bytea not null
);

-- Same fact once: the keys by which a fact is known again (id at the bank, day with amount and words, references), each numbered among
-- the facts that hold it. An undone import gives its identities back.
create table ledger.identities (
    account_id uuid not null, -- the fact's
    fingerprint bytea not null,
    occurrence integer not null,
    customer_id uuid not null,
    firm_id uuid not null,
    fact_id uuid not null references ledger.facts,
    primary key (account_id, fingerprint, occurrence)
);
create index identities_by_fact on ledger.identities (fact_id);

-- Causes that are neither a feed's fact nor a decision.
create table ledger.operations (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    kind text not null check (kind in ('opening_balance', 'balance_told', 'undo_import')),
    account_id uuid not null references ledger.accounts,
    details jsonb not null,
    commitment bytea not null, -- SHA-256 of the details in canonical JSON
    recorded_at timestamptz not null
);
create index operations_by_account on ledger.operations (account_id);

-- What the gate decided on a wish to move money, kept whichever way it went. Causes the transfer where it approved one.
create table ledger.decisions (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    kind text not null check (kind in ('own_transfer', 'instruction', 'settlement')),
    outcome text not null check (outcome in ('approve', 'decline')),
    reasons text[] not null,
    details jsonb not null, -- what was decided on
    commitment bytea not null, -- SHA-256 of kind, outcome, reasons and details in canonical JSON
    decided_at timestamptz not null,
    check ((outcome = 'approve') = (cardinality(reasons) = 0))
);
create index decisions_by_customer on ledger.decisions (customer_id, id);

create table ledger.transfers (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    from_account uuid not null references ledger.accounts,
    to_account uuid not null references ledger.accounts,
    amount_minor bigint not null check (amount_minor > 0 and amount_minor < 9007199254740992),
    currency char(3) not null,
    booked_on date not null,
    recorded_at timestamptz not null,
    fact_id uuid unique references ledger.facts,
    operation_id uuid references ledger.operations,
    decision_id uuid references ledger.decisions,
    reverses uuid unique references ledger.transfers,
    check (from_account <> to_account),
    check (num_nonnulls(fact_id, operation_id, decision_id) = 1)
);
create index transfers_by_operation on ledger.transfers (operation_id) where operation_id is not null;
create index transfers_by_decision on ledger.transfers (decision_id) where decision_id is not null;

create table ledger.entries (
    account_id uuid not null references ledger.accounts,
    seq bigint not null check (seq > 0),
    transfer_id uuid not null references ledger.transfers,
    customer_id uuid not null,
    firm_id uuid not null,
    amount_minor bigint not null check (amount_minor <> 0),
    currency char(3) not null,
    balance_minor bigint not null,
    booked_on date not null,
    hash bytea not null,
    primary key (account_id, seq),
    unique (transfer_id, account_id)
);
create index entries_by_day on ledger.entries (customer_id, booked_on, transfer_id);

-- What we think of a fact. Facts never change; this does, and every change is kept.
create table ledger.enrichment (
    transfer_id uuid primary key references ledger.transfers,
    customer_id uuid not null,
    firm_id uuid not null,
    description text not null, -- redacted
    counterparty text,
    merchant text not null,
    category text not null,
    category_source text not null check (category_source in ('customer', 'rule', 'file', 'table', 'learned', 'none')),
    confidence_permille smallint check (confidence_permille between 0 and 1000), -- of the category, where it was estimated
    file_category text,
    guess text, -- what the classifier said when the fact came
    guess_permille smallint check (guess_permille between 0 and 1000),
    told_merchant text check (length(told_merchant) between 1 and 80), -- the customer's own word, which thinking never changes
    told_category text check (length(told_category) between 1 and 120),
    told_flow text check (told_flow in ('spending', 'income', 'transfer', 'refund', 'investment', 'loan')),
    note text check (length(note) between 1 and 500),
    flow text not null check (flow in ('spending', 'income', 'transfer', 'refund', 'investment', 'loan')),
    linked_to uuid references ledger.transfers,
    hidden boolean not null default false
);
create index enrichment_by_customer on ledger.enrichment (customer_id);

create table ledger.enrichment_changes (
    transfer_id uuid not null references ledger.transfers,
    customer_id uuid not null,
    firm_id uuid not null,
    changed_at timestamptz not null,
    changed_by text not null,
    before jsonb not null,
    after jsonb not null
);
create index enrichment_changes_by_transfer on ledger.enrichment_changes (transfer_id);

create table ledger.budgets (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    category text not null check (length(category) between 1 and 120),
    unit text not null check (unit in ('day', 'week', 'month', 'quarter', 'year', 'payday')),
    every integer not null check (every between 1 and 366),
    anchor_on date not null, -- the first day of one of its periods
    currency char(3) not null,
    rollover_from date, -- rests carry over from the period that holds this day on; null: they do not
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index budgets_by_category on ledger.budgets (customer_id, lower(category), unit, every);

-- Key hashes are kept for ever; answers may be dropped after a day.
create table ledger.idempotency (
    customer_id uuid not null,
    key_sha256 bytea not null,
    firm_id uuid not null,
    fingerprint bytea not null,
    answer jsonb,
    created_at timestamptz not null default now(),
    primary key (customer_id, key_sha256)
);

-- One line for each movement that the customer sees: own side only, without openings and without what was undone.
create view ledger.lines with (security_invoker = true) as
select
    e.transfer_id, e.customer_id, e.firm_id, e.account_id, e.amount_minor, e.currency, e.booked_on,
    a.name as account_name, a.kind as account_kind,
    n.description, n.merchant, n.category, n.flow, n.linked_to, n.category_source, n.confidence_permille, n.note
from ledger.entries e
join ledger.accounts a on a.id = e.account_id
join ledger.enrichment n on n.transfer_id = e.transfer_id
where a.kind <> 'external' and not n.hidden;

-- The opening balance of each mirrored account as it stands now; null where nobody has told a balance.
create view ledger.openings with (security_invoker = true) as
select distinct on (account_id)
    account_id, customer_id, firm_id, id as operation_id,
    (details ->> 'opening_minor')::bigint as opening_minor, (details ->> 'on')::date as opening_on
from ledger.operations
where kind = 'opening_balance'
order by account_id, id desc;
