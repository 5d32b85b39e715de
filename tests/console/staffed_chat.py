"""A whole town: citizens chat with the bot, and staff answer at the console."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientResponse
from console_browser import Browser, console_context

from bot.app.compose import Bot
from bot.app.time_travel import pass_time
from bot.clock import TravelClock
from bot.model.case import Case, CaseMessage
from bot.store.store import Store
from bot.testing import PEOPLE, START, Chat

QUESTION = "Hvornår bliver bænken ved søen malet igen?"
_FIELD = re.compile(r'name="seen" value="(\d+)"')


@dataclass(slots=True)
class StaffedChat:
    """An open chat, and a browser for each of the staff."""

    chat: Chat
    real: TravelClock = field(default_factory=lambda: TravelClock(START))
    store: Store = field(init=False)
    bot: Bot = field(init=False)
    first: Browser = field(init=False)
    browsers: dict[str, Browser] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        """Open the store, the bot and the console."""
        self.store, self.bot = await self.chat.open()
        index = self.bot.parts.index
        context = console_context(self.store, self.real, demo=True, index=index)
        self.first = await Browser(self.store, self.real, context).__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the browsers, the bot and the store."""
        for browser in self.browsers.values():
            await browser.__aexit__(kind, error, trace)
        await self.first.__aexit__(kind, error, trace)
        await self.bot.close()
        await self.store.close()

    async def says(self, *lines: str) -> list[str]:
        """Act out lines of a transcript by citizens. Return what the last citizen was shown."""
        went: list[str] = []
        for line in lines:
            self.chat._act(line)
            await self.bot.settle()
            went = self.chat._shown(PEOPLE[line.partition(" ")[0].strip(":")][0])
        return went

    async def asked(self, words: str = QUESTION) -> int:
        """Ask a question as Jens that becomes a case. Return the case's number."""
        await self.says("Jens: /start", f"Jens: {words}", "Jens: [Spørg et menneske]")
        return (await self.case()).number

    async def new_messages(self) -> str:
        """Let the bot work. Return all messages since the last call."""
        await self.bot.settle()
        return "\n".join(self.chat._shown(None))

    async def later(self, **span: float) -> None:
        """Move the town's time forward, with everything that falls due."""
        target = self.chat.clock.now() + timedelta(**span)
        await pass_time(self.bot, self.chat.clock, target)

    async def at(self, name: str = "mette") -> Browser:
        """Return the browser of a member of the staff, signed in."""
        if name not in self.browsers:
            browser = await self.first.another().__aenter__()
            came = await browser.post("demo/come-in", {"username": name})
            assert came.status == 303
            self.browsers[name] = browser
        return self.browsers[name]

    async def does(
        self, path: str, written: Mapping[str, Any] | None = None, name: str = "mette"
    ) -> ClientResponse:
        """Send a form of the newest case's page as staff. *path* follows the case's address."""
        case = await self.case()
        return await (await self.at(name)).post(f"cases/{case.number}/{path}", written)

    async def sends(self, form: str, text: str, name: str = "mette", **more: str) -> ClientResponse:
        """Send a written message to the citizen as staff."""
        return await self.does(f"write/{form}", {"do": "send", "text": text, **more}, name)

    async def page(self, name: str = "mette") -> str:
        """Return the page of the newest case, with HTML entities decoded."""
        case = await self.case()
        return html.unescape(await (await self.at(name)).read(f"cases/{case.number}"))

    async def case(self) -> Case:
        """Return the newest case."""
        async with self.store.reading() as unit:
            found = [case for n in range(1, 9) if (case := await unit.cases.get(n)) is not None]
        return found[-1]

    async def thread(self) -> list[CaseMessage]:
        """Return the newest case's thread, including internal notes."""
        async with self.store.reading() as unit:
            return await unit.threads.of_case((await self.case()).id, internal=True)

    async def verbs(self) -> list[str]:
        """Return the verbs of the newest case's events."""
        async with self.store.reading() as unit:
            return [event.verb for event in await unit.events.of_case((await self.case()).id)]


def seen_on(page: str) -> str:
    """Return the number of the last message that a page showed."""
    found = _FIELD.search(page)
    assert found is not None
    return found[1]


async def said(answer: ClientResponse) -> str:
    """Return a response's text, with HTML entities decoded."""
    return html.unescape(await answer.text())
