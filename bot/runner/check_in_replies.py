"""The reply to a check-in: thanks, who else keeps the pledge, and what the person wants of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from decimal import Decimal

from bot.engine.effects import Button, Send
from bot.i18n import Text, show_number
from bot.model.delivery import Delivery
from bot.model.opportunity import said
from bot.model.pledge import PER_UNIT, CheckInAnswer, MeasureKind, Pledge, Rhythm
from bot.model.pledge_catalogue import CatalogueEntry
from bot.model.profile import Wish
from bot.runner.context import TurnContext
from bot.runner.volunteer_search import live_signups
from bot.service.pledges.check_ins import A_WEEK
from bot.service.pledges.totals import shown_snapshot
from bot.service.volunteering.search import Search, find, profile_of
from flows import cards, check_in_replies
from flows.check_in_replies import FIND_ONE, SEE_IT, Done
from flows.invitation_cards import words_of
from flows.pledge_words import amount_words, theme_name

LOOKED_AT = 10  # opportunities of the theme, of which the first that is new is shown
Answer = tuple[Text | str, Sequence[Button]]
NOTHING: Answer = ("", ())


async def noted(
    context: TurnContext,
    own: Pledge,
    delivery: Delivery,
    answer: CheckInAnswer,
    amount: int,
    *,
    is_ended: bool,
) -> Send:
    """Return the reply to “done” or “partly”; *amount* is what it added, in hundredths."""
    entry, town, language = await _entry(context, own), context.town, context.language
    is_part = answer is CheckInAnswer.PARTLY
    said = amount_words(town, own.measure, amount, language) if is_other(own, amount) else ""
    wish, ways = await _of_wish(context, own, entry)
    done = Done(
        keepers=await _keepers(context, own),
        doing=(entry.doing or {}).get(language, "") if entry is not None else "",
        amount=said,
        is_part=is_part,
        thanks=words_of(entry.thanks, language) if entry and entry.thanks and not is_part else "",
        wish=wish,
        over=check_in_replies.over(await _sum(context, own), is_part=is_part) if is_ended else None,
        pledge_id=own.id,
        has_factor=entry is not None and bool(entry.factor) and own.measure is not None,
        ways=ways,
    )
    return check_in_replies.noted(done, delivery)


def is_other(own: Pledge, amount: int) -> bool:
    """Return whether an answer names another amount than was promised."""
    week = A_WEEK if own.kind is MeasureKind.COUNT and own.rhythm is Rhythm.DAY else 1
    return own.measure is not None and amount not in {0, own.amount * week}


async def _keepers(context: TurnContext, own: Pledge) -> int:
    """Return how many keep the same pledge, by the night's snapshot; 0 where it says none."""
    snapshot = await shown_snapshot(context.unit) if own.catalogue_id is not None else None
    return snapshot.keepers(own.catalogue_id or 0) if snapshot is not None else 0


async def convert(context: TurnContext, own: Pledge) -> Send | None:
    """Return what a pledge corresponds to in another unit; None without a factor."""
    entry = await _entry(context, own)
    factor = entry.factor if entry is not None else None
    amount = await _own_part(context, own)
    if not factor or own.measure is None:
        return None
    language = context.language
    low, high = (
        show_number((Decimal(str(factor[end])) * amount / PER_UNIT).normalize(), language)
        for end in ("low", "high")
    )
    shown = amount_words(context.town, own.measure, amount, language)
    unit, source = (words_of(factor[name], language) for name in ("unit", "source"))
    return check_in_replies.converted(shown, low, high, unit, source)


async def _entry(context: TurnContext, own: Pledge) -> CatalogueEntry | None:
    found = own.catalogue_id
    return await context.unit.catalogue.get(found) if found is not None else None


async def _own_part(context: TurnContext, own: Pledge) -> int:
    """Return the amount of a pledge: its level, or what its check-ins have added."""
    if own.kind is MeasureKind.LEVEL:
        return own.amount
    added: int = await context.unit.ledger.sum_of(own.id)
    return added


async def _sum(context: TurnContext, own: Pledge) -> str:
    """Return what the check-ins of a pledge have added; empty for a level."""
    if own.kind is MeasureKind.LEVEL:
        return ""
    added = await context.unit.ledger.sum_of(own.id)
    return amount_words(context.town, own.measure, added, context.language) if added else ""


async def _of_wish(context: TurnContext, own: Pledge, entry: CatalogueEntry | None) -> Answer:
    """Return what a person reads because of what they want to get out of it, with its buttons."""
    return await WISHES[own.wish](context, own, entry) if own.wish is not None else NOTHING


