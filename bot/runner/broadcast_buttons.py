"""Buttons under the messages of broadcasts: answers, what they open, the poll, and stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.model.broadcast import (
    BROADCAST,
    MOST_BUTTONS,
    MOST_OPTIONS,
    WARNINGS,
    Broadcast,
    Opens,
)
from bot.model.commands.broadcasts import AnswerPoll, UndoAnswer
from bot.model.delivery import Delivery
from bot.model.outcome import Contribution
from bot.runner import broadcast_replies, conversations
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.broadcasts.dialogues import takes_answers
from bot.store.outbox import NewOutbox, Priority
from flows import broadcast_cards, cards
from flows.broadcasts import AnswerInOwnWords

Handler = Callable[[TurnContext, Delivery], Awaitable[None]]
# The callback data that opens each kind of target.
TARGETS: Mapping[str, str] = {
    Opens.INTENT: "{value}",
    Opens.PLEDGE: "start.pl-{value}",
    Opens.CAMPAIGN: "start.fl-{value}",
    Opens.OPPORTUNITY: "start.opp-{value}",
}


async def _broadcast(context: TurnContext, delivery: Delivery) -> Broadcast | None:
    """Return the broadcast of a message, and note that its reader tapped a button."""
    known = await context.unit.broadcasts.get(delivery.subject_id)
    if known is None:
        context.send(Send(broadcast_cards.OVER, (cards.TO_MENU,)))
    elif delivery.tapped_at is None:
        await context.unit.deliveries.change(delivery, tapped_at=context.now)
    return known


async def _choose(number: int, context: TurnContext, delivery: Delivery) -> None:
    """Store the option that was tapped."""
    known = await _broadcast(context, delivery)
    options = (known.question or {}).get("options") or [] if known is not None else []
    if known is None or number >= len(options):
        context.send(Send(broadcast_cards.OVER, (cards.TO_MENU,)))
        return
    key = str(options[number]["key"])
    refused = await broadcast_replies.store(context, known, delivery, key=key)
    if refused is not None:
        await broadcast_replies.turn_down(context, known, refused)


async def _in_own_words(context: TurnContext, delivery: Delivery) -> None:
    """Ask for the answer in own words, where one is taken."""
    known = await _broadcast(context, delivery)
    if known is None:
        return
    refused = await takes_answers(context.unit, context.citizen.id, delivery.id)
    if refused is not None:
        await broadcast_replies.turn_down(context, known, refused)
        return
    about = {"delivery_id": delivery.id, "number": known.number}
    await conversations.begin(context, AnswerInOwnWords, about)


async def _undo(
    what: str, context: TurnContext, delivery: Delivery, *, number: int | None = None
) -> None:
    """Take back an option or own words; *number* is that of the answer below which it was tapped.

    The button of an earlier answer takes nothing back: a newer one would be lost.
    """
    known = await _broadcast(context, delivery)
    if known is None:
        return
    is_words = what == broadcast_cards.UNDO_SAID
    given = await context.unit.contributions.of(BROADCAST, known.id, delivery.participant_id)
    if given is not None and number is not None and not _is_of(known, given, number, said=is_words):
        context.send(broadcast_cards.not_last(known, delivery.id, given, context.language))
        return
    command = UndoAnswer(context.citizen.id, delivery.id, is_words=is_words)
    done = await execute(command, context.unit)
    if isinstance(done, Refused):
        await broadcast_replies.turn_down(context, known, done)
    else:
        left = await context.unit.contributions.of(BROADCAST, known.id, delivery.participant_id)
        language = context.language
        words = broadcast_cards.answer_words(known, left.key, left.words, language) if left else ""
        context.send(broadcast_cards.undone(known, delivery.id, words, language))


def _is_of(known: Broadcast, given: Contribution, number: int, *, said: bool) -> bool:
    """Return whether an undo button's number is that of the answer as it is now."""
    if said:
        return given.words is not None and broadcast_cards.sum_of(given.words) == number
    options = (known.question or {}).get("options") or []
    return number < len(options) and str(options[number]["key"]) == given.key


async def _open(number: int, context: TurnContext, delivery: Delivery) -> None:
    """Open what a button leads to."""
    known = await _broadcast(context, delivery)
    if known is None or number >= len(known.buttons):
        context.send(Send(broadcast_cards.OVER, (cards.TO_MENU,)))
        return
    button = known.buttons[number]
    context.opens = TARGETS[button["opens"]].format(value=button["value"])


async def _show_place(context: TurnContext, delivery: Delivery) -> None:
    """Send the place of a broadcast."""
    known = await _broadcast(context, delivery)
    if known is None or known.place is None:
        return
    params: dict[str, Any] = {
        "chat_id": context.chat_id,
        "latitude": known.place["latitude"],
        "longitude": known.place["longitude"],
    }
    call = NewOutbox(context.chat_id, context.lane, "sendLocation", params, Priority.REPLY)
    await context.unit.outbox.put(call)


async def _stop(context: TurnContext, delivery: Delivery) -> None:
    """End all news, as the word STOP does; under a warning, end warnings."""
    if delivery.tapped_at is None:  # a welcome may have no broadcast
        await context.unit.deliveries.change(delivery, tapped_at=context.now)
    context.opens = "stopwarnings" if delivery.topic == WARNINGS else "stop"


async def _poll(value: int, context: TurnContext, delivery: Delivery) -> None:
    """Count the reader's answer to the poll."""
    command = AnswerPoll(context.citizen.id, delivery.subject_id, value)
    done = await execute(command, context.unit)
    if isinstance(done, Refused):
        context.send(Send(done.why, (cards.TO_MENU,)))
        return
    text = broadcast_cards.POLL_NOTED if done.value else broadcast_cards.POLL_TAKEN
    context.send(Send(text, (cards.TO_MENU,)))


BUTTONS: Mapping[str, Handler] = {
    **{f"o{number}": partial(_choose, number) for number in range(MOST_OPTIONS)},
    **{f"b{number}": partial(_open, number) for number in range(MOST_BUTTONS)},
    **{f"p{value}": partial(_poll, value) for value in range(1, 6)},
    "words": _in_own_words,
    broadcast_cards.UNDO_OPTION: partial(_undo, broadcast_cards.UNDO_CHOSEN),
    broadcast_cards.UNDO_WORDS: partial(_undo, broadcast_cards.UNDO_SAID),
    **{
        f"{what}{number}": partial(_undo, what, number=number)
        for what, most in (
            (broadcast_cards.UNDO_CHOSEN, MOST_OPTIONS),
            (broadcast_cards.UNDO_SAID, broadcast_cards.MOST_SUMS),
        )
        for number in range(most)
    },
    "map": _show_place,
    "stop": _stop,
}
