-- Plans are the person's own: `app` keeps them, `reader` reads them.
grant select on ledger.budget_limits, ledger.goals, ledger.contributions to @reader@;
grant select, insert, update, delete on ledger.budget_limits to @app@;
grant select, insert, update on ledger.goals to @app@;
grant select, insert on ledger.contributions to @app@;

-- What becomes of a proposal is written by the app on the person's own act; the conversation's role can only write the wish.
grant usage on schema tools to @app@;
grant select on tools.proposal_events to @reader@;
grant select on tools.proposals to @app@;
grant select, insert on tools.proposal_events to @app@;

-- Decisions cause transfers: only the core writes them. Instructions are its own, too; the bank's facts settle them.
grant select, insert on ledger.decisions to @core@;
grant select, insert, update on ledger.instructions to @core@;
grant update (status) on ledger.accounts to @core@;
grant select on ledger.decisions to @worker@, @reader@;
grant select on ledger.instructions to @reader@;
create policy core on ledger.decisions to @core@ using (true) with check (true);
create policy core on ledger.instructions to @core@ using (true) with check (true);
create policy worker on ledger.decisions for select to @worker@ using (true);
