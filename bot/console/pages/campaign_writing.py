"""The forms of a campaign: write, extend and cancel it, and sign it for a person who rings."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.campaign_acts import LONGEST_REASON
from bot.console.campaign_form import (
    EMPTY,
    at_field,
    campaign_fields,
    choices_for,
    values_of,
)
from bot.console.cells import Cell, Line, Part
from bot.console.console_context import context_of
from bot.console.form import Field, Fold, Form
from bot.console.form_input import form_of, number_of
from bot.console.pages.campaign import campaign_of, way_to
from bot.console.pages.campaigns import WAY
from bot.console.pages.opportunity_writing import TOLD, reason_form
from bot.console.pages.participants import entering_fold
from bot.console.pages.pledge_writing import person_form
from bot.console.participant_choice import choice_page
from bot.console.pledge_forms import AGREED
from bot.console.record_page import RecordPage, Section, record_page
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext
from bot.model.campaign import UNAPPROVED, Campaign, CampaignState
from bot.model.pledge import LIVE
from bot.service.pledges.campaign_days import is_signable

CONFIRMED = "confirmed"  # the hidden field: the high target that staff were warned about
OVER = frozenset({CampaignState.COMPLETED, CampaignState.CANCELLED})
NOT_SAVED = _("It is not saved yet. Save it if you keep the target, else change it.")


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form of a new campaign; of a new version with the words of the earlier one."""
    previous = await previous_of(request, request.query.get("previous"))
    values = EMPTY if previous is None else values_of(previous)
    return await writing_page(request, (await form_for(request, previous=previous)).filled(values))


async def previous_of(request: web.Request, written: str | None) -> Campaign | None:
    """Return the campaign that a new version replaces; None for a new campaign."""
    async with context_of(request).store.reading() as unit:
        return await unit.campaigns.get(number_of(written) or 0)


async def editable(request: web.Request) -> Campaign:
    """Return the campaign in the address; raise `HTTPNotFound` where its words are frozen."""
    async with context_of(request).store.reading() as unit:
        known = await campaign_of(request, unit)
    if known.state not in UNAPPROVED:
        raise web.HTTPNotFound
    return known


async def show_edit(request: web.Request) -> web.StreamResponse:
    """Show the form of a campaign that is not approved yet."""
    known = await editable(request)
    form = (await form_for(request, known)).filled(values_of(known))
    return await writing_page(request, form, known)


async def form_for(
    request: web.Request, known: Campaign | None = None, *, previous: Campaign | None = None
) -> Form:
    """Return the form without values; *known* is changed by it, *previous* is replaced."""
    async with context_of(request).store.reading() as unit:
        fields = campaign_fields(await choices_for(request, unit))
    if known is not None:
        path, hidden = f"campaigns/{known.id}", {"version": known.version}
        return Form(f"{path}/edit", fields, _("Keep the changes"), cancel=path, hidden=hidden)
    hidden = {"previous": previous.id} if previous is not None else {}
    cancel = "campaigns" if previous is None else f"campaigns/{previous.id}"
    return Form(
        "campaigns/new", fields, pgettext("pledge", "Save as a draft"), cancel=cancel, hidden=hidden
    )


async def writing_page(
    request: web.Request,
    form: Form,
    known: Campaign | None = None,
    notices: Sequence[Text] = (),
) -> web.Response:
    """Return the page of the form, with *notices* above it."""
    lines: list[Cell] = [Line(one, "notice") for one in notices]
    title: Text = _("New shared pledge")
    if "previous" in form.hidden:
        title = _("New version of a shared pledge")
        about = _("When it is approved, it replaces the one before. Its signers are invited.")
        lines.append(Line(about, "quiet"))
    if known is not None and known.state is CampaignState.IN_REVIEW:
        about = _("A change makes it a draft again, which must be approved anew.")
        lines.append(Line(about, "quiet"))
    page = RecordPage(
        title if known is None else _("Change the shared pledge"),
        (Section(lines=lines, forms=(form,)),),
        way=WAY if known is None else way_to(known),
    )
    return await record_page(request, page)


async def refused_page(
    request: web.Request, form: Form, answer: Refused, known: Campaign | None
) -> web.Response:
    """Return the page of the form as it was sent, with the reason at the field."""
    shown = form.refused(await form_of(request), at_field(answer))
    return await writing_page(request, shown, known)


async def show_cancel(request: web.Request) -> web.StreamResponse:
    """Show how many people are told, with the form that cancels a campaign."""
    known = await cancellable(request)
    return await cancel_page(request, known, cancel_form(known))


