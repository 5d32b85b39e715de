"""Form handlers for sign-ups: requests, answers by phone, attendance, and signing a person up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web

from bot.console.actions.participants import person_of
from bot.console.cells import Cell, Line, Moment, dotted
from bot.console.confirmation import unless_sure
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form import Form
from bot.console.form_dates import date_of, is_near
from bot.console.form_input import form_of, number_of
from bot.console.pages.attendance import MARKS, attendance_page, mark_command, mark_form
from bot.console.pages.opportunity import opportunity_of, opportunity_page
from bot.console.pages.participants import known_by_phone
from bot.console.pages.shift import shift_of, shift_page
from bot.console.pages.shift_writing import AGREED, add_page, consent_form, enter_form
from bot.console.recurrence_form import time_of
from bot.console.render import flash
from bot.console.responses import act, ask, ask_both, go
from bot.console.signup_rows import NAMELESS, agree_form, people_of, write_form
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.commands.volunteering import (
    AcceptOffer,
    AddWalkIn,
    AgreeTime,
    ConfirmRequest,
    DeclineOffer,
    NoteContact,
    RejectRequest,
    ReopenRequest,
    SayComing,
    SignUpFor,
    TakeRequest,
    Withdraw,
    WriteVolunteer,
)
from bot.model.opportunity import Opportunity, Shift
from bot.model.signup import Signup, SignupState
from bot.store.events import by_staff

REJECTED = _("{name} is told that it does not work out, and why.")
SIGNED_UP = _("{name} is signed up.")
COUNTED_IN = _("{name} is counted in.")
HAS_PLACE = _("{name} has a place, and is told.")
WAITS = _("There is no place left: {name} is on the waiting list, and is told.")
SAYS_YES = _("It is written down: {name} comes.")
TAKEN_OFF = _("{name} is taken off the list.")
TAKES_PLACE = _("{name} has the place.")


async def take(request: web.Request) -> web.StreamResponse:
    """Become the named person of a request."""
    one = await _signup(request)
    command = TakeRequest(staff_of(request).id, one.id)
    return await act(request, command, _("You answer this request."), _page(one))


async def confirm(request: web.Request) -> web.StreamResponse:
    """Accept a request; without a free place the person joins the waiting list."""
    one = await _signup(request)
    answer = await ask(request, ConfirmRequest(staff_of(request).id, one.id))
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    elif answer.value is SignupState.WAITLISTED:
        flash(request, WAITS.with_(name=await _name(request, one.participant_id)))
    else:
        flash(request, HAS_PLACE.with_(name=await _name(request, one.participant_id)))
    return go(_page(one))


async def reopen(request: web.Request) -> web.StreamResponse:
    """Take back that a request was turned down."""
    one = await _signup(request)
    command = ReopenRequest(staff_of(request).id, one.id)
    return await act(request, command, _("The request is open again."), _page(one))


async def contacted(request: web.Request) -> web.StreamResponse:
    """Note that the current user has written to or rung a volunteer who waited for it."""
    one = await _signup(request)
    command = NoteContact(staff_of(request).id, one.id)
    return await act(request, command, _("It is written down."), _page(one))


async def write(request: web.Request) -> web.StreamResponse:
    """Write to one volunteer about their sign-up, or show the form again."""
    one, form = await _signup(request), await form_of(request)
    answer = await ask(request, WriteVolunteer(staff_of(request).id, one.id, form.get("words", "")))
    if isinstance(answer, Refused):
        return await _again(request, one, write_form(one).refused(form, answer))
    flash(request, _("It is on its way."))
    return go(_page(one))


async def agree(request: web.Request) -> web.StreamResponse:
    """Add a time that was agreed with a volunteer, or show the form again."""
    one, form = await _signup(request), await form_of(request)
    try:
        day, at = date_of(form.get("day")), time_of(form.get("at"))
    except ValueError:
        day = at = None
    minutes = number_of(form.get("minutes", "")) or 0
    if not is_near(day):
        day = None
    if day is None or at is None:
        refused = Refused(_("Write a day and a time."), "day" if day is None else "at")
        return await _again(request, one, agree_form(one).refused(form, refused))
    async with context_of(request).store.reading() as unit:
        begins = unit.calendar.instant(day, at)
    answer = await ask(request, AgreeTime(staff_of(request).id, one.id, begins, minutes))
    if isinstance(answer, Refused):
        return await _again(request, one, agree_form(one).refused(form, answer))
    flash(request, _("The time is noted."))
    return go(_page(one))


async def reject(request: web.Request) -> web.StreamResponse:
    """Turn a request down with a reason, or show the form again."""
    one, form = await _signup(request), await form_of(request)
    command = RejectRequest(staff_of(request).id, one.id, form.get("reason", ""))
    answer = await ask(request, command)
    if not isinstance(answer, Refused):
        flash(request, REJECTED.with_(name=await _name(request, one.participant_id)))
        return go(_page(one))
    return await _again(
        request, one, Form(f"signups/{one.id}/reject", written=form, **_faults(answer))
    )


async def _again(request: web.Request, one: Signup, refused: Form) -> web.StreamResponse:
    """Return the page of a sign-up with a form of it as it was sent."""
    async with context_of(request).store.reading() as unit:
        known = await unit.opportunities.get(one.opportunity_id)
        shift = await unit.shifts.get(one.shift_id) if one.shift_id is not None else None
        if known is None:
            raise web.HTTPNotFound
        if shift is not None:
            return await shift_page(request, unit, known, shift, refused)
        return await opportunity_page(request, unit, known, refused)


def _faults(answer: Refused) -> dict[str, Any]:
    """Return a refusal at its field, or above the form."""
    return {"faults": {"reason": (answer.why,)}} if answer.field else {"why": answer.why}


async def says_coming(request: web.Request) -> web.StreamResponse:
    """Write down that a volunteer comes, who said so by phone."""
    return await _for_volunteer(request, lambda one, by: SayComing(None, one, by), SAYS_YES)


async def cannot(request: web.Request) -> web.StreamResponse:
    """Cancel a sign-up for a volunteer who said so by phone."""
    return await _for_volunteer(
        request,
        lambda one, by: Withdraw(None, one, by=by),
        TAKEN_OFF,
        asks=_("{name} cannot come?"),
        submit=_("Cancel the sign-up"),
    )


async def take_offer(request: web.Request) -> web.StreamResponse:
    """Take an offered place for a volunteer who said so by phone."""
    return await _for_volunteer(request, lambda one, by: AcceptOffer(None, one, by), TAKES_PLACE)


async def decline_offer(request: web.Request) -> web.StreamResponse:
    """Take a volunteer off the waiting list, who said so by phone."""
    return await _for_volunteer(
        request,
        lambda one, by: DeclineOffer(None, one, by),
        TAKEN_OFF,
        asks=_("{name} no longer waits for a place?"),
        submit=_("Take off the waiting list"),
    )


async def _for_volunteer(
    request: web.Request,
    command: Callable[[int, str], Any],
    said: Text,
    *,
    asks: Text | None = None,
    submit: Text | None = None,
) -> web.StreamResponse:
    """Execute a command for a volunteer, and show the page of the sign-up.

    What cannot be taken back *asks* first, by the volunteer's name, which *said* takes too.
    """
    one = await _signup(request)
    if asks is not None and submit is not None:
        question, lines = await _question(request, one, asks)
        page = await unless_sure(request, question, submit, _page(one), lines=lines)
        if page is not None:
            return page
    by = by_staff(staff_of(request).id)
    told = said.with_(name=await _name(request, one.participant_id))
    return await act(request, command(one.id, by), told, _page(one))


async def _name(request: web.Request, participant_id: int) -> Text | str:
    """Return the name of a volunteer."""
    async with context_of(request).store.reading() as unit:
        shown = await unit.participants.shown_of([participant_id])
    one = shown.get(participant_id)
    return one.first_name if one is not None and one.first_name else NAMELESS


async def _question(request: web.Request, one: Signup, asks: Text) -> tuple[Text, Sequence[Cell]]:
    """Return a question with the volunteer's name, and what the sign-up is for."""
    async with context_of(request).store.reading() as unit:
        people = await people_of(unit, [one])
        known = await unit.opportunities.get(one.opportunity_id)
        shift = await unit.shifts.get(one.shift_id) if one.shift_id is not None else None
    title = known.title if known is not None else ""
    about = dotted(title, Moment(shift.begins_at) if shift is not None else None)
    lines = (Line(about), Line(_("The place is offered to others at once."), "quiet"))
    return asks.with_(name=people.name(one.participant_id)), lines


