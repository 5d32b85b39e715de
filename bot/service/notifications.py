"""Notifications: what staff, the clock or the product did, told to a person in their own chat."""

from __future__ import annotations

from typing import Any

from bot.store.inbox import NewInbox
from bot.store.unit import Unit

SOURCE = "case"  # the inbox rows' source; the first notifications were about cases alone
PRIORITY = 12  # after what citizens write themselves, before timers


async def notify(unit: Unit, lane: str, kind: str, key: str, **details: Any) -> None:
    """Write a notification as a row of the person's lane; a *key* is written once.

    The runner renders it in the person's language: *kind* names the renderer in
    `bot.runner.notifications.NOTIFICATIONS`, and *details* are JSON for it.
    """
    row = NewInbox(SOURCE, key, lane, PRIORITY, {"tell": kind, **details}, unit.now)
    await unit.inbox.put([row])
