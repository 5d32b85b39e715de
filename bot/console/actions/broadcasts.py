"""Form handlers for broadcasts: write, check, submit, approve, return and test them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.audience_form import after_press
from bot.console.broadcast_files import Media, media_of
from bot.console.broadcast_form import Submitted, at_field, by_field, submitted, values_of
from bot.console.broadcast_view import checked
from bot.console.confirmation import unless_sure
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form import Form
from bot.console.form_input import form_of, number_of
from bot.console.pages.broadcast_draft import approve_form, draft_page, return_form
from bot.console.pages.broadcast_writing import (
    BLANK,
    CHECK,
    KEY,
    editable,
    empty_form,
    writing_page,
)
from bot.console.pages.broadcasts import broadcast_of
from bot.console.recurrence_form import Sent
from bot.console.render import flash, fragment
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.broadcast import Broadcast
from bot.model.commands.broadcasts import (
    AddBroadcast,
    ApproveBroadcast,
    CopyBroadcast,
    DropBroadcast,
    EditBroadcast,
    ReturnBroadcast,
    SubmitBroadcast,
    TestBroadcast,
)
from bot.service.broadcasts.reaching import all_faults, readers_of
from bot.service.broadcasts.targets import targets

LONGEST_KEY = 40
APPROVED = ngettext(
    "It is approved, and is sent at its time. As things are now, {count} person gets it.",
    "It is approved, and is sent at its time. As things are now, {count} people get it.",
    "count",
)
SAVED = pgettext("broadcast", "It is saved as a draft. Send it to approval when it is ready.")


@dataclass(frozen=True, slots=True)
class _Read:
    """A form as it was sent: its empty form, its fields, and its file."""

    empty: Form
    read: Submitted
    media: Media


async def write_new(request: web.Request) -> web.StreamResponse:
    """Add a draft and show it, or show its form again."""
    read = await _read(request, None)
    form = await form_of(request)
    if (changed := await after_press(request, read.empty)) is not None:
        return await _again(request, read, None, written=changed)
    if read.read.faults or form.get("do") == CHECK:
        return await _again(request, read, None)
    key = form.get(KEY, "")[:LONGEST_KEY]
    answer = await ask(request, AddBroadcast(staff_of(request).id, read.read.fields, key))
    if isinstance(answer, Refused):
        return await _again(request, read, None, answer)
    flash(request, SAVED)
    return go(f"broadcasts/{answer.value}")


async def write_edit(request: web.Request) -> web.StreamResponse:
    """Change a draft and show it, or show its form again."""
    form = await form_of(request)
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
    read = await _read(request, known)
    if (changed := await after_press(request, read.empty)) is not None:
        return await _again(request, read, known, written=changed)
    if read.read.faults or form.get("do") == CHECK:
        return await _again(request, read, known)
    version = number_of(form.get("version")) or 0
    command = EditBroadcast(staff_of(request).id, known.id, version, read.read.fields)
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await _again(request, read, known, answer)
    flash(request, _("The news is changed."))
    return go(f"broadcasts/{known.id}")


async def _read(request: web.Request, known: Broadcast | None) -> _Read:
    """Read a form, with its file."""
    form, empty = await form_of(request), await empty_form(request, known)
    media = await media_of(request, known)
    async with context_of(request).store.reading() as unit:
        present = values_of(known, unit) if known is not None else {}
        sent = Sent(form, unit, user_of(request).language, present)
        read = submitted(sent, empty, await targets(unit), media)
    return _Read(empty, read, Media() if isinstance(media, Refused) else media)


async def _again(
    request: web.Request,
    read: _Read,
    known: Broadcast | None,
    answer: Refused | None = None,
    *,
    written: MultiDict[str] | None = None,
) -> web.Response:
    """Return the form as it was sent, with the faults at its fields; or as a button changed it."""
    draft = _draft(read.read.fields, known)
    async with context_of(request).store.reading() as unit:
        faults = await all_faults(unit, draft)
    form = replace(read.empty, written=await form_of(request) if written is None else written)
    if written is not None:
        return await writing_page(request, form, draft, media=read.media)
    if answer is not None:
        form = form.refused(form.written, at_field(answer))
    else:
        form = replace(form, faults=read.read.faults)
    refused = set(form.faults)
    hints = {name: some for name, some in by_field(faults, form).items() if name not in refused}
    return await writing_page(request, replace(form, hints=hints), draft, media=read.media)


def _draft(fields: Mapping[str, Any], known: Broadcast | None) -> Broadcast:
    """Return the broadcast that a form makes."""
    return replace(known or BLANK, **fields)


async def check_new(request: web.Request) -> web.StreamResponse:
    """Return what is found in the form of a new broadcast, while it is written."""
    return await _checked(request, None)


async def check_edit(request: web.Request) -> web.StreamResponse:
    """Return what is found in the form of a draft, while it is written."""
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
    return await _checked(request, known)


async def _checked(request: web.Request, known: Broadcast | None) -> web.Response:
    read = await _read(request, known)
    shown = await checked(request, _draft(read.read.fields, known))
    return fragment(request, "checked.html", shown=shown)


async def copy(request: web.Request) -> web.StreamResponse:
    """Copy a broadcast to a draft, and show the form of the copy."""
    answer = await ask(request, CopyBroadcast(staff_of(request).id, _id(request)))
    if isinstance(answer, Refused):
        raise web.HTTPNotFound
    flash(request, _("This is the copy. Change what is different."))
    return go(f"broadcasts/{answer.value}/edit")


async def drop(request: web.Request) -> web.StreamResponse:
    """Delete a draft, after asking once."""
    known = await _known(request)
    question = _("Delete the draft “{title}”?").with_(title=known.title)
    page = await unless_sure(request, question, _("Delete it"), _path(request))
    if page is not None:
        return page
    answer = await ask(request, DropBroadcast(staff_of(request).id, known.id))
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
        return go(_path(request))
    flash(request, _("The draft is deleted."))
    return go("broadcasts")


async def submit(request: web.Request) -> web.StreamResponse:
    """Send a draft to its approval."""
    command = SubmitBroadcast(staff_of(request).id, _id(request))
    return await act(request, command, _("It waits for the approval of a leader."), _path(request))


async def approve(request: web.Request) -> web.StreamResponse:
    """Approve a broadcast that its approver has read, or show the form again."""
    known, form = await _known(request), await form_of(request)
    version = number_of(form.get("version")) or 0
    reason = form.get("let_stand", "")
    command = ApproveBroadcast(staff_of(request).id, known.id, version, reason)
    async with context_of(request).store.reading() as unit:
        readers = await readers_of(unit, known)
    number = readers.reach.number if readers is not None else 0
    said = APPROVED.with_(count=number)
    return await _on_page(request, known, approve_form(known, ()), command, said)


async def give_back(request: web.Request) -> web.StreamResponse:
    """Send a broadcast back to its author, or show the form again without a reason."""
    known, form = await _known(request), await form_of(request)
    command = ReturnBroadcast(staff_of(request).id, known.id, form.get("reason", ""))
    said = _("It is returned to its author.")
    return await _on_page(request, known, return_form(known), command, said)


async def test(request: web.Request) -> web.StreamResponse:
    """Send a broadcast to one's own chat."""
    command = TestBroadcast(staff_of(request).id, _id(request))
    return await act(request, command, _("It is on its way to your own chat."), _path(request))


async def _on_page(
    request: web.Request, known: Broadcast, empty: Form, command: Any, said: Text
) -> web.StreamResponse:
    """Execute the command of a form on the broadcast's page, or show the form again."""
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        return await draft_page(request, known, empty.refused(await form_of(request), answer))
    flash(request, said)
    return go(f"broadcasts/{known.id}")


async def _known(request: web.Request) -> Broadcast:
    async with context_of(request).store.reading() as unit:
        return await broadcast_of(request, unit)


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _path(request: web.Request) -> str:
    return f"broadcasts/{_id(request)}"
