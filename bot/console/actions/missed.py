"""Form handlers for questions to which the FAQ had no answer."""

from __future__ import annotations

from aiohttp import web

from bot.console.actions.faq import ask_and_teach
from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.pages.missed import Taught, missed_page
from bot.console.render import at, flash
from bot.console.responses import ask, go_back
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.faq import AddPhrasing, SettleMissed


async def add_phrasing(request: web.Request) -> web.StreamResponse:
    """Add the question to an entry as another phrasing, so that it finds the entry."""
    form, missed_id = await form_of(request), int(request.match_info["id"])
    words, faq_id = form.get("words", ""), form.get("faq_id", "")
    command = AddPhrasing(staff_of(request).id, missed_id, faq_id, form.get("language", ""), words)
    answer = await ask_and_teach(request, command)
    if isinstance(answer, Refused):
        return await missed_page(request, Taught(missed_id, form, answer))
    flash(request, _("The chat knows it from now on: it leads to {id}.").with_(id=faq_id))
    return go_back(form.get("next", at("missed")))


async def settle(request: web.Request) -> web.StreamResponse:
    """Remove the question from the list."""
    form = await form_of(request)
    answer = await ask(request, SettleMissed(staff_of(request).id, int(request.match_info["id"])))
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        flash(request, _("It is out of the list."))
    return go_back(form.get("next", at("missed")))
