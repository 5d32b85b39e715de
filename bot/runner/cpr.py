"""CPR numbers in messages: deleted in the chat, and scrubbed from stored words (HR-1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.redact import scrub_tail
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.faq import answered
from bot.runner.free_text import question, take_edit
from bot.runner.incoming import Edited, Incoming, Showed, Wrote
from bot.store.outbox import NewOutbox, Priority
from flows import cards

A_STORY = 6  # words: so long a message with a number also tells or asks something
HALF_WITHIN = timedelta(minutes=15)  # age of a stored first half; the intake looks back ten minutes
DELETE_WITHIN = timedelta(hours=48)  # Telegram deletes no older message


async def wrote_cpr(context: TurnContext, heard: Incoming, cpr: Mapping[str, Any]) -> None:
    """Delete the message, and still answer the question that came with the number (HR-1).

    Where the digits may be a time, ask the citizen first.
    """
    if cpr["cpr"] == "clock":
        context.send(cards.maybe_cpr(cpr["delete"][0][1]))
        return
    await remove_cpr(context, cpr)
    if isinstance(heard, Edited):
        await take_edit(context, heard.words)
        return
    words = heard.words if isinstance(heard, Wrote | Showed) else ""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.aside(context, waiting)
    elif not await answered(context, words) and len(words.split()) >= A_STORY:
        await question(context, words)


async def remove_cpr(context: TurnContext, cpr: Mapping[str, Any] | None) -> None:
    """Delete the messages that held a number, and scrub its first half where it was stored."""
    if cpr is None or cpr["cpr"] == "clock":
        return
    if cpr.get("scrub"):
        unit, own = context.unit, context.citizen.id
        await unit.conversations.scrub(own, scrub_tail)
        await unit.questions.scrub(own, scrub_tail)
        await unit.threads.scrub(own, scrub_tail, HALF_WITHIN)
        await unit.outbox.scrub(context.lane, scrub_tail)
        await unit.missed.scrub(scrub_tail, context.now - HALF_WITHIN)
    await delete_message(context, *(message_id for _chat, message_id in cpr.get("delete", [])))


async def delete_message(context: TurnContext, *message_ids: int) -> None:
    """Queue the deletion of messages; the reply to the citizen depends on the outcome."""
    for place, message_id in enumerate(message_ids):
        last = place == len(message_ids) - 1
        await context.unit.outbox.put(
            NewOutbox(
                context.chat_id,
                context.lane,
                "deleteMessage",
                {"chat_id": context.chat_id, "message_id": message_id},
                Priority.REPLY,
                not_after=context.now + DELETE_WITHIN,
                on_result={"what": "cpr_deleted", "last": last},
            )
        )
