"""The courier downloads files of citizens and uploads files to them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from photographs import TELLTALE, drawn, saved, told_all
from PIL import Image
from sqlalchemy import func, select
from transport_town import ANA, Counts, FickleStore, shown

from bot.clock import TravelClock
from bot.errors import DatabaseUnavailable
from bot.model.person import Person
from bot.simulator import Fault, FaultKind, Message, World
from bot.simulator.http import serve_http
from bot.simulator.inprocess import InProcessApi
from bot.store.files import FileRow
from bot.store.outbox import UNANSWERED, NewOutbox, Priority
from bot.store.tables import file, outbox
from bot.testing import TOKEN
from bot.transport.api import LARGEST_FETCHED, BotApi, HttpBotApi
from bot.transport.courier import Courier
from bot.transport.pacing import Pacing, Unpaced

THEN = {"what": "photo", "conversation": 7}
DROP_ONE = Fault(FaultKind.DROP, times=1)


class CourierHarness:
    """A courier with methods that add rows and read results."""

    def __init__(self, store: FickleStore, world: World, clock: TravelClock) -> None:
        """Create a courier between *store* and *world*."""
        self.store, self.world, self.clock, self.counts = store, world, clock, Counts()
        self.courier = self.another(InProcessApi(world, TOKEN))

    def another(self, api: BotApi, pacing: Pacing | None = None) -> Courier:
        """Return a second courier that calls *api*."""
        return Courier(
            self.store,
            api,
            lambda now, _own: now,
            seconds=lambda: self.clock.now().timestamp(),
            pacing=pacing or Unpaced(),
            commit_every=0.0,
        )

    async def fetch(self, sent: Message, **more: Any) -> int:
        """Add a download of Ana's file; return the row's id."""
        thing = sent.body.get("document") or sent.body["photo"][-1]
        params = {"file_id": thing["file_id"]}
        return await self._add("getFile", params, Priority.FETCH, on_result=THEN, **more)

    async def give(self, content: bytes, **more: Any) -> tuple[int, int]:
        """Add a document for Ana; return the ids of row and file."""
        async with self.store.unit() as unit:
            file_id = await unit.files.add("mine data, Ægir.json", "application/json", content)
        params = {"chat_id": ANA, "caption": "Værsgo", "document": {"file": file_id}}
        return await self._add("sendDocument", params, Priority.REPLY, **more), file_id

    async def _add(
        self, method: str, params: dict[str, Any], priority: Priority, **more: Any
    ) -> int:
        row = NewOutbox(ANA, f"tg:{ANA}", method, params, priority, **more)
        async with self.store.unit() as unit:
            return await unit.outbox.add(row)

    async def step(self, seconds: float = 0) -> int:
        """Advance the clock, then run the courier until it has nothing to do."""
        self.clock.advance(timedelta(seconds=seconds))
        return await self.courier.step()

    async def row(self, row_id: int) -> Any:
        """Return a row."""
        async with self.store.reading() as unit:
            query = select(outbox).where(outbox.c.id == row_id)
            return (await unit.connection.execute(query)).one()

    async def outcome(self, row_id: int) -> dict[str, Any]:
        """Return the outcome row's payload."""
        async with self.store.reading() as unit:
            found = await unit.inbox.get("outcome", str(row_id))
            assert found is not None
            return found.payload

    async def error(self, sent: Message) -> str:
        """Fetch a file that must fail; return the reason."""
        row_id = await self.fetch(sent)
        await self.step()
        told = await self.outcome(row_id)
        assert (told["state"], told["result"], await self.files()) == ("failed", None, 0)
        return str(told["error"])

    async def kept(self, file_id: int) -> FileRow | None:
        """Return a stored file."""
        async with self.store.reading() as unit:
            return await unit.files.get(file_id)

    async def files(self) -> int:
        """Return the number of stored files."""
        async with self.store.reading() as unit:
            return int((await unit.connection.execute(select(func.count(file.c.id)))).scalar_one())


