"""Form handlers for broadcasts from their approval on: hold, stop, correct, remind and close."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.console.broadcast_correction import approval_form, correction_form
from bot.console.broadcast_numbers import SILENT
from bot.console.cells import Line
from bot.console.confirmation import unless_sure
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.language_fields import texts_of
from bot.console.pages.broadcast import broadcast_page, correctable, correction_page
from bot.console.pages.broadcasts import broadcast_of
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import _, ngettext, pgettext
from bot.model.broadcast import FOLLOWING, Broadcast, BroadcastState
from bot.model.commands.broadcasts import (
    ApproveCorrection,
    CloseDialogue,
    CorrectBroadcast,
    DropCorrection,
    PauseBroadcast,
    RemindSilent,
    ResumeBroadcast,
    StopBroadcast,
)
from bot.service.broadcasts.checks import faults_of
from bot.store.broadcast_results import BroadcastResults

NOT_REACHED = ngettext(
    "{count} person does not get it then. That cannot be undone.",
    "{count} people do not get it then. That cannot be undone.",
    "count",
)
NO_LATER = _("No later one of the series is sent. That cannot be undone.")


async def pause(request: web.Request) -> web.StreamResponse:
    """Hold a broadcast: nothing more is sent."""
    command = PauseBroadcast(staff_of(request).id, _id(request))
    return await act(request, command, _("It is paused. Nothing more is sent."), _path(request))


async def resume(request: web.Request) -> web.StreamResponse:
    """Send the rest of a paused broadcast."""
    command = ResumeBroadcast(staff_of(request).id, _id(request))
    return await act(request, command, _("The rest is being sent."), _path(request))


async def stop(request: web.Request) -> web.StreamResponse:
    """Stop a broadcast for good, after asking once."""
    known = await _known(request)
    if BroadcastState.STOPPED in FOLLOWING[known.state]:
        async with context_of(request).store.reading() as unit:
            reached = await BroadcastResults(unit).reached(known)
        lost = NO_LATER if known.rule else NOT_REACHED.with_(count=reached.left)
        lines = (Line(lost),) if known.rule or reached.left else ()
        question = _("Stop “{title}”?").with_(title=known.title)
        label = pgettext("broadcast", "Stop it")
        page = await unless_sure(request, question, label, _path(request), lines=lines)
        if page is not None:
            return page
    command = StopBroadcast(staff_of(request).id, known.id)
    return await act(request, command, _("It is stopped. Nothing more is sent."), _path(request))


async def correct(request: web.Request) -> web.StreamResponse:
    """Propose a correction, or show its form again."""
    known, form = await correctable(request), await form_of(request)
    command = CorrectBroadcast(staff_of(request).id, known.id, texts_of(form, "text"))
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        at_field = replace(answer, field="text_da" if answer.field == "texts" else answer.field)
        refused = correction_form(known).refused(form, at_field)
        return await correction_page(request, known, refused)
    flash(request, _("The correction waits for the approval of a leader."))
    return go(_path(request))


async def approve_correction(request: web.Request) -> web.StreamResponse:
    """Approve a correction that its approver has read, or show the form again."""
    known, form = await _known(request), await form_of(request)
    command = ApproveCorrection(
        staff_of(request).id,
        known.id,
        number_of(form.get("edition")) or 0,
        form.get("let_stand", ""),
        form.get("mark", ""),
    )
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        proposed = known.correction or {"texts": known.texts}
        async with context_of(request).store.reading() as unit:
            faults = faults_of(unit, replace(known, texts=proposed["texts"]))
        refused = approval_form(known, faults).refused(form, answer)
        if known.correction is None:
            flash(request, answer.why, kind="refused")
            return go(_path(request))
        return await broadcast_page(request, known, refused)
    flash(request, _("The correction is approved. The messages are being edited."))
    return go(_path(request))


async def drop_correction(request: web.Request) -> web.StreamResponse:
    """Drop a correction that is not approved."""
    command = DropCorrection(staff_of(request).id, _id(request))
    return await act(request, command, _("The correction is dropped."), _path(request))


async def remind(request: web.Request) -> web.StreamResponse:
    """Ask people again who have not answered, after asking staff once."""
    known = await _known(request)
    if known.is_dialogue and known.reminded_at is None:
        async with context_of(request).store.reading() as unit:
            number = await BroadcastResults(unit).silent(known)
        question = _("Ask once more?")
        lines = (Line(SILENT.with_(count=number)), Line(_("This can be done once."), "quiet"))
        label, back = _("Ask them once more"), _path(request)
        page = await unless_sure(request, question, label, back, lines=lines, look="solid")
        if page is not None:
            return page
    command = RemindSilent(staff_of(request).id, known.id)
    said = _("Those who have not answered are asked once more.")
    return await act(request, command, said, _path(request))


async def close(request: web.Request) -> web.StreamResponse:
    """Close a dialogue and tell all authors; refused while a contribution has no outcome."""
    known = await _known(request)
    if known.is_dialogue and BroadcastState.CLOSED in FOLLOWING[known.state]:
        async with context_of(request).store.reading() as unit:
            number = await unit.contributions.authors(known.id)
        lines = (Line(TELLS.with_(count=number)),)
        question = _("Close {number}?").with_(number=known.number)
        label = _("Close it and tell the authors")
        page = await unless_sure(
            request, question, label, _path(request), lines=lines, look="solid"
        )
        if page is not None:
            return page
    command = CloseDialogue(staff_of(request).id, known.id)
    said = _("The dialogue is closed. The authors are told what came of their answers.")
    return await act(request, command, said, _path(request))


TELLS = ngettext(
    "{count} author gets one message. No more answers are taken.",
    "{count} authors get one message each. No more answers are taken.",
    "count",
)


async def _known(request: web.Request) -> Broadcast:
    async with context_of(request).store.reading() as unit:
        return await broadcast_of(request, unit)


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _path(request: web.Request) -> str:
    return f"broadcasts/{_id(request)}"
