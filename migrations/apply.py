"""Runs a revision's SQL files, with `@role@` replaced by the role's name in this database."""

from __future__ import annotations

import re
from pathlib import Path

from alembic import context, op
from sqlalchemy.util import await_only

HERE = Path(__file__).parent


def apply_sql(revision: str) -> None:
    """Executes `sql/<revision>/*.sql` in the order of their names. Raises KeyError for an unknown role."""
    roles: dict[str, str] = context.config.attributes["roles"]
    for path in sorted((HERE / "sql" / revision).glob("*.sql")):
        script = re.sub(r"@(\w+)@", lambda match: f'"{roles[match.group(1)]}"', path.read_text())
        driver = op.get_bind().connection.driver_connection
        assert driver is not None
        await_only(driver.execute(script))
