-- Everybody reads the rates; only the worker, for the operator, writes them.
grant usage on schema market to @core@, @worker@, @reader@, @app@;
grant execute on all functions in schema market to @core@, @worker@, @reader@, @app@;
grant select on market.exchange_rates to @core@, @worker@, @reader@, @app@;
grant insert, update on market.exchange_rates to @worker@;
grant select on ledger.home_lines to @core@, @reader@;

alter table market.exchange_rates enable row level security;
alter table market.exchange_rates force row level security;
create policy read on market.exchange_rates for select to @core@, @worker@, @reader@, @app@ using (true);
create policy write on market.exchange_rates to @worker@ using (true) with check (true);
