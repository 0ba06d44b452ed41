"""`steward serve` around fake servers, so that the supervisor's tests need neither models nor books: run as a program."""

from __future__ import annotations

import sys

from kit.settings import Settings
from web.serve import stack
from web.serve.supervisor import Supervisor

stack.SERVERS.update(dict.fromkeys(stack.SERVERS, "tests.web.serve.fake_servers:create_app"))
sys.exit(Supervisor(Settings(), None, with_parent="--with-parent" in sys.argv).run())
