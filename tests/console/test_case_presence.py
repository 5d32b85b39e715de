"""Presence and drafts at a case, and change events to open browsers (SSE)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from aiohttp import ClientResponse
from sqlalchemy import delete, insert
from staffed_chat import StaffedChat, said

from bot.console import live
from bot.console.live import LONGEST_QUEUE, OVER, Broadcaster, ChangeEvent, Subscriber
from bot.model.commands.casework import WriteNote
from bot.service import execute
from bot.store.events import CLOCK
from bot.store.presence import DRAFTS_KEPT, LOOKS_FOR, WRITES_FOR
from bot.store.sign_in import Sessions
from bot.store.tables import event

SOON = 20.0  # seconds: a loaded machine is slow


async def test_who_else_is_here(staffed: StaffedChat) -> None:
    """The page shows other readers, then as writing, until their time is up."""
    await staffed.asked()
    assert "ser på den her" not in await staffed.page()
    assert "Mette ser på den her" in await staffed.page("jonas")
    await staffed.does("draft", {"text": "Bænken"})
    assert "Mette skriver" in await staffed.page("jonas")
    staffed.real.advance(WRITES_FOR)
    assert "Mette ser på den her" in await staffed.page("jonas")
    staffed.real.advance(LOOKS_FOR)
    assert "Mette" not in await said(await (await staffed.at("jonas")).get("cases/1001/presence"))


async def test_whoever_leaves_is_gone(staffed: StaffedChat) -> None:
    """Closing the page ends presence at once and stores the last draft."""
    await staffed.asked()
    await staffed.page()
    gone = await staffed.does("leave", {"text": "Bænken bliver"})
    assert gone.status == 204
    assert "Mette ser" not in await staffed.page("jonas")
    assert ">\nBænken bliver</textarea>" in await staffed.page()


async def test_a_draft_comes_back(staffed: StaffedChat) -> None:
    """A draft is private, survives a reload, and is deleted when the text is sent."""
    await staffed.asked()
    await staffed.does("draft", {"text": "Bænken bliver malet"})
    assert "Bænken bliver malet</textarea>" in await staffed.page()
    assert "Bænken bliver malet</textarea>" not in await staffed.page("jonas")
    await staffed.does("note", {"text": "En note ved siden af"})
    assert "Bænken bliver malet</textarea>" in await staffed.page()
    await staffed.sends("answer", "Bænken bliver malet mandag d. 7. december.")
    assert "Bænken bliver malet</textarea>" not in await staffed.page()
    await staffed.does("draft", {"text": "   "})
    async with staffed.store.reading() as unit:
        assert await unit.presence.draft(1, 1) is None


async def test_a_draft_that_came_too_late(staffed: StaffedChat) -> None:
    """A late draft of a text that was just sent is not shown."""
    await staffed.asked()
    answer = "Bænken bliver malet mandag d. 7. december."
    await staffed.sends("answer", answer)
    await staffed.does("draft", {"text": f"{answer} "})
    assert f"{answer} </textarea>" not in await staffed.page()


async def test_no_cpr_in_a_draft(staffed: StaffedChat) -> None:
    """A CPR number is removed from a draft before it is stored."""
    await staffed.asked()
    await staffed.does("draft", {"text": "Hans nummer er 170461-5007, tror jeg"})
    async with staffed.store.reading() as unit:
        kept = await unit.presence.draft(1, 1)
    assert kept is not None
    assert "170461" not in kept


async def test_old_drafts_go(staffed: StaffedChat) -> None:
    """A draft is deleted after 7 days."""
    await staffed.asked()
    await staffed.does("draft", {"text": "Bænken"})
    async with staffed.store.unit() as unit:
        assert await unit.presence.purge(10) == 0
    await staffed.later(days=DRAFTS_KEPT.days, hours=1)
    async with staffed.store.unit() as unit:
        assert await unit.presence.purge(10) == 1
        assert await unit.presence.draft(1, 1) is None


@asynccontextmanager
async def listening(staffed: StaffedChat, name: str) -> AsyncIterator[ClientResponse]:
    """Open the SSE stream of a member of the staff."""
    browser = await staffed.at(name)
    stream = await browser.get("events")
    assert stream.status == 200
    assert stream.content_type == "text/event-stream"
    assert stream.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in stream.headers
    try:
        yield stream
    finally:
        stream.close()


async def receives(stream: ClientResponse, what: str) -> str:
    """Wait for an event of this kind, and return its data."""

    async def wait() -> str:
        new_messages = ""
        async for line in stream.content:
            name, _colon, value = line.decode().strip().partition(": ")
            if name == "event":
                new_messages = value
            elif name == "data" and new_messages == what:
                return value
        raise AssertionError("the stream ended")

    return await asyncio.wait_for(wait(), SOON)


async def test_hears_of_what_is_new(staffed: StaffedChat) -> None:
    """The stream sends changed cases, presence and the count of alerts, but no texts."""
    await staffed.asked()
    await staffed.does("claim")
    async with listening(staffed, "mette") as mette:
        assert await receives(mette, "alerts") == "1"
        await staffed.says("Jens: Den er grøn nu")
        assert await receives(mette, "case") == "1"
        assert await receives(mette, "alerts") == "2"
        await staffed.page("jonas")
        assert await receives(mette, "presence") == "1"


async def test_many_hear_one_wait(staffed: StaffedChat) -> None:
    """Every browser gets a change event at once, and one task serves all of them."""
    await staffed.asked()
    async with (
        listening(staffed, "mette") as mette,
        listening(staffed, "jonas") as jonas,
        listening(staffed, "lone") as lone,
    ):
        for stream in (mette, jonas, lone):
            await receives(stream, "alerts")
        async with staffed.store.unit() as unit:
            await execute(WriteNote(1, 1, "En note"), unit)
        for stream in (mette, jonas, lone):
            assert await receives(stream, "case") == "1"
        criers = [task for task in asyncio.all_tasks() if task.get_name() == "broadcaster"]
        assert len(criers) == 1


async def test_ends_with_the_session(staffed: StaffedChat) -> None:
    """Sign-out or disabling ends the stream. Without a session there is no stream."""
    async with listening(staffed, "mette") as mette, listening(staffed, "jonas") as jonas:
        await (await staffed.at()).post("sign-out")
        assert await receives(mette, "over") == "0"
        assert await mette.content.read() == b"\n"
        lone = await staffed.at("lone")
        assert (await lone.post("staff/2/disable")).status == 303
        assert await receives(jonas, "over") == "0"
    again = await (await staffed.at()).get("events")
    assert (again.status, again.headers["Location"][:16]) == (303, "/console/sign-in")


async def test_ends_when_time_is_up(staffed: StaffedChat) -> None:
    """A stream does not keep a session alive: it ends after 60 idle minutes."""
    async with listening(staffed, "mette") as mette:
        await receives(mette, "alerts")
        staffed.real.advance(timedelta(minutes=61))
        assert await receives(mette, "over") == "0"


async def test_an_ear_that_does_not_listen() -> None:
    """A browser that stops reading is disconnected, so that its queue stays bounded."""
    subscriber = Subscriber(1, "session")
    for number in range(LONGEST_QUEUE + 5):
        subscriber.put(ChangeEvent("case", number))
    new_messages = [word async for word in subscriber.events()]
    assert new_messages[0] == OVER
    assert len(new_messages) <= 5


async def test_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without news, the stream sends a keep-alive at intervals."""
    monkeypatch.setattr(live, "QUIET", 0.01)
    subscriber = Subscriber(1, "session")
    new_messages = subscriber.events()
    assert await anext(new_messages) is None
    subscriber.put(OVER)
    assert [word async for word in new_messages][-1] == OVER