@pytest.fixture
async def harness(fickle: FickleStore, world: World, clock: TravelClock) -> CourierHarness:
    """Create an `Office` with Ana as a citizen."""
    async with fickle.unit() as unit:
        await unit.people.add(Person(0, f"tg:{ANA}", ANA, "da", "Ana", clock.now(), 1))
    return CourierHarness(fickle, world, clock)


@pytest.fixture
async def over_http(harness: CourierHarness) -> AsyncIterator[CourierHarness]:
    """Let the office's courier use the HTTP API."""
    served = await serve_http(harness.world)
    api = HttpBotApi(served.url, TOKEN)
    harness.courier = harness.another(api)
    yield harness
    await api.close()
    await served.close()


# -- downloads


async def test_a_photo_is_fetched_cleaned_and_kept(harness: CourierHarness) -> None:
    """A photo is stored upright and without metadata, and the lane gets its file id."""
    row_id = await harness.fetch(harness.world.send_photo(ANA, content=told_all()))
    assert await harness.step() == 1
    told = await harness.outcome(row_id)
    assert (told["state"], told["error"], told["then"]) == ("sent", None, THEN)
    kept = await harness.kept(told["result"]["file"])
    assert kept is not None
    assert told["result"] == {"file": kept.id, "size": kept.size, "sha256": kept.sha256}
    assert (kept.mime, kept.size) == ("image/jpeg", len(kept.content))
    assert not [mark for mark in TELLTALE if mark in kept.content]
    assert Image.open(BytesIO(kept.content)).size == (40, 60)
    assert (await harness.row(row_id)).params == {}


async def test_over_http_too(over_http: CourierHarness) -> None:
    """Download and upload also work over HTTP."""
    row_id = await over_http.fetch(over_http.world.send_photo(ANA, content=told_all()))
    given, _file = await over_http.give(b'{"navn": "\xc3\x86gir"}', on_result={"what": "data"})
    while await over_http.step():
        pass
    assert (await over_http.outcome(row_id))["state"] == "sent"
    told = await over_http.outcome(given)
    document = told["result"]["document"]
    assert (document["file_name"], document["mime_type"]) == (
        "mine data, Ægir.json",
        "application/json",
    )
    assert shown(over_http.world) == ["Værsgo"]
    assert over_http.world.files[document["file_id"]].content == b'{"navn": "\xc3\x86gir"}'


async def test_a_photo_sent_as_a_file_is_taken(harness: CourierHarness) -> None:
    """A picture sent as a document is accepted."""
    picture = saved(drawn(), "PNG")
    row_id = await harness.fetch(harness.world.send_document(ANA, "hul.png", picture))
    await harness.step()
    assert (await harness.outcome(row_id))["state"] == "sent"


async def test_what_is_no_picture_comes_back_as_that(harness: CourierHarness) -> None:
    """A program with a picture's file name is refused by its content."""
    sent = harness.world.send_document(ANA, "hul.jpg", b"MZ programme", mime="image/jpeg")
    assert await harness.error(sent) == "no_picture"
    assert harness.counts.grown() == {"sends refused": 1}


async def test_what_is_too_large_is_not_fetched(harness: CourierHarness) -> None:
    """A file that is too large is refused, also if Telegram reported a small size."""
    large = harness.world.send_document(ANA, "a.jpg", b"x", size=LARGEST_FETCHED + 1)
    assert await harness.error(large) == "too_big"
    assert harness.world.calls["download"] == 0


async def test_what_says_that_it_is_small_is_not_read_to_its_end(over_http: CourierHarness) -> None:
    """The download stops at the size limit, whatever size was reported."""
    large = b"\xff\xd8" + bytes(LARGEST_FETCHED)
    sent = over_http.world.send_document(ANA, "a.jpg", large, size=9)
    assert await over_http.error(sent) == "too_big"


