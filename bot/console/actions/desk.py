"""Form handlers for tasks, and for cases that staff enter by hand."""

from __future__ import annotations

from aiohttp import web

from bot.console.current_user import staff_of
from bot.console.forms import form_of
from bot.console.pages.entering import new_page
from bot.console.render import flash
from bot.console.responses import ask, go
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.case import FIRST_NUMBER
from bot.model.commands import DoTask, EnterCase


async def do_task(request: web.Request) -> web.StreamResponse:
    """Mark a task as done."""
    await ask(request, DoTask(staff_of(request).id, int(request.match_info["id"])))
    flash(request, _("That is done. Thank you."))
    return go("tasks")


async def enter_case(request: web.Request) -> web.StreamResponse:
    """Open a case for a citizen who phoned or came, and show the words to read aloud."""
    form = await form_of(request)
    command = EnterCase(
        staff_id=staff_of(request).id,
        source=form.get("source", ""),
        kind=form.get("kind", ""),
        name=form.get("name", ""),
        phone=form.get("phone", "").strip() or None,
        theme=form.get("theme", ""),
        area=form.get("area") or None,
        words=form.get("words", ""),
    )
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await new_page(request, form, refused=answer.why)
    return go(f"cases/new?entered={answer.value['case'] + FIRST_NUMBER}")
