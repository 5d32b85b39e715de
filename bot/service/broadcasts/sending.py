"""Send a broadcast: fix its audience, judge each recipient, pause, resume, stop and end it.

The timer `broadcast` gives the courier a few hundred messages at a time, so that the memory is
the same for any audience, and a stop has little to take back.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.calendar.recurrence import from_json, next_occurrences
from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.audience import Audience, readable
from bot.model.broadcast import (
    BROADCAST,
    FOLLOWING,
    USUALLY_EXPIRES,
    Broadcast,
    BroadcastState,
)
from bot.model.commands.broadcasts import PauseBroadcast, ResumeBroadcast, StopBroadcast
from bot.model.delivery import MOST_NEWS, DeliveryState, MessageClass, Reason
from bot.service.broadcasts import welcoming
from bot.service.broadcasts.reaching import Reader, withheld
from bot.service.deliveries import opens_again, week_of
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.broadcasts import Due, Got
from bot.store.events import CLOCK, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "broadcast"  # subject: the broadcast
NEWS = "news"  # the lock under which news is judged
CHUNK = 10_000  # people of the audience planned in one transaction
MOST_SLOTS = 96  # moments over which a broadcast is spread
CATCHES_UP_BY, CATCHES_UP_WITHIN = 1.5, timedelta(minutes=15)  # times its usual rate
BATCH = 400  # messages given to the courier at a time
LOW = 200  # with fewer messages at the courier, it gets more
LOOKS_AGAIN = timedelta(seconds=1)
FILE_REFUSED = "news_file_refused"  # the alert to the author and the approver
log = logging.getLogger("brobygger.broadcasts")
NO_BROADCAST = Refused(_("There is no such news."))
NOT_NOW = Refused(_("That is not possible in its present state."))


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of the next recipients: sent to, moved, or withheld for a reason."""

    sends: Sequence[Due]
    moved: Mapping[tuple[datetime, Reason], Sequence[int]]
    ended: Sequence[tuple[int, DeliveryState, Reason]]


async def schedule(unit: Unit, known: Broadcast) -> None:
    """Set the timer of an approved broadcast: for its beginning, or its next occurrence."""
    at = max(known.starts_at or unit.now, unit.now)
    if known.rule is None:
        await look_at(unit, known.id, at)
    else:
        await _wait_for(unit, known, next_of(unit, known.rule, at - timedelta(seconds=1)))


async def _wait_for(unit: Unit, series: Broadcast, coming: datetime | None) -> None:
    """Wait for the next occurrence of a series; end the series where there is none in time."""
    if coming is None or (series.expires_at is not None and coming > series.expires_at):
        over = {"state": BroadcastState.SENT, "ended_at": unit.now}
        await unit.broadcasts.change(series.id, **over)
        return
    await unit.broadcasts.change(series.id, starts_at=coming)
    await look_at(unit, series.id, coming)


def next_of(unit: Unit, rule: Mapping[str, Any], after: datetime) -> datetime | None:
    """Return the first occurrence of a rule later than *after*, or None."""
    coming = next_occurrences(from_json(rule), unit.calendar, after, 1)
    return coming[0].instant if coming else None


async def unschedule(unit: Unit, broadcast_id: int) -> None:
    """Cancel the timer of a broadcast."""
    await unit.timers.cancel(TIMER, str(broadcast_id))


async def look_at(unit: Unit, broadcast_id: int, at: datetime) -> None:
    """Set when a broadcast is looked after next."""
    lane = f"broadcast:{broadcast_id}"
    await unit.timers.set(NewTimer(TIMER, str(broadcast_id), lane, at))


def audience_of(known: Broadcast) -> Audience:
    """Return the audience of a broadcast."""
    return readable(known.audience)


def about(broadcast_id: int) -> str:
    """Return what the outbox rows of a broadcast's messages are about."""
    return f"{BROADCAST}:{broadcast_id}"


async def begin(unit: Unit, known: Broadcast) -> Broadcast | None:
    """Begin an approved broadcast; of a series make the occurrence, which begins by itself.

    Return the broadcast that is being sent from now on; None where a series waits again.
    """
    if known.rule is not None:
        await _occur(unit, known, known.rule)
        return None
    begun = replace(
        known,
        state=BroadcastState.SENDING,
        began_at=unit.now,
        expanded_to=0,
        audience_size=0,
    )
    values = {"state": begun.state, "began_at": begun.began_at, "expanded_to": 0}
    await unit.broadcasts.change(known.id, **values, audience_size=0)
    await unit.events.add(CLOCK, "broadcast_began", broadcast=known.id)
    return begun


