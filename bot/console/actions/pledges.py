"""Form handlers for pledges: what a person says by phone, and taking a new pledge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aiohttp import web
from multidict import MultiDict

from bot.console.actions.participants import person_of
from bot.console.catalogue_form import amount_of
from bot.console.cells import Line
from bot.console.confirmation import unless_sure
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form import Form
from bot.console.form_check import NO_DAY, fault_in
from bot.console.form_dates import date_of, is_near
from bot.console.form_input import form_of, number_of
from bot.console.pages.participants import known_by_phone
from bot.console.pages.pledge import pledge_of, pledge_page
from bot.console.pages.pledge_writing import (
    changeable,
    choosing_page,
    editing_page,
    making_form_for,
    making_page,
    person_form,
)
from bot.console.pledge_forms import changing_form, check_in_form, obstacle_form, part_of
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.commands.pledges import (
    AnswerCheckIn,
    ChangePledge,
    MakePledgeFor,
    PausePledge,
    ResumePledge,
    StopPledge,
    TellObstacle,
    UndoCheckIn,
    WithdrawPledge,
)
from bot.model.pledge import CheckInAnswer, Pledge, Visibility
from bot.store.events import by_staff

NOT_THEN = _("Write a day on which the pledge had begun.")
NO_ANSWER = Refused(_("Choose how it went."), "answer")
WRITTEN = _("It is written down.")
# The form's field of each field of the command that a refusal names.
FIELD_OF = {"asks": "agreed", "asked_on": "day", "group": "group_id"}


def _at_field(answer: Refused) -> Refused:
    return replace(answer, field=FIELD_OF.get(answer.field, answer.field))


async def choose(request: web.Request) -> web.StreamResponse:
    """Open the form of a pledge for the chosen person."""
    chosen = number_of((await form_of(request)).get("participant")) or 0
    return go(f"pledges/new/{chosen}")


async def enter(request: web.Request) -> web.StreamResponse:
    """Enter a person who is not in the chat, and open the form of a pledge."""
    form = await form_of(request)
    answer = await ask(request, person_of(request, form))
    if isinstance(answer, Refused):
        shown = person_form("pledges/new/enter", await known_by_phone(request, form))
        return await choosing_page(request, shown.refused(form, answer))
    return go(f"pledges/new/{answer.value}")


async def make(request: web.Request) -> web.StreamResponse:
    """Keep a pledge that a person makes by phone, or show the form again."""
    form = await form_of(request)
    person, empty = await making_form_for(request)
    command = fault_in(empty, form) or _making(form, staff_of(request).id, person.id)
    answer = command if isinstance(command, Refused) else await ask(request, command)
    if isinstance(answer, Refused):
        return await making_page(request, person, empty.refused(form, _at_field(answer)))
    flash(request, _("The pledge is kept."))
    return go(f"pledges/{answer.value['pledge_id']}")


def _making(form: MultiDict[str], staff_id: int, participant_id: int) -> MakePledgeFor | Refused:
    """Read the form of a new pledge."""
    amount, ends_on = amount_of(form), _day(form, "ends_on")
    for one in (amount, ends_on):
        if isinstance(one, Refused):
            return one
    entry = number_of(form.get("catalogue_id"))
    rhythm = form.get("rhythm") or None
    if entry is None and not form.get("words", "").strip():
        return Refused(_("Choose a pledge of the catalogue, or write their words."), "words")
    return MakePledgeFor(
        staff_id,
        participant_id,
        agreed="agreed" in form,
        catalogue_id=entry,
        words=form.get("words", ""),
        theme=form.get("theme", ""),
        measure=form.get("measure") or None,
        amount=amount if isinstance(amount, int) else None,
        rhythm=rhythm,
        ends_on=ends_on if isinstance(ends_on, date) else None,
        visibility=_visibility(form),
        group_id=number_of(form.get("group_id")),
    )


def _visibility(form: MultiDict[str]) -> str:
    written = form.get("visibility", "")
    return written if written in list(Visibility) else Visibility.PRIVATE


def _day(form: MultiDict[str], name: str) -> date | Refused | None:
    """Return the day in a field; None where it is empty."""
    try:
        day = date_of(form.get(name))
    except ValueError:
        return Refused(NO_DAY, name)
    return day if is_near(day) else Refused(NO_DAY, name)


async def change(request: web.Request) -> web.StreamResponse:
    """Change a pledge as a person says by phone, or show the form again."""
    known, form = await changeable(request), await form_of(request)
    empty, amount, ends_on = changing_form(known), amount_of(form), _day(form, "ends_on")
    rhythm = form.get("rhythm") or None
    wrong = fault_in(empty, form)
    wrong = wrong or next((one for one in (amount, ends_on) if isinstance(one, Refused)), None)
    command = ChangePledge(
        None,
        known.id,
        amount=amount if isinstance(amount, int) and amount != known.amount else None,
        ends_on=ends_on if isinstance(ends_on, date) and ends_on != known.ends_on else None,
        rhythm=rhythm if rhythm != known.rhythm else None,
        visibility=_visibility(form),
        by=by_staff(staff_of(request).id),
    )
    answer = wrong if wrong is not None else await ask(request, command)
    if isinstance(answer, Refused):
        return await editing_page(request, known, empty.refused(form, answer))
    flash(request, _("The pledge is changed."))
    return go(f"pledges/{known.id}")


async def check_in(request: web.Request) -> web.StreamResponse:
    """Write down how it went, as a person says by phone, or show the form again."""
    known, form = await _pledge(request), await form_of(request)
    is_part = form.get("answer") == CheckInAnswer.PARTLY
    amount, day = part_of(form, is_part=is_part), _day(form, "day")
    wrong = next((one for one in (amount, day) if isinstance(one, Refused)), None)
    if wrong is None and (not isinstance(day, date) or day < known.starts_on):
        wrong = Refused(NOT_THEN, "day")
    if wrong is None and form.get("answer") not in list(CheckInAnswer):
        wrong = NO_ANSWER
    answered = amount if isinstance(amount, int) else None
    command = AnswerCheckIn(
        None,
        known.id,
        day if isinstance(day, date) else known.starts_on,
        form.get("answer", ""),
        answered,
        by_staff(staff_of(request).id),
    )
    return await _said(
        request, known, check_in_form(request, known, known.starts_on), wrong or command
    )


async def tell_obstacle(request: web.Request) -> web.StreamResponse:
    """Record an obstacle that a person tells by phone, or show the form again."""
    known, form = await _pledge(request), await form_of(request)
    key, words, by = form.get("key") or None, form.get("words") or None, staff_of(request).id
    command = TellObstacle(None, known.id, key, words, by_staff(by))
    return await _said(request, known, obstacle_form(known), command)


async def _said(
    request: web.Request, known: Pledge, empty: Form, command: Refused | object
) -> web.StreamResponse:
    """Execute the command of a form on the pledge's page, or show the form again."""
    form = await form_of(request)
    command = fault_in(empty, form) or command
    answer = command if isinstance(command, Refused) else await ask(request, command)
    if isinstance(answer, Refused):
        shown = empty.refused(form, _at_field(answer))
        return await pledge_page(request, known, shown)
    flash(request, WRITTEN)
    return go(f"pledges/{known.id}")


