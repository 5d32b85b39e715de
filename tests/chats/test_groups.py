"""In a group the bot answers only messages that name it."""

from __future__ import annotations

from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat

GROUP = -1001
JENS, ANA = PEOPLE["Jens"][0], PEOPLE["Ana"][0]


async def said_in_group(chat: Chat) -> list[str]:
    """Process all rows, and return the bot's messages in the group."""
    store, bot = await chat.open()
    await bot.settle()
    await bot.close()
    await store.close()
    log = chat.world.bots[TOKEN].chats[GROUP].log
    return [seen.text for seen in log if seen.kind == "sent"]


async def test_is_silent_among_others(chat: Chat) -> None:
    """The bot ignores messages between members, also danger words and CPR numbers."""
    chat.world.add_group(GROUP, "Naboer", [JENS, ANA])
    for words in ("hvornår har I åbent?", "stop", "170461-5007", "min mand slår mig", "/help"):
        chat.world.say(JENS, words, chat_id=GROUP)
    assert await said_in_group(chat) == []


async def test_points_to_the_private_chat(chat_on_each: Chat) -> None:
    """A message that names the bot gets a link to the private chat."""
    chat = chat_on_each
    chat.world.add_group(GROUP, "Naboer", [JENS, ANA])
    chat.world.say(JENS, "/help@dialog_klintsund_bot", chat_id=GROUP)
    chat.world.say(ANA, "what does @dialog_klintsund_bot do?", chat_id=GROUP)
    danish, english = await said_in_group(chat)
    assert danish.startswith("Jeg taler kun privat")
    assert english.startswith("I only talk in private")
    assert danish.endswith("https://t.me/dialog_klintsund_bot")
    assert english.endswith("https://t.me/dialog_klintsund_bot")


async def test_nobody_of_a_group_becomes_known(chat: Chat) -> None:
    """A message in a group creates no person in the database."""
    chat.world.add_group(GROUP, "Naboer", [JENS])
    chat.world.say(JENS, "hej @dialog_klintsund_bot", chat_id=GROUP)
    await said_in_group(chat)
    store, bot = await chat.open()
    async with store.reading() as unit:
        assert await unit.people.by_lane(f"tg:{JENS}") is None
    await bot.close()
    await store.close()


async def test_a_channel_is_silence(chat: Chat) -> None:
    """The bot ignores posts in channels."""
    chat.world.add_group(-1002, "Nyt", [JENS], kind="channel")
    chat.world.post(-1002, "stop")
    chat.world.add_group(GROUP, "Naboer", [JENS])
    assert await said_in_group(chat) == []
