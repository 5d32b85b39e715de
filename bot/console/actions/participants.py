"""Form handlers for participants and their roles."""

from __future__ import annotations

from aiohttp import web

from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.pages.participants import new_form, new_page
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.reminders import AddParticipant, EndRole, GiveRole
from bot.model.participant import CitizenRole


async def add_participant(request: web.Request) -> web.StreamResponse:
    """Enter a participant who is not in the chat, and show them."""
    form = await form_of(request)
    command = AddParticipant(
        staff_of(request).id, form.get("first_name", ""), form.get("phone", "")
    )
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await new_page(request, new_form().refused(form, answer))
    return go(f"participants/{answer.value}")


async def give_role(request: web.Request) -> web.StreamResponse:
    """Give a participant a role."""
    command = GiveRole(staff_of(request).id, _participant(request), await _role(request))
    return await act(
        request, command, _("The role is given."), f"participants/{_participant(request)}"
    )


async def end_role(request: web.Request) -> web.StreamResponse:
    """End a participant's role."""
    command = EndRole(staff_of(request).id, _participant(request), await _role(request))
    return await act(
        request, command, _("The role is ended."), f"participants/{_participant(request)}"
    )


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
