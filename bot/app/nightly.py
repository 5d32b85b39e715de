"""Every night: the cases that have changed, as files for the journal (HR-11)."""

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

HOUR = 2  # by the town's clocks: the day is over, and nobody is at work yet
LOOK_EVERY = 600  # seconds
LANGUAGE = "da"  # the journal is the town's
DONE = "journaled"  # the fact that says on which day, and how far, the last night came
log = logging.getLogger("brobygger.nightly")


def nightly(folder: Path) -> Tick:
    """Return the tick that keeps the journal's files; raise where there is no place for them."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise ConfigurationError(
            "BROBYGGER_JOURNAL_FOLDER: there is no such folder, and none can be made."
        ) from None
    return Tick("journal", LOOK_EVERY, partial(keep_journal, folder=folder))


async def keep_journal(store: Store, *, folder: Path) -> int:
    """Write the cases that have changed, once a night; return how many files are new.

    A file is there whole or not at all, and the same state of a case gives the same bytes. So a
    night that was cut short, or slept through, is made up for by the first look after it.
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
    """Write one case in every form; return how many files were not there like that."""
    async with store.reading() as unit:
        case, town = await unit.cases.get(case_id), unit.town
        journal = await taken_out(unit, case) if case else None
    return await asyncio.to_thread(_write_all, journal, town, folder) if journal else 0


def _write_all(journal: Mapping[str, Any], town: Town, folder: Path) -> int:
    """Write a sealed journal in every form, beside the loop: a first night has many cases."""
    forms = {
        "json": as_json(journal),
        "csv": as_csv(journal),
        "html": as_page(journal, town, LANGUAGE),
    }
    files = {folder / file_name(journal["case"], ending): body for ending, body in forms.items()}
    return sum(_write(file, body) for file, body in files.items())


def _write(file: Path, body: bytes) -> bool:
    """Put a file in its place, for its owner alone; tell whether it is another than before."""
    if file.exists() and file.read_bytes() == body:
        return False
    new = file.with_suffix(file.suffix + ".new")
    new.touch(mode=0o600)
    new.write_bytes(body)
    new.replace(file)
    return True
