"""Links in the chat: what the payload of a deep link opens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Send
from bot.model.campaign import CAMPAIGN
from bot.model.link import Link, LinkStep, Opens, hash_of
from bot.model.opportunity import OPPORTUNITY, SHIFT
from bot.model.pledge_catalogue import CATALOGUE
from bot.model.reminder import SUBJECT as REMINDER
from bot.model.signup import SIGNUP
from bot.runner import (
    campaigns,
    conversations,
    pledge_sharing,
    reminders,
    signup_buttons,
    volunteer_search,
)
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step
from bot.service.staff_chat import STAFF, take_chat_link
from flows import cards, messages


async def open_link(context: TurnContext, token: str) -> None:
    """Show the subject of a link; an unknown and a revoked link are answered alike."""
    link = await context.unit.links.use(hash_of(token), LinkStep.STARTED, Opens.CHAT)
    send = await OPENERS[link.subject_kind](context, link, token) if link is not None else None
    if send is None:
        context.send_text(messages.LINK_OVER)
        await conversations.leave_for_menu(context)
        return
    context.send(send)
    await back_to_step(context)


async def _staff_chat(context: TurnContext, link: Link, token: str) -> Send | None:
    """Connect this chat to the account of the member of the staff who made the link."""
    del token
    owner = await context.unit.participants.of_person(context.citizen.id, context.citizen.address)
    staff = await take_chat_link(context.unit, link, owner.id)
    if staff is None:
        return None
    said = messages.STAFF_CHAT.with_(first_name=staff.first_name)
    return Send(said, (cards.TO_MENU,))


# The subjects that a link can open, by kind; a handler gets the link and its token, and
# returns None where the subject is over.
OPENERS: Mapping[str, Callable[[TurnContext, Link, str], Awaitable[Send | None]]] = {
    REMINDER: reminders.opened,
    SIGNUP: signup_buttons.opened,
    OPPORTUNITY: volunteer_search.opportunity_opened,
    SHIFT: volunteer_search.shift_opened,
    STAFF: _staff_chat,
    CAMPAIGN: campaigns.opened,
    CATALOGUE: pledge_sharing.entry_opened,
}
