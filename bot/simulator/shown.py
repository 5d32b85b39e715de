"""What a person sees of a message on the demo page, and the files that hang on it."""

from __future__ import annotations

from datetime import UTC, datetime

from aiohttp import web

from bot.simulator.rendering import render_html
from bot.simulator.state import Chat, Json, Message, StoredFile
from bot.simulator.world import World

# By what a file begins with: nothing else is ever shown by a browser as what it says it is.
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
    """Show one message; what hangs on it is there only where something does."""
    shown: Json = {
        "message_id": message.id,
        "from": "bot" if message.outgoing else "me",
        "text": message.text,
        "html": render_html(message.formatted),
        "date": datetime.fromtimestamp(message.date, UTC).isoformat(),
        "edited": message.edited is not None,
        "keyboard": [
            [{"text": button.text, "data": button.data, "url": button.url} for button in row]
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
    if (stored := _file_of(world, message)) is not None:
        shown["file"] = _show_file(chat, message, stored)
    return shown


def show_below(chat: Chat) -> list[list[Json]]:
    """Show the keyboard below the chat."""
    return [
        [{"text": button.text, "asks_place": button.asks_place} for button in row]
        for row in chat.buttons
    ]


def serve_file(world: World, chat: Chat, message_id: int) -> web.StreamResponse:
    """Hand a message's file to the page: a picture to look at, anything else to be saved."""
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
    """Return the MIME type of a picture; None where it is none."""
    return next((mime for magic, mime in PICTURES.items() if content.startswith(magic)), None)


def _file_of(world: World, message: Message) -> StoredFile | None:
    """Return the photo or document that hangs on a message."""
    body = message.body.get("document") or (message.body.get("photo") or [None])[-1]
    return world.files.get(body["file_id"]) if body else None


def _show_file(chat: Chat, message: Message, stored: StoredFile) -> Json:
    """Say where a file is, and what it is called."""
    document = message.body.get("document", {})
    return {
        "url": f"/phone/{chat.id}/file/{message.id}",
        "name": document.get("file_name", ""),
        "size": stored.size,
        "picture": message.kind == "photo" and picture_type(stored.content) is not None,
    }
