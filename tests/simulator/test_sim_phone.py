"""Test the routes of the demo page's telephones."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from sim_town import ANA, TOKEN, Town

from bot.simulator.attachments import PIXEL
from bot.simulator.http import serve_http
from bot.simulator.phone import PhonePerson
from bot.simulator.state import Upload

OLENA = PhonePerson(21, "Olena", None, "uk", "Came last year")
ANA_PERSON = PhonePerson(ANA, "Ana", "Holm", "da", "Volunteers")


class Phone:
    """A client of the page's routes."""

    def __init__(self, town: Town, session: aiohttp.ClientSession, url: str) -> None:
        """Send requests to *url*."""
        self.town, self.session, self.url = town, session, url

    async def get(self, path: str) -> Any:
        """Return the JSON of a GET."""
        async with self.session.get(f"{self.url}/phone/{path}") as response:
            return await response.json()

    async def post(self, path: str, body: Any) -> int:
        """Send a POST and return its status."""
        sent = BytesIO(json.dumps(body).encode())
        headers = {"Content-Type": "application/json"}
        url = f"{self.url}/phone/{path}"
        async with self.session.post(url, data=sent, headers=headers) as response:
            return response.status


@pytest.fixture
async def phone(town: Town) -> AsyncIterator[Phone]:
    """Serve the town with two telephones."""
    served = await serve_http(town.world, [ANA_PERSON, OLENA])
    async with aiohttp.ClientSession() as session:
        yield Phone(town, session, served.url)
    await served.close()


async def test_lists_the_people(phone: Phone) -> None:
    """Each person is listed with a description and exists in the simulated Telegram."""
    assert await phone.get("people") == [
        {"id": ANA, "first_name": "Ana", "last_name": "Holm", "language_code": "da",
         "about": "Volunteers"},
        {"id": 21, "first_name": "Olena", "last_name": None, "language_code": "uk",
         "about": "Came last year"},
    ]  # fmt: skip
    assert phone.town.world.users[21].language_code == "uk"


async def test_shows_the_chat(phone: Phone) -> None:
    """The chat shows messages, buttons, commands and profile in this person's language."""
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
             "keyboard": [[{"text": "A", "data": "a", "url": None, "copies": None}]],
             "kind": "text"},
        ],
        "below": [],
        "blocked": False,
        "commands": [help_command],
        "name": "Bro",
        "description": "A bridge",
    }  # fmt: skip


async def test_does_what_people_do(phone: Phone) -> None:
    """Tapping, sending, editing and blocking create updates."""
    phone.town.text("x", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    assert await phone.post("11/tap", {"message_id": 1, "data": "a"}) == 200
    assert await phone.post("11/say", {"text": "one"}) == 200
    assert await phone.post("11/edit", {"message_id": 2, "text": "two"}) == 200
    for kind in ("photo", "sticker", "location", "contact", "voice", "poll", "dice"):
        assert await phone.post("11/send", {"kind": kind}) == 200
    assert await phone.post("11/block", {"blocked": True}) == 200
    assert phone.town.bot.chats[ANA].blocked
    assert len(phone.town.updates()) == 11


def chosen(*contents: bytes, name: str = "hul.jpg") -> list[dict[str, str]]:
    """Return files in the form that the page sends."""
    return [{"name": name, "content": base64.b64encode(each).decode()} for each in contents]


async def test_sends_what_was_chosen_from_disk(phone: Phone) -> None:
    """A photo, an album with caption and a document arrive byte for byte."""
    one, two = PIXEL + b"1", PIXEL + b"2"
    for body in (
        {"kind": "photo", "files": chosen(one)},
        {"kind": "photo", "files": chosen(one, two), "caption": "huller"},
        {"kind": "document", "files": chosen(b"%PDF", name="brev.pdf"), "caption": "læs"},
    ):
        assert await phone.post("11/send", body) == 200
    photo, first, second, letter = (u["message"] for u in phone.town.updates())
    assert "media_group_id" not in photo
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second, letter["caption"]) == ("huller", False, "læs")
    sent = [m["photo"][-1]["file_id"] for m in (photo, first, second)]
    assert [phone.town.world.files[file_id].content for file_id in sent] == [one, one, two]
    about = (letter["document"]["file_name"], letter["document"]["mime_type"])
    assert about == ("brev.pdf", "application/pdf")


async def test_replies(phone: Phone) -> None:
    """A reply refers to its message and is shown with it."""
    phone.town.text("Hvor er det?")
    assert await phone.post("11/say", {"text": "Her", "reply_to": 1}) == 200
    assert await phone.post("11/send", {"kind": "photo", "reply_to": 1}) == 200
    assert await phone.post("11/say", {"text": "x", "reply_to": 99}) == 400
    for update in phone.town.updates():
        assert update["message"]["reply_to_message"]["message_id"] == 1
    shown = (await phone.get("11/chat"))["messages"]
    quoted = {"from": "bot", "text": "Hvor er det?", "kind": "text"}
    assert [message.get("reply_to") for message in shown] == [None, quoted, quoted]


