"""One case: its page, and the parts of it that a script fetches after a change event."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from aiohttp import web

from bot.console.cases.act_forms import act_forms, withdrawal
from bot.console.cases.faq_suggestions import suggested
from bot.console.cases.labels import CLOSES, KINDS, MARKS, SOURCES, STATES
from bot.console.cases.message_forms import (
    FORMS,
    later_fields,
    text_field,
    text_form,
)
from bot.console.cases.submitted_form import SubmittedForm
from bot.console.cases.view import CaseView, view_of
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.render import at, fragment, page
from bot.engine.events import Refused
from bot.model.case import Case, id_of_number
from bot.model.commands.casework import ReadCase
from bot.service import execute
from bot.service.cases.thread import NO_CASE
from bot.store.unit import Unit

WORDS = {"STATES": STATES, "KINDS": KINDS, "SOURCES": SOURCES, "MARKS": MARKS, "CLOSES": CLOSES}


async def show_case(request: web.Request) -> web.StreamResponse:
    """Show a case; the citizen then sees the first name of its last reader."""
    return await case_page(request)


async def show_thread(request: web.Request) -> web.StreamResponse:
    """Return the parts of a case's page that may have changed; this records a reading, too."""
    return fragment(request, "case_live.html", **await shown_of(request, SubmittedForm()))


async def show_presence(request: web.Request) -> web.StreamResponse:
    """Return the colleagues present at a case, and record that the reader still is."""
    return await presence_line(request, await case_of(request))


async def show_suggestions(request: web.Request) -> web.StreamResponse:
    """Return FAQ entries for the words of the search, or for the citizen's last message."""
    view: CaseView = (await shown_of(request, SubmittedForm()))["view"]
    words = request.query.get("q", "").strip() or view.last_words
    async with context_of(request).store.reading() as unit:
        found = await suggested(context_of(request), unit, words, view.renderer.language)
    return fragment(request, "case_faq.html", found=found, view=view)


async def presence_line(request: web.Request, case: Case) -> web.Response:
    """Return the colleagues present at a case as HTML, with the id of the case's last event."""
    console, staff = context_of(request), staff_of(request)
    async with console.store.unit() as unit:
        await unit.presence.look(case.id, staff.id, console.clock.now())
    async with console.store.reading() as unit:
        present = await unit.presence.at(case.id, console.clock.now())
        last = await unit.events.last_of(case.id)
    beside = [one for one in present if one.staff_id != staff.id]
    return fragment(request, "case_presence.html", beside=beside, last=last)


def id_of(request: web.Request) -> int:
    """Return the id of the case with the number in the address; it need not exist."""
    return id_of_number(int(request.match_info["number"]))


async def case_of(request: web.Request) -> Case:
    """Return the case with the number in the address; raise `HTTPNotFound` without one."""
    async with context_of(request).store.reading() as unit:
        found = await unit.cases.by_number(int(request.match_info["number"]))
    if found is None:
        raise web.HTTPNotFound
    return found


@asynccontextmanager
async def opened(request: web.Request) -> AsyncIterator[tuple[Unit, Case]]:
    """Record the reader's id, then yield a unit to read the case; every page of a case uses this.

    Raise `HTTPNotFound` without such a case, `HTTPForbidden` where the reading is refused. Without
    a recorded reading no page shows any part of the case (HR-9).
    """
    console, staff, case_id = context_of(request), staff_of(request), id_of(request)
    async with console.store.unit() as unit:
        answer = await execute(ReadCase(staff.id, case_id), unit)
        if isinstance(answer, Refused):
            raise web.HTTPNotFound if answer == NO_CASE else web.HTTPForbidden
        await unit.presence.look(case_id, staff.id, console.clock.now())
    async with console.store.reading() as unit:
        case = await unit.cases.get(case_id)
        if case is None:
            raise web.HTTPNotFound
        yield unit, case


async def case_page(request: web.Request, submitted: SubmittedForm | None = None) -> web.Response:
    """Return the page of a case, with *submitted* as a form shown again; status 422 if refused."""
    submitted = submitted or SubmittedForm()
    shown = await shown_of(request, submitted)
    return await page(request, "case.html", status=422 if submitted.why else 200, **shown)


async def shown_of(request: web.Request, submitted: SubmittedForm) -> dict[str, Any]:
    """Return the variables of a case's templates; this records the reading of the case."""
    user, console = user_of(request), context_of(request)
    async with opened(request) as (unit, case):
        view = await view_of(unit, console, case, staff_of(request), user.language)
    return {
        "view": view,
        "submitted": submitted,
        "last": view.last_event or 0,
        "here": at(f"cases/{case.number}"),  # the page's address, also in the response to a form
        "forms": act_forms(view, submitted, user.language),
        "message_forms": [form for form in FORMS if form.is_open(view)],
        "text_form": partial(text_form, view, submitted),
        "text_field": partial(text_field, view),
        "later_fields": later_fields(view),
        "withdrawal": partial(withdrawal, case.number, submitted=submitted),
        **WORDS,
    }
