"""Events are added, found and sealed in a chain."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, text, update

from bot.clock import TravelClock
from bot.store.events import CITIZEN, CLOCK, Event, by_staff
from bot.store.store import Store
from bot.store.tables import event, seal

MANY = 1000


async def note(store: Store, count: int = 3) -> list[int]:
    """Add *count* events to one case."""
    async with store.unit() as unit:
        return [
            await unit.events.add(by_staff(n), "noted", case_id=7, moved=("new", "open"), words=n)
            for n in range(count)
        ]


async def test_added_and_found(store: Store) -> None:
    """Events are found newest first, by case and by actor, page by page."""
    one, two, three = await note(store)
    async with store.unit() as unit:
        last = await unit.events.add(CLOCK, "closed", case_id=8, reason="silent")
        at = unit.now
        assert await unit.events.last_id() == last
        assert [found.id for found in await unit.events.newest(2)] == [last, three]
        assert [found.id for found in await unit.events.newest(9, before=three)] == [two, one]
        assert [found.id for found in await unit.events.newest(9, case_id=8)] == [last]
        assert [found.id for found in await unit.events.newest(9, actor="staff:1")] == [two]
        assert await unit.events.newest(9, actor=CITIZEN) == []
        assert await unit.events.of_case(8) == [
            Event(last, at, CLOCK, "closed", 8, reason="silent", details={})
        ]
        first = (await unit.events.of_case(7))[0]
    assert (first.from_state, first.to_state, first.details) == ("new", "open", {"words": 0})


async def test_who_has_read(store: Store, clock: TravelClock) -> None:
    """Reads are found by case, reader and time; other events do not count."""
    async with store.unit() as unit:
        at = unit.now
        await unit.events.add(by_staff(1), "read", case_id=1)
        await unit.events.add(by_staff(2), "claimed", case_id=1)
    clock.advance(timedelta(minutes=1))
    async with store.reading() as unit:
        assert await unit.events.has_read(1, by_staff(1), at)
        assert not await unit.events.has_read(1, by_staff(1), unit.now)
        assert not await unit.events.has_read(2, by_staff(1), at)
        assert not await unit.events.has_read(1, by_staff(2), at)


async def test_cases_that_were_touched(store: Store) -> None:
    """Later events that concern a case are listed with the case."""
    (first,) = await note(store, 1)
    noted = await note(store)
    async with store.unit() as unit:
        last = await unit.events.add(CLOCK, "purged")
        assert await unit.events.touching(first) == dict.fromkeys(noted, ("case", 7))
        assert await unit.events.touching(last) == {}


async def test_sealed_once(store: Store) -> None:
    """Each event gets one seal, in batches, and never a second."""
    await note(store, 5)
    async with store.unit() as unit:
        assert await unit.events.seal(3) == 3
        assert await unit.events.seal(3) == 2
        assert await unit.events.seal(3) == 0
        seals = await unit.events.sealed_after(0, MANY)
        assert [one.event.id for one in seals if one.event] == [one.event_id for one in seals]
        assert await unit.events.seal_hash(seals[2].id) == seals[2].hash
        assert await unit.events.sealed_after(seals[2].id, 1) == seals[3:4]


async def test_a_late_commit_is_sealed_too(store: Store) -> None:
    """An event committed after a younger one was sealed is sealed too."""
    one, two, three = await note(store)
    async with store.unit() as unit:
        await unit.connection.execute(delete(event).where(event.c.id == two))
        assert await unit.events.seal() == 2
        await unit.connection.execute(
            text(
                "INSERT INTO event (id, at, actor, verb, details)"
                " SELECT :id, at, actor, verb, details FROM event WHERE id = :like"
            ),
            {"id": two, "like": one},
        )
        assert await unit.events.seal() == 1
        assert [one.event_id for one in await unit.events.sealed_after(0, MANY)] == [
            one,
            three,
            two,
        ]


async def test_what_was_sealed_shows_a_change(store: Store) -> None:
    """A seal comes with its event's present state, or None if the event is gone."""
    one, two, _three = await note(store)
    async with store.unit() as unit:
        await unit.events.seal()
        await unit.connection.execute(update(event).where(event.c.id == one).values(verb="another"))
        await unit.connection.execute(delete(event).where(event.c.id == two))
        first, second, third = await unit.events.sealed_after(0, MANY)
        await unit.connection.execute(delete(seal).where(seal.c.id == third.id))
        assert await unit.events.seal_hash(third.id) is None
    assert first.event is not None
    assert first.event.verb == "another"
    assert second.event is None
