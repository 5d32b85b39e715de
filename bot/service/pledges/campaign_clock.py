"""What a campaign does by itself: activate, expire, tell its signers, ask how it went, end."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from typing import Any

from bot.engine.events import Refused
from bot.i18n import _
from bot.model.campaign import (
    ANSWERS_FOR,
    CAMPAIGN,
    FOLLOWING,
    REPLACED,
    Campaign,
    CampaignState,
    CounterState,
)
from bot.model.pledge import COUNTED, CheckIn, CheckInAnswer, PledgeState
from bot.model.staff import May
from bot.service.pledges import ending, pledge_messages
from bot.service.pledges.campaign_days import (
    FOLLOWS_UP_AT,
    follow_up_day,
    is_signable,
    released_on,
)
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.events import CLOCK
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "campaign"  # the deadline, the follow-up and its end; subject: the campaign
TELL = "campaign_tell"  # tells the signers, some at a time; subject: the campaign
REVIEWS = ("campaign_review", "campaign_proposed")  # alerts that a campaign waits for approval
COUNTER = "counter_pledge"  # asks the owner of the municipality's own pledge
MET, FAILED = "met", "failed"  # messages to a proposer who has not signed
BATCH = 500
NOT_NOW = Refused(_("That is not possible in its present state."))
MORNING = time(9)
COUNTER_SOON = timedelta(days=14)
EACH_WEEK = timedelta(days=7)  # the owner is asked again until there is an answer


async def move(unit: Unit, known: Campaign, state: CampaignState, **values: Any) -> Refused | None:
    """Give a campaign its next state; return the refusal where that cannot follow."""
    if state not in FOLLOWING[known.state]:
        return NOT_NOW
    await unit.campaigns.change(known.id, state=state, **values)
    return None


async def tell_proposer(unit: Unit, known: Campaign, occasion: str) -> None:
    """Plan a message to the citizen who proposed a campaign."""
    if known.proposer_id is None:
        return
    recipient = await unit.audiences.find(known.proposer_id)
    if recipient is not None:
        subject = Subject(CAMPAIGN, known.id)
        await pledge_messages.tell_about(unit, subject, [recipient], occasion)


async def _tell_unsigned_proposer(unit: Unit, known: Campaign, occasion: str) -> None:
    """Tell the proposer what became of a campaign, unless they get the message of the signers."""
    if known.proposer_id is not None:
        signed = await unit.pledges.signature_of(known.id, known.proposer_id)
        if signed is None:
            await tell_proposer(unit, known, occasion)


async def set_timer(unit: Unit, campaign_id: int, at: datetime) -> None:
    """Set when a campaign is looked after next."""
    await unit.timers.set(NewTimer(TIMER, str(campaign_id), f"campaign:{campaign_id}", at))


async def stop_timers(unit: Unit, campaign_id: int) -> None:
    """Look no more after a campaign, nor after the municipality's own pledge in it."""
    await unit.timers.cancel(TIMER, str(campaign_id))
    await unit.timers.cancel(COUNTER, str(campaign_id))


async def close_approval(unit: Unit, campaign_id: int) -> None:
    """Close the alerts of the staff who may approve a campaign."""
    await unit.alerts.close_about(REVIEWS, Subject(CAMPAIGN, campaign_id))


async def replace_by(unit: Unit, known: Campaign, newer_id: int, **values: Any) -> None:
    """Cancel a campaign that has a new version, and look no more after it."""
    reason, cancelled = f"{REPLACED}{newer_id}", CampaignState.CANCELLED
    await move(unit, known, cancelled, reason=reason, ended_at=unit.now, **values)
    await stop_timers(unit, known.id)


async def tell_later(unit: Unit, campaign_id: int) -> None:
    """Tell the signers in transactions of their own, some at a time."""
    lane = f"campaign:{campaign_id}"
    await unit.timers.set(NewTimer(TELL, str(campaign_id), lane, unit.now))


async def activate(unit: Unit, known: Campaign) -> None:
    """Activate a campaign in the transaction of the signature that reaches its target.

    The caller holds the row. Its signatures become pledges at once; the signers are told in
    transactions of their own.
    """
    await move(unit, known, CampaignState.ACTIVATED, activated_at=unit.now)
    today = unit.calendar.local(unit.now).date()
    asked_on = follow_up_day(unit, unit.now)
    await unit.pledges.activate(known.id, today, asked_on)
    await unit.events.add(CLOCK, "campaign_activated", campaign=known.id)
    asks_at = unit.calendar.instant(asked_on, FOLLOWS_UP_AT)
    await set_timer(unit, known.id, asks_at)
    await tell_later(unit, known.id)
    await _tell_unsigned_proposer(unit, known, MET)


