"""Citizens with pledges behind a chat: what `test_pledge_making` asks is answered by commands."""

from __future__ import annotations

from typing import Any

from chat_store import ask, opened
from sqlalchemy import select

from bot.model.commands.pledges import BeginPledging, MakePledge, MakePledgeFor
from bot.model.commands.reminders import AddParticipant
from bot.model.outcome import Contribution, ContributionKind
from bot.service import execute
from bot.store.tables import staff
from bot.testing import PEOPLE, Chat


async def arrive(chat: Chat, *names: str) -> None:
    """Let citizens start the chat."""
    for name in names:
        await chat.play(f"{name}: /start")


async def person_id(chat: Chat, name: str) -> int:
    """Return the id of a citizen of the chat."""
    async with opened(chat) as store, store.unit() as unit:
        person = await unit.people.by_lane(f"tg:{PEOPLE[name][0]}")
    assert person is not None
    return person.id


async def pledge(chat: Chat, name: str, code: str | None = None, **fields: Any) -> int:
    """Let a citizen of the chat make a pledge, of the catalogue where *code* is given."""
    who = await person_id(chat, name)
    async with opened(chat) as store, store.reading() as unit:
        entries = {one.code: one.id for one in await unit.catalogue.published()}
    await ask(chat, BeginPledging(who, over_15=True))
    made = await ask(chat, MakePledge(who, entries[code] if code else None, **fields))
    assert isinstance(made, dict), made
    number: int = made["pledge_id"]
    return number


async def mette(chat: Chat) -> int:
    """Return the id of Mette of the staff."""
    async with opened(chat) as store, store.reading() as unit:
        rows = await unit.connection.execute(select(staff.c.id).where(staff.c.username == "mette"))
        return int(rows.scalar_one())


async def neighbours(chat: Chat, number: int, code: str) -> None:
    """Let staff enter a pledge of the catalogue for some people who rang."""
    who = await mette(chat)
    async with opened(chat) as store, store.unit() as unit:
        entries = {one.code: one.id for one in await unit.catalogue.published()}
        for n in range(number):
            one: Any = await execute(AddParticipant(who, f"Nabo {n}", f"2000{n:04}"), unit)
            await execute(
                MakePledgeFor(who, one.value, agreed=True, catalogue_id=entries[code]), unit
            )


async def contributions(chat: Chat) -> list[Contribution]:
    """Return the obstacles that have no answer."""
    async with opened(chat) as store, store.reading() as unit:
        return await unit.contributions.ungrouped(ContributionKind.OBSTACLE, 100)