async def test_what_telegram_has_no_more_is_gone(harness: CourierHarness) -> None:
    """Unknown files, missing paths and refused downloads end with the reason `gone`."""
    sent = harness.world.send_photo(ANA)
    harness.world.files.clear()
    assert await harness.error(sent) == "gone"
    for code in (400, 403, 404):
        harness.world.faults.add(Fault(FaultKind.ERROR, "download", times=1, code=code))
        assert await harness.error(harness.world.send_photo(ANA)) == "gone"


@pytest.mark.parametrize("method", ["getFile", "download"])
@pytest.mark.parametrize(
    ("fault", "wait", "ambiguous"),
    [
        (FaultKind.FLOOD, 1, 0),
        (FaultKind.AWAY, 1, 0),
        (FaultKind.DROP, 1, UNANSWERED),
        (FaultKind.ERROR, 30, 0),
    ],
)
async def test_what_speaks_of_the_line_is_tried_again(
    harness: CourierHarness, method: str, fault: FaultKind, wait: int, ambiguous: int
) -> None:
    """A 429, network faults and an unknown token are retried, and the photo is not lost."""
    harness.world.faults.add(Fault(fault, method, times=1, code=401))
    row_id = await harness.fetch(harness.world.send_photo(ANA, content=told_all()))
    await harness.step()
    row = await harness.row(row_id)
    assert (row.state, row.tries, row.ambiguous) == ("pending", 1, ambiguous)
    assert await harness.files() == 0
    await harness.step(wait)
    assert (await harness.outcome(row_id))["state"] == "sent"
    assert await harness.files() == 1


async def test_after_two_answers_that_never_came_it_is_gone(harness: CourierHarness) -> None:
    """After two unanswered downloads the file counts as gone."""
    harness.world.faults.add(Fault(FaultKind.DROP, "download"))
    row_id = await harness.fetch(harness.world.send_photo(ANA))
    for _try in range(3):
        await harness.step(10)
    told = await harness.outcome(row_id)
    assert (told["state"], told["error"]) == ("failed", "gone")


async def test_a_photo_is_kept_once_although_the_commit_was_in_doubt(
    harness: CourierHarness,
) -> None:
    """A photo is stored once, although the commit is repeated after an unknown result."""
    row_id = await harness.fetch(harness.world.send_photo(ANA, content=told_all()))
    assert await harness.courier._begin() == 1
    harness.store.losing = 1
    with pytest.raises(DatabaseUnavailable):
        await harness.courier._land_all()
    await harness.step()
    assert await harness.files() == 1
    assert (await harness.outcome(row_id))["state"] == "sent"


async def test_a_photo_whose_result_was_lost_is_fetched_again(harness: CourierHarness) -> None:
    """A photo whose result was lost is downloaded again by the next courier."""
    row_id = await harness.fetch(harness.world.send_photo(ANA, content=told_all()))
    assert await harness.courier._begin() == 1
    harness.store.away = True
    with pytest.raises(DatabaseUnavailable):
        await harness.courier._land_all()
    harness.store.away = False
    await harness.another(InProcessApi(harness.world, TOKEN)).step()
    assert await harness.files() == 1
    assert (await harness.row(row_id)).ambiguous == 1


async def test_photos_are_no_sends(harness: CourierHarness, world: World) -> None:
    """Downloads use neither the send limit nor the places of replies."""
    pacing = Pacing()
    harness.courier = harness.another(InProcessApi(world, TOKEN), pacing)
    for sent in world.send_album(ANA, [told_all()] * 5):
        await harness.fetch(sent)
    assert await harness.step(5) == 5
    assert await harness.files() == 5
    assert pacing.chats == {}


