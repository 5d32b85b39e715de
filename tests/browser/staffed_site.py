"""A town with citizens, its bot and its console, served in a thread to a browser."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from broadcast_desk import Desk
from staffed_chat import StaffedChat

from bot.testing import Chat

Value = TypeVar("Value")


class Site:
    """The address of the console, and the desk behind it."""

    def __init__(self, desk: Desk, loop: asyncio.AbstractEventLoop) -> None:
        """Use a desk that is served by another thread's *loop*."""
        self.desk, self._loop = desk, loop
        self.address = f"http://127.0.0.1:{desk.staffed.first.client.port}/"

    def run(self, work: Coroutine[Any, Any, Value]) -> Value:
        """Do something in the town, such as an answer of a citizen."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)


@contextmanager
def staffed_site(folder: Path) -> Iterator[Site]:
    """Serve a town in which Mette, Jonas and Lone work; end it afterwards."""
    loop, made = asyncio.new_event_loop(), list[Desk]()
    ready, over = threading.Event(), asyncio.Event()

    async def serve() -> None:
        chat = Chat(f"sqlite:///{folder / 'town.sqlite3'}", restarts=False)
        async with StaffedChat(chat) as staffed:
            made.append(Desk(staffed))
            ready.set()
            await over.wait()
        await chat.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(60)
    try:
        yield Site(made[0], loop)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(60)
        loop.close()
