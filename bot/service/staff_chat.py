"""The chat of a member of the staff: linked by a personal link, for messages to oneself.

The link's row is the connection: its subject is the account, its owner who opened it first.
"""

from __future__ import annotations

from datetime import timedelta

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.broadcasts import TestBroadcast
from bot.model.commands.staff import EndChatLink, MakeChatLink
from bot.model.link import Link, Opens
from bot.model.person import Person
from bot.model.staff import May, Staff
from bot.service import links
from bot.service.broadcasts.checks import unstorable
from bot.service.broadcasts.writing import NO_BROADCAST
from bot.service.notifications import notify
from bot.store.events import by_staff
from bot.store.unit import Unit

STAFF = "staff"  # the subject kind of the link
OPENS_FOR = timedelta(hours=24)  # after it was made
TEST = "broadcast_test"  # the notification
NO_CHAT = Refused(_("Link your own chat first, on the page of your account."))


async def make_chat_link(command: MakeChatLink, unit: Unit) -> Done | Refused:
    """Make the link that connects a chat, and end the earlier one; the value is its token."""
    await unit.links.revoke_of(STAFF, command.staff_id)
    made, token = await links.add(unit, Link(0, STAFF, command.staff_id, Opens.CHAT))
    await unit.events.add(by_staff(command.staff_id), "chat_link_made", link=made)
    return Done(token)


async def end_chat_link(command: EndChatLink, unit: Unit) -> Done | Refused:
    """Disconnect the chat of a member of the staff."""
    await unit.links.revoke_of(STAFF, command.staff_id)
    await unit.events.add(by_staff(command.staff_id), "chat_unlinked")
    return Done(command.staff_id)


async def take_chat_link(unit: Unit, link: Link, participant_id: int) -> Staff | None:
    """Connect the chat of a participant by a link; return the member of the staff.

    None where the link is too old, or another chat has used it.
    """
    staff = await unit.staff.get(link.subject_id)
    if staff is None or not staff.active:
        return None
    if link.participant_id is not None:
        return staff if link.participant_id == participant_id else None
    if link.created_at is None or link.created_at < unit.now - OPENS_FOR:
        return None
    if not await unit.links.take(link.id, participant_id):
        return None
    await unit.events.add(by_staff(staff.id), "chat_linked", link=link.id)
    return staff


async def chat_of(unit: Unit, staff_id: int) -> Person | None:
    """Return the citizen whose chat a member of the staff has linked, or None."""
    taken = await unit.links.taken(STAFF, staff_id)
    owner = await unit.participants.get(taken.participant_id or 0) if taken is not None else None
    if owner is None or owner.person_id is None or owner.ended_at is not None:
        return None
    return await unit.people.get(owner.person_id)


async def test_broadcast(command: TestBroadcast, unit: Unit) -> Done | Refused:
    """Send a broadcast to the own chat of a member of the staff, in each language that it has.

    A double click within a minute sends it once.
    """
    known = await unit.broadcasts.get(command.broadcast_id)
    staff = await unit.staff.get(command.staff_id)
    if known is None or staff is None or not staff.may(May.BROADCAST):
        return NO_BROADCAST
    wrong = unstorable(known)
    if wrong is not None:
        return wrong
    if not known.texts:
        return Refused(_("Write the text in Danish first."), "texts")
    person = await chat_of(unit, staff.id)
    if person is None or not person.reachable:
        return NO_CHAT
    minute = unit.now.strftime("%Y-%m-%dT%H:%M")
    key = f"{TEST}:{known.id}:{known.version}:{staff.id}:{minute}"
    lane = await unit.people.lane(person.id)
    await notify(unit, lane, TEST, key, broadcast=known.id)
    await unit.events.add(by_staff(staff.id), "broadcast_tested", broadcast=known.id)
    return Done(known.id)
