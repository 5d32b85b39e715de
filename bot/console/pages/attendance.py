"""Who was at a shift: marked in bulk and corrected one by one, and the code to check in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.console.cells import Block, Cell, Copyable, Drawing, Line, Part, Quote, Title, dotted, tag
from bot.console.console_context import context_of
from bot.console.form import Field, Form, folded
from bot.console.form_input import number_of
from bot.console.list_page import BulkAct, ListPage, bulk_handler, list_page
from bot.console.pages.shift import shift_of, way_to_shift
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.signup_rows import People, people_of
from bot.console.volunteer_labels import SIGNUPS, SOURCES, signup_tag, time_given
from bot.documents.qr_code import qr_drawing
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.commands.volunteering import MarkAttendance
from bot.model.link import check_in_link
from bot.model.opportunity import Opportunity, Shift
from bot.model.signup import COMES, WAS_THERE, Signup, SignupState
from bot.service.volunteering.written import LONGEST_REASON
from bot.store.events import by_staff
from bot.store.unit import Unit

CODE = _("Check-in code")
LISTED = COMES | WAS_THERE | {SignupState.EXCUSED, SignupState.NO_SHOW}
MARKS = (SignupState.ATTENDED, SignupState.EXCUSED, SignupState.NO_SHOW)
UNREADABLE = -1  # minutes, which the service refuses
MINUTES = Field("minutes", _("Minutes, if it was not the whole time"), "number", required=False)
REASON = Field("reason", _("Reason"), "line", required=False, longest=LONGEST_REASON)


async def show_attendance(request: web.Request) -> web.StreamResponse:
    """Show the volunteers of a shift, to be marked in bulk or one by one."""
    return await attendance_page(request, int(request.match_info["id"]))


async def attendance_page(
    request: web.Request, shift_id: int, refused: Form | None = None
) -> web.Response:
    """Return the page; *refused* is the form of one volunteer as it was sent."""
    async with context_of(request).store.reading() as unit:
        shift = await unit.shifts.get(shift_id)
        known = await unit.opportunities.get(shift.opportunity_id) if shift else None
        if shift is None or known is None:
            raise web.HTTPNotFound
        signups = await unit.signups.of_shift(shift.id, LISTED)
        people = await people_of(unit, signups)
    lead = _("Only a person says that somebody did not come. They can object for 14 days.")
    shown: ListPage[Signup] = ListPage(
        _("Who was there"),
        sorted(signups, key=lambda one: str(people.name(one.participant_id)).casefold()),
        columns(shift, people, refused),
        css="todo",
        id_of=lambda one: one.id,
        name_of=lambda one: people.name(one.participant_id),
        way=way_to_shift(known, shift),
        lead=lead,
        empty=Line(_("No one was signed up."), "empty"),
        acts=BULK,
        status=422 if refused is not None else 200,
    )
    return await list_page(request, shown)


def columns(
    shift: Shift, people: People, refused: Form | None
) -> Sequence[Callable[[Signup], Cell]]:
    """Return the columns: the volunteer with their mark, and the form that corrects it."""

    def told(one: Signup) -> Block:
        time = time_given(one.minutes) if one.minutes is not None else None
        disputed = tag(_("Says: I was there"), "wait") if one.disputed_at else None
        facts = dotted(time, SOURCES.get(one.source))
        return Block(
            (
                Title((people.name(one.participant_id), " ", signup_tag(one.state))),
                Line(disputed) if disputed else None,
                *(Quote(said, "") for said in (one.objection, one.reason) if said),
                Line(facts, "quiet") if facts else None,
            )
        )

    def correct(one: Signup) -> Cell:
        form = mark_form(one, shift)
        return folded(pgettext("attendance", "Set or correct …"), form, "correct", refused)

    return (told, correct)


def mark_form(one: Signup, shift: Shift) -> Form:
    """Return the form that marks one volunteer."""
    state = Field(
        "state",
        pgettext("attendance", "State"),
        "choice",
        options=[(str(mark), SIGNUPS[mark][0]) for mark in MARKS],
    )
    form = Form(
        f"signups/{one.id}/mark",
        (state, MINUTES, REASON),
        _("Keep it"),
        prefix=f"m{one.id}-",
        hidden={"shift": shift.id},
    )
    mark = one.state if one.state in MARKS else SignupState.ATTENDED
    return form.filled({"state": mark, "minutes": one.minutes})


def mark_command(
    staff_id: int, signup_id: int, state: SignupState, said: Mapping[str, str]
) -> MarkAttendance:
    """Return the command that marks a volunteer, with what a form says."""
    reason = said.get("reason", "").strip() or None
    written = said.get("minutes", "").strip()
    minutes = None if not written else number_of(written)
    if written and minutes is None:
        minutes = UNREADABLE
    return MarkAttendance(by_staff(staff_id), signup_id, state, minutes, reason)


def _marking(state: SignupState) -> Callable[..., MarkAttendance]:
    """Return what makes the command of a bulk act."""

    def command(staff_id: int, signup_id: int, **said: str) -> MarkAttendance:
        return mark_command(staff_id, signup_id, state, said)

    return command


async def _name(unit: Unit, signup_id: int) -> Text | str | None:
    """Return the name of a volunteer, and whether they checked in; None for no sign-up."""
    one = await unit.signups.get(signup_id)
    if one is None:
        return None
    name = (await people_of(unit, [one])).name(one.participant_id)
    if one.state not in WAS_THERE:
        return name
    return _("{name}: {state}").with_(name=name, state=SIGNUPS[one.state][0])


def _bulk(state: SignupState, path: str, label: Text, icon: str, field: Field) -> BulkAct:
    done = ngettext("{count} volunteer is recorded.", "{count} volunteers are recorded.", "count")
    return BulkAct(
        f"signups/{path}", label, icon, _name, _marking(state), done=done, fields=(field,)
    )


ATTENDED = _bulk(
    SignupState.ATTENDED, "attended", pgettext("attendance", "Were there"), "done", MINUTES
)
EXCUSED = _bulk(SignupState.EXCUSED, "excused", pgettext("attendance", "Excused"), "hand", REASON)
NO_SHOW = _bulk(
    SignupState.NO_SHOW, "no-show", pgettext("attendance", "Did not come"), "close", REASON
)
BULK = (ATTENDED, EXCUSED, NO_SHOW)
mark_attended, mark_excused, mark_no_show = map(bulk_handler, BULK)


async def show_code(request: web.Request) -> web.StreamResponse:
    """Show the code of a shift on any device, or the button that makes one."""
    known, shift = await shift_in(request)
    if shift.code is not None:
        return await code_page(request, known, shift, shift.code)
    make = Form(
        f"shifts/{shift.id}/code",
        submit=_("Make the code"),
        lead=_("All contacts see the same code, on each of their devices."),
    )
    page = RecordPage(CODE, (Section(acts=(make,)),), way=way_to_shift(known, shift))
    return await record_page(request, page)


async def code_page(
    request: web.Request, known: Opportunity, shift: Shift, code: str
) -> web.Response:
    """Return the page that shows the code of a shift, as a link and a QR code."""
    link = check_in_link(context_of(request).bot_link, code)
    drawing = qr_drawing(link)
    lines: tuple[Any, ...] = (
        Line(
            _(
                "Show it on your phone when the volunteers arrive. They scan it, and are checked "
                "in. It opens two hours before the shift."
            )
        ),
        Drawing(drawing.path, drawing.size, _("QR code to check in")),
        Copyable("code-link", link, _("Copy the link")),
        Copyable("code", code, _("Copy the code")),
        Line(Part(_("All contacts see this code here, also on the phone."), "quiet")),
    )
    replace = Form(
        f"shifts/{shift.id}/code",
        submit=_("Make a new code"),
        hidden={"replaces": "yes"},
        lead=_("This one opens nothing then, on paper and on other devices."),
        look="danger",
    )
    sections = (Section(lines=lines, acts=(replace,)),)
    page = RecordPage(CODE, sections, way=way_to_shift(known, shift))
    return await record_page(request, page)


async def shift_in(request: web.Request) -> tuple[Opportunity, Shift]:
    """Return the shift in the address and its opportunity; raise `HTTPNotFound` for none."""
    async with context_of(request).store.reading() as unit:
        return await shift_of(request, unit)
