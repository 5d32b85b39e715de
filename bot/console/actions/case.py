"""Form handlers for work on a case that sends the citizen no words by staff."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.console.cases.message_commands import text_of
from bot.console.cases.submitted_form import SubmittedForm
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.pages.case import case_of, case_page, id_of, presence_line
from bot.console.render import flash
from bot.console.responses import ask, go
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.case import Case
from bot.model.commands.casework import (
    AddWords,
    ClaimCase,
    HandOver,
    LogCall,
    MarkCase,
    ReopenCase,
    SortCase,
    WriteNote,
)
from bot.redact import redact_text

NOBODY = 0
NOT_AGREED = _("Write what you agreed, or that there was nothing to agree.")


async def claim(request: web.Request) -> web.StreamResponse:
    """Make the current user the owner of the case."""
    command = ClaimCase(staff_of(request).id, id_of(request))
    return await done_or_back(request, "claim", command, _("The case is yours."))


async def hand_over(request: web.Request) -> web.StreamResponse:
    """Hand the case over to the chosen colleague."""
    form = await form_of(request)
    heir = number_of(form.get("to")) or NOBODY
    command = HandOver(staff_of(request).id, id_of(request), heir, text_of(form))
    return await done_or_back(request, "hand-over", command, _("The case is handed over."))


async def note(request: web.Request) -> web.StreamResponse:
    """Add a note that only staff see."""
    form = await form_of(request)
    command = WriteNote(staff_of(request).id, id_of(request), text_of(form))
    return await done_or_back(request, "note", command, _("The note is kept, for the staff only."))


async def call(request: web.Request) -> web.StreamResponse:
    """Record a phone call; refuse a record without the agreement."""
    form = await form_of(request)
    said, agreed = text_of(form), form.get("agreed", "").strip()
    if said and not agreed:
        return await case_page(request, SubmittedForm("call", form, NOT_AGREED, "agreed"))
    text = f"{said}\n\n→ {agreed}" if said else ""
    command = LogCall(staff_of(request).id, id_of(request), text)
    return await done_or_back(request, "call", command, _("The call is written down."))


async def mark(request: web.Request) -> web.StreamResponse:
    """Set the marks of the case; the service checks the free-text tag."""
    form = await form_of(request)
    marks = [*form.getall("mark", []), form.get("tag", "").strip()]
    command = MarkCase(staff_of(request).id, id_of(request), tuple(one for one in marks if one))
    return await done_or_back(request, "marks", command, _("The marks are kept."))


async def sort(request: web.Request) -> web.StreamResponse:
    """Set the theme and area of the case."""
    form = await form_of(request)
    area = form.get("area", "") or None
    command = SortCase(staff_of(request).id, id_of(request), form.get("theme", ""), area)
    return await done_or_back(request, "sort", command, _("The case is sorted."))


async def reopen(request: web.Request) -> web.StreamResponse:
    """Reopen an ended case."""
    form = await form_of(request)
    command = ReopenCase(staff_of(request).id, id_of(request), text_of(form))
    said = _("The case is open again, and the citizen gets to know.")
    return await done_or_back(request, "reopen", command, said)


async def add_words(request: web.Request) -> web.StreamResponse:
    """Add words that a citizen said by phone or at the counter."""
    form = await form_of(request)
    command = AddWords(staff_of(request).id, id_of(request), text_of(form))
    return await done_or_back(request, "words", command, _("It is added to the case."))


async def keep_draft(request: web.Request) -> web.StreamResponse:
    """Save the draft without CPR numbers (HR-1), and return the presence line."""
    case = await case_of(request)
    await _keep(request, case, leaves=False)
    return await presence_line(request, case)


async def leave(request: web.Request) -> web.StreamResponse:
    """Record that the page was closed, and save the last draft."""
    await _keep(request, await case_of(request), leaves=True)
    return web.Response(status=204)


async def _keep(request: web.Request, case: Case, *, leaves: bool) -> None:
    """Save the draft, if the form has one; where *leaves*, record that its writer left."""
    form, console, staff = await form_of(request), context_of(request), staff_of(request)
    now = console.clock.now()
    async with console.store.unit() as unit:
        if "text" in form:
            draft = redact_text(form["text"]).text
            await unit.presence.write(case.id, staff.id, now, draft)
        if leaves:
            await unit.presence.leave(case.id, staff.id, now)


async def done_or_back(
    request: web.Request, form: str, command: Any, said: Text
) -> web.StreamResponse:
    """Execute *command*; where it is refused, show *form* again with its input and the reason."""
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await case_page(
            request, SubmittedForm(form, await form_of(request), answer.why, answer.field)
        )
    flash(request, said)
    return go(f"cases/{request.match_info['number']}")
