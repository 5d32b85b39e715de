"""Citizens pass pledges on by links of their own, which count what comes of them."""

from __future__ import annotations

import re

from campaign_desk import arrive, campaign
from chat_store import opened

from bot.model.link import Link
from bot.simulator import TOKEN
from bot.testing import Chat


async def links(chat: Chat) -> list[Link]:
    """Return the links, the oldest first."""
    async with opened(chat) as store, store.reading() as unit:
        found = [await unit.links.get(number) for number in range(1, 5)]
    return [one for one in found if one is not None]


def token_in(said: list[str]) -> str:
    """Return the token of the link in what the bot said."""
    found = re.search(r"start=l-([\w-]+)", "".join(said).replace("\n   | ", ""))
    assert found is not None, said
    return found[1]


async def test_a_link_to_a_shared_pledge(chat_on_each: Chat) -> None:
    """Who signs by a link of a neighbour is counted for it; the code comes as a picture."""
    chat = chat_on_each
    await arrive(chat, "Samira", "Jens")
    await campaign(chat)
    await chat.play("Samira: /start fl-1")
    said = await chat.play("Samira: [Del]")
    token = token_in(said)
    assert "Her er dit eget link til “Mørkt ved havnen”" in said[-1]
    picture, _words = chat.world.bots[TOKEN].chats[103].log[-2:]
    assert picture.text == ""
    assert "[Jeg er med]" in (await chat.play(f"Jens: /start l-{token}"))[-1]
    for line in ("[Jeg er med]", "ja", "ja", "[2 lamper]"):
        await chat.play(f"Jens: {line}")
    own = (await links(chat))[0]
    assert (own.participant_id, own.started, own.done) == (1, 1, 1)
    async with opened(chat) as store, store.reading() as unit:
        signature = await unit.pledges.get(1)
    assert signature is not None
    assert signature.link_id == own.id


async def test_a_link_to_a_pledge(chat: Chat) -> None:
    """A pledge of the catalogue is passed on; who makes it too is counted for the link."""
    await arrive(chat, "Samira", "Ana")
    lines = ("/start pl-4", "ja", "ja", "[2 lamper]", "[Fire uger]", "[Kun dig og kommunen]")
    for line in (*lines, "[Ikke noget bestemt]"):
        await chat.play(f"Samira: {line}")
    token = token_in(await chat.play("Samira: [Del]"))
    await chat.play(f"Ana: /start l-{token}")
    for line in ("[I promise it too]", "yes", "yes", "[2 lamps]", "[Four weeks]", "1"):
        await chat.play(f"Ana: {line}")
    await chat.play("Ana: [Nothing in particular]")
    own = (await links(chat))[0]
    assert (own.subject_kind, own.started, own.done) == ("catalogue", 1, 1)


async def test_a_link_that_is_over(chat: Chat) -> None:
    """A link to a pledge that too few signed still shows what became of it."""
    await arrive(chat, "Samira", "Ana")
    await campaign(chat, days=1)
    await chat.play("Samira: /start fl-1")
    token = token_in(await chat.play("Samira: [Del]"))
    await chat.play("--- 3 days pass")
    said = await chat.play(f"Ana: /start l-{token}")
    assert "Too few signed, so the pledge does not count." in said[-1].replace("\n   | ", " ")
    assert "[I'm in]" not in said[-1]
    assert (await chat.play("Samira: [Del]"))[-1].startswith("Bot: Der er ikke noget")
