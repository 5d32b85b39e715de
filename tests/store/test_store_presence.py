"""Presence at a case: viewing, writing, leaving, and drafts that are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from case_rows import asked
from store_rows import AT

from bot.model.staff import Role, Staff
from bot.store.alerts import about_case
from bot.store.presence import DRAFTS_KEPT, LONGEST_DRAFT, LOOKS_FOR, WRITES_FOR, Present
from bot.store.store import Store
from bot.store.unit import Unit

MOMENT = timedelta(seconds=1)
METTE, JONAS = 1, 2


@pytest.fixture
async def one(store: Store) -> Store:
    """Return a store with two members of staff and a case."""
    async with store.unit() as unit:
        for name in ("Mette", "Jonas"):
            role = Role.STAFF
            await unit.staff.add(Staff(0, name.lower(), name, "Borgerservice", role, "da"))
        await unit.cases.add(asked())
    return store


async def there(unit: Unit, at: timedelta = timedelta()) -> list[tuple[str, bool]]:
    """Return the first names of the staff at the case and whether they write."""
    return [(each.first_name, each.writing) for each in await unit.presence.at(1, AT + at)]


async def test_seen_and_writing(one: Store) -> None:
    """Viewing lasts `LOOKS_FOR`, and writing `WRITES_FOR`; staff are listed by first name."""
    async with one.unit() as unit:
        await unit.presence.look(1, METTE, AT)
        await unit.presence.look(1, JONAS, AT)
        await unit.presence.write(1, METTE, AT, "Bænken")
        assert unit.topics == {"events"}
        assert await there(unit) == [("Jonas", False), ("Mette", True)]
        assert await there(unit, WRITES_FOR - MOMENT) == [("Jonas", False), ("Mette", True)]
        assert await there(unit, WRITES_FOR) == [("Jonas", False), ("Mette", False)]
        assert await there(unit, LOOKS_FOR) == []
        await unit.presence.look(1, METTE, AT + LOOKS_FOR)
        assert await there(unit, LOOKS_FOR) == [("Mette", False)]
        assert await unit.presence.everywhere(AT + LOOKS_FOR) == [
            Present(1, METTE, "Mette", writing=False)
        ]


async def test_drafts(one: Store) -> None:
    """A draft is private, bounded, survives leaving, and is deleted when sent or emptied."""
    async with one.unit() as unit:
        await unit.presence.write(1, METTE, AT, "Bænken " * LONGEST_DRAFT)
        kept = await unit.presence.draft(1, METTE)
        assert kept is not None
        assert len(kept) == LONGEST_DRAFT
        assert await unit.presence.draft(1, JONAS) is None
        await unit.presence.leave(1, METTE, AT)
        assert await there(unit) == []
        assert await unit.presence.draft(1, METTE) == kept
        await unit.presence.send(1, METTE)
        assert await unit.presence.draft(1, METTE) is None
        await unit.presence.write(1, METTE, AT, " \n")
        assert await there(unit) == [("Mette", False)]
        await unit.presence.leave(1, METTE, AT)
        assert await unit.presence.purge(10) == 0


async def test_purge_in_batches(one: Store) -> None:
    """Presence rows unused for a week are purged in batches."""
    async with one.unit() as unit:
        old = unit.now - DRAFTS_KEPT - MOMENT
        for staff_id in (METTE, JONAS):
            await unit.presence.write(1, staff_id, old, "Bænken")
        assert await unit.presence.purge(1) == 1
        assert await unit.presence.purge(5) == 1
        await unit.presence.write(1, METTE, unit.now - DRAFTS_KEPT + MOMENT, "Bænken")
        assert await unit.presence.purge(5) == 0


async def test_what_the_crier_asks(one: Store) -> None:
    """The event stream reads unseen alerts of several staff, and a case's newest event."""
    async with one.unit() as unit:
        assert await unit.events.last_of(1) == 0
        first = await unit.events.add("citizen", "opened", case_id=1)
        last = await unit.events.add("staff:1", "claimed", case_id=1)
        await unit.events.add("staff:1", "signed_in")
        assert first < last == await unit.events.last_of(1)
        await unit.alerts.add([METTE, JONAS], about_case(1), "new")
        await unit.alerts.add([METTE], about_case(1), "wrote", "7")
        assert await unit.alerts.unseen_of({METTE, JONAS}) == {METTE: 2, JONAS: 1}
        await unit.alerts.see(JONAS, about_case(1))
        assert await unit.alerts.unseen_of({METTE, JONAS}) == {METTE: 2}
        assert await unit.alerts.unseen_of(set()) == {}
