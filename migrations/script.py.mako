"""${message}"""

from migrations.apply import apply_sql

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    apply_sql("${up_revision}")