async def test_shows_the_keyboard_below_the_chat(phone: Phone) -> None:
    """The reply keyboard belongs to the chat; a button that asks for a location says so."""
    rows = [[{"text": "Mit sted", "request_location": True}], ["Tilbage", "Menu"]]
    phone.town.text("Hvor?", reply_markup={"keyboard": rows})
    assert await phone.post("11/send", {"kind": "location"}) == 200
    chat = await phone.get("11/chat")
    assert chat["below"] == [
        [{"text": "Mit sted", "asks_place": True}],
        [{"text": "Tilbage", "asks_place": False}, {"text": "Menu", "asks_place": False}],
    ]
    assert [message["keyboard"] for message in chat["messages"]] == [[], []]
    assert chat["messages"][-1]["place"] == {"latitude": 55.6761, "longitude": 12.5683}
    phone.town.text("Tak", reply_markup={"remove_keyboard": True})
    assert (await phone.get("11/chat"))["below"] == []


async def test_shows_files(phone: Phone) -> None:
    """Pictures are displayed; other files are downloaded, whatever type they claim."""
    town = phone.town
    page = b"<script>alert(1)</script>"
    town.call("sendDocument", chat_id=ANA, document=Upload("data.html", page, "text/html"))
    town.world.send_photo(ANA, content=PIXEL)
    town.world.send_photo(ANA, content=page)
    files = [message["file"] for message in (await phone.get("11/chat"))["messages"]]
    named = {"url": "/phone/11/file/1", "name": "data.html", "size": len(page), "picture": False}
    assert files[0] == named
    assert [file["picture"] for file in files] == [False, True, False]
    seen = []
    for file in files:
        async with phone.session.get(phone.url + file["url"]) as response:
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in response.headers["Content-Security-Policy"]
            saved = response.headers.get("Content-Disposition")
            seen.append((response.content_type, saved, await response.read()))
    saved_only = ("application/octet-stream", "attachment", page)
    assert seen == [saved_only, ("image/jpeg", None, PIXEL), saved_only]


async def test_shows_no_file_of_others(phone: Phone) -> None:
    """A file is served only through its message in the person's own chat."""
    phone.town.world.send_photo(ANA)
    phone.town.text("no file")
    for path in ("21/file/1", "11/file/2", "11/file/9", "12/file/1"):
        async with phone.session.get(f"{phone.url}/phone/{path}") as response:
            assert response.status == 404


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("11/tap", {"message_id": 1, "data": "a"}, 400),
        ("11/say", {}, 400),
        ("11/say", {"text": 1}, 400),
        ("11/say", {"text": " "}, 400),
        ("11/say", [], 400),
        ("11/send", {"kind": "bomb"}, 400),
        ("11/send", {"kind": "photo", "files": chosen(b"MZ")}, 400),
        ("11/send", {"kind": "photo", "files": chosen(b"")}, 400),
        ("11/send", {"kind": "photo", "files": chosen(*[PIXEL] * 11)}, 400),
        ("11/send", {"kind": "photo", "files": chosen(PIXEL + bytes(10 * 1024 * 1024))}, 400),
        ("11/send", {"kind": "photo", "files": [{"name": "a", "content": "%"}]}, 400),
        ("11/send", {"kind": "document", "files": "x"}, 400),
        ("12/say", {"text": "x"}, 404),
        ("99/say", {"text": "x"}, 404),
    ],
)
async def test_refuses_what_cannot_be_done(phone: Phone, path: str, body: Any, status: int) -> None:
    """Invalid acts are refused with an error; only the demo's people have telephones."""
    assert await phone.post(path, body) == status


async def test_refuses_the_forms_of_other_sites(phone: Phone) -> None:
    """A form post, which another site could send without CORS, is refused."""
    url = f"{phone.url}/phone/{ANA}/say"
    for content_type in ("text/plain", "application/x-www-form-urlencoded"):
        headers = {"Content-Type": content_type}
        async with phone.session.post(url, data=b'{"text": "x"}', headers=headers) as response:
            assert response.status == 415
    assert phone.town.updates() == []


async def test_tells_of_changes(phone: Phone) -> None:
    """Changes, typing and toasts are streamed to the people concerned as they happen."""
    town = phone.town
    town.text("x", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    told: list[Any] = []
    async with phone.session.get(f"{phone.url}/phone/events") as stream, asyncio.timeout(5):
        assert stream.content_type == "text/event-stream"
        assert await stream.content.readline() == b": here\n"
        query = town.world.tap(ANA, 1, "a")
        town.world.say(21, "somebody else")
        town.world.call(TOKEN, "sendChatAction", {"chat_id": ANA, "action": "typing"})
        town.call("answerCallbackQuery", callback_query_id=query.id, text="Så\ner det")
        while len(told) < 3:
            text = (await stream.content.readline()).decode()
            said = json.loads(text.removeprefix("data: ")) if text.startswith("data: ") else {}
            if said.pop("person", None) == ANA:
                told.append(said)
    assert told == [{"changed": True}, {"typing": True}, {"toast": "Så\ner det"}]
