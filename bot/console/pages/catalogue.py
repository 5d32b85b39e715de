"""The catalogue of pledges: its list, and the page of an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from aiohttp import web

from bot.console.catalogue_form import SOURCE, TEXTS, UNIT
from bot.console.cells import Block, Cell, Line, Link, Quote, Title, dotted
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Form
from bot.console.language_fields import texts_shown
from bot.console.link_section import link_sections
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pledge_labels import (
    LIVING,
    MADE,
    entry_tag,
    measured,
    named_by,
    pledge_theme_options,
    season_words,
    staff_names,
    themed,
)
from bot.console.record_page import RecordPage, Section, record_of, record_page
from bot.i18n import Text, _, pgettext, show_number
from bot.model.opportunity import said
from bot.model.pledge import KIND_NAMES, PER_UNIT, RHYTHM_NAMES
from bot.model.pledge_catalogue import CATALOGUE, ENTRY_STATE_NAMES, CatalogueEntry, EntryState
from bot.store.alerts import Subject
from bot.store.pledge_desk import Made, PledgeDesk
from bot.store.unit import Unit

WAY = Link(_("Catalogue of pledges"), "catalogue")
RANGE = _("{low} to {high} {unit} for {one}")
CHOOSABLE = (EntryState.DRAFT, EntryState.PUBLISHED)


async def show_catalogue(request: web.Request) -> web.StreamResponse:
    """Show the entries by state and theme, with how many pledges were made from each."""
    state, theme = request.query.get("state", ""), request.query.get("theme", "")
    states = (EntryState(state),) if state in list(EntryState) else CHOOSABLE
    async with context_of(request).store.reading() as unit:
        found = [one for one in await unit.catalogue.all(states) if theme in {"", one.theme}]
        made = await PledgeDesk(unit).made_from([one.id for one in found])
    return await list_page(
        request,
        ListPage(
            _("Catalogue of pledges"),
            found,
            (
                lambda one: Title((Link(one.title, f"catalogue/{one.id}"), " ", entry_tag(one))),
                lambda one: Line(said(one.texts, user_of(request).language)),
                lambda one: Line(_about(request, one, made.get(one.id, Made())), "quiet"),
            ),
            lead=_("What people can choose to promise. They can also use their own words."),
            new=Link(_("New pledge of the catalogue"), "catalogue/new"),
            filters=filters_of(request, "catalogue", _filters(request)),
            empty=Line(_("There is no such pledge."), "empty"),
        ),
    )


def _filters(request: web.Request) -> Sequence[Field]:
    states = [(str(one), name) for one, name in ENTRY_STATE_NAMES.items()]
    choice, themes = "choice", pledge_theme_options(request)
    return (
        Field(
            "state",
            pgettext("catalogue", "State"),
            choice,
            options=states,
            empty=_("All but retired"),
            required=False,
        ),
        Field("theme", _("Theme"), choice, options=themes, empty=_("All themes"), required=False),
    )


def _about(request: web.Request, one: CatalogueEntry, made: Made) -> Cell:
    """Return theme, suggested amount, rhythm, and how many pledges were made from an entry."""
    return dotted(
        themed(request, one.theme),
        measured(request, one.measure, one.amount),
        RHYTHM_NAMES[one.rhythm],
        MADE.with_(count=made.all) if made.all else None,
    )


async def entry_of(request: web.Request, unit: Unit) -> CatalogueEntry:
    """Return the entry in the address; raise `HTTPNotFound` for none."""
    return await record_of(request, unit.catalogue)


def way_to(known: CatalogueEntry) -> Link:
    """Return the link back to an entry."""
    return Link(known.title, f"catalogue/{known.id}")


async def show_entry(request: web.Request) -> web.StreamResponse:
    """Show an entry with its texts, the pledges made from it, and its links."""
    async with context_of(request).store.reading() as unit:
        known = await entry_of(request, unit)
        made = (await PledgeDesk(unit).made_from([known.id])).get(known.id, Made())
        staff = await staff_names(unit)
        links = await link_sections(request, unit, Subject(CATALOGUE, known.id))
    change = Link(
        pgettext("pledge", "Change it"), f"catalogue/{known.id}/edit", "button", icon="pen"
    )
    sections = [
        Section(
            lines=(Line(entry_tag(known)),), facts=_facts(request, known, staff), rows=(change,)
        ),
        Section(_("Pledges"), rows=_made(known, made)),
        *links,
        Section(_("The texts"), lines=texts_shown(_texts(known))),
        *_reasons(request, known),
        _publishing(known),
    ]
    return await record_page(request, RecordPage(known.title, sections, way=WAY))


def _facts(
    request: web.Request, known: CatalogueEntry, staff: Mapping[int, str]
) -> Sequence[tuple[Text, Cell]]:
    """Return what an entry is; what is not said is left out."""
    asks_on = known.asks_on and f"{int(known.asks_on[3:])}.{int(known.asks_on[:2])}."
    facts: list[tuple[Text, Cell]] = [
        (_("Theme"), themed(request, known.theme)),
        (
            _("Suggested amount"),
            measured(request, known.measure, known.amount) or _("Not measured"),
        ),
        (_("How it adds up"), KIND_NAMES[known.kind]),
        (pgettext("pledge", "How often"), RHYTHM_NAMES[known.rhythm]),
        (_("Season"), season_words(request, known.season)),
        (_("Asked about on"), asks_on),
        *factor_facts(request, known),
        (_("Words by which the chat finds it"), ", ".join(known.words)),
        (_("Code (for the administrator)"), known.code),
        (_("Written by"), named_by(staff, known.staff_id)),
    ]
    return [(label, fact) for label, fact in facts if fact]


def factor_facts(request: web.Request, known: CatalogueEntry) -> Sequence[tuple[Text, Cell]]:
    """Return how a unit is converted, always with its range and source."""
    if known.factor is None:
        return ()
    language = user_of(request).language
    low, high = (
        show_number(Decimal(str(known.factor[name])), language) for name in ("low", "high")
    )
    unit, source = (said(known.factor[name], language) for name in ("unit", "source"))
    one = measured(request, known.measure, PER_UNIT) or "1"
    ranged = RANGE.with_(low=low, high=high, unit=unit, one=one)
    return ((UNIT, ranged), (SOURCE, source))


def _made(known: CatalogueEntry, made: Made) -> Sequence[Cell]:
    """Return how many pledges were made from an entry, with a link to them."""
    counts = dotted(MADE.with_(count=made.all), LIVING.with_(count=made.live))
    see = Link(_("See them"), f"pledges?state=all&entry={known.id}")
    return (Line(counts), see) if made.all else (Line(counts, "quiet"),)


def _texts(known: CatalogueEntry) -> Sequence[tuple[Text, Mapping[str, str] | None]]:
    return [(label, getattr(known, name)) for name, label in TEXTS.items()]


def _reasons(request: web.Request, known: CatalogueEntry) -> Sequence[Section]:
    """Return why the pledge helps with what people want for themselves."""
    language, goals = user_of(request).language, context_of(request).town.goals
    rows = [
        Block((Line(said(goal.labels, language), "quiet"), Quote(reasons[of], of)))
        for goal in goals
        if (reasons := (known.because or {}).get(goal.key))
        for of in reasons
    ]
    return (
        (Section(_("Why it helps with what people want for themselves"), rows=rows),)
        if rows
        else ()
    )


def _publishing(known: CatalogueEntry) -> Section:
    """Return the section that publishes or retires an entry."""
    path = f"catalogue/{known.id}"
    if known.state is EntryState.PUBLISHED:
        lead = _("No one can choose it any more. Pledges that were made from it go on.")
        act = Form(f"{path}/retire", submit=_("Retire it"), lead=lead, look="")
    else:
        lead = _("People can choose it in the chat at once.")
        act = Form(f"{path}/publish", submit=pgettext("pledge", "Publish it"), lead=lead)
    return Section(_("Publish or retire"), acts=(act,))
