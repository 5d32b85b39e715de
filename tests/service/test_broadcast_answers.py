"""An answer does not change under its outcome."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from broadcast_town import METTE, BroadcastTown
from reminder_town import local

from bot.engine.events import Refused
from bot.model.broadcast import BROADCAST
from bot.model.commands.broadcasts import AnswerBroadcast, GiveOutcomes
from bot.service import execute

QUESTION = {"options": [{"key": "yes", "labels": {"da": "Ja"}}], "own_words": True}


@pytest.fixture
async def town(postgres_url: str) -> AsyncIterator[BroadcastTown]:
    """Return a town with a reader, on the database with concurrent writers."""
    made = BroadcastTown(postgres_url)
    await made.begin("Jens")
    yield made
    await made.is_sound()
    await made.chat.close()


async def test_an_answer_while_its_outcome_is_given(town: BroadcastTown) -> None:
    """A change that meets the outcome is refused, and the answer stays as staff read it."""
    made = await town.approve(question=QUESTION, decider="Byrådet")
    await town.until(local(11, 23, 10, 5))
    person, _participant = await town.person("Jens")
    to = (await town.delivery_to("Jens", made)).id
    assert await town.do(AnswerBroadcast(person, to, key="yes")) == made
    async with town.unit() as unit:
        ids = [one.id for one in await unit.contributions.about(BROADCAST, made)]
        await execute(GiveOutcomes(METTE, ids, "used", "Byrådet", None, {"da": "Tak."}), unit)
        changes = asyncio.create_task(town.do(AnswerBroadcast(person, to, words="Nej")))
        await asyncio.sleep(0.5)
    assert isinstance(await changes, Refused)
    async with town.unit() as unit:
        found = await unit.contributions.about(BROADCAST, made)
    assert [(one.key, one.words, one.verdict) for one in found] == [("yes", None, "used")]
