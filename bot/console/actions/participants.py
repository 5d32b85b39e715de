"""Form handlers for participants and their roles."""

from __future__ import annotations

from aiohttp import web
from multidict import MultiDict

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.pages.participants import (
    edit_page,
    entered,
    known_by_phone,
    new_page,
    person_form,
)
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.reminders import (
    AddParticipant,
    EditParticipant,
    EndParticipant,
    EndRole,
    GiveRole,
    JoinGroup,
)
from bot.model.participant import CitizenRole


async def add_participant(request: web.Request) -> web.StreamResponse:
    """Enter a participant who is not in the chat, and show them."""
    form = await form_of(request)
    answer = await ask(request, person_of(request, form))
    if isinstance(answer, Refused):
        known = await known_by_phone(request, form, 0)
        shown = person_form("participants/new", known=known).refused(form, answer)
        return await new_page(request, shown, known)
    return go(f"participants/{answer.value}")


async def edit_participant(request: web.Request) -> web.StreamResponse:
    """Change the name and phone of a participant who is not in the chat."""
    form, participant_id = await form_of(request), _participant(request)
    command = EditParticipant(
        staff_of(request).id, participant_id, *_written(form), is_another="is_another" in form
    )
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        async with context_of(request).store.reading() as unit:
            found = await entered(request, unit)
        known = await known_by_phone(request, form, found.id)
        shown = person_form(f"participants/{found.id}/edit", known=known).refused(form, answer)
        return await edit_page(request, found, shown, known)
    flash(request, _("It is changed."))
    return go(f"participants/{participant_id}")


async def end_participant(request: web.Request) -> web.StreamResponse:
    """Delete a participant who is not in the chat."""
    answer = await ask(request, EndParticipant(staff_of(request).id, _participant(request)))
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        flash(request, _("The person is deleted."))
    return go("participants")


async def join_group(request: web.Request) -> web.StreamResponse:
    """Add a participant to a group."""
    group = number_of((await form_of(request)).get("group")) or 0
    command = JoinGroup(staff_of(request).id, group, _participant(request))
    return await act(request, command, _("The group is changed."), _path(request))


def person_of(request: web.Request, form: MultiDict[str]) -> AddParticipant:
    """Return the command that enters the person in a form."""
    is_another = "is_another" in form
    return AddParticipant(staff_of(request).id, *_written(form), is_another=is_another)


def _written(form: MultiDict[str]) -> tuple[str, str]:
    return form.get("first_name", ""), form.get("phone", "")


async def give_role(request: web.Request) -> web.StreamResponse:
    """Give a participant a role."""
    command = GiveRole(staff_of(request).id, _participant(request), await _role(request))
    return await act(request, command, _("The role is given."), _path(request))


async def end_role(request: web.Request) -> web.StreamResponse:
    """End a participant's role."""
    command = EndRole(staff_of(request).id, _participant(request), await _role(request))
    return await act(request, command, _("The role is ended."), _path(request))


async def _role(request: web.Request) -> CitizenRole:
    """Return the role in the form; raise `HTTPBadRequest` for an unknown role."""
    try:
        return CitizenRole((await form_of(request)).get("role", ""))
    except ValueError:
        raise web.HTTPBadRequest from None


def _participant(request: web.Request) -> int:
    return int(request.match_info["id"])


def _path(request: web.Request) -> str:
    return f"participants/{_participant(request)}"
