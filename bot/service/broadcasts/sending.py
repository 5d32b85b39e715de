"""Send a broadcast: fix its audience, judge each recipient, pause, resume, stop and end it.

The timer `broadcast` gives the courier a few hundred messages at a time, so that the memory is
the same for any audience, and a stop has little to take back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.calendar.recurrence import from_json, next_occurrences
from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.audience import Audience
from bot.model.audience import from_json as audience_from
from bot.model.broadcast import (
    BROADCAST,
    FOLLOWING,
    USUALLY_EXPIRES,
    Broadcast,
    BroadcastState,
)
from bot.model.commands.broadcasts import PauseBroadcast, ResumeBroadcast, StopBroadcast
from bot.model.delivery import MOST_NEWS, DeliveryState, MessageClass, Reason
from bot.service.deliveries import opens_again, week_of
from bot.store.broadcasts import Due, Got
from bot.store.events import CLOCK, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "broadcast"  # subject: the broadcast
CHUNK = 2_000  # people of the audience planned in one transaction
BATCH = 400  # messages given to the courier at a time
LOW = 200  # with fewer messages at the courier, it gets more
LOOKS_AGAIN = timedelta(seconds=1)
NO_BROADCAST = Refused(_("There is no such news."))
NOT_NOW = Refused(_("That is not possible in its present state."))


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of the next recipients: sent to, moved, or withheld for a reason."""

    sends: Sequence[Due]
    moved: Mapping[datetime, Sequence[int]]
    ended: Sequence[tuple[int, DeliveryState, Reason]]
    why_moved: Mapping[datetime, Reason]


async def schedule(unit: Unit, known: Broadcast) -> None:
    """Set the timer of an approved broadcast: for its beginning, or its first occurrence."""
    at = known.starts_at or unit.now
    if known.rule is not None:
        coming = next_occurrences(from_json(known.rule), unit.calendar, unit.now, 1)
        if not coming:
            return
        at = coming[0].instant
    await look_at(unit, known.id, max(at, unit.now))


async def unschedule(unit: Unit, broadcast_id: int) -> None:
    """Cancel the timer of a broadcast."""
    await unit.timers.cancel(TIMER, str(broadcast_id))


async def look_at(unit: Unit, broadcast_id: int, at: datetime) -> None:
    """Set when a broadcast is looked after next."""
    lane = f"broadcast:{broadcast_id}"
    await unit.timers.set(NewTimer(TIMER, str(broadcast_id), lane, at))


def audience_of(known: Broadcast) -> Audience:
    """Return the audience of a broadcast."""
    return audience_from(known.audience)


async def begin(unit: Unit, known: Broadcast) -> Broadcast | None:
    """Begin an approved broadcast; of a series make the occurrence, which begins by itself.

    Return the broadcast that is being sent from now on; None where a series waits again.
    """
    if known.rule is None:
        values = {"state": BroadcastState.SENDING, "began_at": unit.now, "expanded_to": 0}
        await unit.broadcasts.change(known.id, **values, audience_size=0)
        await unit.events.add(CLOCK, "broadcast_began", broadcast=known.id)
        return replace(
            known, state=BroadcastState.SENDING, began_at=unit.now, expanded_to=0, audience_size=0
        )
    occurrence = replace(
        known,
        id=0,
        rule=None,
        series_id=known.id,
        starts_at=unit.now,
        expires_at=unit.now + USUALLY_EXPIRES,
    )
    made = await unit.broadcasts.add(occurrence)
    await look_at(unit, made, unit.now)
    await schedule(unit, known)
    return None


async def expand(unit: Unit, known: Broadcast) -> Broadcast:
    """Plan deliveries to more people of the audience; at its end `expanded_to` is None."""
    began_at = known.began_at or unit.now
    number, last = await unit.broadcasts.expand(known, audience_of(known), CHUNK, began_at)
    size = (known.audience_size or 0) + number
    await unit.broadcasts.change(known.id, expanded_to=last, audience_size=size)
    return replace(known, expanded_to=last, audience_size=size)


