"""Messages, keyboards and files as JSON and responses for the demo page."""

from __future__ import annotations

from datetime import UTC, datetime

from aiohttp import web

from bot.simulator.rendering import render_html
from bot.simulator.state import Chat, Json, Message, StoredFile
from bot.simulator.world import World

# By a file's first bytes. The browser displays no other type of file.
PICTURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
FILE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def show_message(world: World, chat: Chat, message: Message) -> Json:
    """Return one message as JSON, with reply, place and file only where it has them."""
    shown: Json = {
        "message_id": message.id,
        "from": "bot" if message.outgoing else "me",
        "text": message.text,
        "html": render_html(message.formatted),
        "date": datetime.fromtimestamp(message.date, UTC).isoformat(),
        "edited": message.edited is not None,
        "keyboard": [
            [
                {
                    "text": button.text,
                    "data": button.data,
                    "url": button.url,
                    "copies": button.copies,
                }
                for button in row
            ]
            for row in message.keyboard
        ],
        "kind": message.kind,
    }
    if message.reply_to is not None:
        answered = message.reply_to
        who = "bot" if answered.outgoing else "me"
        shown["reply_to"] = {"from": who, "text": answered.text, "kind": answered.kind}
    if "location" in message.body:
        shown["place"] = message.body["location"]
    if "venue" in message.body:
        shown["venue"] = {name: message.body["venue"][name] for name in ("title", "address")}
    if (stored := _file_of(world, message)) is not None:
        shown["file"] = _show_file(chat, message, stored)
    return shown


def show_below(chat: Chat) -> list[list[Json]]:
    """Return the chat's reply keyboard as JSON."""
    return [
        [{"text": button.text, "asks_place": button.asks_place} for button in row]
        for row in chat.buttons
    ]


def serve_file(world: World, chat: Chat, message_id: int) -> web.StreamResponse:
    """Return a message's file, a picture inline and others as download; answer 404 without one."""
    message = chat.messages.get(message_id)
    stored = _file_of(world, message) if message is not None and not message.deleted else None
    if stored is None:
        raise web.HTTPNotFound
    kind = picture_type(stored.content)
    saved = {} if kind else {"Content-Disposition": "attachment"}
    return web.Response(
        body=stored.content,
        content_type=kind or "application/octet-stream",
        headers=FILE_HEADERS | saved,
    )


def picture_type(content: bytes) -> str | None:
    """Return the MIME type of a picture; None for other content."""
    return next((mime for magic, mime in PICTURES.items() if content.startswith(magic)), None)


def _file_of(world: World, message: Message) -> StoredFile | None:
    """Return the photo or document of a message; None without one."""
    body = message.body.get("document") or (message.body.get("photo") or [None])[-1]
    return world.files.get(body["file_id"]) if body else None


def _show_file(chat: Chat, message: Message, stored: StoredFile) -> Json:
    """Return URL, name and size of a file, and whether it is shown as a picture."""
    document = message.body.get("document", {})
    return {
        "url": f"/phone/{chat.id}/file/{message.id}",
        "name": document.get("file_name", ""),
        "size": stored.size,
        "picture": message.kind == "photo" and picture_type(stored.content) is not None,
    }
