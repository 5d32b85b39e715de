"""Form handlers for obstacles: group alike ones, assign their answer, and give it once."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_check import fault_in
from bot.console.form_input import form_of, number_of
from bot.console.language_fields import texts_of
from bot.console.list_page import CHOOSE_FIRST, chosen_ids
from bot.console.pages.obstacles import grouping_form, grouping_page
from bot.console.pages.outcome import (
    ALSO_PUBLISH,
    FIELD_OF,
    assign_form,
    form_for,
    outcome_of,
    outcome_page,
    preview_page,
)
from bot.console.pledge_labels import staff_options
from bot.console.render import at, flash
from bot.console.responses import ask, go, go_back
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.commands.pledges import AnswerOutcome, AssignOutcome, GroupContributions
from bot.model.outcome import Outcome, OutcomeState

NO_TEXTS = Refused(_("Write the Danish text."))
ALREADY = _("It is answered already.")


async def group(request: web.Request) -> web.StreamResponse:
    """Group the chosen contributions by one command, after a page that names them."""
    form = await form_of(request)
    ids, back = chosen_ids(form), form.get("next", at("obstacles"))
    if not ids:
        flash(request, CHOOSE_FIRST, kind="refused")
        return go_back(back)
    shown = await grouping_form(request, ids, back)
    if "confirmed" not in form:
        return await grouping_page(request, ids, shown)
    command = GroupContributions(
        staff_of(request).id,
        ids,
        number_of(form.get("outcome_id")),
        form.get("title", ""),
        number_of(form.get("owner_id")),
    )
    answer = fault_in(shown, form) or await ask(request, command)
    if isinstance(answer, Refused):
        return await grouping_page(request, ids, shown.refused(form, answer))
    flash(request, _("They are grouped. Answer them here."))
    return go(f"outcomes/{answer.value}")


async def assign(request: web.Request) -> web.StreamResponse:
    """Give an answer another owner, or show the form again."""
    known, form = await _outcome(request), await form_of(request)
    command = AssignOutcome(staff_of(request).id, known.id, number_of(form.get("owner_id")) or 0)
    async with context_of(request).store.reading() as unit:
        empty = assign_form(known, await staff_options(unit))
    answer = fault_in(empty, form) or await ask(request, command)
    if isinstance(answer, Refused):
        return await outcome_page(request, known, refused=empty.refused(form, answer))
    flash(request, _("The other one is told."))
    return go(f"outcomes/{known.id}")


async def answer(request: web.Request) -> web.StreamResponse:
    """Show the message first; then answer once, or show the form again to change it."""
    known, form = await _outcome(request), await form_of(request)
    if known.state is OutcomeState.ANSWERED:
        flash(request, ALREADY, kind="refused")
        return go(f"outcomes/{known.id}")
    summaries, texts = texts_of(form, "summaries"), texts_of(form, "texts")
    empty, also_publish = await form_for(request, known), ALSO_PUBLISH.name in form
    is_summed_up = also_publish or ALSO_PUBLISH.name not in empty.by_name
    needed = {"summaries": summaries} if is_summed_up else {}
    missing = next(
        (name for name, one in (needed | {"texts": texts}).items() if not one.get("da")), None
    )
    if form.get("do") == "change":
        return await outcome_page(request, known, replace(empty, written=form))
    wrong = replace(NO_TEXTS, field=FIELD_OF[missing]) if missing else fault_in(empty, form)
    if wrong is not None:
        return await outcome_page(request, known, empty.refused(form, wrong))
    if form.get("do") != "send":
        return await preview_page(request, known)
    version = number_of(form.get("version")) or 0
    decided_by = form.get("decided_by", "")
    by = staff_of(request).id
    command = AnswerOutcome(by, known.id, version, summaries, texts, decided_by, also_publish)
    done = await ask(request, command)
    if isinstance(done, Refused):
        field = FIELD_OF.get(done.field, done.field)
        return await outcome_page(request, known, empty.refused(form, replace(done, field=field)))
    flash(request, _("It is answered. All who said so are told."))
    return go(f"outcomes/{known.id}")


async def _outcome(request: web.Request) -> Outcome:
    async with context_of(request).store.reading() as unit:
        return await outcome_of(request, unit)
