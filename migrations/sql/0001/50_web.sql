create schema web;

create table web.users (
    id uuid primary key,
    customer_id uuid not null,
    firm_id uuid not null,
    email text not null check (length(email) between 3 and 254),
    password_hash text not null,
    created_at timestamptz not null default now(),
    disabled_at timestamptz,
    foreign key (customer_id, firm_id) references customers.customers (id, firm_id)
);
create unique index users_by_email on web.users (lower(email));

create table web.sessions (
    id uuid primary key,
    user_id uuid not null references web.users,
    customer_id uuid not null,
    firm_id uuid not null,
    refresh_sha256 bytea not null, -- of the newest refresh token; an older one ends the session
    created_at timestamptz not null,
    used_at timestamptz not null,
    authenticated_at timestamptz, -- when the password was last given; null: never (a developer's token)
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index sessions_by_user on web.sessions (user_id);

-- The one way to find a person without being them: sign-in, by e-mail.
create function web.find_user(wanted text) returns table (
    id uuid, customer_id uuid, firm_id uuid, email text, password_hash text, disabled_at timestamptz,
    name text, timezone text, currency text
) language sql stable security definer set search_path = '' as $$
    select u.id, u.customer_id, u.firm_id, u.email, u.password_hash, u.disabled_at, c.name, c.timezone, c.currency::text
    from web.users u join customers.customers c on c.id = u.customer_id
    where lower(u.email) = lower(wanted)
$$;
revoke execute on function web.find_user(text) from public;
