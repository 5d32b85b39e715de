"""Test python-telegram-bot's Application as the bot uses it."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import MessageHandler, filters

from bot.errors import FlowError, TransportError
from bot.testing import TOKEN
from bot.transport.application import ParserApplication, bot_id_of, build_application

UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1_700_000_000,
        "chat": {"id": 5, "type": "private", "first_name": "Ana"},
        "from": {"id": 5, "is_bot": False, "first_name": "Ana"},
        "text": "Hi",
    },
}


class HandlerFaultError(Exception):
    """Raised by a faulty handler."""


async def build(callback: Any, *, block: bool = True) -> ParserApplication:
    """Build an application with one handler."""
    return await build_application(
        TOKEN, "Bro", "bro_bot", [MessageHandler(filters.ALL, callback, block=block)]
    )


async def receive(application: ParserApplication) -> None:
    """Process one update."""
    await application.process_update(Update.de_json(UPDATE, application.bot))


async def test_an_update_reaches_its_door() -> None:
    """A handler receives the update."""
    heard = []

    async def listen(update: Update, _: Any) -> None:
        heard.append(update.effective_message.text if update.effective_message else None)

    application = await build(listen)
    await receive(application)
    assert heard == ["Hi"]
    await application.shutdown()


async def test_an_error_in_a_handler_is_raised() -> None:
    """An exception in a handler reaches the caller."""

    async def fail(_update: Update, _context: Any) -> None:
        raise HandlerFaultError

    application = await build(fail)
    with pytest.raises(HandlerFaultError):
        await receive(application)
    await application.shutdown()


async def test_a_handler_that_does_not_block_is_refused() -> None:
    """A handler with `block=False` is refused at the start, as its work could be lost."""

    async def listen(_update: Update, _context: Any) -> None:
        """Do nothing."""

    with pytest.raises(FlowError, match="does not block"):
        await build(listen, block=False)


async def test_sending_from_a_handler_is_refused() -> None:
    """Sending from a handler raises, as only the courier sends."""

    async def answer(update: Update, _: Any) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("Hi")

    application = await build(answer)
    with pytest.raises(NetworkError, match="sendMessage: nobody sends but the courier") as caught:
        await receive(application)
    assert isinstance(caught.value.__cause__, TransportError)
    await application.shutdown()


async def test_the_refusal_holds_nothing_of_the_token() -> None:
    """The error names the method only, as the URL contains the token."""

    async def answer(_: Update, context: Any) -> None:
        await context.bot.delete_message(5, 1)

    application = await build(answer)
    with pytest.raises(NetworkError) as caught:
        await receive(application)
    assert TOKEN.partition(":")[2] not in f"{caught.value!r} {caught.value.__context__!r}"
    await application.shutdown()


async def test_initialises_with_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network the bot knows its own name, and no socket is opened."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    application = await build(lambda *_: None)
    me = await application.bot.get_me()
    assert (me.id, me.first_name, me.username) == (1000000001, "Bro", "bro_bot")
    await application.shutdown()


async def test_there_is_neither_updater_nor_job_queue() -> None:
    """There is neither Updater nor JobQueue: inbox and timers replace them."""
    application = await build(lambda *_: None)
    assert application.updater is None
    assert application._job_queue is None
    await application.shutdown()


def test_the_bots_id_is_in_its_token() -> None:
    """The bot's id is read from the token without a call."""
    assert bot_id_of("1234:abc") == 1234
