"""End a pledge: what leaves the totals, and what is no longer sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.pledges import (
    PausePledge,
    ResumePledge,
    StopPledge,
    WithdrawPledge,
)
from bot.model.delivery import Reason
from bot.model.pledge import (
    FOLLOWING,
    GRACE,
    LIVE,
    CheckInAnswer,
    Entry,
    MeasureKind,
    Pledge,
    PledgeSource,
    PledgeState,
    RunOut,
)
from bot.service.pledges import pledge_messages
from bot.store.events import CLOCK
from bot.store.unit import Unit

OVER = Refused(_("That pledge is over. You can make a new one."))
NOT_YOURS = Refused(_("There is no such pledge."))


async def own(unit: Unit, person_id: int | None, pledge_id: int) -> Pledge | None:
    """Return a citizen's own pledge, held; None for another's. Staff (None) act for each."""
    found = await hold(unit, pledge_id)
    if found is None:
        return None
    if person_id is not None:
        participant = await unit.participants.of_person(person_id)
        if found.participant_id != participant.id:
            return None
    return await end_if_over(unit, found)


async def hold(unit: Unit, pledge_id: int) -> Pledge | None:
    """Return a pledge, held. Of a signature that waits, the campaign is held first.

    So the count stays exact while other people sign.
    """
    found = await unit.pledges.get(pledge_id)
    if found is not None and found.campaign_id is not None and found.state is PledgeState.SIGNED:
        await unit.campaigns.lock(found.campaign_id)
    return await unit.pledges.lock(pledge_id)


async def hold_person(unit: Unit, participant_id: int) -> None:
    """Let one transaction at a time begin pledges of a person, or stop all of them.

    It comes before the other locks, and before the question whether the pledges may be kept.
    """
    await unit.facts.hold(f"pledges:{participant_id}")


async def pause_pledge(command: PausePledge, unit: Unit) -> Done | Refused:
    """Begin a break: nothing is asked, and the level still counts."""
    return await _move(unit, command, PledgeState.PAUSED, "pledge_paused")


async def resume_pledge(command: ResumePledge, unit: Unit) -> Done | Refused:
    """End a break."""
    return await _move(unit, command, PledgeState.ACTIVE, "pledge_resumed")


async def stop_pledge(command: StopPledge, unit: Unit) -> Done | Refused:
    """End a pledge early: it leaves the level and keeps its counts."""
    return await _move(unit, command, PledgeState.STOPPED, "pledge_stopped")


async def withdraw_pledge(command: WithdrawPledge, unit: Unit) -> Done | Refused:
    """Take a pledge back: it leaves the level and the counts."""
    return await _move(unit, command, PledgeState.WITHDRAWN, "pledge_withdrawn")


async def _move(
    unit: Unit,
    command: PausePledge | ResumePledge | StopPledge | WithdrawPledge,
    state: PledgeState,
    verb: str,
) -> Done | Refused:
    """Give a citizen's pledge another state; the same state again changes nothing."""
    pledge = await own(unit, command.person_id, command.pledge_id)
    if pledge is None:
        return NOT_YOURS
    was_signed = pledge.state in {PledgeState.SIGNED, PledgeState.WITHDRAWN}
    if state is PledgeState.STOPPED and was_signed and pledge.activated_at is None:
        state, verb = PledgeState.WITHDRAWN, "pledge_withdrawn"
    if pledge.state is state:
        return Done(pledge.id)
    if state not in FOLLOWING.get(pledge.state, frozenset()):
        return OVER
    if state is PledgeState.ACTIVE and pledge.state is not PledgeState.PAUSED:
        return OVER
    await enter(unit, pledge, state)
    await unit.events.add(command.by, verb, pledge=pledge.id)
    return Done(pledge.id)


