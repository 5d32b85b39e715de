"""The page of a shift: who comes, who may not, who waits, and who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Moment, Part, Quote, dotted, tag
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Form
from bot.console.link_section import link_sections
from bot.console.pages.invitations import INVITE, invitation_sections
from bot.console.pages.opportunity import way_to
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.signup_rows import (
    Needed,
    People,
    needed_of,
    needs_line,
    people_of,
    request_row,
    who,
)
from bot.console.volunteer_labels import RATINGS, places, signup_tag, time_given
from bot.i18n import Text, _, pgettext
from bot.model.opportunity import SHIFT, Opportunity, OpportunityState, Shift, ShiftState, said
from bot.model.signup import (
    COMES,
    HOLDS_PLACE,
    Signup,
    SignupState,
    is_at_risk,
    is_silent,
)
from bot.model.staff import May
from bot.store.alerts import Subject
from bot.store.unit import Unit

OVER = frozenset(
    {
        *(SignupState.CANCELLED, SignupState.CANCELLED_LATE, SignupState.CANCELLED_BY_ORGANISER),
        *(SignupState.REPLACED, SignupState.OFFER_EXPIRED, SignupState.DECLINED),
        *(SignupState.REJECTED, SignupState.NOT_NEEDED),
    }
)
MARKED = frozenset({SignupState.ATTENDED, SignupState.EXCUSED, SignupState.NO_SHOW})
COME = pgettext("shift", "Come")
AT_RISK_LEAD = _("They were asked, and have not answered. Ring them.")
STANDIN_LEAD = _("They come unless somebody takes over.")


@dataclass(frozen=True, slots=True)
class Board:
    """The sign-ups of a shift by what staff do about them; each is in one group."""

    risky: Sequence[Signup]
    standins: Sequence[Signup]
    coming: Sequence[Signup]
    silent: Sequence[Signup]
    requests: Sequence[Signup]
    queue: Sequence[Signup]
    marked: Sequence[Signup]
    over: Sequence[Signup]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the sections of the page show; *refused* is a form of it as it was sent."""

    known: Opportunity
    shift: Shift
    board: Board
    people: People
    refused: Form | None


def board_of(signups: Sequence[Signup], shift: Shift, now: datetime) -> Board:
    """Return the groups of a shift's sign-ups at a time."""
    begins = shift.begins_at
    before = now < begins
    comes = [one for one in signups if one.state in COMES]
    risky = [one for one in comes if before and is_at_risk(one, begins, now)]
    silent = [one for one in comes if before and one not in risky and is_silent(one, begins, now)]
    standins = [one for one in comes if one.state is SignupState.STANDIN_WANTED]
    aside = {one.id for one in (*risky, *silent, *standins)}
    waits = [one for one in signups if one.state is SignupState.WAITLISTED]
    return Board(
        risky=risky,
        standins=standins,
        coming=[one for one in comes if one.id not in aside],
        silent=silent,
        requests=[one for one in signups if one.state is SignupState.REQUESTED],
        queue=[
            *(one for one in signups if one.state is SignupState.OFFERED),
            *sorted(waits, key=lambda one: (one.queued_at or now, one.id)),
        ],
        marked=[one for one in signups if one.state in MARKED],
        over=[one for one in signups if one.state in OVER],
    )


async def shift_of(request: web.Request, unit: Unit) -> tuple[Opportunity, Shift]:
    """Return the shift in the address and its opportunity; raise `HTTPNotFound` for none."""
    found = await unit.shifts.get(int(request.match_info["id"]))
    known = await unit.opportunities.get(found.opportunity_id) if found is not None else None
    if found is None or known is None:
        raise web.HTTPNotFound
    return known, found


def way_to_shift(known: Opportunity, shift: Shift) -> Link:
    """Return the link back to a shift."""
    return Link((known.title, ", ", Moment(shift.begins_at)), f"shifts/{shift.id}")


async def show_shift(request: web.Request) -> web.StreamResponse:
    """Show the page of a shift."""
    async with context_of(request).store.reading() as unit:
        known, shift = await shift_of(request, unit)
        return await shift_page(request, unit, known, shift)