async def cancellable(request: web.Request) -> Campaign:
    """Return the campaign in the address; raise `HTTPNotFound` where it has ended."""
    async with context_of(request).store.reading() as unit:
        known = await campaign_of(request, unit)
    if known.state in OVER:
        raise web.HTTPNotFound
    return known


def cancel_form(known: Campaign) -> Form:
    """Return the form that cancels a campaign."""
    path = f"campaigns/{known.id}"
    return reason_form(f"{path}/cancel", _("Cancel it"), path)


async def cancel_page(request: web.Request, known: Campaign, form: Form) -> web.Response:
    """Return the page that says how many learn of it, and asks for the reason."""
    async with context_of(request).store.reading() as unit:
        told = TOLD.with_(count=await unit.pledges.count_live(known.id))
    lines = (
        Line(Part(told, tag="strong")),
        Line(_("They are released from it. It cannot be opened again."), "quiet"),
    )
    title = _("Cancel “{title}”?").with_(title=known.title)
    section = Section(lines=lines, forms=(form,))
    return await record_page(request, RecordPage(title, (section,), way=way_to(known)))


async def extendable(request: web.Request) -> Campaign:
    """Return the campaign in the address; raise `HTTPNotFound` where it cannot be extended."""
    async with context_of(request).store.reading() as unit:
        known = await campaign_of(request, unit)
    if known.state not in {CampaignState.OPEN, CampaignState.EXPIRED_UNMET}:
        raise web.HTTPNotFound
    return known


async def show_extend(request: web.Request) -> web.StreamResponse:
    """Show the form that extends the deadline once."""
    known = await extendable(request)
    return await extend_page(request, known, extend_form(known))


def extend_form(known: Campaign) -> Form:
    """Return the form that extends the deadline."""
    path = f"campaigns/{known.id}"
    reason = Field(
        "reason",
        pgettext("campaign", "Reason"),
        "area",
        _("All who signed read it, in Danish."),
        longest=LONGEST_REASON,
        rows=3,
    )
    fields = (Field("deadline", _("The new last day"), "date"), reason)
    return Form(f"{path}/extend", fields, _("Extend it"), cancel=path)


async def extend_page(request: web.Request, known: Campaign, form: Form) -> web.Response:
    """Return the page of the form that extends the deadline."""
    async with context_of(request).store.reading() as unit:
        told = TOLD.with_(count=await unit.pledges.count_live(known.id))
    lines = (
        Line(Part(told, tag="strong")),
        Line(_("Each of them may withdraw. It can be extended only once."), "quiet"),
    )
    page = RecordPage(
        _("Extend the deadline"), (Section(lines=lines, forms=(form,)),), way=way_to(known)
    )
    return await record_page(request, page)


async def signable(request: web.Request) -> Campaign:
    """Return the campaign in the address; raise `HTTPNotFound` where it cannot be signed."""
    async with context_of(request).store.reading() as unit:
        known = await campaign_of(request, unit)
        if not is_signable(unit, known):
            raise web.HTTPNotFound
    return known


async def show_sign(request: web.Request) -> web.StreamResponse:
    """Show participants, to choose who signs by phone."""
    return await sign_page(request, await signable(request))


def consent_form(known: Campaign, participant_id: int) -> Form:
    """Return the form for a person who has not yet said what is asked once (HR-7, HR-20)."""
    hidden = {"participant": participant_id}
    path = f"campaigns/{known.id}/sign"
    return Form(path, (AGREED,), SIGN, hidden=hidden, prefix="consent-")


SIGN = pgettext("staff", "Sign")


async def sign_page(
    request: web.Request, known: Campaign, refused: Form | None = None, asks: Form | None = None
) -> web.Response:
    """Return the page on which staff sign for a person; *asks* must be answered first.

    *refused* is the form that enters a person, as it was sent.
    """
    path = f"campaigns/{known.id}/sign"
    async with context_of(request).store.reading() as unit:
        signed = await unit.pledges.signatures(known.id, LIVE)
    fold = entering_fold(person_form(f"{path}/enter"), refused)
    above: Sequence[Cell] = (fold,)
    if asks is not None:
        above = (Fold(_("Ask the person first"), asks, "agree", is_open=True), fold)
    return await choice_page(
        request,
        title=_("Sign for somebody who rings"),
        path=path,
        way=way_to(known),
        taken={one.participant_id for one in signed if one.participant_id is not None},
        is_taken=_("Has signed"),
        label=SIGN,
        above=above,
        status=(asks or fold.form).status,
    )
