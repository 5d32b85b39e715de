"""Lines of a transcript that are not text."""

from __future__ import annotations

import pytest

from bot.simulator import Message
from bot.testing import Chat

JENS = 102


def said(chat: Chat) -> list[Message]:
    """Return the messages that Jens has sent, oldest first."""
    return [m for m in chat.world.the_bot().chats[JENS].shown() if not m.outgoing]


async def test_albums_documents_and_replies(chat: Chat) -> None:
    """An album is 2 photos of one media group. A reply quotes the bot's last message."""
    for line in ("menu", "<album>", "<document>"):
        await chat.play(f"Jens: {line}")
    newest = max(m.id for m in chat.world.the_bot().chats[JENS].shown() if m.outgoing)
    await chat.play("Jens replies: hvornår har I åbent")
    _menu, one, two, letter, reply = said(chat)
    assert one.body["media_group_id"] == two.body["media_group_id"]
    assert letter.body["document"]["file_name"] == "brev.pdf"
    assert reply.reply_to is not None
    assert reply.reply_to.id == newest


async def test_what_is_not_there_cannot_be_pressed(chat: Chat) -> None:
    """A press on a button that was not shown raises `ValueError`."""
    await chat.play("Jens: menu")
    for press in ("[Ingen]", "[[Ingen]]"):
        with pytest.raises(ValueError, match="there is no button"):
            await chat.play(f"Jens: {press}")
