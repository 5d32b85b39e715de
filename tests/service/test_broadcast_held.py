"""What staff hold or end is not sent later either: as a welcome, or as a second question."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from broadcast_town import LONE, METTE, WORDS, BroadcastTown
from reminder_town import local

from bot.engine.events import Refused
from bot.model.broadcast import BroadcastState
from bot.model.commands.broadcasts import (
    ApproveCorrection,
    CloseDialogue,
    CorrectBroadcast,
    PauseBroadcast,
    RemindSilent,
    ResumeBroadcast,
    StopBroadcast,
)
from bot.service.broadcasts.welcoming import welcome
from bot.simulator.faults import Fault, FaultKind

QUESTION = {"options": [{"key": "yes", "labels": {"da": "Ja"}}], "own_words": True}
ASKS = {"question": QUESTION, "decider": "Byrådet"}
AGAIN = "Du har ikke svaret endnu"
NEW = "Engen slås på søndag kl. 10."
CPR = "010190-1234"


@pytest.fixture
async def town(sqlite_url: str) -> AsyncIterator[BroadcastTown]:
    """Return a town with three readers; the audit finds nothing at the end."""
    made = BroadcastTown(sqlite_url)
    await made.begin("Ana", "Jens", "Samira")
    yield made
    await made.is_sound()
    await made.chat.close()


async def welcomed(town: BroadcastTown, name: str) -> None:
    """Let a citizen say yes to news about nature, and be welcomed."""
    await town.chat.play(f"{name}: /start")
    person, _participant = await town.person(name)
    async with town.unit() as unit:
        await unit.consents.give(person, "news:nature", 1, "da")
        citizen = await unit.people.get(person)
        assert citizen is not None
        await welcome(unit, citizen, "nature")


def refuse_for_a_while(town: BroadcastTown, *who: int) -> None:
    """Let Telegram refuse the next message to each person for two minutes."""
    for one in who:
        flood = Fault(FaultKind.FLOOD, "sendMessage", one, retry_after=120, times=1)
        town.chat.world.faults.add(flood)


@pytest.mark.parametrize("command", [PauseBroadcast, StopBroadcast])
async def test_no_welcome_with_news_that_staff_hold(town: BroadcastTown, command: type) -> None:
    """A welcome that waits for the morning is withheld where its news was paused or stopped."""
    await town.until(local(11, 23, 19))
    made = await town.approve(welcomes=True, spread=120)
    await town.until(local(11, 23, 21))
    await welcomed(town, "Karen")
    assert await town.do(command(METTE, made)) == made
    await town.until(local(11, 24, 9))
    assert town.got("Karen", WORDS) == 0


async def test_a_welcome_at_the_courier_is_taken_back(town: BroadcastTown) -> None:
    """A stop takes back the welcomes that the courier has."""
    await town.run("UPDATE person SET quiet_from = 540, quiet_until = 720 WHERE lane = 'tg:102'")
    made = await town.approve(welcomes=True)
    await town.until(local(11, 23, 10, 1))
    await town.chat.play("Karen: /start")
    person, _participant = await town.person("Karen")
    async with town.unit() as unit:
        citizen = await unit.people.get(person)
    assert citizen is not None
    refuse_for_a_while(town, citizen.chat_id)
    await welcomed_now(town, person)
    await town.wait(1)
    assert await town.do(StopBroadcast(METTE, made)) == made
    await town.until(local(11, 23, 11))
    assert town.got("Karen", WORDS) == 0


async def welcomed_now(town: BroadcastTown, person: int) -> None:
    """Let a person who is in the chat say yes to news about nature, and be welcomed."""
    async with town.unit() as unit:
        await unit.consents.give(person, "news:nature", 1, "da")
        citizen = await unit.people.get(person)
        assert citizen is not None
        await welcome(unit, citizen, "nature")


async def test_no_welcome_after_the_expiry(town: BroadcastTown) -> None:
    """News that may not be sent any longer is no welcome."""
    await town.approve(welcomes=True, expires_at=local(11, 24, 7))
    await town.until(local(11, 23, 21))
    await welcomed(town, "Karen")
    await town.until(local(11, 24, 9))
    assert town.got("Karen", WORDS) == 0


# -- the silent -----------------------------------------------------------


async def asked_again(town: BroadcastTown) -> int:
    """Send a question and ask the silent again a day later, while Telegram refuses messages."""
    made = await town.approve(**ASKS)
    await town.until(local(11, 24, 10, 5))
    refuse_for_a_while(town, 101, 102, 103)
    assert await town.do(RemindSilent(METTE, made)) == made
    await town.wait(2)
    return made


@pytest.mark.parametrize("command", [PauseBroadcast, StopBroadcast, CloseDialogue])
async def test_second_questions_are_taken_back(town: BroadcastTown, command: type) -> None:
    """A pause, a stop and the end of a dialogue take back the second questions."""
    made = await asked_again(town)
    assert await town.do(command(METTE, made)) == made
    await town.until(local(11, 24, 11))
    assert [town.got(name, AGAIN) for name in ("Jens", "Samira")] == [0, 0]
    if command is PauseBroadcast:
        assert await town.do(ResumeBroadcast(METTE, made)) == made
        await town.until(local(11, 24, 11, 5))
        assert [town.got("Jens", AGAIN), town.got("Jens", WORDS)] == [1, 2]
        assert (await town.news(made)).state is BroadcastState.SENT


async def test_when_the_silent_may_be_asked_again(town: BroadcastTown) -> None:
    """Not while it is sent, paused or stopped; and a day after the message at the earliest."""
    await town.run("UPDATE person SET quiet_from = 540, quiet_until = 720 WHERE lane = 'tg:102'")
    made = await town.approve(**ASKS)
    await town.until(local(11, 23, 10, 30))
    assert isinstance(await town.do(RemindSilent(METTE, made)), Refused)
    await town.do(PauseBroadcast(METTE, made))
    assert isinstance(await town.do(RemindSilent(METTE, made)), Refused)
    await town.do(ResumeBroadcast(METTE, made))
    await town.until(local(11, 23, 13))
    assert await town.do(RemindSilent(METTE, made)) == made
    await town.until(local(11, 24, 9, 30))
    assert [town.got(name, AGAIN) for name in ("Jens", "Samira")] == [0, 0]
    await town.until(local(11, 24, 11))
    assert [town.got(name, AGAIN) for name in ("Jens", "Samira")] == [0, 1]
    await town.until(local(11, 24, 12, 5))
    assert town.got("Jens", AGAIN) == 1
    stopped = await town.approve(starts_at=local(11, 26, 10), **ASKS)
    await town.do(StopBroadcast(METTE, stopped))
    assert isinstance(await town.do(RemindSilent(METTE, stopped)), Refused)


# -- corrections ----------------------------------------------------------


async def test_a_correction_after_the_expiry(town: BroadcastTown) -> None:
    """What people still have in their chats can be corrected after its last day."""
    made = await town.approve()
    await town.until(local(12, 3, 11))
    edition = await town.do(CorrectBroadcast(METTE, made, {"da": NEW}))
    assert await town.do(ApproveCorrection(LONE, made, edition)) == made
    await town.until(local(12, 3, 11, 5))
    chat = next(iter(town.chat.world.bots.values())).chats[102]
    assert [seen.kind for seen in chat.log if NEW in (seen.text or "")] == ["edited"]


async def test_no_cpr_number_in_the_reason_of_a_correction(town: BroadcastTown) -> None:
    """A leader's reason with a CPR number is refused before it is stored."""
    made = await town.approve()
    await town.until(local(11, 23, 10, 1))
    edition = await town.do(CorrectBroadcast(METTE, made, {"da": NEW}))
    refused = await town.do(ApproveCorrection(LONE, made, edition, f"Borger {CPR} bad om det"))
    assert isinstance(refused, Refused)
    assert refused.field == "let_stand"
    assert await town.do(ApproveCorrection(LONE, made, edition, "Borgeren bad om det")) == made


# -- series ---------------------------------------------------------------

DAILY = {"unit": "day", "starts_on": "2026-11-24", "at": "10:00"}


async def test_a_series_ends_with_its_last_day(town: BroadcastTown) -> None:
    """No occurrence of a series comes after the day after which it is not sent."""
    ends = local(11, 26, 12)
    series = await town.approve(rule=DAILY, expires_at=ends)
    await town.until(local(11, 28, 12))
    async with town.unit() as unit:
        found = await unit.broadcasts.listed(tuple(BroadcastState), 100)
    made = [one for one in found if one.series_id == series]
    assert len(made) == 3
    assert all(one.expires_at == ends for one in made)
    assert (await town.news(series)).state is BroadcastState.SENT
