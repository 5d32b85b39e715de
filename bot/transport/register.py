"""The bot's profile at Telegram: commands, name and descriptions per language."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import TransportError
from bot.json_text import digest_of
from bot.store.store import Store
from bot.transport.api import BotApi

FACT = "registered"
log = logging.getLogger("brobygger.register")


async def register(
    store: Store,
    api: BotApi,
    commands: Mapping[str, Sequence[tuple[str, str]]],
    texts: Mapping[str, Mapping[str, str]],
) -> int:
    """Send Telegram the parts of the profile that have changed; return the number of calls.

    *commands* and *texts* are by language code, "" for all other languages. The names
    of a text are name, description and short_description. A failed call is not
    recorded as done, so the next start tries it again.
    """
    async with store.reading() as unit:
        known = dict(await unit.facts.get(FACT) or {})
    done = 0
    try:
        for method, params in _calls(commands, texts):
            name = f"{method}:{params['language_code']}"
            shown = digest_of(params)
            if known.get(name) != shown:
                await api.call(method, params)
                known[name] = shown
                done += 1
    except TransportError as error:
        log.warning("registering_failed", extra={"kind": type(error).__name__})
    if done:
        async with store.unit() as unit:
            await unit.facts.set(FACT, known)
    return done


def _calls(
    commands: Mapping[str, Sequence[tuple[str, str]]], texts: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, dict[str, Any]]]:
    """Return every call that sets a part of the profile."""
    calls: list[tuple[str, dict[str, Any]]] = []
    for language, listed in commands.items():
        shown = [{"command": command, "description": about} for command, about in listed]
        calls.append(("setMyCommands", {"commands": shown, "language_code": language}))
    methods = {
        "name": "setMyName",
        "description": "setMyDescription",
        "short_description": "setMyShortDescription",
    }
    for language, named in texts.items():
        for name, method in methods.items():
            calls.append((method, {name: named[name], "language_code": language}))
    return calls