async def undo(request: web.Request) -> web.StreamResponse:
    """Take an answer to a check-in back."""
    known, day = await _pledge(request), _day(await form_of(request), "day")
    if not isinstance(day, date):
        flash(request, NO_DAY, kind="refused")
        return go(f"pledges/{known.id}")
    command = UndoCheckIn(None, known.id, day, by_staff(staff_of(request).id))
    return await act(request, command, _("The answer is taken back."), f"pledges/{known.id}")


async def pause(request: web.Request) -> web.StreamResponse:
    """Begin a break from a pledge."""
    known, by = await _pledge(request), by_staff(staff_of(request).id)
    said = _("It has a break: nothing is asked.")
    return await act(request, PausePledge(None, known.id, by), said, f"pledges/{known.id}")


async def resume(request: web.Request) -> web.StreamResponse:
    """End the break of a pledge."""
    known, by = await _pledge(request), by_staff(staff_of(request).id)
    command = ResumePledge(None, known.id, by)
    return await act(request, command, _("The break is over."), f"pledges/{known.id}")


async def stop(request: web.Request) -> web.StreamResponse:
    """End a pledge early, after asking once."""
    known, by = await _pledge(request), by_staff(staff_of(request).id)
    command = StopPledge(None, known.id, by)
    question, submit = _("Stop this pledge?"), _("Stop it")
    return await _if_sure(request, known, command, (question, submit, _("The pledge is stopped.")))


async def withdraw(request: web.Request) -> web.StreamResponse:
    """Take a pledge back, after asking once."""
    known, by = await _pledge(request), by_staff(staff_of(request).id)
    command = WithdrawPledge(None, known.id, by)
    question, submit = _("Take this pledge back?"), _("Take the pledge back")
    said = _("The pledge is taken back.")
    return await _if_sure(request, known, command, (question, submit, said))


async def _if_sure(
    request: web.Request, known: Pledge, command: object, texts: tuple[Text, Text, Text]
) -> web.StreamResponse:
    """Execute a command that ends a pledge, after the page that asks once."""
    question, submit, said = texts
    path = f"pledges/{known.id}"
    page = await unless_sure(request, question, submit, path, lines=(Line(known.words),))
    return page if page is not None else await act(request, command, said, path)


async def _pledge(request: web.Request) -> Pledge:
    async with context_of(request).store.reading() as unit:
        return await pledge_of(request, unit)