async def enter(unit: Unit, pledge: Pledge, state: PledgeState) -> Pledge:
    """Give a pledge its next state, with what follows for the totals and the messages.

    The caller holds the row.
    """
    is_over = state not in LIVE
    ended_at = (pledge.ended_at or unit.now) if is_over else None
    changed = replace(pledge, state=state, ended_at=ended_at)
    await unit.pledges.change(pledge.id, state=state, ended_at=ended_at)
    if state in {PledgeState.STOPPED, PledgeState.WITHDRAWN}:
        await _leave_totals(unit, pledge, all_years=state is PledgeState.WITHDRAWN)
    if is_over:
        await pledge_messages.stop(unit, changed)
    elif state is PledgeState.PAUSED:
        await pledge_messages.hold(unit, changed)
    else:
        await pledge_messages.follow(unit, changed)
        await pledge_messages.plan_first_step(unit, changed)
    return changed


async def _leave_totals(unit: Unit, pledge: Pledge, *, all_years: bool) -> None:
    """Take a pledge out of the totals: its level from today on, or with *all_years* all of it.

    Each entry is taken back on its own day, or on the day of the stop where that is later. So
    each year gets an entry of its own, and none adds up to less than nothing.
    """
    if not all_years and pledge.kind is not MeasureKind.LEVEL:
        return
    today = unit.calendar.local(unit.now).date()
    since = date.min if all_years else min(today, pledge.ends_on)
    by_year: dict[int, tuple[int, date]] = defaultdict(lambda: (0, date.min))
    for one in await unit.ledger.of_pledge(pledge.id):
        day = max(one.day, since)
        total, last = by_year[day.year]
        by_year[day.year] = (total + one.amount, max(last, day))
    why = Entry.WITHDRAWN if all_years else Entry.STOPPED
    for total, last in by_year.values():
        await unit.ledger.add(pledge.id, why, -total, last)


async def stop_all(unit: Unit, participant_id: int, by: str) -> None:
    """Stop a person's pledges: they blocked the bot, are erased, ended or under 15.

    A signature that waits for others is withdrawn.
    """
    await hold_person(unit, participant_id)
    own = await unit.pledges.of_participant(participant_id)
    # All who stop hold campaigns in one order.
    for one in sorted(own, key=lambda pledge: (pledge.campaign_id or 0, pledge.id)):
        pledge = await hold(unit, one.id)
        if pledge is None or pledge.state not in LIVE:
            continue
        is_signed = pledge.state is PledgeState.SIGNED
        await enter(unit, pledge, PledgeState.WITHDRAWN if is_signed else PledgeState.STOPPED)
        await unit.events.add(by, "pledge_stopped", pledge=pledge.id)


async def stop_unreachable(unit: Unit, person_id: int) -> None:
    """Stop the pledges of a citizen who cannot be reached: they are asked no more (timer).

    They have blocked the bot, or Telegram refused a message to them.
    """
    if (await unit.people.get(person_id)).reachable:
        return
    participant = await unit.participants.of_person(person_id)
    await stop_all(unit, participant.id, CLOCK)


async def look_after(unit: Unit, pledge_id: int) -> None:
    """Plan the next check-in of a pledge, or end it when its time is over (timer)."""
    pledge = await unit.pledges.lock(pledge_id)
    if pledge is None or not pledge.lives:
        return
    if await _is_gone(unit, pledge):
        await enter(unit, pledge, PledgeState.STOPPED)
        await unit.events.add(CLOCK, "pledge_stopped", pledge=pledge.id)
    elif _is_over(unit, pledge):
        await end_of_time(unit, pledge)
    else:
        await pledge_messages.follow(unit, pledge)


async def _is_gone(unit: Unit, pledge: Pledge) -> bool:
    """Return whether the person has blocked the bot, or is no longer a participant.

    Staff ring a person who gave the pledge by phone.
    """
    if pledge.participant_id is None:
        return True
    known = await unit.participants.get(pledge.participant_id)
    if known is None or known.ended_at is not None:
        return True
    if known.person_id is None or pledge.source is PledgeSource.PHONE:
        return False
    return not (await unit.people.get(known.person_id)).reachable


