"""The examination: each dependency looked at in turn, with a remedy for what is wrong."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.metadata
import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kit.settings import Settings
from web.serve.database import without_password
from web.serve.failure import StartFailure
from web.serve.ports import LOOPBACK, is_free, occupant
from web.serve.stack import ROOT, is_ready, reachable_database, running_address

DISK_MIN_BYTES = 2**30
_REMEDIES: dict[str, str] = defaultdict(
    lambda: "Until it answers, the planner does; see docs/llm.md for the faults.",
    unreachable="Check OPENAI_BASE_URL (it ends in /v1 with most servers) and whether the server runs.",
    refused_by_server="Check OPENAI_API_KEY and STEWARD_LLM_MODEL: the server takes neither this key nor this model, or no tools.",
)


@dataclass(frozen=True)
class Finding:
    """`remedy` is None when all is well."""

    subject: str
    state: str
    remedy: str | None = None


def examine(settings: Settings) -> list[Finding]:
    examinations: list[Callable[[Settings], Iterator[Finding]]] = [
        _python,
        _packages,
        _home,
        _encoder,
        _language_model,
        _front_end,
        _ports,
        _database,
    ]
    return [finding for examination in examinations for finding in examination(settings)]


def _python(_settings: Settings) -> Iterator[Finding]:
    version = sys.version.split()[0]
    yield Finding("Python", version, None if sys.version_info >= (3, 11) else "Use Python 3.11 or newer, then `make clean` and `make run`.")


def _packages(_settings: Settings) -> Iterator[Finding]:
    wrong = []
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        name, _, version = line.partition("==")
        try:
            installed = importlib.metadata.version(name).split("+")[0]
        except importlib.metadata.PackageNotFoundError:
            continue  # a developer's tool, perhaps; pip's own checks hold the rest
        if installed != version:
            wrong.append(f"{name} {installed} instead of {version}")
    yield Finding("Packages", "as pinned") if not wrong else Finding("Packages", ", ".join(wrong[:5]), "Run `make setup`.")


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home.resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".probe"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        yield Finding("Home", str(error), "Make the folder writable, or choose another with STEWARD_HOME.")
        return
    free = shutil.disk_usage(home).free
    remedy = None if free >= DISK_MIN_BYTES else "Free some space: PostgreSQL stops when the disk is full."
    yield Finding("Home", f"{home}, {free // 2**20} MiB free", remedy)
    exposed = [path.name for path in settings.secrets.glob("*") if path.stat().st_mode & 0o077]
    if exposed:
        yield Finding("Secrets", f"others may read {', '.join(exposed)}", f"chmod -R go= {settings.secrets}")


def _encoder(settings: Settings) -> Iterator[Finding]:
    remedy = "Run `make setup`: it exports the encoder again."
    try:
        manifest = json.loads((settings.models / "minilm.json").read_text())
        for name, key in (("minilm.onnx", "onnx_sha256"), ("tokenizer.json", "tokenizer_sha256")):
            if _sha256(settings.models / name) != manifest[key]:
                yield Finding("Sentence encoder", f"{name} is not what was exported", f"Remove {settings.models}. {remedy}")
                return
    except (OSError, ValueError, KeyError) as error:
        yield Finding("Sentence encoder", f"missing ({error})", remedy)
        return
    yield Finding("Sentence encoder", f"{manifest['name']}, hashes agree")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _language_model(settings: Settings) -> Iterator[Finding]:
    """One question of a few tokens to the endpoint, where one is configured; nothing of the books is in it."""
    if settings.llm_base_url is None and settings.llm_model is None:
        yield Finding("Language model", "none configured; the planner answers everything")
        return
    if settings.llm_base_url is None or settings.llm_model is None:
        yield Finding("Language model", "half configured", "Set both OPENAI_BASE_URL and STEWARD_LLM_MODEL, or neither.")
        return
    from assistant.providers.check import check
    from assistant.providers.wire import Endpoint

    endpoint = Endpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key.get_secret_value())
    name, fault = f"{settings.llm_model} at {without_password(settings.llm_base_url)}", asyncio.run(check(endpoint, settings.llm_silence_s))
    yield Finding("Language model", f"{name} answers") if fault is None else Finding("Language model", f"{name}: {fault}", _REMEDIES[fault])


def _front_end(_settings: Settings) -> Iterator[Finding]:
    built = (ROOT / "web" / "ui" / "dist" / "index.html").exists()
    yield Finding("Front end", "built") if built else Finding("Front end", "not built", "Run `make setup` (needs Node 20 or newer).")


def _ports(settings: Settings) -> Iterator[Finding]:
    if (address := running_address(settings.home)) is not None:
        place = urlsplit(address.url)
        remedy = None if is_ready(place.hostname or "", place.port or 0) else f"See {settings.home}/log/app.log."
        yield Finding("Steward", f"runs at {address.url} (process {address.pid})", remedy)
        return
    for name, port, variable in (("app", settings.port, "STEWARD_PORT"), ("core", settings.core_port, "STEWARD_CORE_PORT")):
        if is_free(port, LOOPBACK):
            yield Finding(f"Port of the {name}", f"{port} is free")
        else:
            yield Finding(f"Port of the {name}", f"{port} is taken by {occupant(port)}", f"Stop it, or choose another with {variable}.")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        with reachable_database(settings) as admin_url:
            state = asyncio.run(_state(admin_url))
    except StartFailure as failure:
        lines = str(failure).splitlines()
        yield Finding("Database", lines[0], "\n      ".join(lines[1:]) or "See the line above; the log is in var/log/postgres.log.")
        return
    yield Finding("Database", state)


async def _state(admin_url: str) -> str:
    import asyncpg

    connection = await asyncpg.connect(admin_url)
    try:
        version = await connection.fetchval("show server_version")
        size = await connection.fetchval("select pg_size_pretty(pg_database_size(current_database()))")
        return f"PostgreSQL {version} at {without_password(admin_url)}, {size}, durable, migrated"
    finally:
        await connection.close()
