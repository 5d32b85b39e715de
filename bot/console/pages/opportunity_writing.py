"""The form of an opportunity, the page that ends one, and the choice of a contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiohttp import web
from multidict import MultiDict

from bot.calendar.recurrence import Holidays, from_json
from bot.calendar.rule_words import in_words
from bot.console.cells import Cell, Line, Part
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form import Field, Form
from bot.console.opportunity_form import (
    EMPTY,
    Choices,
    Submitted,
    at_field,
    opportunity_fields,
    values_of,
)
from bot.console.pages.opportunities import WAY
from bot.console.pages.opportunity import opportunity_of, way_to
from bot.console.participant_choice import choice_page
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.recurrence_form import is_shown_by_fields
from bot.console.town_labels import area_options, topic_options
from bot.engine.events import Refused
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, Text, _, ngettext, pgettext
from bot.model.opportunity import Opportunity, OpportunityState
from bot.model.signup import LIVE, SignupState
from bot.model.staff import May
from bot.service.volunteering.written import LONGEST_REASON, reason_field
from bot.store.unit import Unit

CONFIRMED = "confirmed"  # the hidden field: the reading that staff have seen
CONFIRM = _("It is not saved yet. Save it if this is right, else correct it.")
TOLD = ngettext(
    "{count} person gets a message with the reason.",
    "{count} people get a message with the reason.",
    "count",
)
CANCELLED = ngettext("{count} shift is cancelled.", "{count} shifts are cancelled.", "count")


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form of a new opportunity."""
    form = await empty_form(request)
    contacts = {"staff_contacts": (staff_of(request).id,)}
    return await writing_page(request, form.filled({**EMPTY, **contacts}))


async def show_edit(request: web.Request) -> web.StreamResponse:
    """Show the form of an opportunity with its present values."""
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
        contacts = await staff_contacts(unit, known)
    form = await empty_form(request, known)
    return await writing_page(request, form.filled(values_of(known, contacts)), known)


async def editable(request: web.Request, unit: Unit) -> Opportunity:
    """Return the opportunity in the address; raise `HTTPNotFound` for none, or an ended one."""
    known = await opportunity_of(request, unit)
    if known.state is OpportunityState.ENDED:
        raise web.HTTPNotFound
    return known


async def staff_contacts(unit: Unit, known: Opportunity) -> Sequence[int]:
    """Return the ids of the contacts who are staff."""
    contacts = await unit.opportunities.contacts(known.id)
    return [one.staff_id for one in contacts if one.staff_id is not None]


async def participant_contacts(unit: Unit, known: Opportunity) -> Sequence[int]:
    """Return the ids of the contacts who are participants."""
    contacts = await unit.opportunities.contacts(known.id)
    return [one.participant_id for one in contacts if one.participant_id is not None]


async def empty_form(request: web.Request, known: Opportunity | None = None) -> Form:
    """Return the form without values; *known* is changed by it, else a new one is added."""
    async with context_of(request).store.reading() as unit:
        everybody = [one for one in await unit.staff.all() if one.may(May.VOLUNTEERING)]
        groups = await unit.groups.live()
    choices = Choices(
        themes=topic_options(request),
        areas=area_options(request),
        staff=[(str(one.id), f"{one.first_name}, {one.unit}") for one in everybody],
        groups=[(str(one.id), one.name) for one in groups],
    )
    fields = opportunity_fields(choices)
    if known is None:
        return Form("opportunities/new", fields, _("Save as a draft"), cancel="opportunities")
    path = f"opportunities/{known.id}"
    hidden = {"version": known.version}
    return Form(f"{path}/edit", fields, _("Keep the changes"), cancel=path, hidden=hidden)


async def writing_page(
    request: web.Request,
    form: Form,
    known: Opportunity | None = None,
    notices: Sequence[Text] = (),
) -> web.Response:
    """Return the page of the form, with *notices* above it."""
    lines: list[Cell] = [Line(one, "notice") for one in notices]
    if known is None:
        section = Section(lines=lines, forms=(form,))
        return await record_page(request, RecordPage(_("New opportunity"), (section,), way=WAY))
    rule = from_json(known.rule["recurrence"]) if known.rule else None
    if rule is not None and not is_shown_by_fields(rule):
        lost = _("Its days cannot be shown below: {rule}. Write anew when it takes place.")
        lines.append(Line(lost.with_(rule=in_words(rule)), "notice"))
    if known.state is OpportunityState.OPEN:
        about = _(
            "New times replace the coming shifts without sign-ups. Shifts with sign-ups stay: "
            "change or cancel them one by one."
        )
        lines.append(Line(about, "quiet"))
    section = Section(lines=lines, forms=(form,))
    page = RecordPage(_("Change the opportunity"), (section,), way=way_to(known))
    return await record_page(request, page)


