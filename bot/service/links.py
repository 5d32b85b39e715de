"""Services for links: make and revoke them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model import campaign, opportunity, pledge_catalogue, reminder
from bot.model.commands.links import MakeFeed, MakeLink, RevokeFeed, RevokeLink, ShareLink
from bot.model.link import LONGEST_LABEL, PARTICIPANT, Link, Opens, hash_of, new_token
from bot.model.staff import tidy_name
from bot.redact import redact_text
from bot.service.participants import CPR_IN_NAME
from bot.service.pledges import campaign_days
from bot.store.alerts import Subject
from bot.store.events import CITIZEN, by_staff
from bot.store.unit import Unit

NO_SUBJECT = Refused(_("There is nothing that a link could open."))
NO_LINK = Refused(_("There is no such link."))
TOO_LONG = _("Write at most {most} characters.").with_(most=LONGEST_LABEL)
SHAREABLE = frozenset({campaign.CAMPAIGN, pledge_catalogue.CATALOGUE})  # by citizens
MOST_SHARED = 20  # links of one citizen to one subject
ENOUGH = _("You have {most} links to it already. Use one of those.").with_(most=MOST_SHARED)


async def make_link(command: MakeLink, unit: Unit) -> Done | Refused:
    """Make a link to a subject of `LINKABLE`; the value is its token, which is not stored."""
    if not await may_link(unit, command.subject_kind, command.subject_id):
        return NO_SUBJECT
    label = tidy_name(command.label)
    if not any(letter.isalnum() for letter in label):
        return Refused(_("Write where the link will be."), "label")
    if len(label) > LONGEST_LABEL:
        return Refused(TOO_LONG, "label")
    if redact_text(label).text != label:
        return Refused(CPR_IN_NAME, "label")
    new = Link(
        *(0, command.subject_kind, command.subject_id, Opens.CHAT, label),
        staff_id=command.staff_id,
    )
    link_id, token = await add(unit, new)
    await unit.events.add(by_staff(command.staff_id), "link_made", link=link_id)
    return Done(token)


async def revoke_link(command: RevokeLink, unit: Unit) -> Done | Refused:
    """Revoke a link that staff made, so that its token opens nothing."""
    known = await unit.links.get(command.link_id)
    if known is None or known.staff_id is None or not await unit.links.revoke(known.id):
        return NO_LINK
    await unit.events.add(by_staff(command.staff_id), "link_revoked", link=command.link_id)
    return Done(command.link_id)


async def share_link(command: ShareLink, unit: Unit) -> Done | Refused:
    """Make a citizen's own link to what others may join too; the value is its token.

    Earlier links of theirs stay, because they have been passed on.
    """
    kind = command.subject_kind
    if kind not in SHAREABLE or not await may_link(unit, kind, command.subject_id):
        return NO_SUBJECT
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    subject = Subject(command.subject_kind, command.subject_id)
    if await unit.links.count_live(participant.id, subject) >= MOST_SHARED:
        return Refused(ENOUGH)
    new = Link(0, subject.kind, subject.id, Opens.CHAT, participant_id=participant.id)
    link_id, token = await add(unit, new)
    await unit.events.add(CITIZEN, "link_made", link=link_id)
    return Done(token)


async def make_feed(command: MakeFeed, unit: Unit) -> Done | Refused:
    """Make a citizen's calendar feed and revoke the earlier one; the value is its token."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    earlier = await unit.links.feed_of(participant.id)
    if earlier is not None:
        await unit.links.revoke(earlier.id)
    new = Link(0, PARTICIPANT, participant.id, Opens.FEED, participant_id=participant.id)
    link_id, token = await add(unit, new)
    await unit.events.add(CITIZEN, "link_made", link=link_id)
    return Done(token)


async def revoke_feed(command: RevokeFeed, unit: Unit) -> Done | Refused:
    """Revoke a citizen's calendar feed."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    known = await unit.links.feed_of(participant.id)
    if known is None:
        return NO_LINK
    await unit.links.revoke(known.id)
    await unit.events.add(CITIZEN, "link_revoked", link=known.id)
    return Done(known.id)


async def may_link(unit: Unit, kind: str, subject_id: int) -> bool:
    """Return whether staff can make a link to a subject."""
    check = LINKABLE.get(kind)
    return check is not None and await check(unit, subject_id)


async def add(unit: Unit, new: Link) -> tuple[int, str]:
    """Insert a link; return its id and its token."""
    token = new_token()
    while redact_text(token).text != token:  # the intake would remove such digits (HR-1)
        token = new_token()
    return await unit.links.add(new, hash_of(token)), token


async def _is_shared(unit: Unit, reminder_id: int) -> bool:
    """Return whether a reminder is one of staff or of a group, and has not ended."""
    known = await unit.reminders.get(reminder_id)
    return (
        known is not None and not known.is_own and known.state is not reminder.ReminderState.ENDED
    )


async def _is_offered(unit: Unit, opportunity_id: int) -> bool:
    """Return whether an opportunity has not ended; a poster may be made before it is open."""
    known = await unit.opportunities.get(opportunity_id)
    return known is not None and known.state is not opportunity.OpportunityState.ENDED


async def _is_coming(unit: Unit, shift_id: int) -> bool:
    """Return whether a shift is still to come, and is not cancelled."""
    known = await unit.shifts.get(shift_id)
    if known is None or known.state is opportunity.ShiftState.CANCELLED:
        return False
    return known.begins_at > unit.now and await _is_offered(unit, known.opportunity_id)


async def _is_choosable(unit: Unit, entry_id: int) -> bool:
    """Return whether an entry is not retired; a poster may be made before it is published."""
    known = await unit.catalogue.get(entry_id)
    return known is not None and known.state is not pledge_catalogue.EntryState.RETIRED


async def _is_signable(unit: Unit, campaign_id: int) -> bool:
    """Return whether people can sign a campaign: its words are approved by then."""
    known = await unit.campaigns.get(campaign_id)
    return campaign_days.is_signable(unit, known)


# What staff can make a link to: its kind, and whether a link to the id is allowed.
LINKABLE: Mapping[str, Callable[[Unit, int], Awaitable[bool]]] = {
    reminder.SUBJECT: _is_shared,
    opportunity.OPPORTUNITY: _is_offered,
    opportunity.SHIFT: _is_coming,
    pledge_catalogue.CATALOGUE: _is_choosable,
    campaign.CAMPAIGN: _is_signable,
}