async def next_batch(unit: Unit, known: Broadcast) -> Judged:
    """Judge the next recipients by the rules of attention, consent and quiet hours."""
    monday, next_monday = week_of(unit, unit.now)
    found = await unit.broadcasts.due(known, (monday, next_monday), BATCH)
    sends, moved, why, ended = [], defaultdict(list), {}, []
    for one in found:
        verdict = judge(unit, known, one, next_monday)
        match verdict:
            case None:
                sends.append(one)
            case (DeliveryState.PLANNED, Reason() as reason, datetime() as at):
                moved[at].append(one.delivery.id)
                why[at] = reason
            case (DeliveryState() as state, Reason() as reason, _):
                ended.append((one.delivery.id, state, reason))
    return Judged(sends, moved, ended, why)


Verdict = tuple[DeliveryState, Reason, datetime | None]


def judge(unit: Unit, known: Broadcast, due: Due, next_monday: datetime) -> Verdict | None:
    """Return why a message is withheld or moved; None where it is sent now."""
    attention = due.delivery.message_class
    skipped = DeliveryState.SKIPPED
    if due.delivery.not_after is not None and unit.now > due.delivery.not_after:
        return DeliveryState.EXPIRED, Reason.TOO_LATE, None
    reason = due.stance.withheld(attention, unit.now)
    if reason is None and known.language_for(due.recipient.language) is None:
        reason = Reason.NO_TEXT
    if reason is None and due.has_earlier:
        reason = Reason.GOT_IT
    if reason is None and due.is_in_case and known.spares_cases:
        reason = Reason.IN_CASE if attention is not MessageClass.WARNING else None
    if reason is not None:
        return skipped, reason, None
    if attention is MessageClass.WARNING:
        return None
    return _later(unit, due, next_monday)


def _later(unit: Unit, due: Due, next_monday: datetime) -> Verdict | None:
    """Return to when quiet hours or the weekly limit move a message; None where they do not."""
    own_quiet = due.recipient.own_quiet
    reason, at = Reason.QUIET, unit.calendar.next_allowed(unit.now, own_quiet)
    if due.news >= MOST_NEWS:
        reason, at = Reason.CAP, opens_again(unit, next_monday, own_quiet)
    if at <= unit.now:
        return None
    if due.delivery.not_after is not None and at > due.delivery.not_after:
        late = Reason.CAP if reason is Reason.CAP else Reason.TOO_LATE
        state = DeliveryState.SKIPPED if reason is Reason.CAP else DeliveryState.EXPIRED
        return state, late, None
    return DeliveryState.PLANNED, reason, at


async def record(unit: Unit, known: Broadcast, judged: Judged) -> None:
    """Write what `next_batch` judged, but for the messages themselves."""
    await unit.broadcasts.end(judged.ended)
    for at, ids in judged.moved.items():
        await unit.broadcasts.move({at: ids}, judged.why_moved[at])
    await unit.broadcasts.queue([one.delivery.id for one in judged.sends], known.edition)
    await unit.broadcasts.change(known.id, fed_at=unit.now)


async def after_batch(unit: Unit, known: Broadcast) -> None:
    """Set when the broadcast is looked after next, or end it where all have their outcome."""
    if known.expanded_to is not None:
        await look_at(unit, known.id, unit.now)
        return
    following = await unit.broadcasts.next_planned(known.id)
    if following is not None:
        await look_at(unit, known.id, max(following, unit.now + LOOKS_AGAIN))
    elif await unit.broadcasts.in_flight(known.id):
        await look_at(unit, known.id, unit.now + LOOKS_AGAIN)
    else:
        values = {"state": BroadcastState.SENT, "ended_at": unit.now}
        await unit.broadcasts.change(known.id, **values)
        await unit.events.add(CLOCK, "broadcast_sent", broadcast=known.id)


