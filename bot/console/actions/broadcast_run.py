"""Form handlers for broadcasts from their approval on: hold, stop, correct, remind and close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from aiohttp import web

from bot.console.broadcast_correction import approval_form, correction_form
from bot.console.broadcast_numbers import SILENT
from bot.console.broadcast_view import messages, told_to
from bot.console.cells import Block, Cell, Line
from bot.console.confirmation import unless_sure
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.language_fields import texts_of
from bot.console.pages.broadcast import broadcast_page, correctable, correction_page
from bot.console.pages.broadcasts import broadcast_of
from bot.console.pages.contributions import ONE_OF_THEM
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import Text, _, ngettext, pgettext
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
from bot.store.unit import Unit

NOT_REACHED = ngettext(
    "{count} person does not get it then. That cannot be undone.",
    "{count} people do not get it then. That cannot be undone.",
    "count",
)
PAUSED = _("It is paused. It has reached {sent}. The others wait until you resume it: {left}.")
RESUMED = _("The rest is being sent. It has reached {sent}. Still to go: {left}.")
STOPPED = _("It is stopped. It has reached {sent}. Nothing more is sent.")
ASKED_AGAIN = ngettext(
    "{count} person who has not answered is asked once more.",
    "{count} people who have not answered are asked once more.",
    "count",
)
TOLD = ngettext(
    "The dialogue is closed. {count} author is told what came of the answer.",
    "The dialogue is closed. {count} authors are told what came of their answers.",
    "count",
)
EDITED = ngettext(
    "The correction is approved. {count} message is being edited.",
    "The correction is approved. {count} messages are being edited.",
    "count",
)
NO_LATER = _("No later one of the series is sent. That cannot be undone.")


async def pause(request: web.Request) -> web.StreamResponse:
    """Hold a broadcast: nothing more is sent."""
    return await _counted(request, PauseBroadcast(staff_of(request).id, _id(request)), PAUSED)


async def resume(request: web.Request) -> web.StreamResponse:
    """Send the rest of a paused broadcast."""
    return await _counted(request, ResumeBroadcast(staff_of(request).id, _id(request)), RESUMED)


async def stop(request: web.Request) -> web.StreamResponse:
    """Stop a broadcast for good, after asking once."""
    known = await _known(request)
    if BroadcastState.STOPPED in FOLLOWING[known.state]:
        async with context_of(request).store.reading() as unit:
            reached = await BroadcastResults(unit).reached(known)
        lost = NO_LATER if known.rule else NOT_REACHED.with_(count=reached.left)
        lost_line = (Line(lost),) if known.rule or reached.left else ()
        lines = (*lost_line, Block(messages(request, known), "previews"))
        question = _("Stop “{title}”?").with_(title=known.title)
        label = pgettext("broadcast", "Stop it")
        page = await unless_sure(request, question, label, _path(request), lines=lines)
        if page is not None:
            return page
    command = StopBroadcast(staff_of(request).id, known.id)
    return await _counted(request, command, STOPPED)


async def _counted(request: web.Request, command: Any, said: Text) -> web.StreamResponse:
    """Execute the command of a button; say that it is done, and how many got it or wait."""
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
        return go(_path(request))
    async with context_of(request).store.reading() as unit:
        reached = await BroadcastResults(unit).reached(await broadcast_of(request, unit))
    flash(request, said.with_(sent=reached.sent, left=reached.left))
    return go(_path(request))


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
    async with context_of(request).store.reading() as unit:
        number = await BroadcastResults(unit).editable(known)
    flash(request, EDITED.with_(count=number))
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
        question = _("Ask once more about “{title}”?").with_(title=known.title)
        lines = (
            Line(SILENT.with_(count=number)),
            Line(_("This can be done once."), "quiet"),
            Block(messages(request, known, again=True), "previews"),
        )
        label, back = _("Ask them once more"), _path(request)
        page = await unless_sure(request, question, label, back, lines=lines, look="solid")
        if page is not None:
            return page
    async with context_of(request).store.reading() as unit:
        number = await BroadcastResults(unit).silent(known)
    command = RemindSilent(staff_of(request).id, known.id)
    return await act(request, command, ASKED_AGAIN.with_(count=number), _path(request))


async def close(request: web.Request) -> web.StreamResponse:
    """Close a dialogue and tell all authors; refused while a contribution has no outcome."""
    known = await _known(request)
    if known.is_dialogue and BroadcastState.CLOSED in FOLLOWING[known.state]:
        async with context_of(request).store.reading() as unit:
            number = await unit.contributions.authors(known.id)
            shown = await _message_to_one(request, unit, known)
            today = unit.calendar.local(unit.now).date()
        lines = (*_still_open(known, today), Line(TELLS.with_(count=number)), *shown)
        question = _("Close {number}, “{title}”?")
        question = question.with_(number=known.number, title=known.title)
        label = _("Close it and tell the authors")
        page = await unless_sure(
            request, question, label, _path(request), lines=lines, look="solid"
        )
        if page is not None:
            return page
    async with context_of(request).store.reading() as unit:
        number = await unit.contributions.authors(known.id)
    command = CloseDialogue(staff_of(request).id, known.id)
    return await act(request, command, TOLD.with_(count=number), _path(request))


def _still_open(known: Broadcast, today: date) -> Sequence[Cell]:
    """Return that people were promised more days to answer, where they were."""
    if known.answer_by is None or not known.takes_answers(today):
        return ()
    return (Line(STILL_OPEN.with_(day=known.answer_by)),)


async def _message_to_one(request: web.Request, unit: Unit, known: Broadcast) -> Sequence[Cell]:
    """Return the message that the author gets who answered last; nothing without an outcome."""
    given = await unit.contributions.of_dialogue(known.id, 1, waits=False)
    if not given or given[0].decided_at is None:
        return ()
    day = unit.calendar.local(given[0].decided_at).date()
    return (
        Line(ONE_OF_THEM, "quiet"),
        Block(told_to(request, known, given[0], day), "previews"),
    )


STILL_OPEN = _("People were told that they can answer until {day}. Closing it now ends that.")
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
