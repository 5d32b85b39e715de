"""Write changed cases as files for the journal, every night (HR-11)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from bot.console.journal import as_csv, as_json, file_name, taken_out
from bot.console.journal_page import as_page
from bot.errors import ConfigurationError
from bot.model.town import Town
from bot.scheduler import Tick
from bot.store.events import CLOCK
from bot.store.store import Store

HOUR = 2  # local time: the day is over, and no staff work yet
LOOK_EVERY = 600  # seconds between checks whether a night's work is due
LANGUAGE = "da"  # the town's journal is in Danish
DONE = "journaled"  # the fact with the day of the last run and its last event id
log = logging.getLogger("brobygger.nightly")


def nightly(folder: Path) -> Tick:
    """Return the tick that writes journal files; raise `ConfigurationError` without a folder."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise ConfigurationError(
            "BROBYGGER_JOURNAL_FOLDER: there is no such folder, and none can be made."
        ) from None
    return Tick("journal", LOOK_EVERY, partial(keep_journal, folder=folder))


async def keep_journal(store: Store, *, folder: Path) -> int:
    """Write the changed cases once a night; return the number of new or changed files.

    Files are replaced atomically, and the same state of a case gives the same bytes. So the
    next check after an interrupted or missed night completes its work.
    """
    async with store.reading() as unit:
        now = unit.calendar.local(unit.now)
        before = await unit.facts.get(DONE) or {"day": "", "event": 0}
    if now.hour < HOUR or before["day"] >= now.date().isoformat():
        return 0
    role = await store.singleton("journal")
    if role is None:
        return 0
    try:
        async with store.reading() as unit:
            last, changed = await unit.events.cases_changed_since(before["event"])
        written = 0
        for case_id in changed:
            written += await _keep(store, folder, case_id)
        async with store.unit() as unit:
            await unit.facts.set(DONE, {"day": now.date().isoformat(), "event": last})
            if written:
                await unit.events.add(CLOCK, "journaled", files=written)
    finally:
        await role.release()
    log.info("journal_kept", extra={"cases": len(changed), "files": written})
    return written


async def _keep(store: Store, folder: Path, case_id: int) -> int:
    """Write one case in all formats; return the number of new or changed files."""
    async with store.reading() as unit:
        case, town = await unit.cases.get(case_id), unit.town
        journal = await taken_out(unit, case) if case else None
    return await asyncio.to_thread(_write_all, journal, town, folder) if journal else 0


def _write_all(journal: Mapping[str, Any], town: Town, folder: Path) -> int:
    """Write a journal in all formats; runs in a thread, because the first night has many cases."""
    forms = {
        "json": as_json(journal),
        "csv": as_csv(journal),
        "html": as_page(journal, town, LANGUAGE),
    }
    files = {folder / file_name(journal["case"], ending): body for ending, body in forms.items()}
    return sum(_write(file, body) for file, body in files.items())


def _write(file: Path, body: bytes) -> bool:
    """Write a file atomically, readable by its owner only; return whether its content changed."""
    if file.exists() and file.read_bytes() == body:
        return False
    new = file.with_suffix(file.suffix + ".new")
    new.touch(mode=0o600)
    new.write_bytes(body)
    new.replace(file)
    return True
