"""What banks send: files in, rows out, and the identity by which the same fact is known again. Pure; posting is the ledger's."""
