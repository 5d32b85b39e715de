"""`brobygger audit`: check the database's invariants, also while the bot runs."""

from __future__ import annotations

import json
from dataclasses import asdict

from bot import settings
from bot.app.operate import say
from bot.clock import SystemClock
from bot.store.audit import COUNT, Audit, Finding
from bot.store.store import Store


async def findings(store: Store) -> list[Finding]:
    """Return the findings of all checks; empty where every invariant holds."""
    async with store.reading() as unit:
        return await Audit(unit).findings()


async def audit(*, as_json: bool) -> int:
    """Print one line for each finding; return 1 where there is any, else 0."""
    found = settings.read(token_needed=False)
    store = await Store.open_to_look(found.database_url, clock=SystemClock())
    try:
        wrong = await findings(store)
    finally:
        await store.close()
    if as_json:
        say(json.dumps({"checks": COUNT, "findings": [asdict(one) for one in wrong]}))
    else:
        for one in wrong:
            say(f"{one.check}: {one.says}")
        if not wrong:
            say(f"Nothing is wrong: {COUNT} checks.")
    return 1 if wrong else 0