async def mark(request: web.Request) -> web.StreamResponse:
    """Record or correct whether a volunteer was there, or show the form again."""
    one, form = await _signup(request), await form_of(request)
    if one.shift_id is None or form.get("state") not in MARKS:
        raise web.HTTPBadRequest
    state = SignupState(form["state"])
    command = mark_command(staff_of(request).id, one.id, state, form)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        async with context_of(request).store.reading() as unit:
            shift = await unit.shifts.get(one.shift_id)
        if shift is None:
            raise web.HTTPNotFound
        refused = mark_form(one, shift).refused(form, answer)
        return await attendance_page(request, one.shift_id, refused)
    flash(request, _("It is written down."))
    return go(f"shifts/{one.shift_id}/attendance")


async def add_to_shift(request: web.Request) -> web.StreamResponse:
    """Sign a participant up for a shift, or count them in when it has begun."""
    known, shift = await _shift(request)
    command = _sign_up(request, known, shift, agreed="agreed" in await form_of(request))
    return await _choose(request, known, shift, command)


async def enter_to_shift(request: web.Request) -> web.StreamResponse:
    """Enter a person who is not in the chat, and sign them up or count them in."""
    known, shift = await _shift(request)
    command = _sign_up(request, known, shift, agreed="agreed" in await form_of(request))
    return await _enter(request, known, shift, command)


