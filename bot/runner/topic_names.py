"""The names of areas and of topics, among them those that a citizen can mute."""

from __future__ import annotations

from bot.i18n import Text
from bot.runner.context import TurnContext
from flows import reminder_cards


async def topic_name(context: TurnContext, topic: str) -> Text | str:
    """Return the name of a topic for lists."""
    named = await _named(context, topic)
    return named or reminder_cards.TOPICS.get(topic, reminder_cards.OTHER_TOPIC)


async def no_more(context: TurnContext, topic: str) -> Text:
    """Return the sentence that a citizen gets no more about a topic."""
    kind = topic.partition(":")[0]
    named = await _named(context, topic)
    if named is None:
        return reminder_cards.NO_MORE.get(topic, reminder_cards.NO_MORE_OTHER)
    text = reminder_cards.NO_MORE_OF_GROUP if kind == "group" else reminder_cards.NO_MORE_NEWS
    return text.with_(name=named)


async def _named(context: TurnContext, topic: str) -> str | None:
    """Return the name that staff gave a topic or a group; None for other topics."""
    kind, _colon, key = topic.partition(":")
    if kind == "group" and key.isdecimal():
        group = await context.unit.groups.get(int(key))
        return group.name if group is not None else None
    names = {one.key: one.labels[context.language] for one in context.town.topics}
    return names.get(topic)


def theme_name(context: TurnContext, key: str) -> str:
    """Return the name of a theme in the citizen's language; the key for an unknown one."""
    names = {one.key: one.labels[context.language] for one in context.town.topics}
    return names.get(key, key)


def area_name(context: TurnContext, key: str) -> str:
    """Return the name of an area; the key for an unknown one."""
    return next((one.name for one in context.town.areas if one.key == key), key)
