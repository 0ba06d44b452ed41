"""Decisions of the gate on wishes to move money, kept whichever way they went. An approved one causes the transfer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.db import Connection
from kit.identity import Principal


@dataclass(frozen=True, slots=True)
class Decision:
    """`reasons` are refusals in their order; none: approved. `details` is what was decided on, plain JSON."""

    id: UUID
    kind: str
    reasons: tuple[str, ...]
    details: dict[str, Any]

    @property
    def outcome(self) -> str:
        return "decline" if self.reasons else "approve"

    @property
    def commitment(self) -> bytes:
        """32 bytes that bind the decision into the chain of what it causes."""
        whole = {"kind": self.kind, "outcome": self.outcome, "reasons": list(self.reasons), "details": self.details}
        return hashlib.sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).digest()


async def record_decision(connection: Connection, owner: Principal, decision: Decision, now: datetime) -> None:
    """Within the caller's transaction, as role `core`."""
    reasons: Sequence[str] = list(decision.reasons)
    await connection.execute(
        "insert into ledger.decisions (id, customer_id, firm_id, kind, outcome, reasons, details, commitment, decided_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        decision.id, owner.customer_id, owner.firm_id, decision.kind, decision.outcome, reasons, decision.details, decision.commitment, now,
    )  # fmt: skip
