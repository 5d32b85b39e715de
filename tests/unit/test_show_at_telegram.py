"""The running bot publishes its profile to Telegram after its first answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.app import roles
from bot.app.compose import Bot
from bot.app.roles import show_at_telegram
from bot.errors import DatabaseUnavailable
from bot.testing import Chat


async def shown(bot: Bot, monkeypatch: pytest.MonkeyPatch, *, until: Callable[[], bool]) -> None:
    """Run the role until *until* is true, then stop it."""
    monkeypatch.setattr(roles, "FIRST_ANSWERS", 0.0)
    stop = asyncio.Event()
    role = asyncio.create_task(show_at_telegram(bot, stop))
    async with asyncio.timeout(10):
        while not until():  # noqa: ASYNC110 - no event to await
            await asyncio.sleep(0.01)
    assert not role.done()  # the end of a role would end the process
    stop.set()
    await asyncio.wait_for(role, 5)


async def test_telegram_is_told(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The profile is published again if it is not recorded as registered."""
    store, bot = await chat.open()
    async with store.unit() as unit:
        await unit.facts.set("registered", {})
    calls = chat.world.calls
    wanted = calls["setMyCommands"] + 3  # for all users, in Danish and in English
    await shown(bot, monkeypatch, until=lambda: calls["setMyCommands"] == wanted)
    await bot.close()
    await store.close()


async def test_the_database_is_away(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While the database is unavailable nothing is published and the role continues."""

    async def away(_parts: object) -> None:
        raise DatabaseUnavailable

    store, bot = await chat.open()
    monkeypatch.setattr(roles, "publish_profile", away)
    await shown(bot, monkeypatch, until=lambda: "database_unavailable" in caplog.messages)
    await bot.close()
    await store.close()


async def test_a_slow_telegram_holds_no_end_up(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The role stops at once, even while a call to Telegram is running."""
    begun: list[object] = []

    async def slow(parts: object) -> None:
        begun.append(parts)
        await asyncio.sleep(60)

    store, bot = await chat.open()
    monkeypatch.setattr(roles, "publish_profile", slow)
    await shown(bot, monkeypatch, until=lambda: bool(begun))
    await bot.close()
    await store.close()


async def test_a_fault_is_for_all_to_see(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the profile itself ends the role, and so the process."""

    async def faulty(_parts: object) -> None:
        raise KeyError

    store, bot = await chat.open()
    monkeypatch.setattr(roles, "publish_profile", faulty)
    monkeypatch.setattr(roles, "FIRST_ANSWERS", 0.0)
    with pytest.raises(KeyError):
        await asyncio.wait_for(show_at_telegram(bot, asyncio.Event()), 5)
    await bot.close()
    await store.close()
