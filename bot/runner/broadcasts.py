"""Broadcasts in the chat: messages are rendered in batches, and their buttons answered."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.engine.effects import Send
from bot.model.broadcast import (
    BROADCAST,
    Broadcast,
    BroadcastState,
    MediaKind,
)
from bot.model.delivery import Delivery, Reason
from bot.model.opportunity import said
from bot.model.town import Town
from bot.runner.context import Runtime, TurnContext
from bot.runner.renderer import Renderer
from bot.service.broadcasts import sending, welcoming
from bot.service.broadcasts.dialogues import OUTCOME
from bot.store.broadcasts import OCCASION, Due, Got
from bot.store.inbox import InboxRow
from bot.store.outbox import (
    DELIVERY,
    FILE_OF_BROADCAST,
    Finished,
    NewOutbox,
    Priority,
    is_file_refused,
)
from bot.store.unit import Unit
from bot.transport.render import inline, message_params
from flows import broadcast_cards

log = logging.getLogger("brobygger.broadcasts")
PLACE_OF_ID = 0  # the delivery's id in a message that is rendered once for each language
METHODS: Mapping[str, tuple[str, str]] = {
    MediaKind.PHOTO: ("sendPhoto", "photo"),
    MediaKind.DOCUMENT: ("sendDocument", "document"),
}


async def look_after(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Begin a broadcast, give the courier more of its messages, or end it (timer)."""
    known = await unit.broadcasts.lock(int(row.payload["subject"]))
    if known is None:
        return
    if known.state is BroadcastState.APPROVED:
        begun = await sending.begin(unit, known)
        if begun is None:
            return
        known = begun
    if known.expanded_to is not None:  # also when it is held: the audience is as it began
        known = await sending.expand(unit, known)
    if known.state is BroadcastState.SENDING:
        await _feed(runtime, unit, known)
    more = [
        *await _correct_more(runtime, unit, known),
        *await _ask_more(runtime, unit, known),
    ]
    await sending.look_later(unit, known, more)


async def _feed(runtime: Runtime, unit: Unit, known: Broadcast) -> None:
    """Give the courier messages where it has few."""
    in_flight = await unit.broadcasts.in_flight(known.id)
    waits_for_file = _needs_upload(known) and in_flight > 0
    if in_flight < sending.LOW and not waits_for_file:
        judged = await sending.next_batch(unit, known)
        if _needs_upload(known):  # the first message brings the file to Telegram
            judged = sending.only_first(judged)
        made, faulty = _made(runtime, unit, known, judged.sends)
        await sending.record(unit, known, judged, faulty)
        for row in made:
            await unit.outbox.put(row)


def _needs_upload(known: Broadcast) -> bool:
    """Return whether Telegram does not have the file of a broadcast yet."""
    return known.media is not None and not known.media.get("sent_as")


def _made(
    runtime: Runtime, unit: Unit, known: Broadcast, sends: Sequence[Due]
) -> tuple[list[NewOutbox], list[int]]:
    """Return the messages to some recipients, and the deliveries whose message cannot be made.

    One of them does not hold up the others.
    """
    rendered, rows, faulty = _Rendered(runtime, unit.town, known), [], []
    for one in sends:
        try:
            method, params = rendered.call(one.recipient.language, one.delivery.id, one.chat_id)
        except Exception:
            log.exception("message_not_made", extra={"delivery": one.delivery.id})
            faulty.append(one.delivery.id)
            continue
        rows.append(_row(known, one, method, params))
    return rows, faulty


def _row(known: Broadcast, one: Due, method: str, params: dict[str, Any]) -> NewOutbox:
    """Return a message to one recipient; its result goes into the ledger."""
    asked: dict[str, Any] = {
        "what": DELIVERY if known.media is None else FILE_OF_BROADCAST,
        "deliveries": [one.delivery.id],
        "about": sending.about(known.id),
    }
    if known.media is not None:
        asked |= {"broadcast": known.id, "sent_as": known.media.get("sent_as")}
    return NewOutbox(
        one.chat_id,
        one.recipient.lane or "",
        method,
        params,
        Priority.WARNING if known.is_warning else Priority.BROADCAST,
        not_after=one.delivery.not_after,
        quiet=not known.is_warning,
        on_result=asked,
    )