async def refused_page(
    request: web.Request, form: MultiDict[str], answer: Refused, known: Opportunity | None
) -> web.Response:
    """Return the page of the form as it was sent, with the reason at the field."""
    shown = (await empty_form(request, known)).refused(form, at_field(answer))
    return await writing_page(request, shown, known)


async def reading_page(
    request: web.Request, form: MultiDict[str], read: Submitted, known: Opportunity | None
) -> web.Response:
    """Return the form as it was sent, with how its time is read; the next save confirms it."""
    written = MultiDict(form)
    if read.meets_closed:
        written["holidays"] = Holidays.SKIP
    empty = await empty_form(request, known)
    hidden = {**empty.hidden, CONFIRMED: read.key}
    shown = replace(empty, written=written, hidden=hidden)
    lines = (*read.understood, CONFIRM)
    return await writing_page(request, shown, known, lines)


async def show_end(request: web.Request) -> web.StreamResponse:
    """Show what ending an opportunity sends, with the form that ends it."""
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
    return await end_page(request, known, end_form(known))


def end_form(known: Opportunity) -> Form:
    """Return the form that ends an opportunity."""
    return reason_form(
        f"opportunities/{known.id}/end",
        _("End it"),
        f"opportunities/{known.id}",
        required=known.state is not OpportunityState.DRAFT,
    )


def reason_form(path: str, submit: Text, cancel: str, *, required: bool = True) -> Form:
    """Return a form that asks for the reason which volunteers read, Danish first."""
    fields = [
        Field(
            reason_field(language),
            _("{label} ({language})").with_(
                label=pgettext("cancellation", "Reason"), language=LANGUAGE_NAMES[language]
            ),
            "area",
            _("Those who are signed up read it. Nothing about a person.")
            if language == "da"
            else _("What is left empty is shown in Danish, with a note."),
            required=required and language == "da",
            longest=LONGEST_REASON,
            rows=3,
            lang=language,
        )
        for language in LANGUAGES
    ]
    return Form(path, fields, submit, cancel=cancel, look="danger")


def other_reasons(form: MultiDict[str]) -> dict[str, str]:
    """Return the reason of a form by language, without the Danish one."""
    others = [one for one in LANGUAGES if one != "da"]
    return {language: form.get(reason_field(language), "") for language in others}


async def end_page(request: web.Request, known: Opportunity, form: Form) -> web.Response:
    """Return the page that says what ending an opportunity does, and asks for the reason."""
    async with context_of(request).store.reading() as unit:
        shifts = await unit.shifts.of([known.id], after=unit.now)
        counts = await unit.shifts.counts([one.id for one in shifts])
        agreed = await unit.signups.of_opportunity(known.id, LIVE)
    told = len(agreed) + sum(live_of(one) for one in counts.values())
    lines = (
        Line(_("It can no longer be found, and cannot be opened again.")),
        Line(CANCELLED.with_(count=len(shifts))),
        Line(Part(TOLD.with_(count=told), tag="strong")),
    )
    title = _("End “{title}”?").with_(title=known.title)
    section = Section(lines=lines, forms=(form,))
    return await record_page(request, RecordPage(title, (section,), way=way_to(known)))


def live_of(counts: Mapping[SignupState, int]) -> int:
    """Return how many of a shift's sign-ups are told that it is cancelled."""
    return sum(number for state, number in counts.items() if state in LIVE)


async def show_contacts(request: web.Request) -> web.StreamResponse:
    """Show participants to choose as a contact, found by name."""
    async with context_of(request).store.reading() as unit:
        known = await editable(request, unit)
        taken = set(await participant_contacts(unit, known))
    return await choice_page(
        request,
        title=_("Add a contact to {title}").with_(title=known.title),
        path=f"opportunities/{known.id}/contacts/add",
        way=way_to(known),
        taken=taken,
        is_taken=_("Is a contact"),
        label=_("Add"),
    )
