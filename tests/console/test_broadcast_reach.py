"""How many people get news before it is sent: one number on every page, with the reasons."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from broadcast_desk import EVERYONE, LONE, METTE, OLD, Desk, text_of
from staffed_chat import StaffedChat

from bot.engine.events import Refused
from bot.model.broadcast import BroadcastState
from bot.model.commands.broadcasts import AddBroadcast, ApproveBroadcast, SubmitBroadcast
from bot.model.commands.reminders import MuteTopic
from bot.service import execute
from bot.service.broadcasts.reaching import readers_of


@pytest.fixture
async def desk(staffed: StaffedChat) -> AsyncIterator[Desk]:
    """Open a town with citizens who want news."""
    opened = Desk(staffed)
    await opened.begin("Jens", "Samira", "Karen")
    return opened


async def draft(desk: Desk, **fields: object) -> int:
    """Write a draft as Mette."""
    whole = {
        "title": "Engen",
        "texts": {"da": OLD, "en": "The meadow is mown on Saturday 5 December."},
        "topic": "nature",
        "audience": EVERYONE,
        **fields,
    }
    return int(await desk.do(AddBroadcast(METTE, whole)))


async def mute(desk: Desk, *names: str) -> None:
    """Let citizens turn the topic off."""
    for name in names:
        await desk.do(MuteTopic(await desk.person(name), "nature"))


async def test_one_number_everywhere(desk: Desk) -> None:
    """Form, count, page and approval leave out who muted the topic, and say why."""
    await mute(desk, "Jens")
    number = await draft(desk)
    whole = {
        "title": "Engen",
        "text_da": OLD,
        "text_en": "The meadow.",
        "others": "da",
        "topic": "nature",
        "who_1": "everyone",
    }
    mette = await desk.staffed.at("mette")
    counted = await mette.post("audiences/count?for=broadcast", whole)
    beside = await mette.post("broadcasts/check", whole)
    await desk.do(SubmitBroadcast(METTE, number))
    assert "2 af 3 kan få den" in text_of(await counted.text())
    pages = {
        "preview": text_of(await beside.text()),
        "page": await desk.page(f"broadcasts/{number}"),
        "approval": (await desk.page(f"broadcasts/{number}", "lone")).partition("Til godkendelse")[
            2
        ],
    }
    for name, page in pages.items():
        assert "2 får den i chatten 1 får den ikke: emnet er slået fra (1)" in page, name
        assert "3 får den" not in page, name
    await desk.do(ApproveBroadcast(LONE, number, 1))
    await desk.staffed.later(seconds=30)
    assert "Sendt 2 Ikke sendt: emnet er slået fra 1" in await desk.page(f"broadcasts/{number}")


async def test_every_reason_that_the_sending_has(desk: Desk) -> None:
    """Who got what is left out, and who blocked the chat, are counted as the sending does."""
    first = await desk.send(audience={"is": "person", "value": "1"})
    blocked = await desk.person("Samira")
    async with desk.staffed.store.unit() as unit:
        await unit.people.reach(blocked, reachable=False)
    number = await draft(desk, excludes=[first])
    known = await desk.known(number)
    async with desk.staffed.store.reading() as unit:
        readers = await readers_of(unit, known)
    assert readers is not None
    await desk.do(SubmitBroadcast(METTE, number))
    await desk.do(ApproveBroadcast(LONE, number, 1))
    await desk.staffed.later(seconds=30)
    page = await desk.page(f"broadcasts/{number}")
    assert f"Sendt {readers.reach.number} Ikke sendt" in page
    assert sum(readers.reach.withheld.values()) == 2


async def test_news_to_nobody_needs_a_reason(desk: Desk) -> None:
    """The page warns before the approval, which is refused until the leader says why."""
    await mute(desk, "Jens", "Samira", "Karen")
    number = await draft(desk)
    warned = "Lige nu får ingen den. En leder skal skrive, hvorfor den sendes alligevel."
    assert warned in await desk.page(f"broadcasts/{number}")
    await desk.do(SubmitBroadcast(METTE, number))
    status, page = await desk.post(f"broadcasts/{number}/approve", "lone", version="1")
    assert status == 422
    assert warned in page
    assert "Hvorfor den sendes, selv om kontrollen siger nej" in page
    async with desk.staffed.store.unit() as unit:
        assert isinstance(await execute(ApproveBroadcast(LONE, number, 1), unit), Refused)
    assert (await desk.known(number)).state is BroadcastState.IN_REVIEW
    reason = "Velkomst til nye"
    await desk.post(f"broadcasts/{number}/approve", "lone", version="1", let_stand=reason)
    assert (await desk.known(number)).let_stand == reason
