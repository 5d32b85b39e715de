"""The totals of pledges: the snapshot that the public sees, and the live total of one theme."""

from __future__ import annotations

import asyncio
from datetime import date

from bot.model.pledge_snapshot import Snapshot, count_people, from_json, make_snapshot, to_json
from bot.model.suppression import LEAST
from bot.store.public_pledges import PublicPledges
from bot.store.unit import Unit

MOST_SHOWN = 200  # pledges whose words everyone may see


async def due_snapshot(unit: Unit) -> Snapshot | None:
    """Return the snapshot of the local day, which is to be stored; None where the day has one.

    It only reads: in a transaction that writes, other writers would wait for it.
    """
    known, today = await unit.snapshots.newest(), unit.calendar.local(unit.now).date()
    if known is not None and known[0] >= today:
        return None
    return await _snapshot(unit, today)


async def publish(unit: Unit) -> bool:
    """Store the local day's snapshot; return False where the day has one.

    Several processes may call it: the first that commits wins.
    """
    due = await due_snapshot(unit)
    return due is not None and await store_snapshot(unit, due)


async def store_snapshot(unit: Unit, snapshot: Snapshot) -> bool:
    """Store a snapshot; return False where its day has one."""
    return await unit.snapshots.put(snapshot.day, to_json(snapshot))


async def shown_snapshot(unit: Unit) -> Snapshot | None:
    """Return the newest snapshot; None before the first one."""
    known = await unit.snapshots.newest()
    return from_json(known[1]) if known is not None else None


async def shown_total(unit: Unit, theme: str, measure: str) -> int | None:
    """Return this year's live total of a theme in hundredths; None with fewer than five people."""
    year = unit.calendar.local(unit.now).year
    some = await unit.ledger.contributions(year, theme=theme, measure=measure)
    return sum(one.amount for one in some) if count_people(some) >= LEAST else None


async def _snapshot(unit: Unit, today: date) -> Snapshot:
    """Return the snapshot of the ledger as it is now; it is computed in a thread."""
    counted = await unit.ledger.contributions(today.year)
    made = await unit.pledges.made_in(today.year)
    shown = frozenset(await unit.pledges.shown(MOST_SHOWN))
    signers = await PublicPledges(unit).signers()
    return await asyncio.to_thread(
        make_snapshot, today, counted, made, shown=shown, signers=signers
    )
