-- Who looks after whom: an advisor of the firm and their client. It ends by a date, never by deletion.
create table customers.relations (
    id uuid primary key,
    firm_id uuid not null,
    customer_id uuid not null,
    advisor_id uuid not null,
    kind text not null check (kind = 'advisor'),
    since timestamptz not null default now(),
    ended_at timestamptz,
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id),
    foreign key (advisor_id, firm_id) references customers.customers (id, firm_id), -- of the same firm
    check (customer_id <> advisor_id)
);
create unique index relations_that_stand on customers.relations (customer_id, advisor_id) where ended_at is null;
create index relations_by_advisor on customers.relations (advisor_id) where ended_at is null;
