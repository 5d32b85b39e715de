"""Test that python-telegram-bot understands the simulated Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import telegram
from sim_town import ANA, TOKEN, Town
from telegram.error import BadRequest, Forbidden

from bot.simulator.attachments import PIXEL
from bot.simulator.http import serve_http


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[telegram.Bot]:
    """Connect the library's own client to a served town."""
    served = await serve_http(town.world)
    client = telegram.Bot(
        TOKEN, base_url=f"{served.url}/bot", base_file_url=f"{served.url}/file/bot"
    )
    async with client:
        yield client
    await served.close()


async def test_the_library_reads_every_update(town: Town, bot: telegram.Bot) -> None:
    """Each kind of update is parsed into the matching object."""
    world = town.world
    button = telegram.InlineKeyboardButton("A", callback_data="a")
    sent = await bot.send_message(
        ANA, "<b>x</b>", "HTML", reply_markup=telegram.InlineKeyboardMarkup([[button]])
    )
    world.say(ANA, "/start abc")
    world.tap(ANA, sent.message_id, "a")
    world.send_photo(ANA, "hole")
    world.send_document(ANA, "a.txt", b"x")
    world.send_voice(ANA)
    world.send_location(ANA, 1.0, 2.0)
    world.send_contact(ANA, "+45")
    world.send_sticker(ANA)
    world.send_poll(ANA, "?", ["a", "b"])
    world.send_dice(ANA)
    world.block(ANA)
    updates = await bot.get_updates(timeout=0)
    assert updates[0].message is not None
    assert updates[0].message.parse_entities(["bot_command"])
    assert updates[1].callback_query is not None
    assert updates[1].callback_query.data == "a"
    attached = [update.effective_message for update in updates[2:10]]
    assert all(message is not None and message.effective_attachment for message in attached)
    assert updates[10].my_chat_member is not None


async def test_the_library_calls_every_method(town: Town, bot: telegram.Bot) -> None:
    """The library's methods are supported, and it parses the answers."""
    said = town.world.send_document(ANA, "a.txt", b"text")
    await bot.set_my_commands([("help", "Help")], telegram.BotCommandScopeAllPrivateChats(), "da")
    commands = await bot.get_my_commands(telegram.BotCommandScopeAllPrivateChats(), "da")
    assert commands == (telegram.BotCommand("help", "Help"),)
    await bot.set_my_description("x", "da")
    assert (await bot.get_my_description("da")).description == "x"
    assert (await bot.get_my_name()).name == "Bro"
    file = await bot.get_file(said.body["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"text"
    photo = await bot.send_photo(ANA, PIXEL, caption="c", reply_to_message_id=said.id)
    assert photo.photo
    await bot.send_chat_action(ANA, "typing")
    await bot.set_message_reaction(ANA, said.id, "👀")
    assert (await bot.get_chat(ANA)).first_name == "Ana"
    assert not (await bot.get_webhook_info()).url
    edited = await bot.send_message(ANA, "x", disable_web_page_preview=True)
    await bot.edit_message_text("y", ANA, edited.message_id)
    await bot.delete_message(ANA, edited.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("z", ANA, edited.message_id)
    town.world.block(ANA)
    with pytest.raises(Forbidden):
        await bot.send_message(ANA, "x")
