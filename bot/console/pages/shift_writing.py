"""The forms of a shift: add, change and cancel it, write to its volunteers, and sign one up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.cells import Cell, Line, Link, Part
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Fold, Form
from bot.console.form_dates import date_of, is_near
from bot.console.form_input import number_of
from bot.console.pages.opportunity import way_to
from bot.console.pages.opportunity_writing import TOLD, editable, live_of, reason_form
from bot.console.pages.participants import entering_fold, entering_form
from bot.console.pages.shift import shift_of, way_to_shift
from bot.console.participant_choice import choice_page
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.recurrence_form import time_of
from bot.console.reminder_fields import let_stand_fields, text_fields
from bot.engine.events import Refused
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, Text, _, ngettext, pgettext
from bot.model.opportunity import LONGEST_PLACE, Opportunity, Shift, ShiftState
from bot.model.participant import Participant
from bot.model.signup import COMES, LIVE
from bot.model.staff import May
from bot.store.unit import Unit

MOST_MINUTES = 7 * 24 * 60
# The form's field of each field of the command that a refusal names.
FIELD_OF: Mapping[str, str] = {"begins_at": "day", "ends_at": "takes"}
REACHED = ngettext("It goes to {count} volunteer.", "It goes to {count} volunteers.", "count")
ASKED = ngettext(
    "{count} volunteer comes. Ask whether it still suits, if time or place change",
    "{count} volunteers come. Ask whether it still suits, if time or place change",
    "count",
)


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form of a new shift."""
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
    return await new_page(request, known, new_form(known).filled({"takes": known.takes}))


def new_form(known: Opportunity) -> Form:
    """Return the form of a new shift."""
    path = f"opportunities/{known.id}"
    return Form(f"{path}/shifts/new", _time_fields(), _("Add the shift"), cancel=path)


def _time_fields() -> Sequence[Field | tuple[Field, ...]]:
    """Return the fields of a shift's time and places."""
    own = _("Places, empty for those of the opportunity")
    return (
        (Field("day", _("Day"), "date"), Field("at", _("Time"), "time")),
        (
            Field("takes", _("It takes, in minutes"), "number"),
            Field("seats", own, "number", required=False),
        ),
    )


async def new_page(request: web.Request, known: Opportunity, form: Form) -> web.Response:
    """Return the page of the form of a new shift."""
    section = Section(forms=(form,))
    return await record_page(request, RecordPage(_("Add a shift"), (section,), way=way_to(known)))


@dataclass(frozen=True, slots=True)
class Times:
    """When a shift begins and ends, and its own places."""

    begins_at: datetime
    ends_at: datetime
    seats: int | None


def times_of(form: MultiDict[str], unit: Unit) -> Times | Refused:
    """Read the time and the places of a shift."""
    try:
        day, at = date_of(form.get("day")), time_of(form.get("at"))
    except ValueError:
        day = at = None
    if day is None or at is None or not is_near(day):
        return Refused(_("Write the day and the time."), "day")
    takes, seats = number_of(form.get("takes")), number_of(form.get("seats"))
    if not takes or takes > MOST_MINUTES:
        return Refused(_("Write how many minutes it takes."), "takes")
    if form.get("seats") and not seats:
        return Refused(_("Write how many places there are, at least 1."), "seats")
    begins_at = unit.calendar.instant(day, at)
    return Times(begins_at, begins_at + timedelta(minutes=takes), seats)


def at_field(answer: Refused) -> Refused:
    """Return a service's refusal at the form's field."""
    return Refused(answer.why, FIELD_OF.get(answer.field, answer.field))


async def changeable(request: web.Request, unit: Unit) -> tuple[Opportunity, Shift]:
    """Return the shift in the address; raise `HTTPNotFound` if it has begun or is cancelled."""
    known, shift = await shift_of(request, unit)
    if shift.state is ShiftState.CANCELLED or shift.begins_at <= unit.now:
        raise web.HTTPNotFound
    return known, shift


async def show_edit(request: web.Request) -> web.StreamResponse:
    """Show the form of a shift with its present values."""
    async with context_of(request).store.reading() as unit:
        known, shift = await changeable(request, unit)
        form = (await edit_form(unit, shift)).filled(_values(unit, shift))
    return await edit_page(request, known, shift, form)


async def edit_form(unit: Unit, shift: Shift) -> Form:
    """Return the form that changes a shift."""
    comes = await unit.signups.of_shift(shift.id, COMES)
    places = [
        Field(
            f"places_{language}",
            _("Another place than usual ({language})").with_(language=LANGUAGE_NAMES[language]),
            "line",
            required=False,
            longest=LONGEST_PLACE,
            lang=language,
        )
        for language in LANGUAGES
    ]
    asks = Field("asks", ASKED.with_(count=len(comes)), "tick", required=False)
    fields = (*_time_fields(), *places, *((asks,) if comes else ()))
    path = f"shifts/{shift.id}"
    hidden = {"version": shift.version}
    return Form(f"{path}/edit", fields, _("Keep the changes"), cancel=path, hidden=hidden)


