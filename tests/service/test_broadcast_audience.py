"""The audience of a broadcast is that of its beginning, also where it is held while it is read."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from broadcast_town import METTE, WORDS, BroadcastTown
from reminder_town import local

from bot.model.broadcast import BroadcastState
from bot.model.commands.broadcasts import PauseBroadcast, ResumeBroadcast, StopBroadcast
from bot.model.outcome import ContributionKind
from bot.service.broadcasts import sending

NAMES = ("Ana", "Jens", "Samira")


@pytest.fixture
async def town(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BroadcastTown]:
    """Return a town with three readers, whose audiences are read one person at a time."""
    monkeypatch.setattr(sending, "CHUNK", 1)
    made = BroadcastTown(database_url)
    await made.begin(*NAMES)
    yield made
    await made.is_sound()
    await made.chat.close()


async def begun(town: BroadcastTown, **fields: object) -> int:
    """Begin a broadcast and read the first person of its audience; return its id."""
    made = await town.approve(**fields)
    async with town.unit() as unit:
        known = await unit.broadcasts.lock(made)
        assert known is not None
        began = await sending.begin(unit, known)
        assert began is not None
        assert (await sending.expand(unit, began)).expanded_to is not None
    return made


async def test_a_stop_while_the_audience_is_read(town: BroadcastTown) -> None:
    """The rest of the audience has its rows and the reason: sent and reasons are the audience."""
    made = await begun(town)
    assert await town.do(StopBroadcast(METTE, made)) == made
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"cancelled ended": 3}
    assert (await town.news(made)).audience_size == 3
    assert town.got("Jens", WORDS) == 0


async def test_a_pause_while_the_audience_is_read(town: BroadcastTown) -> None:
    """The audience is complete during the pause, and gets it once afterwards."""
    made = await begun(town)
    assert await town.do(PauseBroadcast(METTE, made)) == made
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"planned": 3}
    assert await town.do(ResumeBroadcast(METTE, made)) == made
    await town.until(local(11, 23, 10, 10))
    assert await town.outcomes_of(made) == {"sent": 3}
    assert (await town.news(made)).state is BroadcastState.SENT


async def test_a_consent_after_the_start_adds_nobody(town: BroadcastTown) -> None:
    """Who was in the chat without a consent, and gives it while the audience is read, gets none."""
    await town.chat.play("Karen: /start")
    await town.participant("Karen")
    made = await begun(town)
    town.chat.clock.move_to(local(11, 23, 10, 1))
    await town.consent("Karen", "nature")
    await town.until(local(11, 23, 10, 5))
    assert town.got("Karen", WORDS) == 0
    assert (await town.news(made)).audience_size == 3


async def test_a_consent_withdrawn_before_the_message(town: BroadcastTown) -> None:
    """A consent that is withdrawn between the start and the message withholds it."""
    made = await begun(town)
    for name in ("Ana", "Samira"):
        person, _participant = await town.person(name)
        async with town.unit() as unit:
            await unit.consents.withdraw(person, "news:nature")
    await town.until(local(11, 23, 10, 5))
    assert [town.got(name, WORDS) for name in ("Ana", "Samira")] == [0, 0]
    outcomes = await town.outcomes_of(made)
    assert outcomes["sent"] == 1
    assert set(outcomes) <= {"sent", "skipped no_consent"}


async def test_a_broadcast_that_nobody_gets_is_over(town: BroadcastTown) -> None:
    """An audience that has become empty ends the broadcast."""
    made = await town.approve(starts_at=local(11, 23, 11))
    await town.run("DELETE FROM consent")
    await town.until(local(11, 23, 11, 5))
    assert (await town.news(made)).state is BroadcastState.SENT
    assert await town.outcomes_of(made) == {}


async def test_more_ids_than_a_statement_takes(town: BroadcastTown) -> None:
    """What is read or written by ids is so in parts, also beyond what PostgreSQL takes at once."""
    made = await town.approve()
    many = range(1, 33_000)
    async with town.unit() as unit:
        assert len(await unit.audiences.find_all(many)) == len(NAMES)
        assert len(await unit.stances.of_participants(many, "nature")) == len(NAMES)
        assert len(await unit.participants.names(many)) == len(NAMES)
        assert set(await unit.broadcasts.some(many)) == {made}
        assert await unit.contributions.decide({ContributionKind.ANSWER}, many, key=None) == []
        await unit.contributions.group(many, None)
        assert await unit.outbox.take_back([f"tg:{one}" for one in many], many) == set()