async def _correct_more(runtime: Runtime, unit: Unit, known: Broadcast) -> list[datetime]:
    """Correct more of the messages that have an earlier text; return when there are more."""
    if known.corrected_at is None:
        return []
    soon = unit.now + sending.LOOKS_AGAIN
    if not await sending.has_room(unit, known, sending.EDITS):
        return [soon]
    rendered = _Rendered(runtime, unit.town, known)
    edits = await sending.next_edits(unit, known)
    asked = {"about": f"{sending.EDITS}:{known.id}", "deliveries": [], "edition": known.edition}
    for one in edits:
        method, params = rendered.edit(one)
        await _put_more(unit, one, method, params, asked, quiet=False)
    return [soon] if len(edits) == sending.BATCH else []


async def _ask_more(runtime: Runtime, unit: Unit, known: Broadcast) -> list[datetime]:
    """Ask more of the silent again, outside quiet hours; return when there are more."""
    if known.reminded_at is None or known.state not in welcoming.SENDS:
        return []
    allowed = unit.calendar.next_allowed(unit.now)
    if allowed > unit.now:
        return [allowed]
    soon = unit.now + sending.LOOKS_AGAIN
    if not await sending.has_room(unit, known, sending.AGAIN):
        return [soon]
    rendered = _Rendered(runtime, unit.town, known, again=True)
    silent = await sending.next_silent(unit, known)
    for one in silent:
        method, params = rendered.call(one.recipient.language, one.delivery.id, one.chat_id)
        asked = {"about": f"{sending.AGAIN}:{known.id}", "deliveries": [one.delivery.id]}
        await _put_more(unit, one, method, params, asked, quiet=True)
    if len(silent) == sending.BATCH:
        return [soon]
    following = await unit.broadcasts.next_silent(known)
    return [max(following, soon)] if following is not None else []


async def _put_more(
    unit: Unit,
    one: Got,
    method: str,
    params: dict[str, Any],
    asked: Mapping[str, Any],
    *,
    quiet: bool,
) -> None:
    """Write a later call about a message; its result changes nothing in the ledger."""
    await unit.outbox.put(
        NewOutbox(
            one.chat_id,
            one.recipient.lane or "",
            method,
            params,
            Priority.BROADCAST,
            quiet=quiet,
            on_result={"what": DELIVERY, **asked},
        )
    )


class _Rendered:
    """A broadcast's message, rendered once for each language; only the delivery's id differs."""

    def __init__(
        self, runtime: Runtime, town: Town, known: Broadcast, *, again: bool = False
    ) -> None:
        """Render nothing yet; with *again* the message asks the silent."""
        self._runtime, self._town, self._known, self._again = runtime, town, known, again
        self._by_language: dict[str, str] = {}

    def call(self, reader: str, delivery_id: int, chat_id: int) -> tuple[str, dict[str, Any]]:
        """Return method and parameters of the call that sends it to one person."""
        params = self._filled(reader, delivery_id, chat_id)
        media = self._known.media
        if media is None:
            return "sendMessage", params
        method, name = METHODS[media["kind"]]
        file: Any = media.get("sent_as") or {"file": self._known.file_id}
        text = params.pop("text")
        params.pop("link_preview_options", None)
        return method, {**params, "caption": text, name: file}

    def edit(self, one: Got) -> tuple[str, dict[str, Any]]:
        """Return the call that gives a sent message its corrected text."""
        params = self._filled(one.recipient.language, one.delivery.id, one.chat_id)
        params["message_id"] = one.delivery.message_id
        if self._known.media is None:
            return "editMessageText", params
        text = params.pop("text")
        params.pop("link_preview_options", None)
        return "editMessageCaption", {**params, "caption": text}

    def _filled(self, reader: str, delivery_id: int, chat_id: int) -> dict[str, Any]:
        if reader not in self._by_language:
            renderer = Renderer(self._town, reader, "", self._runtime.date_entities)
            send = broadcast_cards.message(self._known, PLACE_OF_ID, reader, again=self._again)
            require_stop(self._known, send)
            text = renderer.render(send.text)
            keyboard = inline(renderer.laid(send.buttons))
            self._by_language[reader] = json.dumps(message_params(0, text, keyboard)[0])
        marked = self._by_language[reader]
        params: dict[str, Any] = json.loads(
            marked.replace(f'":rem.{PLACE_OF_ID}.', f'":rem.{delivery_id}.')
        )
        return {**params, "chat_id": chat_id}


