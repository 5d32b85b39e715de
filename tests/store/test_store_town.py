"""The FAQ as the file and the staff change it, and small facts."""

from __future__ import annotations

from store_rows import MINUTE

from bot.clock import TravelClock
from bot.store.store import Store

OLD, NEW, OWN = {"da": "gammel"}, {"da": "ny"}, {"da": "vores egen"}


async def take(store: Store, faq_id: str, body: dict[str, str]) -> str:
    """Import one entry."""
    async with store.unit() as unit:
        return await unit.faq.put_import(faq_id, body)


async def test_import(store: Store, clock: TravelClock) -> None:
    """An entry is new, then the same, then updated; a change shows when it was made."""
    assert await take(store, "F1", OLD) == "new"
    assert await take(store, "F1", OLD) == "same"
    clock.advance(MINUTE)
    assert await take(store, "F1", NEW) == "updated"
    async with store.reading() as unit:
        (row,) = await unit.faq.all()
    assert (row.id, row.body, row.imported, row.retired) == ("F1", NEW, NEW, False)
    assert row.changed_at == clock.now()


async def test_staff_words_are_kept(store: Store) -> None:
    """What a person changed is not overwritten by the file."""
    await take(store, "F1", OLD)
    async with store.unit() as unit:
        await unit.faq.edit("F1", OWN)
    assert await take(store, "F1", OLD) == "same"
    assert await take(store, "F1", NEW) == "kept"
    async with store.reading() as unit:
        row = await unit.faq.get("F1")
    assert row is not None
    assert (row.body, row.imported) == (OWN, OLD)


async def test_missing_entries_are_retired(store: Store) -> None:
    """What the file no longer has is retired, but not what staff changed; it may come back."""
    for faq_id in ("F1", "F2", "F3"):
        await take(store, faq_id, OLD)
    async with store.unit() as unit:
        await unit.faq.edit("F3", OWN)
        assert await unit.faq.retire_missing({"F1"}) == (["F2"], ["F3"])
        assert [row.id for row in await unit.faq.all()] == ["F1", "F3"]
        retired = await unit.faq.get("F2")
    assert retired is not None
    assert retired.retired
    assert await take(store, "F2", OLD) == "updated"
    async with store.reading() as unit:
        assert [row.id for row in await unit.faq.all()] == ["F1", "F2", "F3"]


async def test_counts_add_up(store: Store) -> None:
    """Counts of an entry add up over a day and over days, without anybody's name."""
    async with store.unit() as unit:
        await unit.faq.count("F1", "2026-11-23", shown=1)
        await unit.faq.count("F1", "2026-11-23", shown=1, helped=1)
        await unit.faq.count("F1", "2026-11-24", asked_on=1)
        assert await unit.faq.counts("F1") == (2, 1, 1)
        assert await unit.faq.counts("F2") == (0, 0, 0)


async def test_facts(store: Store) -> None:
    """A fact is any JSON value; the newest holds, and None forgets it."""
    async with store.unit() as unit:
        assert await unit.facts.get("name") is None
        for value in ("Dialog", 7, ["a"], {"b": None}):
            await unit.facts.set("name", value)
            assert await unit.facts.get("name") == value
        await unit.facts.set("name", None)
        assert await unit.facts.get("name") is None
