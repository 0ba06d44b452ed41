-- The app keeps the customer's tree, rules and corrections; the core reads them when it thinks over what it booked.
grant select, insert, update, delete on ledger.categories, ledger.category_names, ledger.category_rules to @app@;
grant select on ledger.categories, ledger.category_names, ledger.category_rules to @reader@, @core@;
grant select, update on ledger.enrichment to @app@;
grant select on ledger.entries, ledger.lines to @app@;

create policy core on ledger.categories for select to @core@ using (true);
create policy core on ledger.category_names for select to @core@ using (true);
create policy core on ledger.category_rules for select to @core@ using (true);
