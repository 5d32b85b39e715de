"""The bot's own Telegram filters."""

from __future__ import annotations

from telegram import Message, MessageEntity
from telegram.ext import filters


class _SpokenTo(filters.MessageFilter):
    """A command or mention that names the bot; other messages in a group are ignored."""

    def filter(self, message: Message) -> bool:
        name = f"@{message.get_bot().username}".casefold()
        kinds: list[str | None] = [MessageEntity.BOT_COMMAND, MessageEntity.MENTION]
        named = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
        return any(words.casefold().endswith(name) for words in named.values())


class _FromUs(filters.MessageFilter):
    """A message from a bot: ignored, so that two bots do not answer each other endlessly."""

    def filter(self, message: Message) -> bool:
        return message.from_user is not None and message.from_user.is_bot


SPOKEN_TO = _SpokenTo()
FROM_US = _FromUs()
