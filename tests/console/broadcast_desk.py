"""A desk at which news is written, approved and sent to citizens, for the tests of its pages."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from staffed_chat import StaffedChat

from bot.engine.events import Done
from bot.model.broadcast import Broadcast
from bot.model.commands.broadcasts import AddBroadcast, ApproveBroadcast, SubmitBroadcast
from bot.service import execute
from bot.testing import PEOPLE

METTE, LONE = 1, 4
OLD, NEW = "Engen slås lørdag d. 5. december.", "Engen slås søndag d. 6. december."
QUESTION = {
    "options": [{"key": "yes", "labels": {"da": "Ja"}}, {"key": "no", "labels": {"da": "Nej"}}],
    "own_words": True,
}
EVERYONE = {"is": "everyone", "value": ""}
CSRF = re.compile(r'name="(\w+)" value="([^"]*)"')


def text_of(page: str) -> str:
    """Return a page's text on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


class Desk:
    """A town with news, three citizens who want it, and one who reads no Danish consent."""

    def __init__(self, staffed: StaffedChat) -> None:
        """Work in an open town."""
        self.staffed = staffed

    async def begin(self, *names: str) -> None:
        """Let citizens start the chat and agree to news about nature."""
        for name in names:
            await self.staffed.says(f"{name}: /start")
            person = await self.person(name)
            async with self.staffed.store.unit() as unit:
                await unit.participants.of_person(person)
                await unit.consents.give(person, "news:nature", 1, "da")
        await self.staffed.new_messages()

    async def person(self, name: str) -> int:
        """Return a citizen's id."""
        async with self.staffed.store.reading() as unit:
            person = await unit.people.by_lane(f"tg:{PEOPLE[name][0]}")
        assert person is not None
        return person.id

    async def do(self, command: Any) -> Any:
        """Execute a command; return its value."""
        async with self.staffed.store.unit() as unit:
            done = await execute(command, unit)
        assert isinstance(done, Done), done
        return done.value

    async def approve(self, **fields: Any) -> int:
        """Write news as Mette and approve it as Lone; return its id."""
        whole = {
            "title": "Engen",
            "texts": {"da": OLD},
            "topic": "nature",
            "audience": EVERYONE,
            "decider": "Udvalget",
            **fields,
        }
        made = int(await self.do(AddBroadcast(METTE, whole)))
        await self.do(SubmitBroadcast(METTE, made))
        await self.do(ApproveBroadcast(LONE, made, 1))
        return made

    async def send(self, **fields: Any) -> int:
        """Send news to everybody; return its id."""
        made = await self.approve(**fields)
        await self.staffed.later(seconds=30)
        await self.staffed.new_messages()
        return made

    async def known(self, number: int) -> Broadcast:
        """Return a broadcast."""
        async with self.staffed.store.reading() as unit:
            found = await unit.broadcasts.get(number)
        assert found is not None
        return found

    async def page(self, path: str, name: str = "mette") -> str:
        """Return a page's text."""
        return text_of(await (await self.staffed.at(name)).read(path))

    async def post(self, path: str, name: str = "mette", /, **fields: Any) -> tuple[int, str]:
        """Send a form; return the status, and the text of the page that follows."""
        browser = await self.staffed.at(name)
        got = await browser.post(path, fields)
        if got.status != 303:
            return got.status, text_of(await got.text())
        return 303, text_of(await browser.read(got.headers["Location"].removeprefix("/console/")))