async def shift_page(
    request: web.Request,
    unit: Unit,
    known: Opportunity,
    shift: Shift,
    refused: Form | None = None,
) -> web.Response:
    """Return the page of a shift; *refused* is a form of it as it was sent."""
    signups = await unit.signups.of_shift(shift.id)
    people = await people_of(unit, signups)
    board = board_of(signups, shift, unit.now)
    seats = shift.seats if shift.seats is not None else known.seats
    taken = sum(one.state in HOLDS_PLACE for one in signups)
    sections = [
        Section(
            facts=_facts(request, known, shift, places(taken, seats)),
            lines=_state(shift),
            rows=_links(request, known, shift, signups),
        ),
        *await _groups(request, unit, _Page(known, shift, board, people, refused)),
        *await invitation_sections(unit, known, shift),
        *await link_sections(request, unit, Subject(SHIFT, shift.id)),
    ]
    status = 200 if refused is None else refused.status
    title = _("{title}, {at}").with_(title=known.title, at=shift.begins_at)
    return await record_page(request, RecordPage(title, sections, way=way_to(known), status=status))


def _state(shift: Shift) -> Sequence[Cell]:
    if shift.state is not ShiftState.CANCELLED:
        return ()
    return (
        Line(tag(pgettext("shift", "Cancelled"), "off")),
        *((Quote(shift.reason, "da"),) if shift.reason else ()),
    )


