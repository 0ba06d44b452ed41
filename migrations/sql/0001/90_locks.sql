-- Grants and row-level security. Nobody reads or writes anything that is not named here.

grant usage on schema customers to @core@, @worker@, @reader@, @app@;
grant usage on schema ledger to @core@, @worker@, @reader@, @app@;
grant usage on schema tools to @reader@, @scribe@;
grant usage on schema assistant to @reader@, @scribe@;
grant usage on schema web to @app@;

grant select on customers.firms, customers.customers, customers.data_keys to @core@;
grant select, insert on customers.firms, customers.customers, customers.data_keys to @app@;
grant select on customers.customers to @reader@;

grant select, insert on ledger.accounts, ledger.facts, ledger.operations, ledger.transfers, ledger.entries to @core@;
grant select, insert, update on ledger.heads, ledger.imports, ledger.enrichment, ledger.idempotency to @core@;
grant select, insert, delete on ledger.originals, ledger.identities to @core@;
grant select on ledger.accounts, ledger.heads, ledger.facts, ledger.operations, ledger.transfers, ledger.entries to @worker@;
grant select on ledger.openings, ledger.lines to @core@, @reader@;
grant select on ledger.accounts, ledger.heads, ledger.imports, ledger.operations, ledger.transfers, ledger.entries, ledger.enrichment,
    ledger.budgets to @reader@;
grant select on ledger.accounts, ledger.imports, ledger.identities to @app@;
grant select, insert, update, delete on ledger.budgets to @app@;

grant select on assistant.conversations, assistant.turns, tools.proposals to @reader@;
grant insert on assistant.conversations, assistant.turns, tools.proposals to @scribe@;

grant select, insert, update on web.users, web.sessions to @app@;
grant execute on function web.find_user(text) to @app@;

create function public.app_customer() returns uuid language sql stable as $$ select nullif(current_setting('app.customer', true), '')::uuid $$;
create function public.app_firm() returns uuid language sql stable as $$ select nullif(current_setting('app.firm', true), '')::uuid $$;

do $$
declare
    named record;
begin
    for named in
        select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname in ('customers', 'ledger', 'tools', 'assistant', 'web')
    loop
        execute format('alter table %I.%I enable row level security', named.schema, named.name);
        execute format('alter table %I.%I force row level security', named.schema, named.name);
        if named.name not in ('firms', 'customers') then
            execute format(
                'create policy own on %I.%I to @reader@, @scribe@, @app@ '
                'using (customer_id = (select app_customer()) and firm_id = (select app_firm())) '
                'with check (customer_id = (select app_customer()) and firm_id = (select app_firm()))',
                named.schema, named.name);
        end if;
    end loop;
end $$;

create policy own on customers.customers to @reader@, @app@
    using (id = (select app_customer()) and firm_id = (select app_firm()))
    with check (id = (select app_customer()) and firm_id = (select app_firm()));
create policy own on customers.firms to @app@ using (id = (select app_firm())) with check (id = (select app_firm()));

-- The core serves every customer of its books.
create policy core on customers.firms for select to @core@ using (true);
create policy core on customers.customers for select to @core@ using (true);
create policy core on customers.data_keys for select to @core@ using (true);
create policy core on ledger.accounts to @core@ using (true) with check (true);
create policy core on ledger.heads to @core@ using (true) with check (true);
create policy core on ledger.imports to @core@ using (true) with check (true);
create policy core on ledger.facts to @core@ using (true) with check (true);
create policy core on ledger.originals to @core@ using (true) with check (true);
create policy core on ledger.identities to @core@ using (true) with check (true);
create policy core on ledger.operations to @core@ using (true) with check (true);
create policy core on ledger.transfers to @core@ using (true) with check (true);
create policy core on ledger.entries to @core@ using (true) with check (true);
create policy core on ledger.enrichment to @core@ using (true) with check (true);
create policy core on ledger.idempotency to @core@ using (true) with check (true);

-- The worker verifies the chain.
create policy worker on ledger.accounts for select to @worker@ using (true);
create policy worker on ledger.heads for select to @worker@ using (true);
create policy worker on ledger.facts for select to @worker@ using (true);
create policy worker on ledger.operations for select to @worker@ using (true);
create policy worker on ledger.transfers for select to @worker@ using (true);
create policy worker on ledger.entries for select to @worker@ using (true);

-- The owner reads people only within web.find_user, and writes the history of enrichment only within its trigger.
create policy owner on web.users for select to @owner@ using (true);
create policy owner on customers.customers for select to @owner@ using (true);
create policy owner on ledger.enrichment_changes for insert to @owner@ with check (true);
