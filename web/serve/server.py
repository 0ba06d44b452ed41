"""One server process: uvicorn with our logs and a bounded goodbye. `python -m web.serve.server NAME FACTORY HOST PORT`.

As a program it first imports what it will run, which is the longest part of a start, and then waits for a line with the database's URL:
the supervisor brings the database up meanwhile. No line means that the supervisor is gone.
"""

from __future__ import annotations

import importlib
import os
import sys

import uvicorn

from kit.log import configure_logs

GOODBYE_S = 5  # for streams that are still open


def run_server(name: str, factory: str, host: str, port: int) -> None:
    """Returns when the server was told to stop."""
    configure_logs(name)
    uvicorn.run(
        factory,
        factory=True,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GOODBYE_S,
        limit_concurrency=1000,
    )


def main() -> None:
    name, factory, host, port = sys.argv[1:5]
    importlib.import_module(factory.partition(":")[0])
    if database_url := sys.stdin.readline().strip():
        os.environ["STEWARD_DATABASE_URL"] = database_url
        run_server(name, factory, host, int(port))


if __name__ == "__main__":
    main()
