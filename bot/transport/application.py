"""python-telegram-bot's Application as we use it: it finds the door, and nothing else.

Its own intake confirms updates before they are handled, its jobs vanish at a
restart and its errors are only logged; so it has no updater, no job queue, and
every error goes on to the lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram.ext import Application, ApplicationBuilder, BaseHandler, ExtBot

from bot.errors import FlowFault
from bot.transport.request import LocalRequest

Door = BaseHandler[Any, Any, Any]


class HouseApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application that hides no error."""

    __slots__ = ()

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:
        """Raise *error*: the lane decides what becomes of its row."""
        del update
        raise error


def build_application(
    token: str, name: str, username: str, doors: Sequence[Door]
) -> HouseApplication:
    """Return an Application of *doors*, tried in their order; initialise it before use.

    Raises `FlowFault` for a door that would run outside of its turn.
    """
    for door in doors:
        if not door.block:
            raise FlowFault(
                f"{type(door).__name__} must not have block=False: it outlives its turn"
            )
    bot_id = token.partition(":")[0]
    # Only the id is handed on: what does not hold the secret cannot log it.
    bot: ExtBot[None] = ExtBot(
        token=f"{bot_id}:kept-by-the-courier",
        base_url=lambda _token: "local:",
        base_file_url=lambda _token: "local:",
        request=LocalRequest(int(bot_id), name, username),
        get_updates_request=LocalRequest(int(bot_id), name, username),
    )
    application = (
        ApplicationBuilder()
        .application_class(HouseApplication)
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_handlers(list(doors))
    if not isinstance(application, HouseApplication):
        raise TypeError(type(application).__name__)
    return application
