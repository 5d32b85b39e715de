"""The page of an invitation to volunteer: who was asked, what they said, and who signed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.console.audience_labels import stored_words
from bot.console.cells import Block, Cell, Line, Link, Moment, Part, dotted, tag
from bot.console.console_context import context_of
from bot.console.form import Form
from bot.console.pages.reminders import results_page, texts
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.reminder_labels import ANSWERS, reason_name
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.delivery import Outcome
from bot.model.invitation import (
    INVITATION,
    InvitationResults,
    InvitationState,
    VolunteerInvitation,
)
from bot.model.opportunity import Opportunity, Shift
from bot.store.alerts import Subject
from bot.store.unit import Unit

SHOWN = 6  # invitations on the page of an opportunity or a shift
STATES: Mapping[InvitationState, tuple[Text, str]] = {
    InvitationState.OPEN: (pgettext("invitation", "Open"), "on"),
    InvitationState.FILLED: (pgettext("invitation", "Enough have said yes"), "on"),
    InvitationState.ENDED: (pgettext("invitation", "Ended"), "off"),
}
FOUND = ngettext("{found} of {count} found", "{found} of {count} found", "count")
OF = _("{found} of {count}")
ASKED = ngettext("{count} asked", "{count} asked", "count")
SIGNED_UP = ngettext(
    "{count} person has signed up within three days after the message.",
    "{count} people have signed up within three days after the message.",
    "count",
)
SHORTAGE = _("Those who fit and have time, a few at a time")
ALL_AT_ONCE = _("All of them at once")
INVITE = _("Invite more people")


async def invitation_of(request: web.Request, unit: Unit) -> VolunteerInvitation:
    """Return the invitation in the address; raise `HTTPNotFound` for none."""
    found = await unit.volunteer_invitations.get(int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found


async def _place_of(unit: Unit, one: VolunteerInvitation) -> tuple[Opportunity, Shift | None]:
    """Return what an invitation is for; raise `HTTPNotFound` where it is gone."""
    known = await unit.opportunities.get(one.opportunity_id)
    if known is None:
        raise web.HTTPNotFound
    return known, await unit.shifts.get(one.shift_id) if one.shift_id is not None else None


def way_to_place(known: Opportunity, shift: Shift | None) -> Link:
    """Return the link back to what people are invited for."""
    if shift is None:
        return Link(known.title, f"opportunities/{known.id}")
    return Link((known.title, ", ", Moment(shift.begins_at)), f"shifts/{shift.id}")


async def invitation_sections(
    unit: Unit, known: Opportunity, shift: Shift | None
) -> Sequence[Section]:
    """Return the section of the newest invitations; none where no one was invited."""
    shift_id = shift.id if shift is not None else None
    found = await unit.volunteer_invitations.of_opportunity(known.id, SHOWN, shift_id=shift_id)
    if not found:
        return ()
    ids = {one.shift_id for one in found if one.shift_id is not None and shift is None}
    shifts = await unit.shifts.some(ids) if ids else {}
    rows: list[Cell] = [await _row(unit, one, shifts) for one in found]
    return (Section(pgettext("volunteer", "Invitations"), rows=rows),)


async def _row(unit: Unit, one: VolunteerInvitation, shifts: Mapping[int, Shift]) -> Cell:
    """Return the row of an invitation: when it was set, its maker, and its counts."""
    results = await unit.volunteer_invitations.results(one.id)
    at = Moment(one.created_at) if one.created_at is not None else one.contact
    shift = shifts.get(one.shift_id or 0)
    begins = (_("for"), " ", Moment(shift.begins_at)) if shift is not None else None
    return Block(
        (
            Line((Link(at, f"invitations/{one.id}"), " ", tag(*STATES[one.state]))),
            Line(dotted(_found(one, results), ASKED.with_(count=results.asked))),
            Line(dotted(_("Set by {name}").with_(name=one.contact), begins), "quiet"),
        )
    )


def _found(one: VolunteerInvitation, results: InvitationResults) -> Text:
    return FOUND.with_(found=results.found, count=one.quota)


async def show_invitation(request: web.Request) -> web.StreamResponse:
    """Show the page of an invitation."""
    async with context_of(request).store.reading() as unit:
        one = await invitation_of(request, unit)
        known, shift = await _place_of(unit, one)
        who = await stored_words(unit, one.audience)
        results = await unit.volunteer_invitations.results(one.id)
    facts: list[tuple[Text, Cell]] = [
        (_("For"), way_to_place(known, shift)),
        (_("Who is asked"), who),
        (pgettext("invitation", "How"), SHORTAGE if one.shortage else ALL_AT_ONCE),
        (_("Found so far"), OF.with_(found=results.found, count=one.quota)),
        (_("Set by"), one.contact),
    ]
    if one.created_at is not None:
        facts.append((pgettext("invitation", "Set"), Moment(one.created_at)))
    over = one.state is InvitationState.ENDED
    ends = one.ended_at if over and one.ended_at is not None else one.ends_at
    facts.append((pgettext("invitation", "Ended") if over else _("Open until"), Moment(ends)))
    sections = [
        Section(lines=(Line(tag(*STATES[one.state])),), facts=facts),
        Section(_("The text"), lines=texts(one.texts)),
        Section(_("Results"), lines=_lines(results), rows=_rows(one.id, results)),
    ]
    if not over:
        lead = _("No one more is asked, and planned messages are cancelled. Sign-ups stay.")
        end = Form(f"invitations/{one.id}/end", submit=_("End it"), lead=lead, look="danger")
        sections.append(Section(_("End the invitation"), acts=(end,)))
    title = _("Invitation: {title}").with_(title=known.title)
    return await record_page(request, RecordPage(title, sections, way=way_to_place(known, shift)))


def _lines(results: InvitationResults) -> Sequence[Cell]:
    """Return how many were asked, and how many signed up."""
    return (
        Line(Part(ASKED.with_(count=results.asked), tag="strong")),
        Line(SIGNED_UP.with_(count=results.credited)),
    )


def _rows(invitation_id: int, results: InvitationResults) -> Sequence[Cell]:
    """Return the number of people of each answer, and of people not reached, by reason."""
    path = f"invitations/{invitation_id}/results"
    numbers = (
        (Outcome.DONE, results.yes),
        (Outcome.CANNOT, results.no),
        (Outcome.LATER, results.later),
        (Outcome.SILENT, results.silent),
        (Outcome.WAITING, results.planned),
        (Outcome.PHONED, results.to_ring),
    )
    rows: list[Cell] = [
        (Line(Link(ANSWERS[outcome], f"{path}?outcome={outcome}")), Part(str(number), tag="b"))
        for outcome, number in numbers
    ]
    not_reached = f"{path}?outcome={Outcome.WITHHELD}"
    for reason, number in sorted(results.not_reached.items()):
        label = _("Not reachable: {reason}").with_(reason=reason_name(reason))
        rows.append((Line(Link(label, not_reached)), Part(str(number), tag="b")))
    return rows


async def show_results(request: web.Request) -> web.StreamResponse:
    """Show each person who was asked with the answer, the newest first."""
    async with context_of(request).store.reading() as unit:
        one = await invitation_of(request, unit)
        known, _shift = await _place_of(unit, one)
    title = _("Invitation: {title}").with_(title=known.title)
    way = Link(title, f"invitations/{one.id}")
    subject = Subject(INVITATION, one.id)
    return await results_page(
        request, subject, way, known.title, outcomes=ANSWERS, person="volunteers"
    )
