"""Answers to a dialogue: their parts, their length, and what meets them in other transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from broadcast_town import METTE, BroadcastTown
from reminder_town import local

from bot.engine.events import Refused
from bot.model.broadcast import BROADCAST
from bot.model.commands.broadcasts import (
    AnswerBroadcast,
    CloseDialogue,
    GiveOutcomes,
    RemindSilent,
)
from bot.runner.broadcasts import look_after
from bot.service import execute
from bot.simulator import TOKEN
from bot.simulator.faults import Fault, FaultKind
from bot.store.inbox import InboxRow

QUESTION = {"options": [{"key": "yes", "labels": {"da": "Ja"}}], "own_words": True}


@pytest.fixture
async def town(postgres_url: str) -> AsyncIterator[BroadcastTown]:
    """Return a town with a reader, on the database with concurrent writers."""
    made = BroadcastTown(postgres_url)
    await made.begin("Jens")
    yield made
    await made.is_sound()
    await made.chat.close()


async def test_own_words_are_kept_whole(town: BroadcastTown) -> None:
    """A message as long as Telegram sends is kept whole; a longer text is refused, not cut."""
    made = await town.approve(question=QUESTION, decider="Byrådet")
    await town.until(local(11, 23, 10, 5))
    person, participant = await town.person("Jens")
    to = (await town.delivery_to("Jens", made)).id
    words = ("Hellere ved stien. " * 300)[:4095] + "!"
    assert isinstance(await town.do(AnswerBroadcast(person, to, words=words + "x")), Refused)
    assert await town.do(AnswerBroadcast(person, to, words=words)) == made
    async with town.unit() as unit:
        said = await unit.contributions.of(BROADCAST, made, participant)
    assert said is not None
    assert said.words == words
    given = GiveOutcomes(METTE, [said.id], "not_used", "Byrådet", None, {"da": "Stien er smal."})
    assert await town.do(given) == 1
    assert await town.do(CloseDialogue(METTE, made)) == made
    await town.until(local(11, 23, 10, 10))
    seen = "".join(
        one.text or "" for one in town.chat.world.bots[TOKEN].chats[102].log if one.kind == "sent"
    )
    assert seen.count("Hellere ved stien.") == words.count("Hellere ved stien.")


async def test_alike_answers_are_those_without_own_words(town: BroadcastTown) -> None:
    """An option gets an outcome at once for all; an author's own words have one of their own."""
    await town.begin("Samira")
    made = await town.approve(question=QUESTION, decider="Byrådet")
    await town.until(local(11, 23, 10, 5))
    for name, words in (("Jens", None), ("Samira", "Ved stien")):
        person, _participant = await town.person(name)
        to = (await town.delivery_to(name, made)).id
        assert await town.do(AnswerBroadcast(person, to, key="yes")) == made
        if words is not None:
            assert await town.do(AnswerBroadcast(person, to, words=words)) == made
    async with town.unit() as unit:
        assert await unit.contributions.waiting_by_key(made) == {"yes": 1, "words": 1}
        alike = await unit.contributions.waiting_ids(made, "yes")
        with_words = await unit.contributions.of_dialogue(made, 10, key="words")
        chose_yes = await unit.contributions.of_dialogue(made, 10, key="yes")
    assert [one.key for one in with_words] == ["yes"]
    assert len(chose_yes) == 2
    assert len(alike) == 1


@pytest.mark.parametrize("is_sent", [True, False])
async def test_an_answer_to_a_message_that_was_never_confirmed(
    town: BroadcastTown,
    is_sent: bool,  # noqa: FBT001 - a parameter of pytest
) -> None:
    """A person who taps a button has the message, whatever the ledger knows of it."""
    made = await town.approve(question=QUESTION, decider="Byrådet")
    await town.until(local(11, 23, 10, 5))
    if not is_sent:
        await town.run("UPDATE delivery SET state = 'skipped', reason = 'unconfirmed'")
    person, _participant = await town.person("Jens")
    to = (await town.delivery_to("Jens", made)).id
    assert await town.do(AnswerBroadcast(person, to, key="yes")) == made


async def test_an_answer_while_its_message_is_corrected(town: BroadcastTown) -> None:
    """The ledger knows the answer, so that nobody who has answered is asked again."""
    made = await town.approve(question=QUESTION, decider="Byrådet")
    await town.until(local(11, 23, 10, 5))
    person, _participant = await town.person("Jens")
    to = (await town.delivery_to("Jens", made)).id
    async with town.unit() as unit:
        await unit.broadcasts.lock(made)
        answers = asyncio.create_task(town.do(AnswerBroadcast(person, to, key="yes")))
        await asyncio.sleep(0.5)
        await unit.broadcasts.edit([to], 2)
    assert await answers == made
    assert (await town.delivery_to("Jens", made)).answered_at is not None


async def test_an_answer_while_the_silent_are_asked_again(town: BroadcastTown) -> None:
    """The second question is taken back, or not made: an answer ends it."""
    made = await town.approve(question=QUESTION, decider="Byrådet")
    await town.until(local(11, 24, 10, 5))
    person, _participant = await town.person("Jens")
    to = (await town.delivery_to("Jens", made)).id
    refused = Fault(FaultKind.FLOOD, "sendMessage", 102, retry_after=120, times=1)
    town.chat.world.faults.add(refused)
    async with town.unit() as unit:
        known = await unit.broadcasts.lock(made)
        assert known is not None
        await execute(RemindSilent(METTE, made), unit)
        answers = asyncio.create_task(town.do(AnswerBroadcast(person, to, key="yes")))
        await asyncio.sleep(0.5)
        assert town.chat._running is not None
        runtime = town.chat._running[1].worker._runtime
        row = InboxRow(0, "timer", "", "", 0, {"subject": str(made)}, unit.now, 0)
        await look_after(runtime, unit, row)
    assert await answers == made
    await town.until(local(11, 24, 12))
    assert town.got("Jens", "Du har ikke svaret endnu") == 0


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
