"""File and staff change the FAQ, and every version is stored."""

from __future__ import annotations

import asyncio

import pytest
from at_work import employed
from sqlalchemy import text
from store_rows import MINUTE

from bot.clock import TravelClock
from bot.store import migrate, revisions
from bot.store.faq import FaqCounts, FaqVersion
from bot.store.store import Store

OLD, NEW, OWN = {"da": "gammel"}, {"da": "ny"}, {"da": "vores egen"}


async def take(store: Store, faq_id: str, body: dict[str, str]) -> str:
    """Import one entry."""
    async with store.unit() as unit:
        return await unit.faq.put_import(faq_id, body)


async def test_import(store: Store, clock: TravelClock) -> None:
    """An entry is new, then unchanged, then updated, with the time of the change."""
    assert await take(store, "F1", OLD) == "new"
    assert await take(store, "F1", OLD) == "same"
    clock.advance(MINUTE)
    assert await take(store, "F1", NEW) == "updated"
    async with store.reading() as unit:
        (row,) = await unit.faq.all()
    assert (row.id, row.body, row.imported, row.retired) == ("F1", NEW, NEW, False)
    assert (row.version, row.staff_id, row.changed_at) == (2, None, clock.now())


async def test_staff_words_are_kept(store: Store) -> None:
    """The file does not overwrite an entry that staff changed."""
    await take(store, "F1", OLD)
    async with store.unit() as unit:
        mette = await employed(unit)
        assert await unit.faq.write("F1", mette, body=OWN) == 2
    assert await take(store, "F1", OLD) == "same"
    assert await take(store, "F1", NEW) == "kept"
    async with store.reading() as unit:
        row = await unit.faq.get("F1")
    assert row is not None
    assert (row.body, row.imported, row.version, row.staff_id) == (OWN, OLD, 2, mette)


async def test_what_staff_retired_stays_retired(store: Store) -> None:
    """The file does not restore an entry that staff retired."""
    await take(store, "F1", OLD)
    async with store.unit() as unit:
        await unit.faq.write("F1", await employed(unit), retired=True)
    assert await take(store, "F1", OLD) == "same"
    assert await take(store, "F1", NEW) == "kept"
    async with store.reading() as unit:
        assert await unit.faq.all() == []
        assert [row.id for row in await unit.faq.every()] == ["F1"]


async def test_missing_entries_are_retired(store: Store) -> None:
    """Entries missing from the file are retired, except those of staff, and may return."""
    for faq_id in ("F1", "F2", "F3"):
        await take(store, faq_id, OLD)
    async with store.unit() as unit:
        await unit.faq.write("F3", await employed(unit), body=OWN)
        assert await unit.faq.retire_missing({"F1"}) == (["F2"], ["F3"])
        assert [row.id for row in await unit.faq.all()] == ["F1", "F3"]
        retired = await unit.faq.get("F2")
    assert retired is not None
    assert retired.retired
    assert await take(store, "F2", OLD) == "updated"
    async with store.reading() as unit:
        assert [row.id for row in await unit.faq.all()] == ["F1", "F2", "F3"]


async def test_what_staff_brought_back_stays(store: Store) -> None:
    """The file does not retire an entry again that staff brought back."""
    await take(store, "F1", OLD)
    async with store.unit() as unit:
        assert await unit.faq.retire_missing(set()) == (["F1"], [])
        await unit.faq.write("F1", await employed(unit), retired=False)
        assert await unit.faq.retire_missing(set()) == ([], ["F1"])


async def test_every_state_is_kept(store: Store, clock: TravelClock) -> None:
    """Versions list text, author and time, the newest first."""
    await take(store, "F1", OLD)
    began = clock.now()
    clock.advance(MINUTE)
    async with store.unit() as unit:
        mette = await employed(unit)
        assert await unit.faq.write("F1", mette, body=OWN) == 2
        assert await unit.faq.write("F1", mette, retired=True) == 3
    async with store.reading() as unit:
        third, second, first = await unit.faq.versions("F1", 10)
        assert third == FaqVersion("F1", 3, OWN, retired=True, staff_id=mette, at=clock.now())
        assert second == FaqVersion("F1", 2, OWN, retired=False, staff_id=mette, at=clock.now())
        assert first == FaqVersion("F1", 1, OLD, retired=False, staff_id=None, at=began)
        assert await unit.faq.versions("F2", 10) == []


async def test_own_entries_have_ids_of_their_own(store: Store) -> None:
    """Entries of staff have their own numbering that counts retired ones; the file leaves them."""
    await take(store, "F7", OLD)
    async with store.unit() as unit:
        mette = await employed(unit)
        assert await unit.faq.add(OWN, mette) == "S1"
        await unit.faq.write("S1", mette, retired=True)
        assert await unit.faq.add(NEW, mette) == "S2"
        assert await unit.faq.retire_missing({"F7"}) == ([], ["S2"])
        row = await unit.faq.get("S2")
    assert row is not None
    assert (row.body, row.version, row.staff_id) == (NEW, 1, mette)
    assert await take(store, "S2", OLD) == "kept"


@pytest.mark.postgres
async def test_two_add_at_once(pair: tuple[Store, Store]) -> None:
    """Two entries added at the same moment get two ids."""
    first, second = pair
    async with first.unit() as unit:
        mette = await employed(unit)
        early = await unit.faq.add(OLD, mette)

    async def add(store: Store) -> str:
        async with store.unit() as unit:
            return await unit.faq.add(NEW, mette)

    assert early == "S1"
    assert sorted(await asyncio.gather(add(first), add(second))) == ["S2", "S3"]


async def test_counts_add_up(store: Store) -> None:
    """Counts of an entry add up within a day and over days, without names."""
    async with store.unit() as unit:
        await unit.faq.count("F1", "2026-11-23", shown=1)
        await unit.faq.count("F1", "2026-11-23", shown=1, helped=1)
        await unit.faq.count("F1", "2026-11-24", asked_on=1)
        assert await unit.faq.counts_since("2026-11-01") == {"F1": FaqCounts(2, 1, 1)}
        assert await unit.faq.counts_since("2026-11-24") == {"F1": FaqCounts(0, 0, 1)}
        assert await unit.faq.counts_since("2026-11-25") == {}


async def test_entries_of_before_have_a_first_version(
    empty_sqlite_url: str, clock: TravelClock
) -> None:
    """For an FAQ older than its versions, the present text becomes the first version."""
    store = await Store.open(empty_sqlite_url, clock=clock, migrate=False)
    async with store.writer.begin() as connection:
        await connection.run_sync(revisions.run, "0001")
        await connection.execute(
            text("INSERT INTO faq VALUES ('F1', :body, :body, false, '2026-11-23 09:00:00')"),
            {"body": '{"da": "gammel"}'},
        )
    await migrate.upgrade(store.writer)
    async with store.reading() as unit:
        (row,) = await unit.faq.all()
        assert (row.body, row.version, row.staff_id) == (OLD, 1, None)
        assert [version.version for version in await unit.faq.versions("F1", 10)] == [1]
    await store.close()
