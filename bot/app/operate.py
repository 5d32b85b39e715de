"""The operator's commands `migrate`, `graph` and `load`."""

from __future__ import annotations

import sys
from pathlib import Path

from bot import settings
from bot.clock import SystemClock
from bot.engine.graph import graph
from bot.errors import BrobyggerError
from bot.service.content import Imported, import_town, read_town
from bot.store.store import Store
from flows import FLOWS


def print_line(line: str) -> None:
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
    print_line(f"Migrated: {', '.join(done)}." if done else "The schema is up to date.")
    return 0


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
            print_import(await import_town(town, unit))
    finally:
        await store.close()
    return 0


def print_import(imported: Imported) -> None:
    """Print the result of an import."""
    for word, ids in (
        ("new", imported.new),
        ("updated", imported.updated),
        ("retired", imported.retired),
        ("kept as staff changed it", imported.kept),
    ):
        if ids:
            print_line(f"{word}: {', '.join(ids)}")
    print_line(f"{len(imported.same)} unchanged.")
