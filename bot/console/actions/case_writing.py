"""Form handlers for messages to the citizen: preview, templates, FAQ answers, and sending."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from multidict import MultiDict

from bot.calendar import Calendar
from bot.console.actions.case import done_or_back
from bot.console.cases.faq_suggestions import suggested
from bot.console.cases.message_forms import (
    CORRECT,
    Tried,
    command_of,
    instant_of,
    number_of,
    preview_of,
    said_of,
    words_of,
)
from bot.console.cases.preview import rewritten
from bot.console.cases.view import CaseView
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.forms import form_of
from bot.console.pages.case import case_of, case_page, shown_of
from bot.console.render import flash, fragment
from bot.console.responses import ask, go
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.case import TO_CITIZEN, Case, MessageKind
from bot.model.commands import CancelScheduled, ToldByHand, WithdrawAnswer
from bot.model.faq import FaqEntry

SENT: Mapping[str, Text] = {
    "answer": _("Your answer is on its way."),
    "write": _("Your message is on its way. The case is not answered by it."),
    "ask": _("Your question is on its way. The clock stands still until there is an answer."),
    "extend": _("The new date holds, and the citizen gets to know."),
    "close": _("The case is closed, and the citizen gets to know."),
    CORRECT: _("The message says something else from now on."),
}
LATER: Mapping[str, Text] = {
    "answer": _("Your answer waits, and is sent at the time you chose."),
    "write": _("Your message waits, and is sent at the time you chose."),
}
CALL_STANDS = _("{said} The promised call still needs its note.")
NO_TIME = _("I cannot read that day or time. Choose them again.")
TO_BE_TOLD = _("It is written down. Ring the citizen, or say it at the counter, and note it here.")
NEWS = _("{name} wrote while you were writing. Read it first, then send again.")


async def write(request: web.Request) -> web.StreamResponse:
    """Send the form, or show it again with a template, FAQ answer, rewrite or preview."""
    form = request.match_info["form"]
    written, view = await form_of(request), await _view(request)
    do, _colon, what = written.get("do", "").partition(":")
    if do == "send":
        return await _send(request, form, view)
    changed: MultiDict[str] = MultiDict(written)
    changed["text"] = _helped(view, form, written, do, what)
    found = None
    if do in ("faq", "insert") or (do == "preview" and written.get("q", "").strip()):
        found, inserted = await _from_faq(request, view, written, do, what)
        changed["text"] = _joined(changed["text"], inserted)
    tried = Tried(form, changed, preview=preview_of(view, form, changed), found=found)
    return await case_page(request, tried)


async def show_preview(request: web.Request) -> web.StreamResponse:
    """Return the preview of the unsent text, for the script that inserts it in the form."""
    written, form = await form_of(request), request.match_info["form"]
    view = await _view(request)
    shown = preview_of(view, form, written)
    tried = Tried(form, written)
    return fragment(request, "case_preview.html", preview=shown, view=view, form=form, tried=tried)


async def correct(request: web.Request) -> web.StreamResponse:
    """Correct a message of the case, or show its form again with a rewrite or preview."""
    form = f"{CORRECT}:{request.match_info['said']}"
    written, view = await form_of(request), await _view(request)
    said_of(view, form)
    if written.get("do") == "send":
        return await _send(request, form, view)
    do, _colon, what = written.get("do", "").partition(":")
    changed: MultiDict[str] = MultiDict(written)
    changed["text"] = _helped(view, form, written, do, what)
    return await case_page(request, Tried(form, changed, preview=preview_of(view, form, changed)))


async def withdraw(request: web.Request) -> web.StreamResponse:
    """Withdraw a message."""
    written, said = await form_of(request), await _message_id(request)
    command = WithdrawAnswer(staff_of(request).id, said, written.get("reason", ""))
    return await done_or_back(request, f"withdraw:{said}", command, _("It is taken back."))


async def cancel(request: web.Request) -> web.StreamResponse:
    """Cancel a scheduled message."""
    said = await _message_id(request)
    command = CancelScheduled(staff_of(request).id, said)
    return await done_or_back(request, f"cancel:{said}", command, _("It is not sent."))


async def tell(request: web.Request) -> web.StreamResponse:
    """Record that staff gave the citizen a message by phone or at the counter."""
    said = await _message_id(request)
    command = ToldByHand(staff_of(request).id, said)
    return await done_or_back(request, f"tell:{said}", command, _("It is noted as told."))


async def _message_id(request: web.Request) -> int:
    """Return the id of the message in the address; raise 404 where another case has it."""
    said = int(request.match_info["said"])
    async with context_of(request).store.reading() as unit:
        found = await unit.threads.get(said)
    if found is None or found.case_id != (await case_of(request)).id:
        raise web.HTTPNotFound
    return said


async def _view(request: web.Request) -> CaseView:
    """Return the current state of the case."""
    view: CaseView = (await shown_of(request, await case_of(request), Tried()))["view"]
    return view


async def _send(request: web.Request, form: str, view: CaseView) -> web.StreamResponse:
    """Send the text; show the form again where there is news, an unreadable time or a refusal."""
    written, console, staff = await form_of(request), context_of(request), staff_of(request)
    async with console.store.reading() as unit:
        calendar = unit.calendar
    stands = _news(view, written) or (NO_TIME if _unreadable(written, calendar) else None)
    if stands is not None:
        shown = preview_of(view, form, written)
        return await case_page(request, Tried(form, written, stands, shown))
    command = command_of(form, written, staff.id, view.case.id, calendar)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        shown = preview_of(view, form, written)
        return await case_page(request, Tried(form, written, answer.why, shown))
    if form == "answer":
        async with console.store.unit() as unit:
            await unit.presence.send(view.case.id, staff.id)
    flash(request, _said(form, written, view.case))
    return go(f"cases/{view.case.number}")


def _unreadable(written: Mapping[str, str], calendar: Calendar) -> bool:
    """Return whether a sending time is set but unreadable: the text must not go out at once."""
    return bool(written.get("send_day", "").strip()) and instant_of(written, calendar) is None


def _said(form: str, written: Mapping[str, str], case: Case) -> Text:
    """Return the confirmation for a sent form: sent, scheduled, or to be told by hand."""
    if form in LATER and written.get("send_day"):
        return LATER[form]
    said = TO_BE_TOLD if case.person_id is None else SENT[form.partition(":")[0]]
    return CALL_STANDS.with_(said=said) if case.call_by and form == "answer" else said


def _news(view: CaseView, written: Mapping[str, str]) -> Text | None:
    """Return a warning about messages by others since the page was opened; None without any."""
    seen = number_of(written.get("seen"))
    if seen is None:
        return None
    heard = TO_CITIZEN | {MessageKind.ASKED}
    fresh = [
        entry.said
        for entry in view.entries
        if entry.said.id > seen
        and entry.said.kind in heard
        and entry.said.staff_id != view.reader.id
    ]
    return NEWS.with_(name=fresh[-1].signed or "?") if fresh else None


def _helped(view: CaseView, form: str, written: Mapping[str, str], do: str, what: str) -> str:
    """Return the text after a button of the form: with a template added, or a piece rewritten."""
    text = words_of(written)
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
    console, language = context_of(request), view.pen.language
    words = written.get("q", "").strip() or view.last_words
    async with console.store.reading() as unit:
        found = await suggested(console, unit, words, language)
        row = await unit.faq.get(what) if do == "insert" else None
    chosen = FaqEntry.from_body(row.id, row.body).text(language).answer if row else ""
    return found, chosen


def _joined(text: str, more: str) -> str:
    """Return *text* with *more* as its last paragraph."""
    return f"{text}\n\n{more}".strip() if more else text
