create schema tools;
create schema assistant;

create table assistant.conversations (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    user_id uuid not null,
    created_at timestamptz not null default now()
);
create index conversations_by_customer on assistant.conversations (customer_id, id);

-- One exchange, whole: what was said (redacted), what was made of it, what was answered, from what, by which versions.
create table assistant.turns (
    id uuid primary key,
    conversation_id uuid not null references assistant.conversations,
    customer_id uuid not null,
    firm_id uuid not null,
    text text not null,
    plan jsonb not null,
    turn jsonb not null,
    created_at timestamptz not null default now()
);
create index turns_by_conversation on assistant.turns (conversation_id, id);
