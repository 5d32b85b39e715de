"""Form handlers for the entries of the FAQ."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.differences import Change, Written, changes
from bot.console.faq_form import entry_of, fields_of
from bot.console.form_input import form_of
from bot.console.pages.faq_entry import (
    EntryFields,
    entry_page,
    missed_of,
    names_of,
    new_page,
    row_of,
)
from bot.console.render import at, flash
from bot.console.responses import ask, go, go_back
from bot.console.town_labels import theme_labels
from bot.engine.events import Done, Refused
from bot.i18n import Text, _
from bot.model.commands.faq import AddEntry, CheckEntry, EditEntry, RetireEntry, RollBackEntry
from bot.model.faq import FaqEntry
from bot.service.faq_editing import CHANGED_MEANWHILE, entry_faults
from bot.service.faq_faults import FieldError
from bot.store.faq import FaqRow

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
KEPT = _("It is kept. The chat answers with it from now on.")
NOT_KEPT = _("It is not kept yet. Mend what is marked below.")


async def edit_entry(request: web.Request) -> web.StreamResponse:
    """Save a changed entry, or show its preview or faults without saving.

    Answer 409 where a colleague changed the entry since the form was opened.
    """
    form, row = await form_of(request), await row_of(request)
    fields, today = fields_of(form), context_of(request).today
    entry, odd = entry_of(row.id, fields, today)
    wrong = await _faults(request, entry, odd)
    if form.get("do") == "preview" or wrong:
        refused = NOT_KEPT if wrong else None
        status = 422 if wrong else 200
        return await entry_page(
            request, row, EntryFields(fields, wrong), entry, refused=refused, status=status
        )
    seen = _number(form.get("version", ""))
    answer = await ask_and_teach(request, EditEntry(staff_of(request).id, entry, seen))
    if isinstance(answer, Refused):
        theirs = await _theirs(request, row, entry) if answer == CHANGED_MEANWHILE else None
        status = 409 if theirs is not None else 422
        return await entry_page(
            request,
            row,
            EntryFields(fields),
            entry,
            refused=answer.why,
            theirs=theirs,
            status=status,
        )
    flash(request, KEPT)
    return go(f"faq/{row.id}")


async def ask_and_teach(request: web.Request, command: Any) -> Done | Refused:
    """Execute *command*, and update the FAQ index before the page confirms the change."""
    answer = await ask(request, command)
    if isinstance(answer, Done):
        await context_of(request).index.refresh(context_of(request).store)
    return answer


async def _faults(
    request: web.Request, entry: FaqEntry, odd: tuple[FieldError, ...]
) -> tuple[FieldError, ...]:
    """Return the unreadable fields (*odd*) and the faults of the entry."""
    async with context_of(request).store.reading() as unit:
        return (*odd, *await entry_faults(entry, unit))


async def _theirs(request: web.Request, row: FaqRow, mine: FaqEntry) -> list[Change]:
    """Return the differences between the entry saved by a colleague and the form's (*mine*)."""
    async with context_of(request).store.reading() as unit:
        names = await names_of(unit)
    kept = Written(FaqEntry.from_body(row.id, row.body), row.retired)
    return changes(kept, Written(mine, row.retired), names, theme_labels(request))


async def add_entry(request: web.Request) -> web.StreamResponse:
    """Save a new entry, or show its preview or faults without saving."""
    form = await form_of(request)
    missed = await missed_of(request, form.get("missed", ""))
    fields = fields_of(form)
    entry, odd = entry_of("", fields, context_of(request).today)
    wrong = await _faults(request, entry, odd)
    if form.get("do") == "preview" or wrong:
        refused = NOT_KEPT if wrong else None
        status = 422 if wrong else 200
        return await new_page(
            request, EntryFields(fields, wrong), entry, missed, refused=refused, status=status
        )
    command = AddEntry(staff_of(request).id, entry, missed.id if missed else None)
    answer = await ask_and_teach(request, command)
    if isinstance(answer, Refused):
        shown: dict[str, Any] = {"refused": answer.why, "status": 422}
        return await new_page(request, EntryFields(fields), entry, missed, **shown)
    flash(request, KEPT)
    return go(f"faq/{answer.value}")


async def check_entry(request: web.Request) -> web.StreamResponse:
    """Record that an entry was checked today and is still right."""
    form, faq_id = await form_of(request), request.match_info["id"]
    command = CheckEntry(staff_of(request).id, faq_id, _number(form.get("version", "")))
    said = _("Noted: it was checked today, and is to be checked again in a year.")
    return await _done(request, command, said, form.get("next", at(f"faq/{faq_id}")))


async def roll_back(request: web.Request) -> web.StreamResponse:
    """Restore an earlier version of an entry."""
    form, faq_id = await form_of(request), request.match_info["id"]
    seen, to = _number(form.get("version", "")), _number(form.get("to", ""))
    command = RollBackEntry(staff_of(request).id, faq_id, seen, to)
    said = _("It says again what it said in version {version}.").with_(version=to)
    return await _done(request, command, said, at(f"faq/{faq_id}/versions"))


async def retire_entry(request: web.Request) -> web.StreamResponse:
    """Take an entry out of the chat."""
    return await _retire(request, retired=True)


async def bring_back(request: web.Request) -> web.StreamResponse:
    """Bring a retired entry back into the chat."""
    return await _retire(request, retired=False)


async def _retire(request: web.Request, *, retired: bool) -> web.StreamResponse:
    form, faq_id = await form_of(request), request.match_info["id"]
    seen = _number(form.get("version", ""))
    out, back = _("The chat answers with it no more."), _("The chat answers with it again.")
    command = RetireEntry(staff_of(request).id, faq_id, seen, retired)
    return await _done(request, command, out if retired else back, at(f"faq/{faq_id}"))


async def _done(request: web.Request, command: Any, said: Text, wanted: str) -> web.Response:
    """Execute *command*, and show *said* or the reason for refusal on the next page."""
    answer = await ask_and_teach(request, command)
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        flash(request, said)
    return go_back(wanted)


def _number(written: str) -> int:
    """Return a version's number; 0 where *written* is none."""
    return int(written) if _NUMBER.fullmatch(written) else 0
