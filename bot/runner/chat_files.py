"""Files that the chat sends to a citizen."""

from __future__ import annotations

import html
from typing import Any

from bot.documents.progress_picture import MIME as PNG
from bot.i18n import Text
from bot.runner.context import TurnContext
from bot.store.outbox import NewOutbox, Priority


async def put_file(
    context: TurnContext,
    name: Text,
    mime: str,
    content: bytes,
    *,
    caption: Text | None = None,
) -> None:
    """Queue a file to the citizen; it is deleted when it has been sent."""
    file_id = await context.unit.files.add(context.render(name), mime, content)
    params = {"chat_id": context.chat_id, "document": {"file": file_id}}
    if caption is not None:
        params |= {"caption": context.render(caption), "parse_mode": "HTML"}
    await context.unit.outbox.put(
        NewOutbox(context.chat_id, context.lane, "sendDocument", params, Priority.REPLY)
    )


async def put_picture(
    context: TurnContext, name: str, content: bytes, *, caption: str = ""
) -> None:
    """Queue a PNG to the citizen; *caption* is plain text. It is deleted when it has been sent."""
    file_id = await context.unit.files.add(name, PNG, content)
    params: dict[str, Any] = {"chat_id": context.chat_id, "photo": {"file": file_id}}
    if caption:
        params |= {"caption": html.escape(caption, quote=False), "parse_mode": "HTML"}
    await context.unit.outbox.put(
        NewOutbox(context.chat_id, context.lane, "sendPhoto", params, Priority.REPLY)
    )
