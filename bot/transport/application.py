"""python-telegram-bot's Application, as the house uses it: types and handlers, no network.

Its Updater confirms updates that are only in memory, its process_update
swallows errors and its bot can send. So there is no updater and no job queue,
errors are raised, and the bot's request answers getMe and refuses all else:
nobody sends but the courier.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from telegram import Bot
from telegram.ext import Application, ApplicationBuilder, BaseHandler, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.errors import FlowError, TransportError


class LocalRequest(BaseRequest):
    """Answers getMe from what is known, so that the process starts with Telegram away."""

    def __init__(self, bot_id: int, name: str, username: str) -> None:
        """Be the bot of *bot_id*."""
        me = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}
        self._me = json.dumps({"ok": True, "result": me}).encode()

    @property
    def read_timeout(self) -> float | None:
        """Return none: nothing is ever waited for."""
        return None

    async def initialize(self) -> None:
        """Do nothing: there is no connection."""

    async def shutdown(self) -> None:
        """Do nothing: there is no connection."""

    async def do_request(  # noqa: PLR0917 - python-telegram-bot's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer getMe; refuse every other call."""
        del method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        called = url.rpartition("/")[2]
        if called != "getMe":
            raise TransportError(f"{called}: nobody sends but the courier")
        return 200, self._me


class ParserApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application that keeps no error to itself."""

    async def process_error(
        self,
        update: object,
        error: Exception,
        job: Any = None,
        coroutine: Any = None,
    ) -> bool:
        """Raise what happened: the lane decides what becomes of the row."""
        del update, job, coroutine
        raise error


def bot_id_of(token: str) -> int:
    """Return the bot's id, which is the first part of its token."""
    return int(token.partition(":")[0])


async def build_application(
    token: str, name: str, username: str, doors: Sequence[BaseHandler[Any, Any, Any]]
) -> ParserApplication:
    """Build and initialise the Application that hears updates at *doors*."""
    for door in doors:
        if not door.block:
            raise FlowError(f"{door!r} does not block, so what it heard would be lost")
    request = LocalRequest(bot_id_of(token), name, username)
    bot: Bot = ExtBot(token, request=request, get_updates_request=request)
    application: Any = (
        ApplicationBuilder()
        .application_class(ParserApplication)
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_handlers(list(doors))
    await application.initialize()
    built: ParserApplication = application
    return built
