"""Test python-telegram-bot's Bot as the bot uses it: its types and its own name, no network."""

from __future__ import annotations

import socket

import pytest
from telegram.error import NetworkError

from bot.errors import TransportError
from bot.testing import TOKEN
from bot.transport.local_bot import bot_id_of, local_bot


async def test_sending_is_refused() -> None:
    """Sending raises, as only the courier sends; the error does not hold the token."""
    local = await local_bot(TOKEN, "Bro", "bro_bot")
    with pytest.raises(NetworkError, match="sendMessage: nobody sends but the courier") as caught:
        await local.send_message(5, "Hi")
    assert isinstance(caught.value.__cause__, TransportError)
    assert TOKEN.partition(":")[2] not in f"{caught.value!r} {caught.value.__context__!r}"
    await local.shutdown()


async def test_initialises_with_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network the bot knows its own name, and no socket is opened."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    local = await local_bot(TOKEN, "Bro", "bro_bot")
    me = await local.get_me()
    assert (me.id, me.first_name, me.username) == (1000000001, "Bro", "bro_bot")
    await local.shutdown()


def test_the_bots_id_is_in_its_token() -> None:
    """The bot's id is read from the token without a call."""
    assert bot_id_of("1234:abc") == 1234
