"""The outgoing calendar: everything the town will send in the next two weeks, by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.console.cells import Block, Cell, Icon, Line, Link, Part
from bot.console.console_context import context_of
from bot.console.pages.reminders import NOT_COMPUTED
from bot.console.reach_words import reach_lines
from bot.console.record_page import RecordPage, Section, record_page
from bot.i18n import Text, _, ngettext
from bot.model.broadcast import BROADCAST
from bot.model.campaign import CAMPAIGN
from bot.model.invitation import INVITATION
from bot.model.outcome import OUTCOME
from bot.model.pledge import PLEDGE
from bot.model.reminder import SUBJECT
from bot.model.signup import SIGNUP
from bot.service.outgoing import A_SECOND, DAYS, Crowded, Outgoing, OutgoingDay, outgoing
from bot.store.unit import Unit

MESSAGES = ngettext("{count} message", "{count} messages", "count")
LOAD = ngettext(
    "The busiest minute takes {count} second.",
    "The busiest minute takes {count} seconds.",
    "count",
)
# What a message that is no reminder of staff is about, and who set it.
KINDS: Mapping[str, tuple[Text, Text]] = {
    SUBJECT: (_("Reminders that citizens set themselves"), _("The citizens")),
    SIGNUP: (_("Messages about tasks of volunteers"), _("By their sign-ups")),
    INVITATION: (_("Invitations to volunteer"), _("Set by staff and leads")),
    PLEDGE: (_("Questions and messages about pledges"), _("By the rhythm of each pledge")),
    BROADCAST: (_("News"), _("Approved by a leader")),
    CAMPAIGN: (_("Answers to proposals of shared pledges"), _("By what staff decided")),
    OUTCOME: (_("Answers to what stood in the way"), _("By what staff answered")),
}
PARTIAL = _("There are more reminders of citizens and pledges than are counted here.")


async def show_outgoing(request: web.Request) -> web.StreamResponse:
    """Show what the town will send, by day."""
    async with context_of(request).store.unit() as unit:
        await unit.participants.complete()
        calendar = await outgoing(unit)
        sections = [_day(unit, one) for one in calendar.days]
    about = _(
        "Everything that the chat sends in the next {days} days, moved out of the town's quiet "
        "hours. Telegram takes {number} messages a second."
    ).with_(days=DAYS, number=A_SECOND)
    lines: list[Cell] = [Line(about)]
    for one in calendar.unreadable:
        broken = (Link(one.title, f"reminders/{one.id}"), ": ", NOT_COMPUTED)
        lines.append(Line((Icon("warning"), Part(broken)), "seal"))
    if calendar.partial:
        lines.append(Line(PARTIAL, "quiet"))
    if not sections:
        lines.append(Line(_("Nothing is to be sent."), "quiet"))
    shown = RecordPage(_("Outgoing calendar"), (Section(lines=lines), *sections))
    return await record_page(request, shown)


def _day(unit: Unit, one: OutgoingDay) -> Section:
    """Return the section of a day: its number, load and messages, and who gets too many."""
    total: tuple[Cell, ...] = (Part(MESSAGES.with_(count=one.number), tag="b"),)
    if one.busiest > A_SECOND:
        total = (*total, " · ", LOAD.with_(count=one.seconds))
    return Section(
        one.day,
        lines=(Line(total), *_crowded(one.crowded)),
        rows=[_line(unit, line) for line in one.lines],
    )


def _line(unit: Unit, line: Outgoing) -> tuple[Cell, ...]:
    """Return a message with its time, the number of its recipients, and who set it."""
    time: Cell = unit.calendar.local(line.at).time()
    what: Cell
    by: Text
    last = unit.calendar.local(line.last or line.at).time()
    if line.reminder is None:
        what, by = KINDS[line.kind]
        if line.broadcast is not None:
            what = Link(line.broadcast.title, f"broadcasts/{line.broadcast.id}")
        if (last.hour, last.minute) != (time.hour, time.minute):
            time = _("{first} to {last}").with_(first=time, last=last)
    else:
        what = Link(line.reminder.title, f"reminders/{line.reminder.id}")
        by = _("Set by {name}").with_(name=line.reminder.contact)
    return (
        Line((time, ": ", what, Part("", tag="br"), Part(by, "quiet"))),
        Block(reach_lines(line.reach)),
    )


def _crowded(people: Sequence[Crowded]) -> Sequence[Cell]:
    """Return the warning about people who get three or more messages on the day."""
    if not people:
        return ()
    names: list[Cell] = []
    for one in people:
        label = _("{name} ({number})").with_(
            name=one.first_name or _("Without a name"), number=one.number
        )
        names += [", ", Link(label, f"participants/{one.participant_id}")]
    warning = _("Three or more on this day:")
    return (Line((Icon("warning"), Part((warning, " ", *names[1:]))), "seal"),)
