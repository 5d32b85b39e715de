"""CPR numbers in messages: deleted in the chat, and scrubbed from stored words (HR-1)."""

from __future__ import annotations

from datetime import timedelta

from bot.redact import scrub_tail
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.faq import answered
from bot.runner.free_text import question, take_edit
from bot.store.outbox import NewOutbox, Priority
from bot.transport.incoming import Edited, RemovedCpr, Showed, Wrote
from flows import cards

A_STORY = 6  # words: so long a message with a number also tells or asks something
HALF_WITHIN = timedelta(minutes=15)  # age of a stored first half; the intake looks back ten minutes
DELETE_WITHIN = timedelta(hours=48)  # Telegram deletes no older message


async def wrote_cpr(context: TurnContext, cpr: RemovedCpr) -> None:
    """Delete the message, and still answer the question that came with the number (HR-1).

    Where the digits may be a time, ask the citizen first.
    """
    if cpr.unsure:
        context.send(cards.maybe_cpr(cpr.delete[0]))
        return
    await remove_cpr(context)
    content, words = context.incoming.content, context.incoming.words
    if isinstance(content, Edited):
        await take_edit(context, words)
        return
    if not isinstance(content, Wrote | Showed):
        words = ""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.aside(context, waiting)
    elif not await answered(context, words) and len(words.split()) >= A_STORY:
        await question(context, words)


async def remove_cpr(context: TurnContext) -> None:
    """Delete the messages that held a number, and scrub its first half where it was stored."""
    cpr = context.incoming.cpr
    if cpr is None or cpr.unsure:
        return
    if cpr.scrub:
        unit, own = context.unit, context.citizen.id
        await unit.conversations.scrub(own, scrub_tail)
        await unit.questions.scrub(own, scrub_tail)
        await unit.threads.scrub(own, scrub_tail, HALF_WITHIN)
        await unit.outbox.scrub(context.lane, scrub_tail)
        await unit.missed.scrub(scrub_tail, context.now - HALF_WITHIN)
    await delete_message(context, *cpr.delete)


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