def _values(unit: Unit, shift: Shift) -> dict[str, Any]:
    """Return the values of the form for a shift."""
    begins = unit.calendar.local(shift.begins_at)
    return {
        "day": begins.date().isoformat(),
        "at": begins.time().isoformat("minutes"),
        "takes": int(shift.length.total_seconds() // 60),
        "seats": shift.seats,
        **{f"places_{key}": text for key, text in (shift.places or {}).items()},
        "asks": "yes",
    }


async def edit_page(
    request: web.Request, known: Opportunity, shift: Shift, form: Form
) -> web.Response:
    """Return the page of the form that changes a shift."""
    about = Line(_("Correcting the number of places tells no one."), "quiet")
    section = Section(lines=(about,), forms=(form,))
    way = way_to_shift(known, shift)
    return await record_page(request, RecordPage(_("Change the shift"), (section,), way=way))


async def show_cancel(request: web.Request) -> web.StreamResponse:
    """Show what cancelling a shift sends, with the form that cancels it."""
    async with context_of(request).store.reading() as unit:
        known, shift = await changeable(request, unit)
    return await cancel_page(request, known, shift, cancel_form(shift))


def cancel_form(shift: Shift) -> Form:
    """Return the form that cancels a shift."""
    return reason_form(f"shifts/{shift.id}/cancel", _("Cancel the shift"), f"shifts/{shift.id}")


async def cancel_page(
    request: web.Request, known: Opportunity, shift: Shift, form: Form
) -> web.Response:
    """Return the page that says how many learn of a cancelled shift, and asks for the reason."""
    async with context_of(request).store.reading() as unit:
        counts = await unit.shifts.counts([shift.id])
    told = TOLD.with_(count=live_of(counts.get(shift.id, {})))
    lines = (
        Line(Part(told, tag="strong")),
        Line(_("They see other times in the chat."), "quiet"),
    )
    title = _("Cancel “{title}”, {at}?").with_(title=known.title, at=shift.begins_at)
    page = RecordPage(title, (Section(lines=lines, forms=(form,)),), way=way_to_shift(known, shift))
    return await record_page(request, page)


async def show_message(request: web.Request) -> web.StreamResponse:
    """Show the form of a message to the volunteers of a shift."""
    async with context_of(request).store.reading() as unit:
        known, shift = await changeable(request, unit)
    return await message_page(request, known, shift, message_form(request, shift))


def message_form(request: web.Request, shift: Shift) -> Form:
    """Return the form of a message to the volunteers of a shift."""
    leads = user_of(request).may(May.OVERRIDE)
    fields = (*text_fields(), *(let_stand_fields() if leads else ()))
    path = f"shifts/{shift.id}"
    return Form(f"{path}/message", fields, _("Send it"), cancel=path)


async def message_page(
    request: web.Request, known: Opportunity, shift: Shift, form: Form
) -> web.Response:
    """Return the page of a message to the volunteers of a shift."""
    async with context_of(request).store.reading() as unit:
        comes = await unit.signups.of_shift(shift.id, COMES)
    way = way_to_shift(known, shift)
    if not comes:
        section = Section(lines=(Line(_("No one comes yet."), "quiet"),))
        return await record_page(request, RecordPage(_("Write to them"), (section,), way=way))
    lines = (
        Line(Part(REACHED.with_(count=len(comes)), tag="strong")),
        Line(
            _(
                "It is sent at once. In quiet hours it waits until they are over, unless the "
                "shift begins before. You ring those who are not in the chat: see “To do”."
            ),
            "quiet",
        ),
    )
    section = Section(lines=lines, forms=(form,))
    return await record_page(request, RecordPage(_("Write to them"), (section,), way=way))


async def show_add(request: web.Request) -> web.StreamResponse:
    """Show participants to sign up for a shift, or to count in when it has begun."""
    async with context_of(request).store.reading() as unit:
        known, shift = await shift_of(request, unit)
        if shift.state is ShiftState.CANCELLED:
            raise web.HTTPNotFound
    return await add_page(request, known, shift)


async def show_add_by_agreement(request: web.Request) -> web.StreamResponse:
    """Show participants to sign up for an opportunity by agreement."""
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
    return await add_page(request, known, None)


AGREED = Field(
    "agreed",
    _("The person is 15 or older, and has said yes to be kept as a volunteer"),
    "tick",
    required=False,
)


def consent_form(path: str, participant_id: int) -> Form:
    """Return the form for a person who has not yet said what is asked once (HR-7, HR-20)."""
    hidden = {"participant": participant_id}
    return Form(f"{path}/add", (AGREED,), _("Sign up"), hidden=hidden, prefix="consent-")


def enter_form(path: str, known: Sequence[Participant] = ()) -> Form:
    """Return the form that enters a person who is not in the chat, and signs them up.

    *known* have the phone number already.
    """
    return entering_form(f"{path}/enter", _("Enter, and sign up"), known, (AGREED,))


async def add_page(
    request: web.Request,
    known: Opportunity,
    shift: Shift | None,
    refused: Form | None = None,
    asks: Form | None = None,
) -> web.Response:
    """Return the page on which staff sign a person up; *refused* is the form as it was sent.

    *asks* is the form for a chosen person who has not said what is asked once.
    """
    path = f"opportunities/{known.id}" if shift is None else f"shifts/{shift.id}"
    async with context_of(request).store.reading() as unit:
        begun = shift is not None and shift.begins_at <= unit.now
        taken = {
            one.participant_id
            for one in (
                await unit.signups.of_opportunity(known.id, LIVE)
                if shift is None
                else await unit.signups.of_shift(shift.id, LIVE)
            )
        }
    fold = entering_fold(enter_form(path), refused)
    above: Sequence[Cell] = (fold,)
    if asks is not None:
        above = (Fold(_("Ask the person first"), asks, "agree", is_open=True), fold)
    way: Link = way_to(known) if shift is None else way_to_shift(known, shift)
    title: Text = _("Count somebody in") if begun else _("Sign somebody up")
    return await choice_page(
        request,
        title=title,
        path=f"{path}/add",
        way=way,
        taken=set() if begun else taken,
        is_taken=_("Is signed up"),
        label=_("Count in") if begun else pgettext("staff", "Sign up"),
        above=above,
        status=(asks or fold.form).status,
    )
