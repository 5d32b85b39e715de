"""The volunteers who wait for the current user: named, with a link and the date they were told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Moment, Title, dotted, tag
from bot.console.current_user import staff_of, user_of
from bot.console.signup_rows import people_of
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.staff import May
from bot.service.volunteering.waiting import Waiting, Waits, waiting_for
from bot.store.unit import Unit

SHOWN = 10  # the others are on the pages of their tasks
WAIT = ngettext("{count} volunteer waits for you", "{count} volunteers wait for you", "count")
WHAT: Mapping[Waits, Text] = {
    Waits.ANSWER: pgettext("waits", "would like to help: accept or turn down"),
    Waits.REASON: pgettext("waits", "asks why it did not work out"),
    Waits.CONTACT: pgettext("waits", "waits to agree on a time"),
    Waits.SECOND_LOOK: pgettext("waits", "says that they were there"),
    Waits.CALL: pgettext("waits", "has not answered: ring before the shift"),
}
# Where staff note by hand that they have been in touch.
BY_HAND = frozenset({Waits.REASON, Waits.CONTACT})


async def waiting_block(request: web.Request, unit: Unit) -> Sequence[Cell]:
    """Return the volunteers who wait for the current user, the most urgent first."""
    if not user_of(request).may(May.VOLUNTEERING):
        return ()
    found = await waiting_for(unit, staff_of(request).id)
    if not found:
        return ()
    people = await people_of(unit, [one.signup for one in found])
    known = await unit.opportunities.some({one.signup.opportunity_id for one in found})

    def row(one: Waiting) -> Cell:
        own = one.signup
        name = people.name(own.participant_id)
        page = f"shifts/{own.shift_id}" if own.shift_id else f"opportunities/{own.opportunity_id}"
        if one.waits is Waits.REASON:
            page = f"volunteers/{own.participant_id}"
        when = Moment(one.begins_at) if one.begins_at is not None else None
        late = tag(_("the date has passed"), "wait") if _is_late(one, unit) else None
        due = None
        if one.waits is not Waits.CALL and one.due_at is not None:
            due = (pgettext("request", "by"), " ", Moment(one.due_at))
        about = dotted(known[own.opportunity_id].title, when, due)
        said = Line((Link(name, page), " ", WHAT[one.waits], " ", late))
        dealt = Button(f"signups/{own.id}/contacted", _("I have been in touch"), about=name)
        return Block((said, Line(about, "quiet"), dealt if one.waits in BY_HAND else None))

    rows = [row(one) for one in found[:SHOWN]]
    title = Title(WAIT.with_(count=len(found)))
    return (Block((title, *rows), "card"),)


def _is_late(one: Waiting, unit: Unit) -> bool:
    """Return whether the date that a volunteer was told has passed."""
    return one.due_at is not None and one.due_at < unit.now
