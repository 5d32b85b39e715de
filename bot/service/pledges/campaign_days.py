"""The days on which a campaign changes by itself: they decide, also while its timer is late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time

from bot.model.campaign import (
    FOLLOW_UP_AFTER,
    RELEASED_AFTER,
    SIGNABLE,
    Campaign,
    CampaignState,
)
from bot.store.unit import Unit

END_OF_DAY = time(23, 59, 59)
FOLLOWS_UP_AT = time(9)  # a campaign asks its signers


def closes_at(unit: Unit, deadline: date) -> datetime:
    """Return the moment at which the last day for signatures is over."""
    return unit.calendar.instant(deadline, END_OF_DAY)


def follow_up_day(unit: Unit, activated_at: datetime) -> date:
    """Return the day on which a campaign asks its signers."""
    return unit.calendar.local(activated_at).date() + FOLLOW_UP_AFTER


def released_on(unit: Unit, known: Campaign) -> date:
    """Return the day on which signers who have chosen nothing are released: too few have signed.

    They are told when the quiet hours after the last day are over.
    """
    told = unit.calendar.next_allowed(known.ended_at or unit.now)
    return unit.calendar.local(told).date() + RELEASED_AFTER


def as_now(unit: Unit, known: Campaign) -> Campaign:
    """Return a campaign in the state that its days give it now."""
    match known.state:
        case CampaignState.OPEN if unit.now >= closes_at(unit, known.deadline):
            return replace(known, state=CampaignState.EXPIRED_UNMET)
        case CampaignState.ACTIVATED if known.activated_at is not None:
            day = follow_up_day(unit, known.activated_at)
            if unit.now >= unit.calendar.instant(day, FOLLOWS_UP_AT):
                return replace(known, state=CampaignState.FOLLOW_UP)
    return known


def is_signable(unit: Unit, known: Campaign | None) -> bool:
    """Return whether people can sign a campaign now."""
    return known is not None and as_now(unit, known).state in SIGNABLE


async def signable(unit: Unit, states: Collection[CampaignState] = SIGNABLE) -> list[Campaign]:
    """Return the campaigns in *states* that people can sign now, the newest first."""
    return [one for one in await unit.campaigns.in_states(states) if is_signable(unit, one)]
