grant select on ledger.recurring_choices, ledger.insight_dismissals to @reader@;
grant select, insert, update on ledger.recurring_choices to @app@;
grant select, insert on ledger.insight_dismissals to @app@;