async def look(unit: Unit, campaign_id: int) -> None:
    """Do what is due about a campaign: expire it, ask how it went, or end it (timer).

    Staff who have not answered a proposal in time are alerted again.
    """
    known = await unit.campaigns.lock(campaign_id)
    if known is None:
        return
    match known.state:
        case CampaignState.IN_REVIEW if known.proposer_id is not None:
            staff = [one.id for one in await unit.staff.holders(May.PLEDGES)]
            await alert_staff(unit, staff, Subject(CAMPAIGN, known.id), "campaign_proposed", "late")
        case CampaignState.OPEN if not is_signable(unit, known):
            await move(unit, known, CampaignState.EXPIRED_UNMET, ended_at=unit.now)
            await unit.events.add(CLOCK, "campaign_unmet", campaign=known.id)
            await tell_later(unit, known.id)
            await _tell_unsigned_proposer(unit, known, FAILED)
            await _release_later(unit, known)
        case CampaignState.EXPIRED_UNMET:
            await _release(unit, known)
        case CampaignState.ACTIVATED:
            await move(unit, known, CampaignState.FOLLOW_UP, followed_up_at=unit.now)
            await tell_later(unit, known.id)
            today = unit.calendar.local(unit.now).date()
            await set_timer(unit, known.id, unit.calendar.instant(today + ANSWERS_FOR, MORNING))
        case CampaignState.FOLLOW_UP:
            await _complete_or_ask(unit, known)


async def resume_releases(unit: Unit) -> None:
    """Set when signers are released from each campaign that too few have signed.

    It runs at each start: earlier versions set no such timer.
    """
    for known in await unit.campaigns.in_states({CampaignState.EXPIRED_UNMET}):
        if await unit.pledges.signatures(known.id, {PledgeState.SIGNED}, 1):
            await _release_later(unit, known)


async def _release_later(unit: Unit, known: Campaign) -> None:
    day = released_on(unit, known)
    await set_timer(unit, known.id, unit.calendar.instant(day, MORNING))


async def _release(unit: Unit, known: Campaign) -> None:
    """Release up to 500 signers who have not chosen what happens after too few have signed.

    The message about it said so, and named the day.
    """
    waiting = await unit.pledges.signatures(known.id, {PledgeState.SIGNED}, BATCH)
    for one in waiting:
        held = await unit.pledges.lock(one.id)
        if held is not None and held.state is PledgeState.SIGNED:
            await ending.enter(unit, held, PledgeState.RELEASED)
            await unit.events.add(CLOCK, "unmet_answered", pledge=held.id, verdict="released")
    if len(waiting) == BATCH:
        await set_timer(unit, known.id, unit.now)


async def _complete_or_ask(unit: Unit, known: Campaign) -> None:
    """Complete a campaign, or alert its owner each week while obstacles have no answer."""
    if not await unit.contributions.unanswered(known.id):
        await complete(unit, known, CLOCK)
        return
    if known.staff_id is not None:
        occasion = f"{unit.calendar.local(unit.now):%Y-%m-%d}"
        subject = Subject(CAMPAIGN, known.id)
        await alert_staff(unit, [known.staff_id], subject, "obstacles_open", occasion)
    await set_timer(unit, known.id, unit.now + EACH_WEEK)


async def complete(unit: Unit, known: Campaign, by: str) -> None:
    """Store the result, which is published: how many answered, and how many did it."""
    result = await result_of(unit, known)
    await move(unit, known, CampaignState.COMPLETED, result=result, ended_at=unit.now)
    await unit.timers.cancel(TIMER, str(known.id))
    await unit.events.add(by, "campaign_completed", campaign=known.id)


async def result_of(unit: Unit, known: Campaign) -> dict[str, int]:
    """Return how many people were asked, answered, and did it, by the answers to the follow-up.

    Of a person who stopped and signed again, the last answer counts.
    """
    day = unit.calendar.local(known.followed_up_at).date() if known.followed_up_at else None
    answers = await unit.check_ins.of_campaign(known.id)
    said: dict[int, list[CheckIn]] = defaultdict(list)
    for one in await unit.pledges.signatures(known.id, COUNTED):
        given = answers.get(one.id, [])
        person = said[one.participant_id or -one.id]
        person += [a for a in given if day is None or a.asked_on >= day]
    found: Counter[str] = Counter(
        max(given, key=lambda a: (a.asked_on, a.answered_at)).answer
        for given in said.values()
        if given
    )
    counts = {answer.value: found[answer] for answer in CheckInAnswer}
    return {"asked": len(said), "answered": sum(found.values()), **counts}


