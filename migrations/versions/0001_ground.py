"""The ground: schemas, roles' grants, row-level security, the ledger, people, conversations."""

from migrations.apply import apply_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    apply_sql("0001")