async def test_slow_photos_of_many_leave_room_for_replies(
    harness: CourierHarness, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While many slow photos are downloaded, a reply still goes out."""
    monkeypatch.setattr("bot.transport.courier.IN_FLIGHT", 2)
    world.faults.add(Fault(FaultKind.SLOW, "download", delay=0.5))
    photo = world.send_photo(ANA).body["photo"][-1]["file_id"]
    async with harness.store.unit() as unit:
        for chat in range(500, 504):
            world.add_user(chat, "Somebody")
            params = {"file_id": photo}
            await unit.outbox.add(NewOutbox(chat, f"tg:{chat}", "getFile", params, Priority.FETCH))
    assert [await harness.courier._begin() for _ in range(2)] == [2, 2]
    async with harness.store.unit() as unit:
        call = {"chat_id": ANA, "text": "Tak"}
        await unit.outbox.add(NewOutbox(ANA, f"tg:{ANA}", "sendMessage", call, Priority.REPLY))
    assert await harness.courier._begin() == 1
    await asyncio.sleep(0.05)
    assert shown(world) == ["Tak"]
    await harness.courier._land_all()


# -- uploads


async def test_a_document_goes_out_and_its_bytes_are_let_go(
    harness: CourierHarness, world: World
) -> None:
    """A sent document's file is deleted."""
    row_id, file_id = await harness.give(b"{}")
    await harness.step()
    row = await harness.row(row_id)
    assert (row.state, row.message_id, row.params) == ("sent", 1, {})
    assert shown(world) == ["Værsgo"]
    assert await harness.kept(file_id) is None


async def test_a_document_in_doubt_is_sent_once_more(harness: CourierHarness, world: World) -> None:
    """A document in doubt is sent once more, and its file stays until then."""
    world.faults.add(Fault(FaultKind.DROP, "sendDocument", times=1))
    row_id, file_id = await harness.give(b"{}")
    await harness.step()
    row = await harness.row(row_id)
    assert (row.state, row.ambiguous, bool(await harness.kept(file_id))) == (
        "pending",
        UNANSWERED,
        True,
    )
    await harness.step(1)
    assert ((await harness.row(row_id)).state, await harness.kept(file_id)) == ("sent", None)
    assert len(shown(world)) == 2  # the known case of a double


async def test_a_document_waits_out_a_429(harness: CourierHarness, world: World) -> None:
    """A document's file stays while Telegram limits the rate."""
    world.faults.add(Fault(FaultKind.FLOOD, "sendDocument", times=1, retry_after=3))
    row_id, file_id = await harness.give(b"{}")
    await harness.step()
    assert await harness.kept(file_id)
    await harness.step(3)
    assert (await harness.row(row_id)).state == "sent"


async def test_a_document_that_cannot_arrive_is_let_go(
    harness: CourierHarness, world: World
) -> None:
    """A refused, expired or unconfirmed document's file is deleted."""
    world.block(ANA)
    refused, blocked_file = await harness.give(b"{}")
    await harness.step()
    world.unblock(ANA)
    late, late_file = await harness.give(b"{}", not_after=harness.clock.now())
    await harness.step()
    world.faults.add(Fault(FaultKind.DROP, "sendDocument"))
    doubtful, doubtful_file = await harness.give(b"{}")
    for _try in range(3):
        await harness.step(10)
    states = [(await harness.row(row_id)).state for row_id in (refused, late, doubtful)]
    assert states == ["failed", "expired", "failed"]
    for file_id in (blocked_file, late_file, doubtful_file):
        assert await harness.kept(file_id) is None


async def test_a_document_whose_file_is_gone_fails(harness: CourierHarness, world: World) -> None:
    """A document without its file fails, and later rows go."""
    row_id, file_id = await harness.give(b"{}")
    async with harness.store.unit() as unit:
        await unit.files.drop(file_id)
    await harness.step()
    row = await harness.row(row_id)
    assert (row.state, row.error) == ("failed", "the file is gone")
    assert world.calls["sendDocument"] == 0


async def test_nothing_of_a_file_is_logged(
    harness: CourierHarness, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """No log line contains content of a file."""
    caplog.set_level(logging.DEBUG)
    world.faults.add(Fault(FaultKind.DROP, "sendDocument", times=1))
    await harness.give(b'{"ord": "hemmelig"}')
    await harness.fetch(world.send_photo(ANA, content=told_all()))
    for _try in range(3):
        await harness.step(10)
    assert await harness.files() == 1
    assert "hemmelig" not in caplog.text
    assert "JFIF" not in caplog.text
