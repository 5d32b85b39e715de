"""Form handlers for own words and names: show them to others, or tell the person why not."""

from __future__ import annotations

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.pages.own_words import refuse_form, refuse_name_form
from bot.console.pages.pledge import pledge_of, pledge_page
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.pledges import AllowName, ApproveWords, RefuseName, RefuseWords


async def approve_words(request: web.Request) -> web.StreamResponse:
    """Let others see the words that were read."""
    known, version = int(request.match_info["id"]), await _version(request)
    command = ApproveWords(staff_of(request).id, known, version)
    said = _("The words are shown from the next night on.")
    return await act(request, command, said, f"pledges/{known}")


async def refuse_words(request: web.Request) -> web.StreamResponse:
    """Do not show the words, or show the form again without a reason."""
    form, version = await form_of(request), await _version(request)
    async with context_of(request).store.reading() as unit:
        known = await pledge_of(request, unit)
    command = RefuseWords(staff_of(request).id, known.id, version, form.get("reason", ""))
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await pledge_page(request, known, refuse_form(known).refused(form, answer))
    flash(request, _("The words are not shown. The person is told why."))
    return go(f"pledges/{known.id}")


async def refuse_name(request: web.Request) -> web.StreamResponse:
    """Do not show the name, or show the form again without a reason."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        known = await pledge_of(request, unit)
    command = RefuseName(staff_of(request).id, known.id, form.get("reason", ""))
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await pledge_page(request, known, refuse_name_form(known).refused(form, answer))
    flash(request, _("The name is not shown. The person is told why."))
    return go(f"pledges/{known.id}")


async def allow_name(request: web.Request) -> web.StreamResponse:
    """Show the name again."""
    known = int(request.match_info["id"])
    command = AllowName(staff_of(request).id, known)
    return await act(request, command, _("The name is shown again."), f"pledges/{known}")


async def _version(request: web.Request) -> int:
    return number_of((await form_of(request)).get("version")) or 0
