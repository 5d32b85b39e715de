"""The form handler that makes a link and shows it once."""

from __future__ import annotations

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.link_section import link_form
from bot.console.pages.links import new_link_page, refused_page
from bot.console.render import flash
from bot.console.responses import ask, go
from bot.engine.events import Refused
from bot.model.commands.links import MakeLink
from bot.model.staff import tidy_name
from bot.service.links import LINKABLE
from bot.store.alerts import Subject


async def make_link(request: web.Request) -> web.StreamResponse:
    """Make a link to a subject, and show its addresses and QR code once."""
    form = await form_of(request)
    subject = Subject(form.get("kind", ""), number_of(form.get("id")) or 0)
    if subject.kind not in LINKABLE:
        raise web.HTTPBadRequest
    label = form.get("label", "")
    answer = await ask(request, MakeLink(staff_of(request).id, subject.kind, subject.id, label))
    if isinstance(answer, Refused) and not answer.field:
        # The subject's page tells what there is. A citizen's own reminder has no page for staff.
        flash(request, answer.why, kind="refused")
        return go(subject.path)
    async with context_of(request).store.reading() as unit:
        title = await unit.links.title_of(subject)
    if title is None:
        raise web.HTTPNotFound
    if isinstance(answer, Refused):
        refused = link_form(subject).refused(form, answer)
        return await refused_page(request, subject, refused, title)
    return await new_link_page(request, subject, tidy_name(label), title, answer.value)
