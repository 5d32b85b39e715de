"""The telephones of the demo page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from sim_town import ANA, TOKEN, Town

from bot.simulator.http import serve_http
from bot.simulator.phone import PhonePerson

OLENA = PhonePerson(21, "Olena", None, "uk", "Came last year")
ANA_PERSON = PhonePerson(ANA, "Ana", "Holm", "da", "Volunteers")


class Phone:
    """A page's view of one world."""

    def __init__(self, town: Town, session: aiohttp.ClientSession, url: str) -> None:
        """Look at *url*."""
        self.town, self.session, self.url = town, session, url

    async def get(self, path: str) -> Any:
        """Return what a page reads."""
        async with self.session.get(f"{self.url}/phone/{path}") as response:
            return await response.json()

    async def post(self, path: str, body: Any) -> int:
        """Return the status of what a page does."""
        async with self.session.post(f"{self.url}/phone/{path}", json=body) as response:
            return response.status


@pytest.fixture
async def phone(town: Town) -> AsyncIterator[Phone]:
    """Serve the town with two telephones."""
    served = await serve_http(town.world, [ANA_PERSON, OLENA])
    async with aiohttp.ClientSession() as session:
        yield Phone(town, session, served.url)
    await served.close()


async def test_lists_the_people(phone: Phone) -> None:
    """Each person is shown with a line about them, and is in the world."""
    assert await phone.get("people") == [
        {"id": ANA, "first_name": "Ana", "last_name": "Holm", "language_code": "da",
         "about": "Volunteers"},
        {"id": 21, "first_name": "Olena", "last_name": None, "language_code": "uk",
         "about": "Came last year"},
    ]  # fmt: skip
    assert phone.town.world.users[21].language_code == "uk"


async def test_shows_the_chat(phone: Phone) -> None:
    """Messages, buttons, commands and the bot's face, as this person sees them."""
    town = phone.town
    help_command = {"command": "help", "description": "Допомога"}
    town.call("setMyCommands", commands=[help_command], language_code="uk")
    town.call("setMyDescription", description="A bridge")
    assert await phone.post("21/say", {"text": "/start <b>"}) == 200
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    town.call("sendMessage", chat_id=21, text="<b>Hi</b>", parse_mode="HTML", reply_markup=markup)
    assert await phone.get("21/chat") == {
        "messages": [
            {"message_id": 1, "from": "me", "text": "/start <b>", "html": "/start &lt;b&gt;",
             "date": "2026-03-02T12:00:00+00:00", "edited": False, "keyboard": [], "kind": "text"},
            {"message_id": 2, "from": "bot", "text": "Hi", "html": "<b>Hi</b>",
             "date": "2026-03-02T12:00:00+00:00", "edited": False,
             "keyboard": [[{"text": "A", "data": "a", "url": None, "asks_place": False}]],
             "kind": "text"},
        ],
        "blocked": False,
        "commands": [help_command],
        "name": "Bro",
        "description": "A bridge",
    }  # fmt: skip


async def test_does_what_people_do(phone: Phone) -> None:
    """Tapping, sending, editing and blocking become updates."""
    phone.town.text("x", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    assert await phone.post("11/tap", {"message_id": 1, "data": "a"}) == 200
    assert await phone.post("11/say", {"text": "one"}) == 200
    assert await phone.post("11/edit", {"message_id": 2, "text": "two"}) == 200
    for kind in ("photo", "sticker", "location", "contact", "voice", "poll", "dice"):
        assert await phone.post("11/send", {"kind": kind}) == 200
    assert await phone.post("11/block", {"blocked": True}) == 200
    assert phone.town.bot.chats[ANA].blocked
    assert len(phone.town.updates()) == 11


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("11/tap", {"message_id": 1, "data": "a"}, 400),
        ("11/say", {}, 400),
        ("11/say", {"text": 1}, 400),
        ("11/say", {"text": " "}, 400),
        ("11/say", [], 400),
        ("11/send", {"kind": "bomb"}, 400),
        ("12/say", {"text": "x"}, 404),
        ("99/say", {"text": "x"}, 404),
    ],
)
async def test_refuses_what_cannot_be_done(phone: Phone, path: str, body: Any, status: int) -> None:
    """A faulty act is refused and said; only the demo's people have telephones."""
    assert await phone.post(path, body) == status


async def test_refuses_the_forms_of_other_sites(phone: Phone) -> None:
    """What a form can send without asking is not JSON."""
    url = f"{phone.url}/phone/{ANA}/say"
    for content_type in ("text/plain", "application/x-www-form-urlencoded"):
        headers = {"Content-Type": content_type}
        async with phone.session.post(url, data=b'{"text": "x"}', headers=headers) as response:
            assert response.status == 415
    assert phone.town.updates() == []


async def test_tells_of_changes(phone: Phone) -> None:
    """Changes, typing and toasts are told to whom they concern, as they come."""
    town = phone.town
    town.text("x", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    told: list[Any] = []
    async with phone.session.get(f"{phone.url}/phone/{ANA}/events") as stream, asyncio.timeout(5):
        assert stream.content_type == "text/event-stream"
        assert await stream.content.readline() == b": here\n"
        query = town.world.tap(ANA, 1, "a")
        town.world.say(21, "somebody else")
        town.world.call(TOKEN, "sendChatAction", {"chat_id": ANA, "action": "typing"})
        town.call("answerCallbackQuery", callback_query_id=query.id, text="Så\ner det")
        while len(told) < 3:
            text = (await stream.content.readline()).decode()
            if text.startswith("data: "):
                told.append(json.loads(text.removeprefix("data: ")))
    assert told == [{"changed": True}, {"typing": True}, {"toast": "Så\ner det"}]
