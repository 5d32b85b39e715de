"""The inbox rows of updates; a CPR number split over two messages is joined here (HR-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.redact import Redacted, redact_text, scrub_head, scrub_tail
from bot.store.inbox import ATTEMPT_LIMIT, NewInbox
from bot.store.split_cpr import SplitCpr
from bot.store.unit import Unit
from bot.transport.incoming import (
    Incoming,
    InDanger,
    Parse,
    RemovedCpr,
    incoming_of,
    payload_of,
)
from bot.transport.metadata import lane_of

DANGER_PRIORITY, PRIORITY = 0, 10
HALF_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that could not be read or stored: its id and lane, and the *kind* of error."""

    key: str
    kind: str
    lane: str = ""  # empty where the sender is not known


@dataclass(frozen=True, slots=True)
class Received:
    """An update that waits for its commit; *key* is its id.

    Only a *message* has or separates the halves of a split CPR: an edit or a tap does not.
    *tail* and *head*: see `RedactedText`.
    """

    key: str
    lane: str
    incoming: Incoming
    message: bool = False
    tail: bool = False
    head: bool = False


def received(redacted: Redacted, incoming: Incoming) -> Received:
    """Return a redacted and parsed update, with the CPR number that was removed from it."""
    update = redacted.update
    # The words may be joined from several strings, such as a place's name and address.
    words = redact_text(incoming.words)
    incoming = replace(incoming, words=words.text)
    if redacted.cpr or redacted.clock or words.cpr or words.clock:
        own = _own(incoming)
        unsure = bool(own) and not (redacted.cpr or words.cpr)
        incoming = replace(incoming, cpr=RemovedCpr(unsure, own))
    return Received(
        str(update["update_id"]),
        lane_of(update),
        incoming,
        isinstance(update.get("message"), dict),
        words.tail,
        words.head,
    )


async def rows_of(
    unit: Unit, source: str, seen: Sequence[Received | Unreadable], parse: Parse
) -> list[NewInbox]:
    """Return the rows of a batch in its order; join and remove the halves of split CPRs."""
    rows: list[NewInbox] = []
    if lanes := {one.lane for one in seen if isinstance(one, Received) and one.message}:
        await unit.split_cprs.expect(lanes)
    for one in seen:
        if isinstance(one, Unreadable):
            rows.append(_row_of_ids(source, one, unit.now))
            continue
        incoming = await _joined(unit, source, one, rows, parse) if one.message else one.incoming
        priority = DANGER_PRIORITY if isinstance(incoming.content, InDanger) else PRIORITY
        payload = payload_of(incoming)
        rows.append(NewInbox(source, one.key, one.lane, priority, payload, unit.now))
    return rows


def _row_of_ids(source: str, one: Unreadable, now: datetime) -> NewInbox:
    """Return an unreadable update's row; the worker sets it aside and notifies the citizen."""
    lane = one.lane or f"tg:update:{one.key}"
    return NewInbox(source, one.key, lane, PRIORITY, {"unreadable": one.kind}, now, ATTEMPT_LIMIT)


async def _joined(
    unit: Unit, source: str, one: Received, before: list[NewInbox], parse: Parse
) -> Incoming:
    """Return a message without the second half of a split CPR; scrub the stored first half.

    *before* are the batch's earlier rows.
    """
    incoming = one.incoming
    sent_at = incoming.sent_at or unit.now
    half = await unit.split_cprs.get(one.lane)
    joined = False
    if half is not None and half.update_key != one.key:
        near = timedelta() <= sent_at - half.sent_at <= HALF_WITHIN
        if near and one.head:
            joined = True
            await _scrub_first(unit, source, half.update_key, before, parse)
            first = [half.message_id] if half.chat_id == incoming.chat_id else []
            cpr = RemovedCpr(delete=[*first, *_own(incoming)], scrub=True)
            incoming = replace(incoming, words=scrub_head(incoming.words), cpr=cpr)
        await unit.split_cprs.clear(one.lane)
    if one.tail and not joined and incoming.chat_id is not None and incoming.message_id is not None:
        await unit.split_cprs.set(
            SplitCpr(one.lane, one.key, incoming.chat_id, incoming.message_id, sent_at)
        )
    return incoming


async def _scrub_first(
    unit: Unit, source: str, key: str, before: list[NewInbox], parse: Parse
) -> None:
    """Remove the first half of a split CPR from this batch and from the inbox."""
    for place, row in enumerate(before):
        if row.key == key:
            before[place] = replace(row, payload=await _scrubbed(row.payload, parse))
    # Search the inbox too: an update of this batch may be there from an earlier delivery.
    kept = await unit.inbox.get(source, key)
    if kept is not None and not {"incoming", "update"}.isdisjoint(kept.payload):
        await unit.inbox.rewrite(source, key, await _scrubbed(kept.payload, parse))


async def _scrubbed(payload: Mapping[str, Any], parse: Parse) -> dict[str, Any]:
    """Return a stored payload without a date at the end of its words."""
    incoming = await incoming_of(payload, parse)
    return payload_of(replace(incoming, words=scrub_tail(incoming.words)))


def _own(incoming: Incoming) -> list[int]:
    """Return the id of the update's own message, if it can be deleted."""
    if incoming.chat_id is None or incoming.message_id is None:
        return []
    return [incoming.message_id]
