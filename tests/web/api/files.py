"""Bank files for the tests of this edge: small, in layouts that leave nothing or just one thing open."""

from __future__ import annotations

import json
from typing import Any

import httpx

GIRO = b"""Date;Description;Category;Amount;Balance
2026-11-02;Rent November;Housing;-900.00;1100.00
2026-11-03;BAKERY 12;Groceries;-4.50;1095.50
2026-11-03;BAKERY 12;Groceries;-4.50;1091.00
2026-11-05;Employer Ltd;Salary;2500.00;3591.00
2026-11-06;IBAN DE89370400440532013000 gift;Gifts;-50.00;3541.00
"""
STREAMING = b"""Date;Description;Category;Amount
2026-06-12;NETFLIX.COM;Entertainment;-9.99
2026-07-12;NETFLIX.COM;Entertainment;-9.99
2026-08-12;NETFLIX.COM;Entertainment;-9.99
2026-09-12;NETFLIX.COM;Entertainment;-9.99
2026-10-12;NETFLIX.COM;Entertainment;-11.99
2026-11-12;NETFLIX.COM;Entertainment;-11.99
"""
OVERLAP = b"""Date;Description;Category;Amount;Balance
2026-11-05;Employer Ltd;Salary;2500.00;3591.00
2026-11-06;IBAN DE89370400440532013000 gift;Gifts;-50.00;3541.00
2026-11-09;BAKERY 12;Groceries;-6.00;3535.00
"""
AMBIGUOUS = b"""Date,Description,Amount
03/04/2026,Bakery,-4.50
05/06/2026,Cinema,-12.00
"""
BROKEN = b"""Date;Description;Amount
2026-11-02;Rent;-900.00
2026-11-31;Never;-1.00
2026-11-03;4111 1111 1111 1111;much
"""
CHECKING = {"account_name": "Giro", "account_kind": "checking", "currency": "EUR"}


async def send(
    client: httpx.AsyncClient,
    content: bytes = GIRO,
    *,
    path: str = "/v1/imports",
    mapping: dict[str, Any] | None = None,
    key: str | None = None,
    name: str = "giro.csv",
    **fields: str,
) -> httpx.Response:
    """Posts a file with the fields of a current account, or others."""
    form = {**CHECKING, **fields} | ({} if mapping is None else {"mapping": json.dumps(mapping)})
    headers = {} if key is None else {"Idempotency-Key": key}
    return await client.post(path, data=form, files={"file": (name, content, "text/csv")}, headers=headers)
