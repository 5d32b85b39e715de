"""Form handlers for tasks."""

from __future__ import annotations

from aiohttp import web

from bot.console.call_form import recorded
from bot.console.call_labels import followed
from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.pages.tasks import call_page
from bot.console.render import flash
from bot.console.responses import ask, go
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.casework import DoTask


async def do_task(request: web.Request) -> web.StreamResponse:
    """Mark a task as done."""
    answer = await ask(request, DoTask(staff_of(request).id, int(request.match_info["id"])))
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        flash(request, _("That is done. Thank you."))
    return go("tasks")


async def record_call(request: web.Request) -> web.StreamResponse:
    """Record how a call instead of a message went, and say what follows from the answer."""
    form, task_id = await form_of(request), int(request.match_info["id"])
    command = recorded(form, staff_of(request).id, task_id)
    answer = command if isinstance(command, Refused) else await ask(request, command)
    if isinstance(answer, Refused):
        if answer.field:
            return await call_page(request, form, answer)
        flash(request, answer.why, kind="refused")
    else:
        flash(request, followed(answer.value))
    return go("tasks")
