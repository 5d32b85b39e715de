"""The doors: Telegram's words into ours, in the order they are tried.

An update goes through the first door that fits it. What a citizen is saying is
told by its form alone; what it means to the conversation is the runner's work.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import group, private
from handlers.conditions import DANGER, FROM_US, SPOKEN_TO, STOP

_PRIVATE = filters.ChatType.PRIVATE
_WRITTEN = filters.UpdateType.MESSAGE
_EDITED = filters.UpdateType.EDITED_MESSAGE

HANDLERS: tuple[BaseHandler[Update, Any, Any], ...] = (
    CallbackQueryHandler(private.tapped),
    MessageHandler(FROM_US, private.nothing),
    MessageHandler(~_PRIVATE & _WRITTEN & SPOKEN_TO, group.spoken_to),
    MessageHandler(~_PRIVATE, private.nothing),
    MessageHandler((_WRITTEN | _EDITED) & DANGER, private.danger),
    MessageHandler((_WRITTEN | _EDITED) & STOP, private.stop),
    MessageHandler(_EDITED, private.edited),  # it never moves a flow
    MessageHandler(~_WRITTEN, private.nothing),
    MessageHandler(filters.COMMAND, private.command),
    MessageHandler(filters.TEXT, private.words),
    MessageHandler(filters.StatusUpdate.ALL, private.nothing),
    MessageHandler(filters.ALL, private.shown),
    ChatMemberHandler(private.reached, ChatMemberHandler.MY_CHAT_MEMBER),
    TypeHandler(Update, private.nothing),
)
