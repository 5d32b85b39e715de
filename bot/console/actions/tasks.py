"""Form handlers for tasks."""

from __future__ import annotations

from aiohttp import web

from bot.console.current_user import staff_of
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
