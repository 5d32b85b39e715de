"""The operator's commands `migrate`, `check`, `graph` and `load`."""

from __future__ import annotations

import sys
from pathlib import Path

from bot import settings
from bot.app.doctor.ailment import Ailment
from bot.app.doctor.database import open_database
from bot.app.doctor.standing import standing_faults
from bot.clock import SystemClock
from bot.engine.graph import graph
from bot.errors import BrobyggerError, ConfigurationError
from bot.service.content import Imported, import_town, read_town
from bot.store.store import Store
from flows import FLOWS


def say(line: str) -> None:
    """Print one line for the operator."""
    sys.stdout.write(line + "\n")


async def migrate() -> int:
    """Migrate the schema and print the revisions that were run."""
    found = settings.read(token_needed=False)
    store = await Store.open(found.database_url, clock=SystemClock(), migrate=False)
    try:
        from bot.store.migrate import upgrade  # noqa: PLC0415 - see Store.open

        done = await upgrade(store.writer)
    finally:
        await store.close()
    say(f"Migrated: {', '.join(done)}." if done else "The schema is up to date.")
    return 0


async def check() -> int:
    """Print one line for each error; return 1 where there is any, else 0."""
    wrong = [fault for _where, fault in standing_faults(settings.environment())]
    wrong += await _schema_faults()
    for fault in wrong:
        say(fault)
    say("Nothing is wrong." if not wrong else f"{len(wrong)} to mend.")
    return 1 if wrong else 0


async def _schema_faults() -> list[str]:
    """Return errors of the database and its schema; empty where the settings are wrong."""
    try:
        url = settings.read(token_needed=False).database_url
    except ConfigurationError:
        return []  # reported with the settings
    store = await open_database(url, SystemClock())
    if isinstance(store, Store):
        await store.close()
    return [store.said] if isinstance(store, Ailment) else []


def draw(name: str) -> int:
    """Print a flow as a mermaid flowchart; raise `BrobyggerError` for an unknown name."""
    by_name = {flow.key(): flow for flow in FLOWS}
    flow = by_name.get(name.lower())
    if flow is None:
        raise BrobyggerError(f"There is no flow {name!r}. There are: {', '.join(by_name)}.")
    sys.stdout.write(graph(flow))
    return 0


async def load(file: Path | None) -> int:
    """Import a content file, and print the result of each entry."""
    found = settings.read(token_needed=False)
    town = read_town(file or found.town)
    store = await Store.open(found.database_url, clock=SystemClock())
    try:
        async with store.unit() as unit:
            report(await import_town(town, unit))
    finally:
        await store.close()
    return 0


def report(imported: Imported) -> None:
    """Print the result of an import."""
    for word, ids in (
        ("new", imported.new),
        ("updated", imported.updated),
        ("retired", imported.retired),
        ("kept as staff changed it", imported.kept),
    ):
        if ids:
            say(f"{word}: {', '.join(ids)}")
    say(f"{len(imported.same)} unchanged.")