# In these states check-ins are planned again: signatures are pledges, or the campaign no
# longer asks.
_FOLLOWED_ANEW = frozenset({CampaignState.ACTIVATED, CampaignState.CANCELLED})


async def tell_signers(unit: Unit, campaign_id: int) -> None:
    """Tell up to 500 signers what became of a campaign; the rest in the next turn (timer)."""
    known = await unit.campaigns.get(campaign_id)
    if known is None:
        return
    occasion, states = _news_of(unit, known)
    if occasion is None:
        return
    untold = await unit.pledges.untold(known.id, states, occasion, BATCH)
    told = []
    for one in untold:
        held = await unit.pledges.lock(one.id)
        if held is None or held.state not in states:
            continue
        # What is planned about a pledge is cancelled when it ends, so its end comes first.
        if known.state is CampaignState.CANCELLED and held.state is PledgeState.SIGNED:
            held = await ending.enter(unit, held, PledgeState.RELEASED)
        elif held.state is PledgeState.ACTIVE and known.state in _FOLLOWED_ANEW:
            await pledge_messages.follow(unit, held)
        told.append(held)
    asks = occasion.startswith(pledge_messages.FOLLOW_UP)
    await pledge_messages.tell(unit, told, occasion, asks=asks)
    for one in told:
        if asks and one.state is PledgeState.ACTIVE:
            await pledge_messages.follow(unit, one)  # the next check-in is not near this question
    if len(untold) == BATCH:
        await tell_later(unit, known.id)


def _news_of(unit: Unit, known: Campaign) -> tuple[str | None, frozenset[PledgeState]]:
    """Return the occasion of the message that signers are due, and in which states they are."""
    signed = frozenset({PledgeState.SIGNED})
    living = frozenset({PledgeState.ACTIVE, PledgeState.PAUSED})
    match known.state:
        case CampaignState.ACTIVATED:
            return pledge_messages.ACTIVATED, living
        case CampaignState.EXPIRED_UNMET:
            return f"{pledge_messages.UNMET}:{known.deadline.isoformat()}", signed
        case CampaignState.OPEN if known.extended_from is not None:
            return f"{pledge_messages.EXTENDED}:{known.deadline.isoformat()}", signed
        case CampaignState.FOLLOW_UP if known.followed_up_at is not None:
            day = unit.calendar.local(known.followed_up_at).date()
            return f"{pledge_messages.FOLLOW_UP}:{day.isoformat()}", living | {PledgeState.KEPT}
        case CampaignState.CANCELLED:
            replaced = (known.reason or "").partition("replaced:")[2]
            moved = f"{pledge_messages.MOVED}:{replaced}" if replaced.isdecimal() else None
            return moved or pledge_messages.CANCELLED, signed | living
    return None, frozenset()


async def plan_counter(unit: Unit, known: Campaign) -> None:
    """Set the timer that reminds the owner of the municipality's own pledge."""
    if known.counter_on is None:
        return
    due = unit.calendar.instant(known.counter_on, MORNING)
    at = due - COUNTER_SOON if due - COUNTER_SOON > unit.now else max(due, unit.now)
    lane = f"campaign:{known.id}"
    await unit.timers.set(NewTimer(COUNTER, str(known.id), lane, at))


async def ask_counter(unit: Unit, campaign_id: int) -> None:
    """Remind the owner of the municipality's own pledge, each week from its day on (timer)."""
    known = await unit.campaigns.get(campaign_id)
    if known is None or known.counter_on is None or known.counter_staff_id is None:
        return
    if known.counter_state is not CounterState.PROMISED:
        return
    due, today = known.counter_on, unit.calendar.local(unit.now).date()
    subject, owner, occasion = Subject(CAMPAIGN, known.id), known.counter_staff_id, f"{today}"
    if today < due:
        await alert_staff(unit, [owner], subject, "counter_soon", occasion)
    else:
        await alert_staff(unit, [owner], subject, "counter_due", occasion)
    following = unit.calendar.instant(due, MORNING) if today < due else unit.now + EACH_WEEK
    lane = f"campaign:{known.id}"
    await unit.timers.set(NewTimer(COUNTER, str(known.id), lane, following))
