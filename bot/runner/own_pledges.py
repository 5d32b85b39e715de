"""A citizen's own pledges in the chat: the lines of the overview, the list, and one's page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.i18n import Text
from bot.model.case import title_of as shortened
from bot.model.opportunity import said
from bot.model.pledge import (
    CONSENT,
    LIVE,
    LIVES,
    CheckInAnswer,
    MeasureKind,
    Pledge,
    PledgeState,
)
from bot.runner import campaigns, conversations, pledge_making
from bot.runner.context import TurnContext
from bot.runner.named_in_words import is_named, plain
from bot.runner.pledge_owner import own_pledge, source_of
from bot.service.pledges import check_ins, ending, pledge_messages
from bot.service.pledges.check_in_days import period_of
from flows import check_in_cards, own_pledge_cards
from flows.own_pledge_cards import SHOWN, OwnPledge, Story
from flows.pledge_words import amount_words

ENDED = frozenset({PledgeState.KEPT, PledgeState.STOPPED})
ALREADY = frozenset({PledgeState.ALREADY})
LISTED = LIVE | ENDED | ALREADY  # what is withdrawn or released is in no list
MOST = 40  # live pledges that the list shows


async def of_citizen(context: TurnContext, states: Collection[PledgeState] = LIVE) -> list[Pledge]:
    """Return the citizen's pledges in some states, the oldest first."""
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    for one in await unit.pledges.of_participant(participant.id, LIVES):
        await ending.end_if_over(unit, one)
    return await unit.pledges.of_participant(participant.id, states)


async def described(context: TurnContext, own: Pledge) -> OwnPledge:
    """Return a pledge as the chat lists it."""
    unit, calendar = context.unit, context.calendar
    is_asked = own.state is PledgeState.ACTIVE
    waits = await check_ins.unanswered(unit, own)
    return OwnPledge(
        own.id,
        await title_of(context, own),
        amount_words(context.town, own.measure, own.amount, context.language),
        own.state,
        own.ends_on,
        ended_on=calendar.local(own.ended_at).date() if own.ended_at is not None else None,
        next_on=await check_ins.coming_on(unit, own) if is_asked else None,
        unanswered_on=check_ins.told_on(unit, waits) if waits is not None else None,
        missed=tuple(
            (one.id, about(own, pledge_messages.asked_on(one)))
            for one in await check_ins.missed(unit, own)
        ),
        campaign_id=own.campaign_id,
        signature=await campaigns.signature_line(context, own),
        is_level=own.kind is MeasureKind.LEVEL,
        is_partly=own.state is PledgeState.KEPT and await check_ins.is_partly(unit, own),
        run_out=(await ending.run_outs(unit, [own])).get(own.id),
    )


def about(own: Pledge, day: date) -> Text | date:
    """Return the days that a check-in is about; of a one-time pledge, the day of asking."""
    period = period_of(own, day)
    return check_in_cards.period(*period) if period is not None else day


async def title_of(context: TurnContext, own: Pledge) -> str:
    """Return a pledge's title: of the catalogue or the shared pledge, or the person's own words."""
    source = await source_of(context.unit, own)
    return said(source.titles, context.language) if source is not None else shortened(own.words)


async def lines(context: TurnContext) -> tuple[list[OwnPledge], list[OwnPledge]]:
    """Return the live pledges of the citizen, and what they do already, for the overview."""
    found = await of_citizen(context, LIVE | ALREADY)
    shown = [await described(context, one) for one in found[:MOST]]
    live = [one for one in shown if one.state in LIVE]
    live.sort(key=lambda one: (one.unanswered_on is None, one.id))
    return live, [one for one in shown if one.state in ALREADY]


async def has_any(context: TurnContext) -> bool:
    """Return whether the citizen has pledges to see, or consents to keep them."""
    consents = CONSENT in await context.unit.consents.live(context.citizen.id)
    return consents or bool(await of_citizen(context, LISTED))


async def mine(context: TurnContext) -> None:
    """Show all pledges of the citizen."""
    live, already = await lines(context)
    ended = [await described(context, one) for one in await of_citizen(context, ENDED)]
    consents = CONSENT in await context.unit.consents.live(context.citizen.id)
    newest = ended[::-1][:SHOWN]
    context.send(own_pledge_cards.mine(live, already, newest, consents=consents))


async def show(context: TurnContext, pledge_id: int | None) -> None:
    """Show the page of a pledge; for a signature that waits for others, its shared pledge."""
    own = await own_pledge(context, pledge_id)
    if own is None or own.state not in LISTED:
        context.send(own_pledge_cards.none())
    elif own.state is PledgeState.SIGNED:
        await campaigns.show(context, own.campaign_id)
    else:
        shown = await pledge_making.shown_of(context, own)
        story = await _story(context, own)
        context.send(
            own_pledge_cards.page(await described(context, own), shown, story, context.language)
        )


async def _story(context: TurnContext, own: Pledge) -> Story:
    """Return how a pledge has gone so far."""
    unit = context.unit
    given = [one.answer for one in await unit.check_ins.of_pledge(own.id)]
    added = 0
    if own.kind is MeasureKind.COUNT:
        added = await unit.ledger.sum_of(own.id)
    return Story(
        amount_words(context.town, own.measure, added, context.language) if added else "",
        done=given.count(CheckInAnswer.DONE),
        partly=given.count(CheckInAnswer.PARTLY),
        missed=given.count(CheckInAnswer.NOT),
        may_undo=await check_ins.undoable(unit, own) is not None,
    )


async def named(
    context: TurnContext, written: str, states: Collection[PledgeState], command: str
) -> Pledge | None:
    """Return the pledge of an id, or the one that words name; else ask which, and return None."""
    if written.isdecimal():
        own = await own_pledge(context, conversations.id_of(written))
        if own is not None and own.state in states:
            return own
        await show(context, own.id if own is not None else None)
        return None
    found = await of_citizen(context, states)
    words = plain(written)
    fits = [one for one in found if words and await _is_meant(context, one, words)] or found
    if len(fits) == 1:
        return fits[0]
    if fits:
        shown = [await described(context, one) for one in fits]
        context.send(own_pledge_cards.which(shown, command))
    else:
        context.send(own_pledge_cards.none())
    return None


async def _is_meant(context: TurnContext, own: Pledge, words: list[str]) -> bool:
    """Return whether words name a pledge by its title, its theme, or its own words."""
    texts = [own.words, await title_of(context, own)]
    theme = next((one for one in context.town.pledge_themes if one.key == own.theme), None)
    texts += theme.labels.values() if theme is not None else ()
    if own.catalogue_id is not None:
        entry = await context.unit.catalogue.get(own.catalogue_id)
        texts += entry.words if entry is not None else ()
    return is_named(words, texts)
