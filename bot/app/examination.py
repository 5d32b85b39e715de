"""`brobygger doctor`: report what is wrong, why it matters, and what to do about it.

An unreachable database does not prevent the checks of Telegram, and vice versa.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from bot import settings
from bot.app.doctor.ailment import Ailment
from bot.app.doctor.database import examine_database, in_use, last_heard, open_database
from bot.app.doctor.machine import examine_machine
from bot.app.doctor.standing import examine_standing
from bot.app.doctor.telegram import examine_telegram
from bot.app.operate import say
from bot.clock import Clock, SystemClock
from bot.errors import ConfigurationError, DatabaseUnavailable
from bot.settings import Settings
from bot.store.store import Store

CLOSED = frozenset({"folder_closed", "database_read_only"})  # these make a test write needless


async def doctor(*, as_json: bool, clock: Clock | None = None) -> int:
    """Print all ailments; return 1 where there is any, else 0."""
    found = await ailments(clock or SystemClock())
    if as_json:
        say(json.dumps({"ailments": [asdict(one) for one in found]}))
        return 1 if found else 0
    for one in found:
        say(f"{one.name}: {one.said}")
    say(f"{len(found)} to mend." if found else "Nothing is wrong.")
    return 1 if found else 0


async def ailments(clock: Clock) -> list[Ailment]:
    """Return all ailments: those of settings, flows and content first."""
    environ = settings.environment()
    found = examine_standing(environ)
    try:
        known = settings.read(environ, token_needed=False)
    except ConfigurationError:
        return found  # the other checks need valid settings
    found += await examine_machine(known, in_use=in_use(known.database_url))
    closed = CLOSED & {one.name for one in found}
    store = await open_database(known.database_url, clock)
    if isinstance(store, Ailment):
        found.append(store)
        store = None
    try:
        return [*found, *await _living(known, clock, store, write=not closed)]
    finally:
        if store is not None:
            await store.close()


async def _living(
    known: Settings, clock: Clock, store: Store | None, *, write: bool
) -> list[Ailment]:
    """Return the ailments of the database and of Telegram."""
    found, heard = [], None
    if store is not None:
        try:
            found, heard = await examine_database(store, write=write), await last_heard(store)
        except DatabaseUnavailable:
            found = [
                Ailment(
                    "database_away",
                    "The database went away while it was looked at.",
                    "Nothing new is kept as long as that is so.",
                    "Look whether it runs, and ask again.",
                )
            ]
    if known.bot_token:
        found += await examine_telegram(known, clock.now(), heard)
    return found
