"""The core process: the only writer of the ledger, behind a port of its own."""
