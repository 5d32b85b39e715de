"""A message fits into Telegram in its longest form, or is refused where it is written."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import pytest
from broadcast_town import LONE, METTE, BroadcastTown
from PIL import Image
from reminder_town import local

from bot.engine.events import Refused
from bot.model.commands.broadcasts import ApproveCorrection, CorrectBroadcast, SubmitBroadcast

PHOTO = {"kind": "photo", "name": "eng.jpg", "alt": "En eng"}
QUESTION = {"options": [{"key": "yes", "labels": {"da": "Ja"}}], "own_words": True}
ASKS = {"question": QUESTION, "decider": "Udvalget for teknik, miljø, klima og fritid, " * 2}
LONG = ("Engen slås. " * 80)[:880].strip()


@pytest.fixture
async def town(sqlite_url: str) -> AsyncIterator[BroadcastTown]:
    """Return a town with three readers; the audit finds nothing at the end."""
    made = BroadcastTown(sqlite_url)
    await made.begin("Ana", "Jens", "Samira")
    yield made
    await made.is_sound()
    await made.chat.close()


async def picture(town: BroadcastTown) -> dict[str, object]:
    """Store a picture; return the fields of a broadcast that has it."""
    drawn = io.BytesIO()
    Image.new("RGB", (50, 50)).save(drawn, "JPEG")
    async with town.unit() as unit:
        file_id = await unit.files.add("eng.jpg", "image/jpeg", drawn.getvalue())
    return {"media": PHOTO, "file_id": file_id}


async def test_a_caption_with_its_lines(town: BroadcastTown) -> None:
    """The line of the decider counts; the text is refused before it goes to a leader."""
    drafted = await town.draft(texts={"da": LONG}, **await picture(town), **ASKS)
    refused = await town.do(SubmitBroadcast(METTE, drafted))
    assert isinstance(refused, Refused)
    assert refused.field == "texts"
    assert refused.why.params["most"] == 1024
    alone = await town.draft(texts={"da": LONG}, **await picture(town))
    assert await town.do(SubmitBroadcast(METTE, alone)) == alone


async def test_emoji_count_as_telegram_counts(town: BroadcastTown) -> None:
    """An emoji has two units; the limit is that of the whole message."""
    fits = await town.draft(texts={"da": "Engen slås. " + "😀" * 1_900})
    assert await town.do(SubmitBroadcast(METTE, fits)) == fits
    longer = await town.draft(texts={"da": "Engen slås. " + "😀" * 2_060})
    assert isinstance(await town.do(SubmitBroadcast(METTE, longer)), Refused)


async def test_a_corrected_caption(town: BroadcastTown) -> None:
    """The caption of a picture is edited once; a correction that does not fit is refused."""
    made = await town.approve(texts={"da": "Engen slås lørdag."}, **await picture(town))
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"sent": 3}
    refused = await town.do(CorrectBroadcast(METTE, made, {"da": "Eng. " + "😀" * 500}))
    assert isinstance(refused, Refused)
    edition = await town.do(CorrectBroadcast(METTE, made, {"da": "Engen slås søndag."}))
    assert await town.do(ApproveCorrection(LONE, made, edition)) == made
    await town.until(local(11, 23, 10, 10))
    log = next(iter(town.chat.world.bots.values())).chats[102].log
    assert log[-1].kind == "edited"
    assert "søndag" in (log[-1].text or "")