def only_first(judged: Judged) -> Judged:
    """Return the judgement with one message only; the others stay planned."""
    return replace(judged, sends=judged.sends[:1])


EDITS, AGAIN = "edits", "again"  # begin what the messages after the first one are about


async def next_edits(unit: Unit, known: Broadcast) -> list[Got]:
    """Return the next messages to correct, where the courier has few of them."""
    if known.corrected_at is None or await unit.outbox.open_about(f"{EDITS}:{known.id}") > LOW:
        return []
    found = await unit.broadcasts.uncorrected(known, BATCH)
    await unit.broadcasts.edit([one.delivery.id for one in found], known.edition)
    return found


async def next_silent(unit: Unit, known: Broadcast) -> list[Got]:
    """Return the next people to ask again, outside quiet hours, where the courier has few."""
    is_over = known.reminded_at is None or known.state is BroadcastState.CLOSED
    if is_over or await unit.outbox.open_about(f"{AGAIN}:{known.id}") > LOW:
        return []
    found = await unit.broadcasts.silent(known.id, BATCH)
    await unit.broadcasts.ask_again([one.delivery.id for one in found])
    return found


async def look_after_more(unit: Unit, known: Broadcast, *, more: bool) -> None:
    """Look again soon while messages of a broadcast that was sent are corrected or repeated."""
    if more and known.state is not BroadcastState.SENDING:
        await look_at(unit, known.id, unit.now + LOOKS_AGAIN)


async def pause_broadcast(command: PauseBroadcast, unit: Unit) -> Done | Refused:
    """Hold a broadcast: the courier's waiting messages are taken back in the same transaction."""
    return await _hold(unit, command, BroadcastState.PAUSED, "broadcast_paused")


async def stop_broadcast(command: StopBroadcast, unit: Unit) -> Done | Refused:
    """End a broadcast: the rest is withheld because staff stopped it."""
    return await _hold(unit, command, BroadcastState.STOPPED, "broadcast_stopped")


async def _hold(
    unit: Unit, command: PauseBroadcast | StopBroadcast, state: BroadcastState, verb: str
) -> Done | Refused:
    known = await unit.broadcasts.lock(command.broadcast_id)
    if known is None:
        return NO_BROADCAST
    if known.state is state:
        return Done(known.id)
    if state not in FOLLOWING[known.state]:
        return NOT_NOW
    back = await unit.outbox.take_back_about(BROADCAST, known.id)
    await unit.broadcasts.plan_back(back)
    over = {"ended_at": unit.now} if state is BroadcastState.STOPPED else {}
    await unit.broadcasts.change(known.id, state=state, **over)
    if state is BroadcastState.STOPPED:
        await unit.broadcasts.cancel_rest(known.id, Reason.ENDED)
        await look_at(unit, known.id, unit.now + LOOKS_AGAIN)
    else:
        await unschedule(unit, known.id)
    await unit.events.add(by_staff(command.staff_id), verb, broadcast=known.id)
    return Done(known.id)


async def resume_broadcast(command: ResumeBroadcast, unit: Unit) -> Done | Refused:
    """Send the rest of a paused broadcast."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    if known is None:
        return NO_BROADCAST
    if known.state is BroadcastState.SENDING:
        return Done(known.id)
    if known.state is not BroadcastState.PAUSED:
        return NOT_NOW
    await unit.broadcasts.change(known.id, state=BroadcastState.SENDING)
    await look_at(unit, known.id, unit.now)
    await unit.events.add(by_staff(command.staff_id), "broadcast_resumed", broadcast=known.id)
    return Done(known.id)


async def settle_stopped(unit: Unit, known: Broadcast) -> None:
    """Withhold the messages that the courier returned after a stop (timer)."""
    await unit.broadcasts.cancel_rest(known.id, Reason.ENDED)
    if await unit.broadcasts.in_flight(known.id):
        await look_at(unit, known.id, unit.now + LOOKS_AGAIN)
