"""Form handlers for campaigns: write, approve, extend, complete and sign them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.console.actions.participants import person_of
from bot.console.campaign_acts import return_form
from bot.console.campaign_form import submitted, warning_of
from bot.console.confirmation import unless_sure
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form import Form
from bot.console.form_check import fault_in
from bot.console.form_dates import date_of
from bot.console.form_input import form_of, number_of
from bot.console.language_fields import texts_of
from bot.console.pages.campaign import campaign_of, campaign_page, counter_form
from bot.console.pages.campaign_writing import (
    CONFIRMED,
    NOT_SAVED,
    cancel_form,
    cancel_page,
    cancellable,
    consent_form,
    editable,
    extend_form,
    extend_page,
    extendable,
    form_for,
    previous_of,
    refused_page,
    sign_page,
    signable,
    writing_page,
)
from bot.console.pages.opportunity_writing import other_reasons
from bot.console.pages.participants import known_by_phone
from bot.console.pages.pledge_writing import person_form
from bot.console.render import flash
from bot.console.responses import act, ask, go
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.campaign import Campaign, CampaignState, CounterState
from bot.model.commands.pledges import (
    AddCampaign,
    AnswerCounter,
    ApproveCampaign,
    CancelCampaign,
    CompleteCampaign,
    EditCampaign,
    ExtendCampaign,
    ReturnCampaign,
    SignCampaignFor,
    SubmitCampaign,
)

SIGNED = _("It is signed: {signers} have signed, {missing} are missing.")
NO_STATE = Refused(_("Choose how it went."), "state")
NO_DEADLINE = Refused(_("Write the last day, such as 15.4.2027."), "deadline")


async def write_new(request: web.Request) -> web.StreamResponse:
    """Add a draft and show it, or show its form again: refused, or with the warning."""
    form = await form_of(request)
    previous = await previous_of(request, form.get("previous"))
    empty = await form_for(request, previous=previous)
    fields = fault_in(empty, form) or submitted(form)
    if isinstance(fields, Refused):
        return await refused_page(request, empty, fields, None)
    warned = await _warned(request, empty, fields, None)
    if warned is not None:
        return warned
    before = previous.id if previous is not None else None
    answer = await ask(request, AddCampaign(staff_of(request).id, fields, before))
    if isinstance(answer, Refused):
        return await refused_page(request, empty, answer, None)
    flash(request, _("It is saved as a draft. Send it to approval when it is ready."))
    return go(f"campaigns/{answer.value}")


async def write_edit(request: web.Request) -> web.StreamResponse:
    """Change a campaign and show it, or show its form again."""
    known, form = await editable(request), await form_of(request)
    empty = await form_for(request, known)
    fields = fault_in(empty, form) or submitted(form)
    if isinstance(fields, Refused):
        return await refused_page(request, empty, fields, known)
    warned = await _warned(request, empty, fields, known)
    if warned is not None:
        return warned
    version = number_of(form.get("version")) or 0
    answer = await ask(request, EditCampaign(staff_of(request).id, known.id, version, fields))
    if isinstance(answer, Refused):
        return await refused_page(request, empty, answer, known)
    flash(request, _("The shared pledge is changed."))
    return go(f"campaigns/{known.id}")


async def _warned(
    request: web.Request, empty: Form, fields: Mapping[str, Any], known: Campaign | None
) -> web.Response | None:
    """Return the form with the warning of a high target; None where staff have seen it."""
    form, target = await form_of(request), fields["target"]
    if form.get(CONFIRMED) == str(target) or (known is not None and known.target == target):
        return None
    async with context_of(request).store.reading() as unit:
        notices = await warning_of(unit, target)
    if not notices:
        return None
    hidden = {**empty.hidden, CONFIRMED: target}
    shown = replace(empty, written=form, hidden=hidden)
    return await writing_page(request, shown, known, (*notices, NOT_SAVED))


async def submit(request: web.Request) -> web.StreamResponse:
    """Send a draft to its approval."""
    command = SubmitCampaign(staff_of(request).id, _id(request))
    return await act(request, command, _("It waits for approval by another."), _path(request))


async def approve(request: web.Request) -> web.StreamResponse:
    """Open a campaign for signatures, after its approver has read the words."""
    version = number_of((await form_of(request)).get("version")) or 0
    command = ApproveCampaign(staff_of(request).id, _id(request), version)
    return await act(request, command, _("It is open: people can sign now."), _path(request))


async def give_back(request: web.Request) -> web.StreamResponse:
    """Send a campaign back to its draft, or show the form again without a reason."""
    form = await form_of(request)
    command = ReturnCampaign(staff_of(request).id, _id(request), form.get("reason", ""))
    known = await _campaign(request)
    return await _on_page(request, known, return_form(known), command, _("It is returned."))


async def counter(request: web.Request) -> web.StreamResponse:
    """Publish what became of the municipality's own pledge, or show the form again."""
    known, form = await _campaign(request), await form_of(request)
    command: Any = NO_STATE
    if form.get("state") in list(CounterState):
        words = texts_of(form, "words")
        command = AnswerCounter(staff_of(request).id, known.id, form["state"], words)
    said = _("Everybody can read it now.")
    return await _on_page(request, known, counter_form(known), command, said)


