"""Form handler for cases that staff enter for citizens who phoned or came."""

from __future__ import annotations

from aiohttp import web

from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.pages.new_case import new_form, new_page
from bot.console.responses import ask, go
from bot.engine.events import Refused
from bot.model.case import FIRST_NUMBER
from bot.model.commands.casework import EnterCase


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
        return await new_page(request, new_form(request).refused(form, answer))
    return go(f"cases/new?entered={answer.value['case'] + FIRST_NUMBER}")
