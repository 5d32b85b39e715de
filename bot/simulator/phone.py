"""The citizens' phones: routes by which the demo page shows chats and sends actions."""

from __future__ import annotations

import asyncio
import base64
import json
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web

from bot.simulator.attachments import PIXEL
from bot.simulator.methods.profile import commands_shown, shown_in
from bot.simulator.params import parse_json
from bot.simulator.shown import picture_type, serve_file, show_below, show_message
from bot.simulator.state import Change, User
from bot.simulator.world import World

KEEP_ALIVE = 15.0
Act = Callable[[World, User, Mapping[str, Any]], object]
TOWN_HALL = (55.6761, 12.5683)
MOST_FILES = 10  # as in a Telegram album
LARGEST_FILE = 10 * 1024 * 1024  # bytes; LARGEST_REQUEST limits all files together


@dataclass(frozen=True, slots=True)
class PhonePerson:
    """A citizen of the demo.

    *about* describes the citizen in one line, in one language or by language.
    """

    id: int
    first_name: str
    last_name: str | None
    language_code: str
    about: str | dict[str, str]


WORLD = web.AppKey("world", World)
PEOPLE = web.AppKey("people", dict[int, PhonePerson])


async def list_people(request: web.Request) -> web.StreamResponse:
    """Return the citizens whose phones the page shows."""
    return web.json_response([asdict(person) for person in request.app[PEOPLE].values()])


async def show_chat(request: web.Request) -> web.StreamResponse:
    """Return the citizen's chat with the bot as JSON."""
    world, user = request.app[WORLD], _user(request)
    bot = world.the_bot()
    chat = world.chat_of(bot, user)
    return web.json_response(
        {
            "messages": [show_message(world, chat, message) for message in chat.shown()],
            "below": show_below(chat),
            "commands": commands_shown(bot, chat, user.language_code),
            "blocked": chat.blocked,
            "name": shown_in(bot.names, user.language_code),
            "description": shown_in(bot.descriptions, user.language_code),
        }
    )


async def show_file(request: web.Request) -> web.StreamResponse:
    """Return the file of a message in the citizen's chat; answer 404 without one."""
    world, user = request.app[WORLD], _user(request)
    chat = world.chat_of(world.the_bot(), user)
    return serve_file(world, chat, int(request.match_info["message_id"]))


async def watch_events(request: web.Request) -> web.StreamResponse:
    """Stream changes of all the citizens' chats as server-sent events, for all open tabs."""
    world, people = request.app[WORLD], request.app[PEOPLE]
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    changes: asyncio.Queue[Change] = asyncio.Queue()
    unsubscribe = world.subscribe(changes.put_nowait)
    try:
        await response.prepare(request)
        await response.write(b": here\n\n")
        while True:
            try:
                change = await asyncio.wait_for(changes.get(), KEEP_ALIVE)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if change.chat_id in people and change.kind != "update":
                await response.write(_event(change))
    except ConnectionError:
        return response  # the page was closed
    finally:
        unsubscribe()


def _event(change: Change) -> bytes:
    """Return a change as a server-sent event."""
    said = change.text if change.kind == "toast" else True
    fields = {"person": change.chat_id, change.kind: said}
    return f"data: {json.dumps(fields)}\n\n".encode()


def _user(request: web.Request) -> User:
    """Return the request's citizen; answer 404 for an unknown one."""
    user_id = int(request.match_info["user_id"])
    if user_id not in request.app[PEOPLE]:
        body = json.dumps({"error": "there is no such person"})
        raise web.HTTPNotFound(text=body, content_type="application/json")
    return request.app[WORLD].users[user_id]