async def _on_page(
    request: web.Request, known: Campaign, empty: Form, command: Any, said: Text
) -> web.StreamResponse:
    """Execute the command of a form on the campaign's page, or show the form again."""
    form = await form_of(request)
    command = fault_in(empty, form) or command
    answer = command if isinstance(command, Refused) else await ask(request, command)
    if isinstance(answer, Refused):
        if answer.field == "words":
            answer = replace(answer, field="words_da")
        shown = empty.refused(form, answer)
        return await campaign_page(request, known, shown)
    flash(request, said)
    return go(f"campaigns/{known.id}")


async def complete(request: web.Request) -> web.StreamResponse:
    """Close a campaign and publish its result; refused while an obstacle has no answer."""
    question = _("Complete it now? Answers that come later are not counted.")
    known = await _campaign(request)
    if known.state is CampaignState.FOLLOW_UP:
        page = await unless_sure(request, question, _("Complete it"), _path(request), look="solid")
        if page is not None:
            return page
    command = CompleteCampaign(staff_of(request).id, known.id)
    return await act(request, command, _("Its result is published."), _path(request))


async def extend(request: web.Request) -> web.StreamResponse:
    """Extend the deadline once, or show the form again."""
    known, form = await extendable(request), await form_of(request)
    empty, by, reason = extend_form(known), staff_of(request).id, form.get("reason", "")
    answer: Any = fault_in(empty, form)
    if answer is None:
        deadline = date_of(form.get("deadline"))
        command = ExtendCampaign(by, known.id, deadline, reason) if deadline else NO_DEADLINE
        answer = command if isinstance(command, Refused) else await ask(request, command)
    if isinstance(answer, Refused):
        return await extend_page(request, known, empty.refused(form, answer))
    flash(request, _("The deadline is extended. All who signed are told."))
    return go(_path(request))


async def cancel(request: web.Request) -> web.StreamResponse:
    """Cancel a campaign with a reason, or show the form again."""
    known, form = await cancellable(request), await form_of(request)
    empty, reason, others = cancel_form(known), form.get("reason", ""), other_reasons(form)
    command = CancelCampaign(staff_of(request).id, known.id, reason, others)
    answer = fault_in(empty, form) or await ask(request, command)
    if isinstance(answer, Refused):
        return await cancel_page(request, known, empty.refused(form, answer))
    flash(request, _("The shared pledge is cancelled."))
    return go(_path(request))


async def sign(request: web.Request) -> web.StreamResponse:
    """Sign for a chosen person, or ask staff to ask the person first."""
    known = await signable(request)
    return await _sign(request, known, number_of((await form_of(request)).get("participant")) or 0)


async def enter(request: web.Request) -> web.StreamResponse:
    """Enter a person who is not in the chat, then sign for them."""
    known, form = await signable(request), await form_of(request)
    answer = await ask(request, person_of(request, form))
    if isinstance(answer, Refused):
        path = f"campaigns/{known.id}/sign/enter"
        empty = person_form(path, await known_by_phone(request, form))
        return await sign_page(request, known, empty.refused(form, answer))
    return await _sign(request, known, answer.value)


async def _sign(request: web.Request, known: Campaign, participant_id: int) -> web.StreamResponse:
    """Sign a campaign for a participant, with what the person has agreed to."""
    form, staff_id = await form_of(request), staff_of(request).id
    agreed = "agreed" in form
    answer = await ask(request, SignCampaignFor(staff_id, participant_id, known.id, agreed))
    if isinstance(answer, Refused) and answer.field == "agreed":
        asks = consent_form(known, participant_id).refused(form, answer)
        return await sign_page(request, known, asks=asks)
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        done = answer.value
        flash(request, SIGNED.with_(signers=done["signers"], missing=done["missing"]))
    return go(f"campaigns/{known.id}")


async def _campaign(request: web.Request) -> Campaign:
    async with context_of(request).store.reading() as unit:
        return await campaign_of(request, unit)


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _path(request: web.Request) -> str:
    return f"campaigns/{_id(request)}"
