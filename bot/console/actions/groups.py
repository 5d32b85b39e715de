"""Form handlers for groups and their members."""

from __future__ import annotations

from aiohttp import web

from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.pages.groups import new_form, new_page
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.reminders import AddGroup, EndGroup, JoinGroup, LeaveGroup


async def add_group(request: web.Request) -> web.StreamResponse:
    """Create a group, and show it."""
    form = await form_of(request)
    command = AddGroup(
        staff_of(request).id,
        form.get("name", ""),
        form.get("kind", ""),
        form.get("area") or None,
    )
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await new_page(request, new_form(request).refused(form, answer))
    return go(f"groups/{answer.value}")


async def join(request: web.Request) -> web.StreamResponse:
    """Add a member, or change whether a member is a lead."""
    form, group = await form_of(request), _group(request)
    participant = number_of(form.get("participant")) or 0
    is_lead = form.get("lead") == "yes"
    command = JoinGroup(staff_of(request).id, group, participant, is_lead=is_lead)
    return await act(request, command, _("The group is changed."), f"groups/{_group(request)}")


async def leave(request: web.Request) -> web.StreamResponse:
    """Remove a member of a group."""
    participant = number_of((await form_of(request)).get("participant")) or 0
    command = LeaveGroup(staff_of(request).id, _group(request), participant)
    return await act(request, command, _("The group is changed."), f"groups/{_group(request)}")


async def end(request: web.Request) -> web.StreamResponse:
    """End a group."""
    command = EndGroup(staff_of(request).id, _group(request))
    return await act(request, command, _("The group is ended."), f"groups/{_group(request)}")


def _group(request: web.Request) -> int:
    return int(request.match_info["id"])
