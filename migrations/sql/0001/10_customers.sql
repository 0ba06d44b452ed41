create schema customers;

create table customers.firms (
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    created_at timestamptz not null default now()
);

create table customers.customers (
    id uuid primary key,
    firm_id uuid not null references customers.firms,
    name text not null check (length(name) between 1 and 200),
    timezone text not null,
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz not null default now(),
    unique (id, firm_id)
);

-- A key of the customer's own (AES-256-GCM), wrapped by the installation's key. Without it their originals cannot be read.
create table customers.data_keys (
    customer_id uuid not null,
    firm_id uuid not null,
    version integer not null check (version > 0),
    wrapped bytea not null,
    created_at timestamptz not null default now(),
    primary key (customer_id, version),
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id)
);