async def _occur(unit: Unit, series: Broadcast, rule: Mapping[str, Any]) -> None:
    """Make the occurrence of a series that is due, and wait for the next one.

    Of those that were missed while the bot was down only one is made; none where the next one is
    nearer than the missed one.
    """
    planned = series.starts_at or unit.now
    while (later := next_of(unit, rule, planned)) is not None and later <= unit.now:
        planned = later
    following = next_of(unit, rule, unit.now)
    ends = series.expires_at
    is_over = ends is not None and unit.now > ends
    if not is_over and (following is None or unit.now - planned <= following - unit.now):
        usually = unit.now + USUALLY_EXPIRES
        occurrence = replace(
            series,
            id=0,
            rule=None,
            series_id=series.id,
            starts_at=planned,
            expires_at=usually if ends is None else min(usually, ends),
        )
        await look_at(unit, await unit.broadcasts.add(occurrence), unit.now)
    await _wait_for(unit, series, following)


async def expand(unit: Unit, known: Broadcast) -> Broadcast:
    """Plan deliveries to more people of the audience; at its end `expanded_to` is None."""
    at = moments(unit, known)
    number, last = await unit.broadcasts.expand(known, audience_of(known), CHUNK, at)
    size = (known.audience_size or 0) + number
    await unit.broadcasts.change(known.id, expanded_to=last, audience_size=size)
    return replace(known, expanded_to=last, audience_size=size)


def moments(unit: Unit, known: Broadcast) -> list[datetime]:
    """Return the moments over which a broadcast is spread, outside the town's quiet hours.

    What does not fit before quiet hours is spread over the time after them.
    """
    began = known.began_at or unit.now
    if not known.spread:
        return [began]
    slots = min(known.spread, MOST_SLOTS)
    apart = timedelta(minutes=known.spread) / slots
    found, at = [], began
    for _slot in range(slots):
        if not known.is_warning:
            at = max(at, unit.calendar.next_allowed(at))
        found.append(at)
        at += apart
    return found


async def next_batch(unit: Unit, known: Broadcast) -> Judged:
    """Judge the next recipients by the rules of attention, consent and quiet hours.

    One recipient whose rows cannot be judged does not hold up the others.
    """
    if not known.is_warning:
        # Two broadcasts at once count a person's news of this week one after the other.
        await unit.facts.hold(NEWS)
    monday, next_monday = week_of(unit, unit.now)
    found = await unit.broadcasts.due(known, (monday, next_monday), _most(unit, known))
    sends, moved, ended = [], defaultdict(list), []
    for one in found:
        try:
            verdict = judge(unit, known, one, next_monday)
        except Exception:
            log.exception("recipient_not_judged", extra={"delivery": one.delivery.id})
            verdict = FAULTY
        match verdict:
            case None:
                sends.append(one)
            case (DeliveryState.PLANNED, Reason() as reason, datetime() as at):
                moved[at, reason].append(one.delivery.id)
            case (DeliveryState() as state, Reason() as reason, _):
                ended.append((one.delivery.id, state, reason))
    return Judged(sends, moved, ended)


def _most(unit: Unit, known: Broadcast) -> int:
    """Return how many recipients are judged now.

    A broadcast that is spread stays spread where its messages are late: the bot was down, or quiet
    hours moved them.
    """
    if not known.spread:
        return BATCH
    since = max(LOOKS_AGAIN, min(unit.now - (known.fed_at or unit.now), CATCHES_UP_WITHIN))
    share = since / timedelta(minutes=known.spread) * CATCHES_UP_BY
    return max(1, min(BATCH, round((known.audience_size or 0) * share)))


Verdict = tuple[DeliveryState, Reason, datetime | None]
FAULTY: Verdict = (DeliveryState.SKIPPED, Reason.FAILED, None)


def judge(unit: Unit, known: Broadcast, due: Due, next_monday: datetime) -> Verdict | None:
    """Return why a message is withheld or moved; None where it is sent now."""
    attention = due.delivery.message_class
    skipped = DeliveryState.SKIPPED
    if due.delivery.not_after is not None and unit.now > due.delivery.not_after:
        return DeliveryState.EXPIRED, Reason.TOO_LATE, None
    reader = Reader(due.stance, due.recipient.language, due.is_in_case, due.has_earlier)
    reason = withheld(known, reader, unit)
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


async def record(unit: Unit, known: Broadcast, judged: Judged, faulty: Sequence[int]) -> None:
    """Write what `next_batch` judged; the messages of *faulty* deliveries could not be made."""
    await unit.broadcasts.end([*judged.ended, *((one, *FAULTY[:2]) for one in faulty)])
    for (at, reason), ids in judged.moved.items():
        await unit.broadcasts.move({at: ids}, reason)
    made = [one.delivery.id for one in judged.sends if one.delivery.id not in faulty]
    await unit.broadcasts.queue(made, known.edition)
    await unit.broadcasts.change(known.id, fed_at=unit.now)


