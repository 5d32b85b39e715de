"""Results of sends: one handler for each kind that an outbox row may ask for."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.engine.effects import Send
from bot.runner import broadcasts, deliveries
from bot.runner.context import Runtime, TurnContext, context_of
from bot.runner.notifications import record_delivery
from bot.runner.pictures import picture_fetched
from bot.store.inbox import InboxRow
from bot.store.unit import Unit
from flows import cards, messages

log = logging.getLogger("brobygger.runner")
# A handler is given the outbox row's `on_result`, and the state, message id and result of its call.
SendResultHandler = Callable[[TurnContext, Mapping[str, Any], Mapping[str, Any]], Awaitable[None]]


async def take_send_result(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Run the handler that an outbox row names, once its call was sent or given up."""
    context = await context_of(runtime, unit, row)
    if context is None:
        return
    on_result = row.payload["then"]  # the column's name in rows that are stored
    handler = SEND_RESULTS.get(on_result["what"])
    if handler is None:  # of another version
        log.warning("send_result_unknown", extra={"what": on_result["what"]})
        return
    await handler(context, on_result, row.payload)
    await context.write_outgoing()


async def _cpr_deleted(
    context: TurnContext, on_result: Mapping[str, Any], payload: Mapping[str, Any]
) -> None:
    """Tell the citizen whether the message with a CPR number is deleted from the chat.

    Of a number split over two messages, the first is mentioned only if it could not be deleted.
    """
    deleted = payload["state"] == "sent"
    if deleted and not on_result["last"]:
        return
    told = messages.CPR_DELETED if deleted else messages.CPR_NOT_DELETED
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    text = messages.BOTH.with_(first=told, second=messages.CPR_ORDER_NUMBER)
    context.send(Send(text, () if waiting else (cards.TO_MENU,)))


async def _nothing(
    _context: TurnContext, _on_result: Mapping[str, Any], _payload: Mapping[str, Any]
) -> None:
    """Do nothing: the emergency numbers name their update only so that they can be dropped."""


SEND_RESULTS: Mapping[str, SendResultHandler] = {
    "broadcast_file": broadcasts.file_sent,
    "delivery": deliveries.record_result,
    "case_said": record_delivery,
    "picture": picture_fetched,
    "cpr_deleted": _cpr_deleted,
    "danger_given": _nothing,
}
