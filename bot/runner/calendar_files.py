"""Calendar files in the chat: of a reminder or a shift, and the address of a citizen's feed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.documents.calendar_file import MIME, CalendarEvent, Organizer, calendar_file
from bot.engine.effects import Send
from bot.engine.events import Done
from bot.i18n import Day, Text, pgettext
from bot.model.commands.links import MakeFeed, RevokeFeed
from bot.model.link import event_source, feed_url
from bot.model.reminder import SUBJECT, Reminder, ReminderState
from bot.model.signup import COMES, WAS_THERE, Signup
from bot.runner.chat_files import put_file
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.calendar_events import events_of, shift_event
from bot.service.reminder_rules import audience_of
from flows import calendar_cards, cards

LONGEST_STEM = 60
_SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


async def take_file(
    context: TurnContext, reminder_id: int | None, link_id: int | None = None, proof: str = ""
) -> None:
    """Send the calendar file of a reminder that concerns the citizen, or that a link opened.

    *proof* shows that the citizen has used the link.
    """
    reminder = await context.unit.reminders.get(reminder_id) if reminder_id is not None else None
    link = None
    if reminder is not None and link_id is not None:
        link = await context.unit.links.live_to(link_id, SUBJECT, reminder.id, proof)
    if reminder is None or not (link is not None or await _concerns(context, reminder)):
        context.send(Send(calendar_cards.NO_DATES, (cards.TO_MENU,)))
    elif await send_file(context, reminder) and link is not None:
        await context.unit.links.count_done(link.id)


async def _concerns(context: TurnContext, reminder: Reminder) -> bool:
    """Return whether a citizen set a reminder, or is one of its recipients."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    if reminder.is_own:
        return reminder.participant_id == participant.id
    return await context.unit.audiences.contains(audience_of(reminder), participant.id)


async def send_file(context: TurnContext, reminder: Reminder) -> bool:
    """Send a reminder's coming dates as a file; of an ended one, the dates to take out again.

    Return False where there are none.
    """
    unit, source = context.unit, event_source(context.runtime.bot_link)
    is_cancelled = False
    events = events_of(unit, reminder, context.language, source)
    if not events and reminder.state is ReminderState.ENDED:
        is_cancelled = True
        events = events_of(unit, reminder, context.language, source, is_cancelled=True)
    if not events:
        context.send(Send(calendar_cards.NO_DATES, (cards.TO_MENU,)))
        return False
    await _put(context, events, is_cancelled=is_cancelled)
    return True


async def take_shift(context: TurnContext, signup_id: int | None) -> None:
    """Send the calendar file of the citizen's own sign-up; of a cancelled one, to take it out."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    known = await context.unit.signups.get(signup_id) if signup_id is not None else None
    is_own = known is not None and known.participant_id == participant.id
    if known is None or not is_own or not await send_shift(context, known):
        context.send(Send(calendar_cards.NO_DATES, (cards.TO_MENU,)))


async def send_shift(context: TurnContext, known: Signup) -> bool:
    """Send the shift of a sign-up as a file; return False where it has no date."""
    source = event_source(context.runtime.bot_link)
    event = await shift_event(context.unit, known, context.language, source)
    if event is None:
        return False
    is_cancelled = known.state not in COMES | WAS_THERE
    name = pgettext("file", "{name}.ics").with_(name=file_stem(event.title))
    await _put(context, [event], name=name, is_cancelled=is_cancelled)
    return True


def file_stem(title: str) -> str:
    """Return a title as the name of a file: ASCII letters and digits with hyphens."""
    spelled = title.casefold().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_STEM].strip("-") or "kalender"


async def _put(
    context: TurnContext,
    events: Sequence[CalendarEvent],
    *,
    is_cancelled: bool,
    name: Text = calendar_cards.FILE_NAME,
) -> None:
    """Queue a calendar file to the citizen."""
    organizer = Organizer(context.town.name, context.runtime.bot_link)
    content = calendar_file(events, organizer, context.now, is_cancelled=is_cancelled)
    caption = calendar_cards.CANCELLED_FILE if is_cancelled else calendar_cards.FILE
    await put_file(context, name, MIME, content, caption=caption)


async def feed(context: TurnContext) -> None:
    """Send the address of a new calendar feed; where there is one, offer a new one or none."""
    citizen, unit = context.citizen, context.unit
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    known = await unit.links.feed_of(participant.id)
    if known is None or known.created_at is None:
        await new_feed(context)
    else:
        since = Day(context.calendar.local(known.created_at).date())
        context.send(calendar_cards.feed_known(since))


async def new_feed(context: TurnContext) -> None:
    """Send the address of a new calendar feed; an earlier one stops working."""
    public_url = context.runtime.public_url
    if not public_url:
        context.send(Send(calendar_cards.NO_FEED, (cards.TO_MENU,)))
        return
    outcome = await execute(MakeFeed(context.citizen.id), context.unit)
    if isinstance(outcome, Done):
        context.send(calendar_cards.feed(feed_url(public_url, outcome.value)))


async def end_feed(context: TurnContext) -> None:
    """Revoke the citizen's calendar feed."""
    await execute(RevokeFeed(context.citizen.id), context.unit)
    context.send(Send(calendar_cards.FEED_OFF, (cards.TO_MENU,)))