def only_first(judged: Judged) -> Judged:
    """Return the judgement with one message only; the others stay planned."""
    return replace(judged, sends=judged.sends[:1])


EDITS, AGAIN = "edits", "again"  # begin what the messages after the first one are about


async def next_edits(unit: Unit, known: Broadcast) -> list[Got]:
    """Return the next messages to correct, where the courier has few of them."""
    found = await unit.broadcasts.uncorrected(known, BATCH)
    await unit.broadcasts.edit([one.delivery.id for one in found], known.edition)
    return found


async def next_silent(unit: Unit, known: Broadcast) -> list[Got]:
    """Return the next people to ask again, where the courier has few such questions."""
    found = await unit.broadcasts.silent(known, BATCH)
    await unit.broadcasts.ask_again([one.delivery.id for one in found])
    return found


async def has_room(unit: Unit, known: Broadcast, what: str) -> bool:
    """Return whether the courier has few messages of a kind about a broadcast."""
    return await unit.outbox.open_about(f"{what}:{known.id}") < LOW


async def look_later(unit: Unit, known: Broadcast, more: Collection[datetime]) -> None:
    """Set when a broadcast is looked after next, or end it where all have their outcome.

    *more* are times at which more messages are corrected or asked again.
    """
    soon, times = unit.now + LOOKS_AGAIN, list(more)
    is_flying = await unit.broadcasts.in_flight(known.id) > 0
    if known.state is BroadcastState.SENDING:
        following = await unit.broadcasts.next_planned(known.id)
        if following is not None:
            times.append(max(following, soon))
        elif not is_flying and known.expanded_to is None:
            over = {"state": BroadcastState.SENT, "ended_at": unit.now}
            await unit.broadcasts.change(known.id, **over)
            await unit.events.add(CLOCK, "broadcast_sent", broadcast=known.id)
    elif known.state in {BroadcastState.STOPPED, BroadcastState.CLOSED}:
        # What the courier had claimed at the stop, and did not send; and people planned since.
        await unit.broadcasts.cancel_rest(known.id, Reason.ENDED)
    if known.expanded_to is not None:
        times.append(unit.now)
    if is_flying:
        times.append(soon)
    if times:
        await look_at(unit, known.id, min(times))


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
    if state not in FOLLOWING[known.state] and not is_asking(known):
        return NOT_NOW
    await unit.broadcasts.plan_back(await unit.outbox.take_back_about(about(known.id)))
    await take_back_later(unit, replace(known, state=state))
    over = {"ended_at": unit.now} if state is BroadcastState.STOPPED else {}
    await unit.broadcasts.change(known.id, state=state, **over)
    if state is BroadcastState.STOPPED:
        await unit.broadcasts.cancel_rest(known.id, Reason.ENDED)
        await unit.alerts.close_about((FILE_REFUSED,), Subject(BROADCAST, known.id))
    # Corrections continue: an edit rings no phone.
    await look_at(unit, known.id, unit.now + LOOKS_AGAIN)
    await unit.events.add(by_staff(command.staff_id), verb, broadcast=known.id)
    return Done(known.id)


async def hold_for_file(unit: Unit, known: Broadcast) -> None:
    """Pause a broadcast whose file is gone, or refused by Telegram, and alert its staff.

    Otherwise it would fail for all. Resuming tries the file again.
    """
    if known.state is not BroadcastState.SENDING:
        return
    await unit.broadcasts.change(known.id, state=BroadcastState.PAUSED)
    await take_back_later(unit, replace(known, state=BroadcastState.PAUSED))
    await unit.events.add(CLOCK, FILE_REFUSED, broadcast=known.id)
    staff = {one for one in (known.staff_id, known.approved_by) if one is not None}
    await alert_staff(unit, staff, Subject(BROADCAST, known.id), "news_file_refused", renews=True)


def is_asking(known: Broadcast) -> bool:
    """Return whether the silent of a broadcast that was sent are asked again, or were."""
    return known.state is BroadcastState.SENT and known.reminded_at is not None


async def take_back_later(unit: Unit, known: Broadcast) -> None:
    """Take back the second questions and the welcomes of a broadcast that is held or over."""
    asked = await unit.outbox.take_back_about(f"{AGAIN}:{known.id}")
    await unit.broadcasts.not_asked_again(asked)
    await welcoming.take_back(unit, known)


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
    await unit.alerts.close_about((FILE_REFUSED,), Subject(BROADCAST, known.id))
    await look_at(unit, known.id, unit.now)
    await unit.events.add(by_staff(command.staff_id), "broadcast_resumed", broadcast=known.id)
    return Done(known.id)
