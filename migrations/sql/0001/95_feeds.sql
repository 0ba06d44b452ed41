-- A file that is only looked at is compared with the account's facts, in whatever format they came.
grant select on ledger.facts, ledger.transfers, ledger.enrichment to @app@;
