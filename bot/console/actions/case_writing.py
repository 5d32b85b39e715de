"""Form handlers for messages to the citizen: preview, templates, FAQ answers, and sending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.calendar import Calendar
from bot.console.actions.case import done_or_back
from bot.console.cases.faq_suggestions import suggested
from bot.console.cases.message_commands import (
    CORRECT,
    CORRECTED,
    command_of,
    preview_of,
    text_of,
)
from bot.console.cases.message_forms import BY_NAME, instant_of
from bot.console.cases.preview import rewritten
from bot.console.cases.submitted_form import SubmittedForm
from bot.console.cases.view import CaseView
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of, number_of
from bot.console.pages.case import case_page, id_of, shown_of
from bot.console.render import flash, fragment
from bot.console.responses import go
from bot.engine.events import Done, Refused
from bot.i18n import Text, _
from bot.model.commands.casework import CancelScheduled, ToldByHand, WithdrawAnswer
from bot.model.faq import FaqEntry
from bot.model.staff_messages import ANSWER
from bot.service import execute

CALL_STANDS = _("{said} The promised call still needs its note.")
NO_TIME = _("I cannot read that day or time. Choose them again.")
TO_BE_TOLD = _("It is written down. Ring the citizen, or say it at the counter, and note it here.")


async def write(request: web.Request) -> web.StreamResponse:
    """Send the form, or show it again with a template, FAQ answer, rewrite or preview."""
    form, written = request.match_info["form"], await form_of(request)
    do, _colon, what = written.get("do", "").partition(":")
    if do == "send":
        return await _send(request, form)
    view = await _view(request)
    changed: MultiDict[str] = MultiDict(written)
    changed["text"] = _helped(view, form, written, do, what)
    found = None
    if do in ("faq", "insert") or (do == "preview" and written.get("q", "").strip()):
        found, inserted = await _from_faq(request, view, written, do, what)
        changed["text"] = _joined(changed["text"], inserted)
    submitted = SubmittedForm(form, changed, preview=preview_of(view, form, changed), found=found)
    return await case_page(request, submitted)


async def show_preview(request: web.Request) -> web.StreamResponse:
    """Return the preview of the unsent text, for the script that inserts it in the form."""
    written, form = await form_of(request), request.match_info["form"]
    view = await _view(request)
    shown = preview_of(view, form, written)
    submitted = SubmittedForm(form, written)
    return fragment(
        request, "case_preview.html", preview=shown, view=view, form=form, submitted=submitted
    )


async def correct(request: web.Request) -> web.StreamResponse:
    """Correct a message of the case, or show its form again with a rewrite or preview."""
    message_id, written = await _message_id(request), await form_of(request)
    form = f"{CORRECT}:{message_id}"
    if written.get("do") == "send":
        return await _send(request, form)
    view = await _view(request)
    do, _colon, what = written.get("do", "").partition(":")
    changed: MultiDict[str] = MultiDict(written)
    changed["text"] = _helped(view, form, written, do, what)
    return await case_page(
        request, SubmittedForm(form, changed, preview=preview_of(view, form, changed))
    )


async def withdraw(request: web.Request) -> web.StreamResponse:
    """Withdraw a message."""
    written, message_id = await form_of(request), await _message_id(request)
    command = WithdrawAnswer(staff_of(request).id, message_id, written.get("reason", ""))
    return await done_or_back(request, f"withdraw:{message_id}", command, _("It is taken back."))


async def cancel(request: web.Request) -> web.StreamResponse:
    """Cancel a scheduled message."""
    message_id = await _message_id(request)
    command = CancelScheduled(staff_of(request).id, message_id)
    return await done_or_back(request, f"cancel:{message_id}", command, _("It is not sent."))


async def tell(request: web.Request) -> web.StreamResponse:
    """Record that staff gave the citizen a message by phone or at the counter."""
    message_id = await _message_id(request)
    command = ToldByHand(staff_of(request).id, message_id)
    return await done_or_back(request, f"tell:{message_id}", command, _("It is noted as told."))


async def _message_id(request: web.Request) -> int:
    """Return the id of the message in the address; raise 404 where another case has it."""
    message_id = int(request.match_info["message"])
    async with context_of(request).store.reading() as unit:
        found = await unit.threads.get(message_id)
    if found is None or found.case_id != id_of(request):
        raise web.HTTPNotFound
    return message_id


async def _view(request: web.Request) -> CaseView:
    """Return the current state of the case."""
    view: CaseView = (await shown_of(request, SubmittedForm()))["view"]
    return view


async def _send(request: web.Request, form: str) -> web.StreamResponse:
    """Send the text; show the form again where its time is unreadable or it is refused."""
    console, staff = context_of(request), staff_of(request)
    written, case_id = await form_of(request), id_of(request)
    async with console.store.unit() as unit:
        if _unreadable(written, unit.calendar):
            answer: Done | Refused = Refused(NO_TIME)
        else:
            command = command_of(form, written, staff.id, case_id, unit.calendar)
            answer = await execute(command, unit)
        if isinstance(answer, Done) and form == ANSWER.name:
            await unit.presence.send(case_id, staff.id)
    if isinstance(answer, Refused):
        shown = preview_of(await _view(request), form, written)
        return await case_page(
            request, SubmittedForm(form, written, answer.why, answer.field, shown)
        )
    flash(request, _confirmation(form, written, answer.value))
    return go(f"cases/{request.match_info['number']}")


def _unreadable(written: Mapping[str, str], calendar: Calendar) -> bool:
    """Return whether a sending time is set but unreadable: the text must not go out at once."""
    return bool(written.get("send_day", "").strip()) and instant_of(written, calendar) is None


def _confirmation(form: str, written: Mapping[str, str], sent: Mapping[str, Any]) -> Text:
    """Return the confirmation for a sent form: sent, scheduled, or to be told by hand."""
    chosen = BY_NAME.get(form)
    if chosen and chosen.scheduled and written.get("send_day"):
        return chosen.scheduled
    text = chosen.sent if chosen else CORRECTED
    text = TO_BE_TOLD if sent["by_hand"] else text
    return CALL_STANDS.with_(said=text) if sent["call_by"] and form == ANSWER.name else text


def _helped(view: CaseView, form: str, written: Mapping[str, str], do: str, what: str) -> str:
    """Return the text after a button of the form: with a template added, or a piece rewritten."""
    text = text_of(written)
    if do == "template":
        chosen = next((t for t in view.town.templates if t.key == what), None)
        return _joined(text, view.filled(chosen)) if chosen else text
    at, shown = number_of(what), preview_of(view, form, written)
    if do == "use" and at is not None and shown is not None and at < len(shown.remarks):
        return rewritten(text, shown.remarks[at])
    return text


async def _from_faq(
    request: web.Request, view: CaseView, written: Mapping[str, str], do: str, what: str
) -> tuple[tuple[FaqEntry, ...], str]:
    """Return the FAQ entries found, and the answer chosen from them (empty without a choice)."""
    console, language = context_of(request), view.renderer.language
    words = written.get("q", "").strip() or view.last_words
    async with console.store.reading() as unit:
        found = await suggested(console, unit, words, language)
        row = await unit.faq.get(what) if do == "insert" else None
    chosen = FaqEntry.from_body(row.id, row.body).text(language).answer if row else ""
    return found, chosen


def _joined(text: str, more: str) -> str:
    """Return *text* with *more* as its last paragraph."""
    return f"{text}\n\n{more}".strip() if more else text