async def end_if_over(unit: Unit, pledge: Pledge) -> Pledge:
    """End a pledge whose time to answer is over, also while its timer is late; return it."""
    if not is_over(unit, pledge):
        return pledge
    held = await unit.pledges.lock(pledge.id) or pledge
    if held.lives:
        await end_of_time(unit, held)
    return await unit.pledges.get(pledge.id) or held


def is_over(unit: Unit, pledge: Pledge) -> bool:
    """Return whether the time to answer about a pledge that lives is over."""
    return pledge.lives and _is_over(unit, pledge)


def _is_over(unit: Unit, pledge: Pledge) -> bool:
    if pledge.state is PledgeState.PAUSED:
        return unit.calendar.local(unit.now).date() > pledge.ends_on
    return is_past_grace(unit, pledge)


def is_past_grace(unit: Unit, pledge: Pledge) -> bool:
    """Return whether the days after the last one, in which a person can answer, are over."""
    return unit.calendar.local(unit.now).date() >= pledge.ends_on + GRACE


async def end_of_time(unit: Unit, pledge: Pledge) -> None:
    """End a pledge whose last day has passed, and tell the person."""
    ended = await _end_by_answers(unit, pledge)
    await pledge_messages.tell(unit, [ended], pledge_messages.ENDED)


async def _end_by_answers(unit: Unit, pledge: Pledge) -> Pledge:
    """End a pledge: kept where something was done, else stopped.

    Where nothing was ever asked, because of a break, silence says nothing against it.
    """
    answers = await unit.check_ins.of_pledge(pledge.id)
    did = any(one.answer is not CheckInAnswer.NOT for one in answers)
    is_kept = did or pledge.state is PledgeState.PAUSED
    ended = await enter(unit, pledge, PledgeState.KEPT if is_kept else PledgeState.STOPPED)
    await unit.events.add(CLOCK, "pledge_kept" if is_kept else "pledge_stopped", pledge=pledge.id)
    return ended


async def judge_again(unit: Unit, pledge: Pledge) -> Pledge:
    """Give a kept pledge the state that its answers now lead to: one became "not this time".

    It lives again until the time to answer is over; after that, the answers decide.
    """
    if pledge.state is not PledgeState.KEPT:
        return pledge
    answers = await unit.check_ins.of_pledge(pledge.id)
    did = {one.asked_on for one in answers if one.answer is not CheckInAnswer.NOT}
    again = replace(pledge, state=PledgeState.ACTIVE, ended_at=None)
    is_over = _is_over(unit, again)
    if any(day >= pledge.ends_on for day in did) or (is_over and did):
        return pledge
    again = await enter(unit, pledge, PledgeState.ACTIVE)
    return await _end_by_answers(unit, again) if is_over else again


async def run_outs(unit: Unit, some: Iterable[Pledge]) -> Mapping[int, RunOut]:
    """Return how the pledges ended that no person stopped: their time was over.

    A person can stop a pledge until the time to answer is over, and the clock ends it after that.
    """
    ran_out = [
        one.id
        for one in some
        if one.state is PledgeState.STOPPED
        and one.ended_at is not None
        and unit.calendar.local(one.ended_at).date() >= one.ends_on + GRACE
    ]
    answered = await unit.check_ins.answered(ran_out) if ran_out else set()
    return {one: RunOut.NOT_DONE if one in answered else RunOut.UNANSWERED for one in ran_out}


def withheld_for(unit: Unit, pledge: Pledge | None) -> Reason | None:
    """Return why nothing more is asked about a pledge; None where it is kept now."""
    if pledge is None or not pledge.lives or _is_over(unit, pledge):
        return Reason.ENDED
    return Reason.HELD if pledge.state is PledgeState.PAUSED else None
