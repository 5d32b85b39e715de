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


class Office:
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
        return await self._add("getFile", params, Priority.FETCH, then=THEN, **more)

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
async def office(fickle: FickleStore, world: World, clock: TravelClock) -> Office:
    """Create an `Office` with Ana as a citizen."""
    async with fickle.unit() as unit:
        await unit.people.add(Person(0, f"tg:{ANA}", ANA, "da", "Ana", clock.now(), 1))
    return Office(fickle, world, clock)


@pytest.fixture
async def over_http(office: Office) -> AsyncIterator[Office]:
    """Let the office's courier use the HTTP API."""
    served = await serve_http(office.world)
    api = HttpBotApi(served.url, TOKEN)
    office.courier = office.another(api)
    yield office
    await api.close()
    await served.close()


# -- downloads


async def test_a_photo_is_fetched_cleaned_and_kept(office: Office) -> None:
    """A photo is stored upright and without metadata, and the lane gets its file id."""
    row_id = await office.fetch(office.world.send_photo(ANA, content=told_all()))
    assert await office.step() == 1
    told = await office.outcome(row_id)
    assert (told["state"], told["error"], told["then"]) == ("sent", None, THEN)
    kept = await office.kept(told["result"]["file"])
    assert kept is not None
    assert told["result"] == {"file": kept.id, "size": kept.size, "sha256": kept.sha256}
    assert (kept.mime, kept.size) == ("image/jpeg", len(kept.content))
    assert not [mark for mark in TELLTALE if mark in kept.content]
    assert Image.open(BytesIO(kept.content)).size == (40, 60)
    assert (await office.row(row_id)).params == {}


async def test_over_http_too(over_http: Office) -> None:
    """Download and upload also work over HTTP."""
    row_id = await over_http.fetch(over_http.world.send_photo(ANA, content=told_all()))
    given, _file = await over_http.give(b'{"navn": "\xc3\x86gir"}', then={"what": "data"})
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


async def test_a_photo_sent_as_a_file_is_taken(office: Office) -> None:
    """A picture sent as a document is accepted."""
    picture = saved(drawn(), "PNG")
    row_id = await office.fetch(office.world.send_document(ANA, "hul.png", picture))
    await office.step()
    assert (await office.outcome(row_id))["state"] == "sent"


async def test_what_is_no_picture_comes_back_as_that(office: Office) -> None:
    """A program with a picture's file name is refused by its content."""
    sent = office.world.send_document(ANA, "hul.jpg", b"MZ programme", mime="image/jpeg")
    assert await office.error(sent) == "no_picture"
    assert office.counts.grown() == {"sends refused": 1}


async def test_what_is_too_large_is_not_fetched(office: Office) -> None:
    """A file that is too large is refused, also if Telegram reported a small size."""
    large = office.world.send_document(ANA, "a.jpg", b"x", size=LARGEST_FETCHED + 1)
    assert await office.error(large) == "too_big"
    assert office.world.calls["download"] == 0


async def test_what_says_that_it_is_small_is_not_read_to_its_end(over_http: Office) -> None:
    """The download stops at the size limit, whatever size was reported."""
    large = b"\xff\xd8" + bytes(LARGEST_FETCHED)
    sent = over_http.world.send_document(ANA, "a.jpg", large, size=9)
    assert await over_http.error(sent) == "too_big"


async def test_what_telegram_has_no_more_is_gone(office: Office) -> None:
    """Unknown files, missing paths and refused downloads end with the reason `gone`."""
    sent = office.world.send_photo(ANA)
    office.world.files.clear()
    assert await office.error(sent) == "gone"
    for code in (400, 403, 404):
        office.world.faults.add(Fault(FaultKind.ERROR, "download", times=1, code=code))
        assert await office.error(office.world.send_photo(ANA)) == "gone"


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
    office: Office, method: str, fault: FaultKind, wait: int, ambiguous: int
) -> None:
    """A 429, network faults and an unknown token are retried, and the photo is not lost."""
    office.world.faults.add(Fault(fault, method, times=1, code=401))
    row_id = await office.fetch(office.world.send_photo(ANA, content=told_all()))
    await office.step()
    row = await office.row(row_id)
    assert (row.state, row.tries, row.ambiguous) == ("pending", 1, ambiguous)
    assert await office.files() == 0
    await office.step(wait)
    assert (await office.outcome(row_id))["state"] == "sent"
    assert await office.files() == 1


async def test_after_two_answers_that_never_came_it_is_gone(office: Office) -> None:
    """After two unanswered downloads the file counts as gone."""
    office.world.faults.add(Fault(FaultKind.DROP, "download"))
    row_id = await office.fetch(office.world.send_photo(ANA))
    for _try in range(3):
        await office.step(10)
    told = await office.outcome(row_id)
    assert (told["state"], told["error"]) == ("failed", "gone")


async def test_a_photo_is_kept_once_although_the_commit_was_in_doubt(office: Office) -> None:
    """A photo is stored once, although the commit is repeated after an unknown result."""
    row_id = await office.fetch(office.world.send_photo(ANA, content=told_all()))
    assert await office.courier._begin() == 1
    office.store.losing = 1
    with pytest.raises(DatabaseUnavailable):
        await office.courier._land_all()
    await office.step()
    assert await office.files() == 1
    assert (await office.outcome(row_id))["state"] == "sent"