def _facts(
    request: web.Request, known: Opportunity, shift: Shift, taken: Text
) -> Sequence[tuple[Text, Cell]]:
    """Return when and where a shift is, and its places."""
    length = int(shift.length.total_seconds() // 60)
    place = said(shift.places, user_of(request).language) or said(
        known.places, user_of(request).language
    )
    facts: list[tuple[Text, Cell]] = [
        (pgettext("shift", "Begins"), Moment(shift.begins_at)),
        (_("It lasts"), time_given(length)),
        (_("Place"), place),
        (pgettext("opportunity", "Places"), taken),
        (_("Counted without a name"), str(shift.unnamed) if shift.unnamed else ""),
    ]
    return [(label, fact) for label, fact in facts if fact]


def _links(
    request: web.Request, known: Opportunity, shift: Shift, signups: Sequence[Signup]
) -> Sequence[Cell]:
    """Return the buttons of a shift: what is done before it, on the day, and its files."""
    begun = shift.begins_at <= context_of(request).store.clock.now()
    is_open = known.state is OpportunityState.OPEN and not begun
    comes = any(one.state in COMES for one in signups)
    if shift.state is ShiftState.CANCELLED:
        return ()
    path = f"shifts/{shift.id}"

    def link(label: Text, page: str, icon: str = "") -> Link:
        return Link(label, f"{path}/{page}", "button", icon)

    add = _("Count somebody in") if begun else _("Sign somebody up")
    plan = [
        link(add, "add", "plus"),
        *((link(INVITE, "invite", "people"),) if is_open else ()),
        *((link(_("Write to them"), "message", "send"),) if comes and not begun else ()),
        *(() if begun else (link(_("Change it"), "edit", "pen"),)),
        *(() if begun else (link(_("Cancel it …"), "cancel"),)),
    ]
    day = [
        link(_("Phone list"), "phones", "phone"),
        link(_("Check-in code"), "code", "eye"),
        *((link(_("Who was there"), "attendance", "done"),) if begun else ()),
    ]
    if user_of(request).may(May.EXPORT_PERSONS):
        day += [link(_("CSV file"), "volunteers.csv"), link(_("Excel file"), "volunteers.xlsx")]
    return Block(tuple(plan), "acts"), Block(tuple(day), "acts")


async def _groups(request: web.Request, unit: Unit, page: _Page) -> Sequence[Section]:
    """Return a section for each group that has sign-ups; the one of who comes is always shown."""
    board, people = page.board, page.people
    acts = unit.now < page.shift.begins_at

    def row(one: Signup) -> Cell:
        return comes_row(one, people, acts=acts)

    queue = [_queued(number, one, people) for number, one in enumerate(board.queue, 1)]
    groups: list[tuple[Text, Text | None, Sequence[Cell]]] = [
        (_("At risk"), AT_RISK_LEAD, [row(one) for one in board.risky]),
        (_("Look for a stand-in"), STANDIN_LEAD, [row(one) for one in board.standins]),
        (COME, None, [row(one) for one in board.coming]),
        (_("Have not answered yet"), None, [row(one) for one in board.silent]),
        (_("Requests"), None, await _requests(request, unit, page)),
        (_("Waiting list"), None, queue),
        (_("Who was there"), None, [_marked(one, people) for one in board.marked]),
        (_("Cancelled"), None, [_over(one, people, acts=acts) for one in board.over]),
    ]
    sections = []
    for heading, lead, rows in groups:
        if rows or (heading is COME and acts):
            lines = [Line(lead, "quiet")] if lead is not None and rows else []
            none = [] if rows else [Line(_("No one yet."), "quiet")]
            title = _("{heading}: {count}").with_(heading=heading, count=len(rows))
            sections.append(Section(title, lines=[*lines, *none], rows=rows))
    return sections


def comes_row(one: Signup, people: People, *, acts: bool) -> Cell:
    """Return the row of a volunteer who comes; by phone, staff write down the answer."""
    marks: list[Cell] = []
    if one.state is SignupState.CHECKED_IN:
        marks.append(signup_tag(one.state))
    elif one.says_coming_at is not None:
        marks.append(tag(_("Says yes"), "on"))
    told = Block((who(one, people, *marks), needs_line(one)))
    if not acts:
        return told
    name, path = people.name(one.participant_id), f"signups/{one.id}"
    if one.state is SignupState.CHECKED_IN:
        return told
    says_yes = one.says_coming_at is not None and one.state is not SignupState.STANDIN_WANTED
    yes = Button(f"{path}/coming", _("Comes"), "done", about=name)
    no = Button(f"{path}/cannot", _("Cannot come"), about=name)
    return told, Block((None if says_yes else yes, no), "acts")


async def _requests(request: web.Request, unit: Unit, page: _Page) -> Sequence[Cell]:
    """Return the rows of the requests."""
    waiting = page.board.requests
    needed = await needed_of(request, unit, page.known, waiting)
    return [
        request_row(
            one,
            page.people,
            None,
            needed.get(one.id, Needed()),
            page.refused,
        )
        for one in waiting
    ]


def _queued(number: int, one: Signup, people: People) -> Cell:
    """Return the row of a person who waits, with the offer and until when it holds."""
    name, path = people.name(one.participant_id), f"signups/{one.id}"
    until: Cell = None
    if one.state is SignupState.OFFERED and one.offered_until is not None:
        until = Line((_("Is offered a place until"), " ", Moment(one.offered_until)), "quiet")
    take = None
    if one.state is SignupState.OFFERED:
        take = Button(f"{path}/take-offer", _("Takes the place"), "done", about=name)
    leave = Button(f"{path}/decline-offer", _("No longer wants it"), about=name)
    return Block((who(one, people, before=f"{number}."), until)), Block((take, leave), "acts")


def _marked(one: Signup, people: People) -> Cell:
    """Return the row of a volunteer who was there, excused or absent."""
    time = time_given(one.minutes) if one.minutes is not None else None
    disputed = tag(_("Says: I was there"), "wait") if one.disputed_at else None
    return Block(
        (
            who(one, people, signup_tag(one.state), disputed),
            Line(dotted(time, one.reason), "quiet") if time or one.reason else None,
            Quote(one.objection, "") if one.objection else None,
            Line(tag(*RATINGS[one.rating])) if one.rating else None,
            Quote(one.feedback, "") if one.feedback else None,
        )
    )


def _over(one: Signup, people: People, *, acts: bool) -> Cell:
    """Return the row of a sign-up that is over, with its reason."""
    at = Moment(one.changed_at) if one.changed_at else None
    back = Button(
        f"signups/{one.id}/reopen", _("Take it back"), about=people.name(one.participant_id)
    )
    told = Block(
        (
            who(one, people, signup_tag(one.state)),
            Line(dotted(at, Part(one.reason) if one.reason else None), "quiet"),
        )
    )
    return (told, Block((back,), "acts")) if acts and is_rejected(one) else told


def is_rejected(one: Signup) -> bool:
    """Return whether staff have turned a request down, with a reason, and can take that back."""
    return one.state is SignupState.REJECTED and one.reason is not None