def require_stop(known: Broadcast, send: Send) -> None:
    """Raise `RuntimeError` for a message that does not end with the button that stops news."""
    stop = broadcast_cards.stop_button(known, PLACE_OF_ID)
    if tuple(send.buttons)[-1:] != (stop,):
        message = f"the message of broadcast {known.id} has no button that stops news"
        raise RuntimeError(message)


async def send_test(context: TurnContext, payload: Mapping[str, Any]) -> None:
    """Send a broadcast to this chat alone, once for each language that it has (notification).

    It has no delivery, so that its buttons say that it is a test.
    """
    known = await context.unit.broadcasts.get(payload["broadcast"])
    if known is None:
        return
    rendered = _Rendered(context.runtime, context.town, known)
    for language in known.texts:
        method, params = rendered.call(language, PLACE_OF_ID, context.chat_id)
        await context.unit.outbox.put(
            NewOutbox(context.chat_id, context.lane, method, params, Priority.REPLY)
        )


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a message about a broadcast is no longer sent; None where it is."""
    known = await unit.broadcasts.get(delivery.subject_id)
    if delivery.kind == welcoming.WELCOME:
        is_there = known is not None or delivery.subject_id == welcoming.TEXT_ONLY
        return await welcoming.withheld(unit, delivery) if is_there else Reason.ENDED
    return Reason.ENDED if known is None else None


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return the message with the outcome of a contribution, or the news itself."""
    unit = context.unit
    known = await unit.broadcasts.get(delivery.subject_id)
    if delivery.kind == welcoming.WELCOME:
        return _welcome(context, delivery, known)
    if known is None:
        message = f"delivery {delivery.id} has no broadcast"
        raise RuntimeError(message)
    if delivery.kind == OCCASION:
        return broadcast_cards.message(known, delivery.id, context.language, again=again)
    if delivery.kind != OUTCOME:
        raise RuntimeError(f"delivery {delivery.id} has the unknown occasion {delivery.kind}")
    given = await unit.contributions.of(BROADCAST, known.id, delivery.participant_id)
    if given is None or given.verdict is None or given.decided_at is None:
        message = f"delivery {delivery.id} has no outcome"
        raise RuntimeError(message)
    day = context.calendar.local(given.decided_at).date()
    return broadcast_cards.outcome(known, delivery.id, given, day, context.language)


def _welcome(context: TurnContext, delivery: Delivery, known: Broadcast | None) -> Send:
    """Return the welcome to a topic: its newest broadcast, or its own text."""
    topic = welcoming.topic_of(context.unit, delivery.mark)
    labels = topic.labels if topic is not None else {}
    if known is not None:
        name = said(labels, context.language)
        return broadcast_cards.welcome(known, delivery.id, name, context.language)
    text = said(topic.welcome if topic is not None else {}, context.language)
    stop = broadcast_cards.button(delivery.id, "stop", broadcast_cards.STOP)
    return Send(broadcast_cards.WORDS_OF.with_(text=text), (stop,))


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about a broadcast, for lists."""
    del language
    known = await unit.broadcasts.get(delivery.subject_id)
    return known.title if known is not None else ""


async def file_sent(
    context: TurnContext, asked: Mapping[str, Any], payload: Mapping[str, Any]
) -> None:
    """Keep Telegram's id of a broadcast's file after the first message that arrived.

    A refused id is forgotten, so that the file is uploaded again; a refused file holds the news.
    """
    unit = context.unit
    known = await unit.broadcasts.lock(asked["broadcast"])
    if known is None:
        return
    result = Finished(0, payload["state"], error=payload["error"])
    is_refused = is_file_refused(result, asked)
    if known.media is not None and (payload["state"] == "sent" or is_refused):
        sent_as = _file_id(payload["result"] or {})
        # Many messages may have had a refused id: the file may be uploaded again by now.
        if known.media.get("sent_as") == asked.get("sent_as"):
            await unit.broadcasts.change(known.id, media={**known.media, "sent_as": sent_as})
    if is_refused and not asked.get("sent_as"):
        await sending.hold_for_file(unit, known)
    await sending.look_at(unit, known.id, unit.now)


def _file_id(result: Mapping[str, Any]) -> str | None:
    """Return the id of the file in a message that Telegram has accepted; the largest photo."""
    photos = result.get("photo")
    if photos:
        return str(photos[-1]["file_id"])
    document = result.get("document")
    return str(document["file_id"]) if document else None
