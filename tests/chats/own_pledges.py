"""Citizens with pledges in a chat's town, made without the questions."""

from __future__ import annotations

from typing import Any

from chat_store import ask, opened

from bot.model.commands.pledges import BeginPledging, MakePledge
from bot.model.pledge import Pledge
from bot.testing import PEOPLE, Chat


async def person_of(chat: Chat, name: str) -> int:
    """Return the id of the citizen with a first name."""
    async with opened(chat) as store, store.reading() as unit:
        person = await unit.people.by_lane(f"tg:{PEOPLE[name][0]}")
    assert person is not None
    return person.id


async def pledge(chat: Chat, name: str, code: str = "L1", **fields: Any) -> int:
    """Let a citizen make a pledge of the catalogue; return its id."""
    person = await person_of(chat, name)
    await ask(chat, BeginPledging(person, over_15=True))
    async with opened(chat) as store, store.reading() as unit:
        entries = {one.code: one.id for one in await unit.catalogue.published()}
    made = await ask(chat, MakePledge(person, entries[code], **fields))
    number: int = made["pledge_id"]
    return number


async def own_words(chat: Chat, name: str, words: str, theme: str, **fields: Any) -> int:
    """Let a citizen make a pledge in own words; return its id."""
    person = await person_of(chat, name)
    await ask(chat, BeginPledging(person, over_15=True))
    made = await ask(chat, MakePledge(person, None, words, theme, **fields))
    number: int = made["pledge_id"]
    return number


async def state_of(chat: Chat, pledge_id: int) -> Pledge:
    """Return a pledge."""
    async with opened(chat) as store, store.reading() as unit:
        found = await unit.pledges.get(pledge_id)
    assert found is not None
    return found


async def total(chat: Chat, theme: str, measure: str, year: int = 2026) -> float:
    """Return a total of a year, in units."""
    async with opened(chat) as store, store.reading() as unit:
        return await unit.ledger.total(year, theme=theme, measure=measure) / 100