def _acting(act: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return a handler of an action; it requires JSON, which another site's form cannot send."""

    async def handle(request: web.Request) -> web.StreamResponse:
        user = _user(request)
        if request.content_type != "application/json":
            return web.json_response({"error": "JSON is expected"}, status=415)
        try:
            body = parse_json(await request.read())
            act(request.app[WORLD], user, body)
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            words = f"that cannot be done: {error}"
            return web.json_response({"error": words}, status=400)
        return web.json_response({"ok": True})

    return handle


def _say(world: World, user: User, body: Mapping[str, Any]) -> object:
    """Send a text, as a reply where one is named."""
    return world.say(user, body["text"], **_reply(body))


def _tap(world: World, user: User, body: Mapping[str, Any]) -> object:
    """Tap a button."""
    return world.tap(user, body["message_id"], body["data"])


def _edit(world: World, user: User, body: Mapping[str, Any]) -> object:
    """Edit the citizen's own message."""
    return world.edit(user, body["message_id"], body["text"])


def _block(world: World, user: User, body: Mapping[str, Any]) -> None:
    """Block or unblock the bot."""
    world.block(user, blocked=bool(body["blocked"]))


def _reply(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keyword argument for the message to reply to, if any."""
    return {"reply_to": body["reply_to"]} if body.get("reply_to") is not None else {}


def _files(body: Mapping[str, Any]) -> list[tuple[str, bytes]]:
    """Return names and bytes of the files; raise `ValueError` over 10 files or 10 MB each."""
    given = [(str(one["name"])[:120], str(one["content"])) for one in body.get("files", ())]
    if len(given) > MOST_FILES:
        raise ValueError(f"at most {MOST_FILES} files at once")
    files = [(name, base64.b64decode(content, validate=True)) for name, content in given]
    if any(not 0 < len(content) <= LARGEST_FILE for _name, content in files):
        raise ValueError(f"a file holds 1 to {LARGEST_FILE} bytes")
    return files


def _send_photo(world: World, user: User, body: Mapping[str, Any]) -> object:
    """Send a photo, several as an album, or the simulator's own where no file is given."""
    caption, contents = str(body.get("caption", "")), [content for _name, content in _files(body)]
    if any(picture_type(content) is None for content in contents):
        raise ValueError("that is no picture")
    if len(contents) > 1:
        return world.send_album(user, contents, caption, **_reply(body))
    content = contents[0] if contents else PIXEL
    return world.send_photo(user, caption, content=content, **_reply(body))


def _send_document(world: World, user: User, body: Mapping[str, Any]) -> None:
    """Send each file unchanged in its own message; the first one has the caption."""
    caption = str(body.get("caption", ""))
    for name, content in _files(body):
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        world.send_document(user, name, content, mime=mime, caption=caption, **_reply(body))
        caption = ""


def _send_location(world: World, user: User, body: Mapping[str, Any]) -> object:
    """Send a location, by default the town hall's; raise `ValueError` outside the valid degrees."""
    latitude = float(body.get("latitude", TOWN_HALL[0]))
    longitude = float(body.get("longitude", TOWN_HALL[1]))
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 - degrees
        raise ValueError("that is no place on earth")
    return world.send_location(user, latitude, longitude)


def _send(world: World, user: User, body: Mapping[str, Any]) -> object:
    """Send an attachment of the given kind."""
    return SENDING[body["kind"]](world, user, body)


SENDING: Mapping[str, Act] = {
    "photo": _send_photo,
    "document": _send_document,
    "sticker": lambda world, user, body: world.send_sticker(user, str(body.get("emoji", "👍"))),
    "location": _send_location,
    "contact": lambda world, user, body: world.send_contact(
        user, str(body.get("phone_number", "+4520123456"))
    ),
    "voice": lambda world, user, body: world.send_voice(user, seconds=int(body.get("seconds", 3))),
    "poll": lambda world, user, body: world.send_poll(
        user,
        str(body.get("question", "?")),
        [str(option) for option in body.get("options", ("1", "2"))],
    ),
    "dice": lambda world, user, body: world.send_dice(user, str(body.get("emoji", "🎲"))),
}

ROUTES = (
    web.get("/phone/people", list_people),
    web.get("/phone/events", watch_events),
    web.get(r"/phone/{user_id:\d{1,15}}/chat", show_chat),
    web.get(r"/phone/{user_id:\d{1,15}}/file/{message_id:\d{1,15}}", show_file),
    web.post(r"/phone/{user_id:\d{1,15}}/say", _acting(_say)),
    web.post(r"/phone/{user_id:\d{1,15}}/tap", _acting(_tap)),
    web.post(r"/phone/{user_id:\d{1,15}}/send", _acting(_send)),
    web.post(r"/phone/{user_id:\d{1,15}}/edit", _acting(_edit)),
    web.post(r"/phone/{user_id:\d{1,15}}/block", _acting(_block)),
)
