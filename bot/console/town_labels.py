"""The labels of the town's themes and areas, in the current user's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Options


def theme_labels(request: web.Request) -> Mapping[str, str]:
    """Return the labels of the themes by key."""
    language = user_of(request).language
    return {theme.key: theme.labels[language] for theme in context_of(request).town.themes}


def theme_names(request: web.Request, keys: Collection[str]) -> str:
    """Return the labels of some themes as one line, in the town's order."""
    return ", ".join(label for key, label in theme_labels(request).items() if key in keys)


def theme_options(request: web.Request) -> Options:
    """Return the themes to choose from."""
    return tuple(theme_labels(request).items())


def area_options(request: web.Request) -> Options:
    """Return the areas to choose from."""
    return tuple((area.key, area.name) for area in context_of(request).town.areas)


def topic_options(request: web.Request) -> Options:
    """Return the topics to choose from, which are the themes of opportunities."""
    language = user_of(request).language
    return tuple((topic.key, topic.labels[language]) for topic in context_of(request).town.topics)
