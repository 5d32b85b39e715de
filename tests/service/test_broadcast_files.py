"""News with a picture that is gone or refused is held with an alert, and fails for no recipient."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from broadcast_town import LONE, METTE, BroadcastTown
from reminder_town import local

from bot.model.broadcast import BroadcastState
from bot.model.commands.broadcasts import ResumeBroadcast, StopBroadcast
from bot.service.broadcasts.sending import FILE_REFUSED
from bot.simulator.attachments import PIXEL
from bot.simulator.faults import Fault, FaultKind


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[BroadcastTown]:
    """Return a town with three readers; the audit finds nothing at the end."""
    made = BroadcastTown(database_url)
    await made.begin("Ana", "Jens", "Samira")
    yield made
    await made.is_sound()
    await made.chat.close()


def refused(description: str, **which: int) -> Fault:
    """Return a refusal of pictures by Telegram."""
    return Fault(FaultKind.ERROR, "sendPhoto", code=400, description=description, **which)


async def with_picture(town: BroadcastTown) -> int:
    """Approve news with a picture, and let a few minutes pass; return its id."""
    async with town.unit() as unit:
        picture = await unit.files.add("eng.png", "image/png", PIXEL)
    media = {"kind": "photo", "name": "eng.png", "alt": "En eng"}
    made = await town.approve(media=media, file_id=picture)
    await town.until(local(11, 23, 10, 5))
    return made


async def alerts(town: BroadcastTown) -> list[int]:
    """Return who has an alert about a picture that was refused, and has not seen it."""
    async with town.unit() as unit:
        return [
            staff
            for staff in (METTE, LONE)
            for one in await unit.alerts.newest(staff, 10)
            if one.kind == FILE_REFUSED and one.seen_at is None
        ]


async def test_a_refused_picture_holds_the_news(town: BroadcastTown) -> None:
    """All recipients stay planned; when the picture is taken, resuming sends it once to each."""
    fault = town.chat.world.faults.add(refused("Bad Request: PHOTO_INVALID_DIMENSIONS"))
    made = await with_picture(town)
    assert (await town.news(made)).state is BroadcastState.PAUSED
    assert await town.outcomes_of(made) == {"planned": 3}
    assert await alerts(town) == [METTE, LONE]
    town.chat.world.faults.remove(fault)
    assert await town.do(ResumeBroadcast(METTE, made)) == made
    assert await alerts(town) == []
    await town.until(local(11, 23, 10, 10))
    assert await town.outcomes_of(made) == {"sent": 3}


async def test_a_picture_that_is_gone_holds_the_news(town: BroadcastTown) -> None:
    """News whose picture was deleted is paused, and stopping it gives each its reason."""
    async with town.unit() as unit:
        picture = await unit.files.add("eng.png", "image/png", PIXEL)
    media = {"kind": "photo", "name": "eng.png", "alt": "En eng"}
    made = await town.approve(media=media, file_id=picture, starts_at=local(11, 23, 11))
    await town.run("DELETE FROM file")
    await town.until(local(11, 23, 11, 5))
    assert (await town.news(made)).state is BroadcastState.PAUSED
    assert await town.outcomes_of(made) == {"planned": 3}
    assert await town.do(StopBroadcast(METTE, made)) == made
    assert await town.outcomes_of(made) == {"cancelled ended": 3}
    assert await alerts(town) == []


async def test_a_person_without_a_chat_holds_nothing(town: BroadcastTown) -> None:
    """An error about the first person is theirs alone."""
    town.chat.world.faults.add(refused("Bad Request: chat not found", chat_id=101))
    made = await with_picture(town)
    assert await town.outcomes_of(made) == {"sent": 2, "skipped failed": 1}


async def test_a_refused_id_is_uploaded_again(town: BroadcastTown) -> None:
    """Where Telegram no longer knows the uploaded picture, it is uploaded again by itself."""
    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    town.chat.world.faults.add(refused(wrong, chat_id=102, times=1))
    town.chat.world.faults.add(refused(wrong, chat_id=103, times=1))
    made = await with_picture(town)
    assert await town.outcomes_of(made) == {"sent": 3}
    assert (await town.news(made)).state is BroadcastState.SENT
