"""Staff sign in: invitations work once, sessions end, and attempts are counted."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clock import TravelClock
from bot.model.staff import Role, Staff
from bot.store.sign_in import SessionRow
from bot.store.store import Store
from bot.store.tables import invitation, sign_in_try, staff_session
from bot.testing import START

HOUR = timedelta(hours=1)
LATER = START + HOUR


@pytest.fixture
async def mette(store: Store) -> int:
    """Add Mette; return her id."""
    return await employ(store, "mette")


async def employ(store: Store, username: str) -> int:
    """Add a member of staff; return the id."""
    async with store.unit() as unit:
        new = Staff(0, username, username, "Borgerservice", Role.STAFF, "da")
        return await unit.staff.add(new)


def session(key: str, staff_id: int | None, **changed: Any) -> SessionRow:
    """Return a session from the start time with a lifetime of one hour."""
    return replace(SessionRow(key, staff_id, {"n": 1}, "Firefox", START, START, LATER), **changed)


async def count(store: Store, table: Any) -> int:
    """Return how many rows a table has."""
    async with store.reading() as unit:
        found = await unit.connection.execute(select(func.count()).select_from(table))
    return int(found.scalar_one())


async def test_a_link_works_once(store: Store, mette: int) -> None:
    """An invitation names its owner until it is used; of two simultaneous uses one succeeds."""
    async with store.unit() as unit:
        await unit.invitations.add(mette, "hash", START, LATER)
        live = await unit.invitations.live("hash", START)
        assert live is not None
        assert (live.staff_id, live.expires_at, live.used_at) == (mette, LATER, None)

    async def use() -> int | None:
        async with store.unit() as unit:
            return await unit.invitations.use("hash", START)

    got = await asyncio.gather(use(), use(), use())
    assert sorted(got, key=str) == [mette, None, None]
    async with store.reading() as unit:
        assert await unit.invitations.live("hash", START) is None


async def test_a_link_runs_out(store: Store, mette: int) -> None:
    """An expired or unknown invitation is invalid."""
    async with store.unit() as unit:
        await unit.invitations.add(mette, "hash", START, LATER)
        assert await unit.invitations.live("hash", LATER - timedelta(seconds=1)) is not None
        assert await unit.invitations.live("hash", LATER) is None
        assert await unit.invitations.use("hash", LATER) is None
        assert await unit.invitations.use("other", START) is None


async def test_only_the_newest_link(store: Store, mette: int) -> None:
    """A new invitation replaces the person's older ones; all can be withdrawn."""
    other = await employ(store, "lone")
    async with store.unit() as unit:
        await unit.invitations.add(other, "others", START, LATER)
        await unit.invitations.add(mette, "older", START, LATER)
        await unit.invitations.add(mette, "newer", START, LATER)
        assert await unit.invitations.live("older", START) is None
        assert await unit.invitations.live("newer", START) is not None
        await unit.invitations.withdraw(mette, START)
        assert await unit.invitations.live("newer", START) is None
        assert await unit.invitations.live("others", START) is not None


async def test_a_session_is_kept(store: Store, mette: int) -> None:
    """A session is found until it expires; its data and lifetime can change."""
    row = session("a", mette)
    async with store.unit() as unit:
        await unit.sessions.add(row)
        await unit.sessions.add(replace(row, staff_id=None))  # ignored: the first row stays
        assert await unit.sessions.get("a", START) == row
        await unit.sessions.save("a", {"n": 2})
        await unit.sessions.seen("a", START + HOUR / 2, LATER + HOUR / 2)
        assert await unit.sessions.get("a", LATER) == replace(
            row, data={"n": 2}, seen_at=START + HOUR / 2, expires_at=LATER + HOUR / 2
        )
        assert await unit.sessions.get("a", LATER + HOUR / 2) is None
        assert await unit.sessions.get("b", START) is None


async def test_one_that_ran_out_gives_way(store: Store, mette: int) -> None:
    """An expired session's id can be used for a new session without a user."""
    async with store.unit() as unit:
        await unit.sessions.add(session("a", mette))
        later = session("a", None, created_at=LATER, seen_at=LATER, expires_at=LATER + HOUR)
        await unit.sessions.add(later)
        assert await unit.sessions.get("a", LATER) == later


async def test_an_ended_session_stays_ended(store: Store, mette: int) -> None:
    """A late save does not restore an ended session."""
    async with store.unit() as unit:
        await unit.sessions.add(session("a", mette))
        assert await unit.sessions.end("a") == 1
        await unit.sessions.save("a", {"n": 2})
        await unit.sessions.seen("a", START, LATER)
        assert await unit.sessions.get("a", START) is None
        assert await unit.sessions.end("a") == 0


async def test_somebodys_sessions(store: Store, mette: int) -> None:
    """A person's sessions are listed, the last used first, and ended: one, all but one, or all."""
    other = await employ(store, "lone")
    async with store.unit() as unit:
        for minutes, key in enumerate("abcd"):
            seen = START + timedelta(minutes=minutes)
            await unit.sessions.add(session(key, mette, seen_at=seen))
        await unit.sessions.add(session("old", mette, expires_at=START))
        await unit.sessions.add(session("others", other))
        await unit.sessions.add(session("nobody", None))
        assert [one.id for one in await unit.sessions.of_staff(mette, START)] == list("dcba")
        assert await unit.sessions.end_of(mette, one="others") == 0
        assert await unit.sessions.end_of(mette, one="d") == 1
        assert await unit.sessions.end_of(mette, but="b") == 3
        assert [one.id for one in await unit.sessions.of_staff(mette, START)] == ["b"]
        assert await unit.sessions.end_of(mette) == 1
        assert await unit.sessions.get("others", START) is not None
        assert await unit.sessions.get("nobody", START) is not None


async def test_tries_are_counted(store: Store) -> None:
    """Attempts are stored per key, counted within a period, and can be withdrawn."""
    async with store.unit() as unit:
        for minutes in (1, 2, 3):
            at = START + timedelta(minutes=minutes)
            ids = await unit.sign_in_tries.add(["for:mette", f"from:{minutes}"], at)
        newest = await unit.sign_in_tries.newest("for:mette", START, 2)
        assert newest == [START + timedelta(minutes=3), START + timedelta(minutes=2)]
        since = START + timedelta(minutes=1)
        assert len(await unit.sign_in_tries.newest("for:mette", since, 9)) == 2
        await unit.sign_in_tries.forget(ids)
        assert len(await unit.sign_in_tries.newest("for:mette", START, 9)) == 2
        assert await unit.sign_in_tries.newest("from:3", START, 9) == []


async def test_what_is_over_is_purged(store: Store, mette: int, clock: TravelClock) -> None:
    """Expired invitations, sessions and attempts are purged in batches, and no others."""
    async with store.unit() as unit:
        for n in range(3):
            await unit.invitations.add(mette, f"old{n}", START, LATER)
            await unit.sessions.add(session(f"old{n}", mette))
        await unit.sign_in_tries.add(["a", "b", "c"], START)
    clock.advance(timedelta(days=40))
    async with store.unit() as unit:
        await unit.invitations.add(mette, "new", unit.now, unit.now + HOUR)
        await unit.sessions.add(session("new", mette, expires_at=unit.now + HOUR))
        await unit.sign_in_tries.add(["a"], unit.now)
        for rows in (unit.invitations, unit.sessions, unit.sign_in_tries):
            assert [await rows.purge(2) for _ in range(3)] == [2, 1, 0]
    assert [await count(store, t) for t in (invitation, staff_session, sign_in_try)] == [1, 1, 1]