async def add_by_agreement(request: web.Request) -> web.StreamResponse:
    """Sign a participant up for an opportunity by agreement."""
    known = await _opportunity(request)
    command = _agree(request, known, agreed="agreed" in await form_of(request))
    return await _choose(request, known, None, command)


async def enter_by_agreement(request: web.Request) -> web.StreamResponse:
    """Enter a person who is not in the chat, and sign them up by agreement."""
    known = await _opportunity(request)
    command = _agree(request, known, agreed="agreed" in await form_of(request))
    return await _enter(request, known, None, command)


async def _choose(
    request: web.Request, known: Opportunity, shift: Shift | None, command: Callable[[int], Any]
) -> web.StreamResponse:
    """Execute a command about a chosen participant, or ask staff to ask the person first."""
    form = await form_of(request)
    chosen = number_of(form.get("participant")) or 0
    path = f"opportunities/{known.id}" if shift is None else f"shifts/{shift.id}"
    answer = await ask(request, command(chosen))
    if isinstance(answer, Refused) and answer.field == AGREED.name:
        asks = consent_form(path, chosen).refused(form, answer)
        return await add_page(request, known, shift, asks=asks)
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        said = COUNTED_IN if isinstance(command(chosen), AddWalkIn) else SIGNED_UP
        flash(request, said.with_(name=await _name(request, chosen)))
    return go(path)


async def _enter(
    request: web.Request, known: Opportunity, shift: Shift | None, command: Callable[[int], Any]
) -> web.StreamResponse:
    """Enter a participant and execute a command about them, or show the form again."""
    form = await form_of(request)
    path = f"opportunities/{known.id}" if shift is None else f"shifts/{shift.id}"
    first = person_of(request, form)
    answer = await ask_both(request, first, command)
    if isinstance(answer, Refused):
        shown = enter_form(path, await known_by_phone(request, form)).refused(form, answer)
        return await add_page(request, known, shift, shown)
    flash(request, SIGNED_UP.with_(name=first.first_name.strip()))
    return go(path)


def _agree(request: web.Request, known: Opportunity, *, agreed: bool) -> Callable[[int], SignUpFor]:
    """Return what signs a participant up by agreement."""
    staff_id = staff_of(request).id
    return lambda who: SignUpFor(staff_id, who, known.id, agreed=agreed)


def _sign_up(
    request: web.Request, known: Opportunity, shift: Shift, *, agreed: bool
) -> Callable[[int], SignUpFor | AddWalkIn]:
    """Return what signs a participant up for a shift, or counts them in when it has begun."""
    staff_id = staff_of(request).id
    if shift.begins_at <= context_of(request).store.clock.now():
        return lambda who: AddWalkIn(by_staff(staff_id), shift.id, who, agreed)
    return lambda who: SignUpFor(staff_id, who, known.id, shift.id, agreed)


async def _shift(request: web.Request) -> tuple[Opportunity, Shift]:
    async with context_of(request).store.reading() as unit:
        return await shift_of(request, unit)


async def _opportunity(request: web.Request) -> Opportunity:
    async with context_of(request).store.reading() as unit:
        return await opportunity_of(request, unit)


async def _signup(request: web.Request) -> Signup:
    """Return the sign-up in the address; raise `HTTPNotFound` for none."""
    async with context_of(request).store.reading() as unit:
        found = await unit.signups.get(int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found


def _page(one: Signup) -> str:
    """Return the page on which a sign-up is listed."""
    if one.shift_id is None:
        return f"opportunities/{one.opportunity_id}"
    return f"shifts/{one.shift_id}"
