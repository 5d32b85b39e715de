"""The bot's profile is sent to Telegram where it has changed."""

from __future__ import annotations

from typing import Any

import pytest
from transport_town import FickleStore

from bot.simulator import Fault, FaultKind, World
from bot.simulator.inprocess import InProcessApi
from bot.transport.register import register

COMMANDS = {"": [("menu", "The menu")], "da": [("menu", "Menuen"), ("stop", "Ingen nyheder")]}
TEXTS = {
    "": {"name": "Bro", "description": "A bridge.", "short_description": "Bridge"},
    "da": {"name": "Bro", "description": "En bro.", "short_description": "Bro"},
}
ALL = 2 + 2 * 3


async def test_everything_the_first_time(
    fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """The first start sends commands, name and both descriptions in each language."""
    assert await register(fickle, in_process, COMMANDS, TEXTS) == ALL
    bot = world.the_bot()
    assert bot.names == {"": "Bro", "da": "Bro"}
    assert bot.descriptions == {"": "A bridge.", "da": "En bro."}
    assert bot.short_descriptions == {"": "Bridge", "da": "Bro"}
    commands = {language: listed for (_scope, language), listed in bot.commands.items()}
    assert commands["da"] == [
        {"command": "menu", "description": "Menuen"},
        {"command": "stop", "description": "Ingen nyheder"},
    ]


async def test_nothing_where_nothing_changed(
    fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """Without changes a start makes no call, as Telegram limits setMyName."""
    await register(fickle, in_process, COMMANDS, TEXTS)
    world.calls.clear()
    assert await register(fickle, in_process, COMMANDS, TEXTS) == 0
    assert not world.calls


async def test_only_what_changed(
    fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """A new description in one language is one call."""
    await register(fickle, in_process, COMMANDS, TEXTS)
    world.calls.clear()
    changed: dict[str, Any] = {**TEXTS, "da": {**TEXTS["da"], "description": "Broen."}}
    assert await register(fickle, in_process, COMMANDS, changed) == 1
    assert world.calls == {"setMyDescription": 1}
    assert world.the_bot().descriptions["da"] == "Broen."


@pytest.mark.parametrize("kind", [FaultKind.AWAY, FaultKind.DROP, FaultKind.FLOOD])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_telegram_away_is_no_error(
    kind: FaultKind, fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """A start without Telegram succeeds, and the next start tries everything again."""
    fault = world.faults.add(Fault(kind))
    assert await register(fickle, in_process, COMMANDS, TEXTS) == 0
    world.faults.remove(fault)
    assert await register(fickle, in_process, COMMANDS, TEXTS) == ALL


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_went_through_is_not_done_again(
    fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """After a partial start the next start sends only the missing parts."""
    fault = world.faults.add(Fault(FaultKind.AWAY, "setMyName"))
    assert await register(fickle, in_process, COMMANDS, TEXTS) == 2
    world.faults.remove(fault)
    assert await register(fickle, in_process, COMMANDS, TEXTS) == ALL - 2
