"""The totals of pledges that the public and the chat show: the snapshot of the night."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.model.campaign import CampaignState, next_result
from bot.model.pledge_publishing import Earlier, make_snapshot
from bot.model.pledge_snapshot import Snapshot, from_json, to_json
from bot.service.pledges.campaign_clock import result_of
from bot.store.public_pledges import PublicPledges
from bot.store.unit import Unit

MOST_SHOWN = 200  # pledges whose words everyone may see


@dataclass(frozen=True, slots=True)
class Due:
    """A snapshot that is to be stored, with what its numbers are made of, and new results."""

    snapshot: Snapshot
    parts: Mapping[str, Any]
    results: Mapping[int, Mapping[str, int]]


async def due_snapshot(unit: Unit) -> Due | None:
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


async def store_snapshot(unit: Unit, due: Due) -> bool:
    """Store a snapshot and results; return False where its day has one."""
    if not await unit.snapshots.put(due.snapshot.day, to_json(due.snapshot), due.parts):
        return False
    for campaign_id, result in due.results.items():
        await unit.campaigns.change(campaign_id, result=result)
    return True


async def shown_snapshot(unit: Unit) -> Snapshot | None:
    """Return the newest snapshot; None before the first one."""
    known = await unit.snapshots.newest()
    return from_json(known[1]) if known is not None else None


async def is_held(unit: Unit, pledge_id: int) -> bool:
    """Return whether the words of a pledge are not shown, because of numbers about few others."""
    snapshot = await shown_snapshot(unit)
    return snapshot is not None and pledge_id in snapshot.held


async def _snapshot(unit: Unit, today: date) -> Due:
    """Return the snapshot of the ledger as it is now; it is computed in a thread."""
    counted = await unit.ledger.contributions(today.year)
    made = await unit.pledges.made_in(today.year)
    shown = frozenset(await unit.pledges.shown(MOST_SHOWN))
    open_to_all = frozenset(await unit.pledges.open_to_all())
    signers = await PublicPledges(unit).signers()
    owners, parts = await unit.pledges.owners(), await unit.snapshots.parts()
    known = await unit.snapshots.shown_so_far() if parts is None else ()
    earlier = Earlier(await shown_snapshot(unit), parts, owners, known)
    words = {"shown": shown, "open_to_all": open_to_all}
    snapshot, made_of = await asyncio.to_thread(
        make_snapshot, today, counted, made, **words, signers=signers, earlier=earlier
    )
    return Due(snapshot, made_of, await _new_results(unit))


async def _new_results(unit: Unit) -> Mapping[int, Mapping[str, int]]:
    """Return the results that replace published ones: without signers who left since."""
    found = {}
    for one in await unit.campaigns.in_states({CampaignState.COMPLETED}):
        old = one.result
        new = next_result(old, await result_of(unit, one)) if old is not None else None
        if new is not None and new != old:
            found[one.id] = new
    return found
