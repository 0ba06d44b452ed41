"""How long a question takes, one chat at a time, over HTTP on the running stack: `POST .../turns` with the answer as JSON."""

from __future__ import annotations

import os
import statistics
import time

from kit.settings import Settings
from web.cli.client import AppClient
from web.cli.people import development_token
from web.demo.load import EMAIL, load_demo
from web.serve.stack import reachable_app

ROUNDS = 10
QUESTIONS = (
    "How much did I spend on groceries last month?",
    "and in May?",
    "What was my largest purchase this year?",
    "Show my spending by category last quarter",
    "What is my balance?",
    "How much did I earn last year?",
    "Compare restaurants this month with last month",
    "How often did I go to Ramen Kaze?",
)


def measure() -> str:
    settings = Settings()
    with reachable_app(settings) as address:
        load_demo(settings, address.admin_url, address.url, again=False)
        client = AppClient.at(address.url, development_token(settings, address.admin_url, EMAIL))
        took_ms = [_ask(client, question) for _ in range(ROUNDS) for question in QUESTIONS]
        client.close()
    ranked = sorted(took_ms)
    load = os.getloadavg()[0]
    p95 = ranked[int(len(ranked) * 0.95)]
    return f"BENCH ask n={len(ranked)} p50_ms={statistics.median(ranked):.0f} p95_ms={p95:.0f} max_ms={ranked[-1]:.0f} load={load:.1f}"


def _ask(client: AppClient, question: str) -> float:
    conversation = client.post("/v1/conversations", json={})["id"]
    began = time.perf_counter()
    client.post(f"/v1/conversations/{conversation}/turns", json={"text": question}, headers={"Accept": "application/json"})
    return (time.perf_counter() - began) * 1000