async def test_a_photo_whose_result_was_lost_is_fetched_again(office: Office) -> None:
    """A photo whose result was lost is downloaded again by the next courier."""
    row_id = await office.fetch(office.world.send_photo(ANA, content=told_all()))
    assert await office.courier._begin() == 1
    office.store.away = True
    with pytest.raises(DatabaseUnavailable):
        await office.courier._land_all()
    office.store.away = False
    await office.another(InProcessApi(office.world, TOKEN)).step()
    assert await office.files() == 1
    assert (await office.row(row_id)).ambiguous == 1


async def test_photos_are_no_sends(office: Office, world: World) -> None:
    """Downloads use neither the send limit nor the places of replies."""
    pacing = Pacing()
    office.courier = office.another(InProcessApi(world, TOKEN), pacing)
    for sent in world.send_album(ANA, [told_all()] * 5):
        await office.fetch(sent)
    assert await office.step(5) == 5
    assert await office.files() == 5
    assert pacing.chats == {}


async def test_slow_photos_of_many_leave_room_for_replies(
    office: Office, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While many slow photos are downloaded, a reply still goes out."""
    monkeypatch.setattr("bot.transport.courier.IN_FLIGHT", 2)
    world.faults.add(Fault(FaultKind.SLOW, "download", delay=0.5))
    photo = world.send_photo(ANA).body["photo"][-1]["file_id"]
    async with office.store.unit() as unit:
        for chat in range(500, 504):
            world.add_user(chat, "Somebody")
            params = {"file_id": photo}
            await unit.outbox.add(NewOutbox(chat, f"tg:{chat}", "getFile", params, Priority.FETCH))
    assert [await office.courier._begin() for _ in range(2)] == [2, 2]
    async with office.store.unit() as unit:
        call = {"chat_id": ANA, "text": "Tak"}
        await unit.outbox.add(NewOutbox(ANA, f"tg:{ANA}", "sendMessage", call, Priority.REPLY))
    assert await office.courier._begin() == 1
    await asyncio.sleep(0.05)
    assert shown(world) == ["Tak"]
    await office.courier._land_all()


# -- uploads


async def test_a_document_goes_out_and_its_bytes_are_let_go(office: Office, world: World) -> None:
    """A sent document's file is deleted."""
    row_id, file_id = await office.give(b"{}")
    await office.step()
    row = await office.row(row_id)
    assert (row.state, row.message_id, row.params) == ("sent", 1, {})
    assert shown(world) == ["Værsgo"]
    assert await office.kept(file_id) is None


async def test_a_document_in_doubt_is_sent_once_more(office: Office, world: World) -> None:
    """A document in doubt is sent once more, and its file stays until then."""
    world.faults.add(Fault(FaultKind.DROP, "sendDocument", times=1))
    row_id, file_id = await office.give(b"{}")
    await office.step()
    row = await office.row(row_id)
    assert (row.state, row.ambiguous, bool(await office.kept(file_id))) == (
        "pending",
        UNANSWERED,
        True,
    )
    await office.step(1)
    assert ((await office.row(row_id)).state, await office.kept(file_id)) == ("sent", None)
    assert len(shown(world)) == 2  # the known case of a double


async def test_a_document_waits_out_a_429(office: Office, world: World) -> None:
    """A document's file stays while Telegram limits the rate."""
    world.faults.add(Fault(FaultKind.FLOOD, "sendDocument", times=1, retry_after=3))
    row_id, file_id = await office.give(b"{}")
    await office.step()
    assert await office.kept(file_id)
    await office.step(3)
    assert (await office.row(row_id)).state == "sent"


async def test_a_document_that_cannot_arrive_is_let_go(office: Office, world: World) -> None:
    """A refused, expired or unconfirmed document's file is deleted."""
    world.block(ANA)
    refused, blocked_file = await office.give(b"{}")
    await office.step()
    world.unblock(ANA)
    late, late_file = await office.give(b"{}", not_after=office.clock.now())
    await office.step()
    world.faults.add(Fault(FaultKind.DROP, "sendDocument"))
    doubtful, doubtful_file = await office.give(b"{}")
    for _try in range(3):
        await office.step(10)
    states = [(await office.row(row_id)).state for row_id in (refused, late, doubtful)]
    assert states == ["failed", "expired", "failed"]
    for file_id in (blocked_file, late_file, doubtful_file):
        assert await office.kept(file_id) is None


async def test_a_document_whose_file_is_gone_fails(office: Office, world: World) -> None:
    """A document without its file fails, and later rows go."""
    row_id, file_id = await office.give(b"{}")
    async with office.store.unit() as unit:
        await unit.files.drop(file_id)
    await office.step()
    row = await office.row(row_id)
    assert (row.state, row.error) == ("failed", "the file is gone")
    assert world.calls["sendDocument"] == 0


async def test_nothing_of_a_file_is_logged(
    office: Office, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """No log line contains content of a file."""
    caplog.set_level(logging.DEBUG)
    world.faults.add(Fault(FaultKind.DROP, "sendDocument", times=1))
    await office.give(b'{"ord": "hemmelig"}')
    await office.fetch(world.send_photo(ANA, content=told_all()))
    for _try in range(3):
        await office.step(10)
    assert await office.files() == 1
    assert "hemmelig" not in caplog.text
    assert "JFIF" not in caplog.text
