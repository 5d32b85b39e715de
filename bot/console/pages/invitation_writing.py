"""The form of an invitation to volunteer, the choice of named people, and the preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from multidict import MultiDict

from bot.console.audience_builder import FIRST as FIRST_LINE
from bot.console.audience_builder import audience_of, builder_of
from bot.console.audience_form import Use, audience_builder
from bot.console.audience_labels import audience_words
from bot.console.cells import Block, Cell, Line, Link, Part, Title
from bot.console.chat_preview import as_shown
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form import Field, Fields, Form
from bot.console.form_input import number_of
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.invitations import (
    ALL_AT_ONCE,
    INVITE,
    SHORTAGE,
    way_to_place,
)
from bot.console.pages.opportunity_writing import editable
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE, reached_by
from bot.console.pages.shift_writing import changeable
from bot.console.paging import asked_before, paged
from bot.console.reach_words import reach_lines
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.reminder_fields import let_stand_fields, text_fields
from bot.console.reminder_form import hidden_of
from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.i18n import Text, _, ngettext
from bot.model.audience import PERSON, Audience, Is, Or, readable, to_json
from bot.model.commands.volunteering import AddInvitation
from bot.model.delivery import Delivery, MessageClass
from bot.model.invitation import AT_A_TIME, INVITATION, VolunteerInvitation
from bot.model.opportunity import Kind, Opportunity, OpportunityState, Shift
from bot.model.staff import May
from bot.runner.signups import shown_in
from bot.service.volunteering.invitations import first_of_draft, reach_of_draft
from bot.service.volunteering.queue import free_places
from bot.store.unit import Unit
from flows import invitation_cards

MOST_NAMED = 20  # people who are chosen by name
SAMPLES = 5
FIELD_OF: Mapping[str, str] = {"texts": "text_da", "audience": FIRST_LINE}
NO_ONE = Refused(_("Choose who is to be asked."), FIRST_LINE)
ASKED, ASKED_TOO = _("Who is asked"), _("Who is asked, too")
FIRST = ngettext(
    "Up to {count} person is asked first, and more every four hours while people are missing.",
    "Up to {count} people are asked first, and more every four hours while people are missing.",
    "count",
)


def ids_of(written: str) -> Sequence[int]:
    """Return the ids in a list with commas, each once, in order; other words are left out."""
    found = [number_of(one) for one in written.split(",")]
    return list(dict.fromkeys(one for one in found if one))[:MOST_NAMED]


@dataclass(frozen=True, slots=True)
class Place:
    """What people are invited for, and the page of it."""

    opportunity: Opportunity
    shift: Shift | None

    @property
    def path(self) -> str:
        """Return the path of the form."""
        if self.shift is None:
            return f"opportunities/{self.opportunity.id}/invite"
        return f"shifts/{self.shift.id}/invite"

    @property
    def way(self) -> Link:
        """Return the link back."""
        return way_to_place(self.opportunity, self.shift)


async def place_of(request: web.Request, unit: Unit) -> Place:
    """Return what the address invites for; raise `HTTPNotFound` where sign-ups are closed."""
    if "/shifts/" in request.path:
        place = Place(*await changeable(request, unit))
    else:
        place = Place(await editable(request, unit), None)
    known = place.opportunity
    fits = place.shift is not None or known.kind is Kind.AGREEMENT
    if known.state is not OpportunityState.OPEN or not fits:
        raise web.HTTPNotFound
    return place


async def show_invite(request: web.Request) -> web.StreamResponse:
    """Show the form of a new invitation; the address may name people."""
    async with context_of(request).store.reading() as unit:
        place = await place_of(request, unit)
        named = ids_of(request.query.get("who", ""))
        form = await empty_form(request, unit, place, named)
    values = {"quota": 1, "people": tuple(named), "shortage": None}
    return await writing_page(request, place, form.filled(values))


async def empty_form(request: web.Request, unit: Unit, place: Place, named: Sequence[int]) -> Form:
    """Return the form without values; *named* are the people who were chosen by name."""
    wanted = (place.opportunity, place.shift)
    names = await unit.participants.names(named)
    options = [(str(key), names[key] or _("Without a name")) for key in named if key in names]
    who = await audience_builder(
        request,
        unit,
        Use.INVITATION,
        label=ASKED_TOO if options else ASKED,
        required=not options,
        wanted=wanted,
    )
    leads = user_of(request).may(May.OVERRIDE)
    fields: Fields = (
        *text_fields(),
        Field("quota", _("How many you need"), "number"),
        *(
            (Field("people", _("People by name"), "ticks", options=options, required=False),)
            if options
            else ()
        ),
        who,
        Field(
            "shortage",
            _("Ask only those who fit and have time, a few at a time"),
            "tick",
            _(
                "They have what is needed before the first time, have no other task at that time, "
                "want to be asked, and were not invited within two weeks. The best match comes "
                "first."
            ),
            required=False,
        ),
        *(let_stand_fields() if leads else ()),
    )
    return Form(place.path, fields, _("See the preview"), cancel=place.way.path)


def named_in(form: MultiDict[str]) -> Sequence[int]:
    """Return the people by name in a form that was sent."""
    return ids_of(",".join(form.getall("people", [])))


def command_of(
    form: MultiDict[str], shown: Form, place: Place, staff_id: int
) -> AddInvitation | Refused:
    """Return the command of a form, or why it gives none."""
    people = shown.by_name.get("people")
    known = {value for value, _label in people.options} if people is not None else set()
    each: list[Audience] = [Is(PERSON, str(one)) for one in named_in(form) if str(one) in known]
    built = audience_of(form, builder_of(shown).choices, NO_ONE.why)
    if isinstance(built, Refused):
        return built
    if built is not None:
        each.append(built)
    if not each:
        return NO_ONE
    return AddInvitation(
        staff_id,
        place.opportunity.id,
        place.shift.id if place.shift is not None else None,
        {"da": form.get("text_da", ""), "en": form.get("text_en", "")},
        to_json(each[0] if len(each) == 1 else Or(tuple(each))),
        number_of(form.get("quota")) or 0,
        shortage="shortage" in form,
        let_stand=form.get("let_stand") or None,
    )


def at_field(answer: Refused) -> Refused:
    """Return a service's refusal at the form's field."""
    return Refused(answer.why, FIELD_OF.get(answer.field, answer.field))


async def writing_page(request: web.Request, place: Place, form: Form) -> web.Response:
    """Return the page of the form."""
    named = f"{place.path}/people"
    if ids := form.values("people"):
        named += "?" + urlencode({"who": ",".join(ids)})
    lead = _(
        "They read your words, what it is for, and your first name. They answer by a button. "
        "Those who do not answer are asked once more."
    )
    section = Section(
        lines=(
            Line(lead, "quiet"),
            Line(Link(_("Choose people by name"), named, "button", icon="person")),
        ),
        forms=(form,),
    )
    return await record_page(request, RecordPage(INVITE, (section,), way=place.way))


async def show_people(request: web.Request) -> web.StreamResponse:
    """Show people to choose by name; the chosen ones are in the address."""
    words = request.query.get("q", "").strip()[:LONGEST_SEARCH]
    named = ids_of(request.query.get("who", ""))
    async with context_of(request).store.unit() as unit:
        place = await place_of(request, unit)
        await unit.participants.complete()
        found = await unit.participants.search(words, ON_A_PAGE + 1, before=asked_before(request))
        names = await unit.participants.names(named)
    last = found[:ON_A_PAGE][-1].id if found else None
    people, paging = paged(request, found, ON_A_PAGE, last)
    path = f"{place.path}/people"

    def to(ids: Sequence[int], page: str = path) -> str:
        query = {"who": ",".join(map(str, ids)), **({"q": words} if page == path else {})}
        return f"{page}?{urlencode(query)}"

    def act(one: Any) -> Cell:
        if one.id in named:
            return Line(_("Chosen"), "quiet")
        if len(named) >= MOST_NAMED:
            return None
        name = one.first_name or _("Without a name")
        label = (_("Choose"), Part((" ", name), "unseen"))
        return Link(label, to([*named, one.id]), "button", icon="plus")

    field = Field("q", _("Name"), "search", required=False, longest=LONGEST_SEARCH)
    chosen: list[Cell] = [
        Line(
            (
                Part(names[key] or _("Without a name"), tag="strong"),
                " ",
                Link(
                    (_("Remove"), Part((" ", names[key]), "unseen")),
                    to([one for one in named if one != key]),
                ),
            )
        )
        for key in named
        if key in names
    ]
    shown = ListPage(
        _("Choose people by name"),
        people,
        (
            lambda one: Block(
                (
                    Title(one.first_name or _("Without a name")),
                    Line(reached_by(one.person_id), "quiet"),
                )
            ),
            act,
        ),
        css="todo",
        way=Link(INVITE, to(named, place.path)),
        filters=filters_of(
            request,
            path,
            (field,),
            hidden={"who": ",".join(map(str, named))},
            submit=_("Search"),
            icon="search",
        ),
        between=(
            *chosen,
            *(
                (Line(Link(_("Write the invitation"), to(named, place.path), "button solid")),)
                if chosen
                else ()
            ),
        ),
        empty=Line(_("There is no such person."), "empty"),
        paging=paging,
    )
    return await list_page(request, shown)


async def preview_page(
    request: web.Request,
    place: Place,
    form: MultiDict[str],
    shown: Form,
    draft: VolunteerInvitation,
) -> web.Response:
    """Return the preview of an invitation: its text, who is asked, and the form that sends it."""
    hidden = hidden_of(form, shown)
    async with context_of(request).store.unit() as unit:
        await unit.participants.complete()
        who = await audience_words(unit, readable(draft.audience))
        reached = await reach_of_draft(unit, draft)
        first = await first_of_draft(unit, draft, SAMPLES)
        is_full = place.shift is not None and await free_places(unit, place.shift) == 0
        text = as_shown(context_of(request).town, _send(request, unit, place, draft))
    full = _("All places are taken now. People are asked when a place is free.")
    how: list[Cell] = [Line(full, "notice")] if is_full else []
    how += [Line(SHORTAGE if draft.shortage else ALL_AT_ONCE, "quiet")]
    if draft.shortage:
        how.append(Line(FIRST.with_(count=draft.quota * AT_A_TIME), "quiet"))
    sections = (
        Section(_("As the chat shows it"), lines=text),
        Section(
            _("Who is asked"),
            lines=(
                Line((who, ":")),
                *reach_lines(reached),
                *how,
                *((Line(_("The first:"), "quiet"),) if first else ()),
            ),
            rows=[
                Line(
                    (
                        Link(
                            one.first_name or _("Without a name"),
                            f"volunteers/{one.participant_id}",
                        ),
                        " ",
                        Part(reached_by(one.person_id), "quiet"),
                    )
                )
                for one in first
            ],
        ),
        Section(
            _("Send it"),
            acts=(
                Form(
                    place.path,
                    submit=_("Send the invitation"),
                    hidden={**hidden, "do": "save"},
                    lead=_("In quiet hours it waits until they are over."),
                ),
                Form(
                    place.path,
                    submit=_("Change it"),
                    hidden={**hidden, "do": "change"},
                    look="",
                ),
            ),
        ),
    )
    title: Text = _("Preview of the invitation")
    return await record_page(request, RecordPage(title, sections, way=place.way))


def _send(request: web.Request, unit: Unit, place: Place, draft: VolunteerInvitation) -> Any:
    """Return what makes the message of an invitation in a language."""
    contact = staff_of(request).first_name
    never_sent = Delivery(
        0, INVITATION, 0, "", 0, MessageClass.NEWS, 1, unit.now, unit.now, asks=True
    )

    def send(language: str) -> Send:
        about = shown_in(language, unit.calendar, place.opportunity, place.shift, contact)
        words = invitation_cards.words_of(draft.texts, language)
        text = invitation_cards.asked(words, about, again=False)
        return invitation_cards.question(text, never_sent, again=False)

    return send