async def _difference(context: TurnContext, own: Pledge, _entry: CatalogueEntry | None) -> Answer:
    """Show what all pledges of the theme add up to, as the public page does; else one's own part.

    The number is that of a night: a number of now would tell what this answer has added.
    """
    if own.measure is None:
        return NOTHING
    town, language = context.town, context.language
    snapshot = await shown_snapshot(context.unit)
    total = snapshot.total(own.theme, own.measure, own.kind) if snapshot is not None else None
    if total is None:
        amount = amount_words(town, own.measure, await _own_part(context, own), language)
        return check_in_replies.OWN_PART.with_(amount=amount), ()
    theme = theme_name(town, own.theme, language)
    amount = amount_words(town, own.measure, total.amount, language)
    if own.kind is MeasureKind.COUNT:
        text = check_in_replies.IN_ALL_COUNT.with_(year=total.day.year)
        return text.with_(amount=amount, theme=theme, day=total.day), ()
    theme = theme[:1].lower() + theme[1:]
    return check_in_replies.IN_ALL.with_(amount=amount, theme=theme, day=total.day), ()


async def _community(context: TurnContext, own: Pledge, _entry: CatalogueEntry | None) -> Answer:
    """Invite to the next task of the theme, else to the group; not within an open case (row 6)."""
    unit, citizen = context.unit, context.citizen
    if await unit.deliveries.is_promo_barred(citizen.id):
        return NOTHING
    topic = _topic(context, own.theme)
    profile = await profile_of(unit, own.participant_id or 0, citizen.area)
    search = Search(theme=topic)
    found, _more = await find(unit, context.runtime.opportunities, profile, search, 0, LOOKED_AT)
    known = {one.opportunity_id for one in await live_signups(context)}
    new = [one for one in found if one.opportunity.id not in known]
    new.sort(key=lambda one: not one.shifts)
    if new:
        title = said(new[0].opportunity.titles, context.language)
        when = new[0].shifts[0].begins_at if new[0].shifts else None
        see = cards.command_button(f"dates.{new[0].opportunity.id}", SEE_IT)
        return check_in_replies.meet(title, when), (see,)
    groups = await unit.groups.of_participant(own.participant_id or 0)
    if groups:
        return check_in_replies.MEET_GROUP.with_(group=groups[0].name), ()
    find_one = cards.command_button("volunteer", FIND_ONE)
    return check_in_replies.MEET_ANY, (find_one,)


def _topic(context: TurnContext, theme: str) -> str | None:
    """Return the topic to which a theme of pledges belongs."""
    return next((one.topic for one in context.town.pledge_themes if one.key == theme), None)


async def _learn(context: TurnContext, own: Pledge, entry: CatalogueEntry | None) -> Answer:
    """Give a tip: the pledge's own first, then of others, the same theme first; one each time."""
    topic = _topic(context, own.theme)
    others = [
        one
        for one in await context.unit.catalogue.published()
        if one.id != own.catalogue_id and _topic(context, one.theme) == topic
    ]
    others.sort(key=lambda one: one.theme != own.theme)
    tips = [one for one in ([entry] if entry is not None else []) + others if one.steps]
    if not tips:
        return NOTHING
    answered = len(await context.unit.check_ins.of_pledge(own.id))
    one = tips[max(answered - 1, 0) % len(tips)]
    step = words_of(one.steps or {}, context.language)
    if entry is not None and one.id == entry.id:
        return check_in_replies.TIP.with_(step=step), ()
    title = said(one.titles, context.language)
    make = cards.command_button(f"pledgeof.{one.id}", title)
    return check_in_replies.TIP_OF.with_(title=title, step=step), (make,)


async def _recognition(context: TurnContext, own: Pledge, _entry: CatalogueEntry | None) -> Answer:
    """Thank by the name of the person who answers for the theme."""
    contacts, topic = context.town.contacts, _topic(context, own.theme)
    contact = next((one for one in contacts if topic in one.themes), contacts[0])
    thanks = check_in_replies.THANKS_OF
    return thanks.with_(name=contact.first_name, unit=contact.unit), ()


WISHES: Mapping[Wish, Callable[[TurnContext, Pledge, CatalogueEntry | None], Awaitable[Answer]]] = {
    Wish.DIFFERENCE: _difference,
    Wish.COMMUNITY: _community,
    Wish.LEARN: _learn,
    Wish.RECOGNITION: _recognition,
}
