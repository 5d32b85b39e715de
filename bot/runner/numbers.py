"""CPR numbers that were seen: deleted in the chat, and taken out of what was kept (HR-1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.redact import MARK, scrub_tail
from bot.runner import talk
from bot.runner.desk import Desk
from bot.runner.heard import Heard, Showed, Wrote
from bot.runner.knowledge import answered
from bot.store.outbox import NewOutbox, Priority
from flows import cards

DELETE_WITHIN = timedelta(hours=48)  # after that Telegram deletes for nobody


async def wrote_cpr(desk: Desk, heard: Heard, cpr: Mapping[str, Any]) -> None:
    """Delete the message, and still answer what was asked beside the number (HR-1)."""
    if cpr["cpr"] == "clock":
        desk.say(cards.maybe_cpr(cpr["delete"][0][1]))
        return
    await remove_cpr(desk, cpr)
    words = heard.words if isinstance(heard, Wrote | Showed) else ""
    rest = words.replace(MARK, " ")
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None:
        await talk.aside(desk, waiting)
    else:
        await answered(desk, rest)


async def remove_cpr(desk: Desk, cpr: Mapping[str, Any] | None) -> None:
    """Delete the messages a number stood in, and scrub its first half where it was kept."""
    if cpr is None or cpr["cpr"] == "clock":
        return
    if cpr.get("scrub"):
        await desk.unit.conversations.scrub(desk.citizen.id, scrub_tail)
    await delete_message(desk, *(message_id for _chat, message_id in cpr.get("delete", [])))


async def delete_message(desk: Desk, *message_ids: int) -> None:
    """Delete what the citizen wrote; what is said of it is chosen after the outcome."""
    for place, message_id in enumerate(message_ids):
        last = place == len(message_ids) - 1
        await desk.unit.outbox.add(
            NewOutbox(
                desk.chat_id,
                desk.lane,
                "deleteMessage",
                {"chat_id": desk.chat_id, "message_id": message_id},
                Priority.REPLY,
                not_after=desk.now + DELETE_WITHIN,
                then={"what": "cpr_deleted", "last": last},
            )
        )
