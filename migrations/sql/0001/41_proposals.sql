-- A wish to act, as it was written down. The row never changes; what became of it stands beside it.
create table tools.proposals (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    user_id uuid not null,
    conversation_id uuid,
    kind text not null check (kind in ('budget', 'goal', 'category_rule', 'transfer')),
    arguments jsonb not null,
    arguments_sha256 bytea not null,
    provenance jsonb not null,
    effect jsonb not null,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at)
);
create index proposals_by_customer on tools.proposals (customer_id, id);

create function tools.proposals_never_change() returns trigger language plpgsql as $$
begin
    raise exception '% on tools.proposals is not allowed: a proposal is what was shown', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger proposals_are_immutable before update or delete or truncate on tools.proposals
    for each statement execute function tools.proposals_never_change();

-- Each state is entered once, and the four last ones exclude each other. Without an event a proposal is `proposed`.
create table tools.proposal_events (
    proposal_id uuid not null references tools.proposals,
    state text not null check (state in ('confirmed', 'executed', 'failed', 'cancelled', 'expired')),
    customer_id uuid not null,
    firm_id uuid not null,
    user_id uuid not null,
    details jsonb not null, -- what came of it, or the refusal
    at timestamptz not null,
    primary key (proposal_id, state)
);
create unique index proposal_events_end on tools.proposal_events (proposal_id) where state <> 'confirmed';

-- Exact data of a transfer that the person makes at their bank, and the feed's facts that show that it was made.
create table ledger.instructions (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    proposal_id uuid not null unique references tools.proposals,
    decision_id uuid not null references ledger.decisions,
    from_account uuid not null references ledger.accounts,
    to_account uuid not null references ledger.accounts,
    amount_minor bigint not null check (amount_minor > 0 and amount_minor < 9007199254740992),
    currency char(3) not null,
    reference text not null, -- what to write at the bank
    created_at timestamptz not null,
    from_transfer uuid unique references ledger.transfers,
    to_transfer uuid unique references ledger.transfers,
    done_at timestamptz,
    check (from_account <> to_account)
);
create index instructions_open on ledger.instructions (customer_id, created_at) where done_at is null;
