"""Two acts on a broadcast at once: each recipient gets it once, and one of two clicks counts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from broadcast_town import LONE, METTE, WORDS, BroadcastTown
from reminder_town import local

from bot.model.broadcast import BroadcastState
from bot.model.commands.broadcasts import (
    ApproveBroadcast,
    ApproveCorrection,
    CorrectBroadcast,
    PauseBroadcast,
    ResumeBroadcast,
    SubmitBroadcast,
)
from bot.runner.broadcasts import look_after
from bot.service.broadcasts import sending
from bot.simulator import TOKEN
from bot.simulator.faults import Fault, FaultKind
from bot.store.inbox import InboxRow
from bot.store.outbox import Finished
from bot.store.personal_data import erase

AISHA = 3
NAMES = ("Ana", "Jens", "Samira")
NEW = "Engen slås på søndag kl. 10."


@pytest.fixture
async def town(postgres_url: str) -> AsyncIterator[BroadcastTown]:
    """Return a town with three readers, on the database with concurrent writers."""
    made = BroadcastTown(postgres_url)
    await made.begin(*NAMES)
    yield made
    await made.is_sound()
    await made.chat.close()


async def look(town: BroadcastTown, number: int) -> None:
    """Look after a broadcast, as a worker does when its timer is due."""
    assert town.chat._running is not None
    runtime = town.chat._running[1].worker._runtime
    async with town.unit() as unit:
        row = InboxRow(0, "timer", "", "", 0, {"subject": str(number)}, unit.now, 0)
        await look_after(runtime, unit, row)


def edits(town: BroadcastTown, who: int) -> int:
    """Return how often a citizen's messages were edited to the new text."""
    chat = town.chat.world.bots[TOKEN].chats[who]
    return sum(seen.kind == "edited" and NEW in (seen.text or "") for seen in chat.log)


async def test_two_workers_at_one_broadcast(town: BroadcastTown) -> None:
    """Workers that look after one broadcast at once make one message for each recipient."""
    made = await town.approve()
    await asyncio.gather(*(look(town, made) for _worker in range(4)))
    assert await town.open_rows(made) == len(NAMES)
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"sent": 3}
    assert [town.got(name, WORDS) for name in ("Jens", "Samira")] == [1, 1]


async def test_a_courier_that_lost_its_lease(town: BroadcastTown) -> None:
    """What the first courier could not tell is doubted; its late answers change nothing else."""
    made = await town.approve()
    await look(town, made)
    async with town.unit() as unit:
        first = await unit.outbox.claim(30, epoch=101, lease_seconds=60, skip_chats=[])
    assert len(first) == len(NAMES)
    async with town.unit() as unit:
        second = await unit.outbox.take_over(102)
    assert {row.id for row in second} == {row.id for row in first}
    async with town.unit() as unit:
        late = [
            Finished(first[0].id, "sent", message_id=71),
            Finished(first[1].id, "failed", error="400 Bad Request: late"),
            Finished(first[2].id, "retry"),
        ]
        await unit.outbox.finish(late, epoch=101)
    async with town.unit() as unit:
        told = [Finished(row.id, "sent", message_id=80 + row.id) for row in second]
        await unit.outbox.finish(told, epoch=102)
    outcomes = await town.outcomes_of(made)
    assert outcomes == {"sent repeated": 3}
    messages = {one.message_id for one in await town.recipients(made)}
    assert 71 in messages
    assert len(messages) == len(NAMES)


async def test_corrected_while_it_is_sent_and_paused(town: BroadcastTown) -> None:
    """Who has it is edited once, also in the pause; the others get the corrected text."""
    flood = Fault(FaultKind.FLOOD, "sendMessage", 102, retry_after=120, times=1)
    town.chat.world.faults.add(flood)
    made = await town.approve()
    await town.until(local(11, 23, 10, 1))
    assert (await town.outcomes_of(made))["queued"] == 1
    edition = await town.do(CorrectBroadcast(METTE, made, {"da": NEW}))
    done = await asyncio.gather(
        town.do(PauseBroadcast(METTE, made)), town.do(ApproveCorrection(LONE, made, edition))
    )
    assert done == [made, made]
    await town.until(local(11, 23, 10, 10))
    assert (await town.news(made)).state is BroadcastState.PAUSED
    assert [edits(town, who) for who in (101, 102, 103)] == [1, 0, 1]
    assert town.got("Jens", NEW) == 0
    assert await town.do(ResumeBroadcast(METTE, made)) == made
    await town.until(local(11, 23, 10, 15))
    assert await town.outcomes_of(made) == {"sent": 3}
    assert [town.got("Jens", text) for text in (WORDS, NEW)] == [0, 1]
    assert [edits(town, who) for who in (101, 102, 103)] == [1, 0, 1]


@pytest.mark.parametrize("is_claimed", [True, False])
async def test_a_person_who_is_erased_in_flight(
    town: BroadcastTown,
    is_claimed: bool,  # noqa: FBT001 - a parameter of pytest
) -> None:
    """A message to an erased person is not kept, and holds up no others."""
    flood = Fault(FaultKind.FLOOD, "sendMessage", 102, retry_after=60, times=1)
    town.chat.world.faults.add(flood)
    made = await town.approve()
    await town.until(local(11, 23, 10, 0))
    await town.wait(1)
    person, participant = await town.person("Jens")
    async with town.unit() as unit:
        flying = []
        if is_claimed:
            town.chat.clock.move_to(local(11, 23, 10, 2))
    async with town.unit() as unit:
        if is_claimed:
            flying = await unit.outbox.claim(30, epoch=101, lease_seconds=60, skip_chats=[])
            assert [row.chat_id for row in flying] == [102]
    async with town.unit() as unit:
        citizen = await unit.people.get(person)
        assert citizen is not None
        await erase(unit.connection, citizen)
    async with town.unit() as unit:
        await unit.outbox.finish([Finished(row.id, "sent", message_id=9) for row in flying])
    await town.until(local(11, 23, 10, 10))
    assert (await town.news(made)).state is BroadcastState.SENT
    rows = await town.recipients(made)
    assert participant not in {one.participant_id for one in rows}
    assert len(rows) == 2


async def test_two_leaders_approve_at_once(town: BroadcastTown) -> None:
    """One of two approvals counts; the broadcast begins once."""
    await town.run("UPDATE staff SET role = 'leader' WHERE id = 3")  # Aisha
    made = await town.draft()
    assert await town.do(SubmitBroadcast(METTE, made)) == made
    done = await asyncio.gather(
        *(town.do(ApproveBroadcast(who, made, 1, "Det haster")) for who in (LONE, AISHA))
    )
    assert done == [made, made]
    async with town.unit() as unit:
        events = await unit.events.newest(50, verb="broadcast_approved")
    assert len(events) == 1
    known = await town.news(made)
    assert known.approved_by in {LONE, AISHA}
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"sent": 3}


async def test_a_stop_beside_the_next_batch(
    town: BroadcastTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pause that meets the planning of a batch leaves no message with the courier."""
    waits: asyncio.Event = asyncio.Event()
    record = sending.record

    async def slowly(*judged: Any) -> None:
        waits.set()
        await asyncio.sleep(0.3)
        await record(*judged)

    monkeypatch.setattr(sending, "record", slowly)
    made = await town.approve()
    planning = asyncio.create_task(look(town, made))
    await waits.wait()
    assert await town.do(PauseBroadcast(METTE, made)) == made
    await planning
    assert await town.open_rows(made) == 0
    assert await town.outcomes_of(made) == {"planned": 3}