async def test_a_look_that_fails(staffed: StaffedChat, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected error ends all streams. The next subscriber starts a new task."""
    broadcaster = Broadcaster(staffed.store, staffed.real)

    async def broken(_crier: Broadcaster) -> None:
        raise ValueError

    with monkeypatch.context() as patched, broadcaster.subscribe(1, "gone") as subscriber:
        patched.setattr(Broadcaster, "_look", broken)
        assert [word async for word in subscriber.events()] == [OVER]
    with broadcaster.subscribe(1, "gone") as subscriber:
        assert [word async for word in subscriber.events()] == [OVER]
    await broadcaster.close()


async def test_whoever_comes_while_it_looks(
    staffed: StaffedChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that connects during a look is not treated as signed out."""
    await staffed.at()
    async with staffed.store.reading() as unit:
        (row,) = await unit.sessions.of_staff(1, staffed.real.now())
    broadcaster = Broadcaster(staffed.store, staffed.real)
    late = Subscriber(1, "not asked about")
    live_before = Sessions.live

    async def slow(sessions: Sessions, ids: set[str], at: datetime) -> set[str]:
        broadcaster._subscribers.add(late)
        return await live_before(sessions, ids, at)

    with broadcaster.subscribe(1, row.id):
        monkeypatch.setattr(Sessions, "live", slow)
        await broadcaster._look()
        assert late.queue.empty()
    await broadcaster.close()


async def test_what_was_committed_late(staffed: StaffedChat) -> None:
    """An event that commits after a younger one is broadcast, and only once."""
    async with staffed.store.unit() as unit:
        early = await unit.events.add(CLOCK, "tick", case_id=1)
        await unit.connection.execute(delete(event).where(event.c.id == early))
        await unit.events.add(CLOCK, "tock", case_id=2)
    await staffed.at()
    async with staffed.store.reading() as unit:
        (row,) = await unit.sessions.of_staff(1, staffed.real.now())
    broadcaster, subscriber = Broadcaster(staffed.store, staffed.real), Subscriber(1, row.id)
    broadcaster._subscribers.add(subscriber)
    await broadcaster._look()
    async with staffed.store.unit() as unit:
        known = {"id": early, "at": unit.now, "actor": CLOCK, "verb": "tick", "case_id": 1}
        await unit.connection.execute(insert(event).values(known | {"details": {}}))
    for _look in range(2):
        await broadcaster._look()
    told = [subscriber.queue.get_nowait() for _word in range(subscriber.queue.qsize())]
    assert [word.about for word in told if word.what == "case"] == [1]


async def test_nobody_is_looked_for_in_vain(staffed: StaffedChat) -> None:
    """Without subscribers no task looks for changes."""
    broadcaster = Broadcaster(staffed.store, staffed.real)
    with broadcaster.subscribe(1, "gone") as subscriber:
        assert [word async for word in subscriber.events()] == [OVER]
    await broadcaster.close()
    assert [task for task in asyncio.all_tasks() if task.get_name() == "broadcaster"] == []
