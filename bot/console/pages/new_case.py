"""Enter a case for a citizen who phoned or came: the form, then the words to read aloud (HR-27)."""

from __future__ import annotations

from aiohttp import web

from bot.console.cases.labels import KINDS
from bot.console.cells import Block, Line, Link, Quote
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Form
from bot.console.list_labels import FILTERS
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.render import words
from bot.console.town_labels import area_options, theme_options
from bot.i18n import Text, _
from bot.model.case import Case, id_of_number
from bot.model.commands.casework import LONGEST_PHONE
from bot.model.staff import LONGEST_NAME
from bot.model.town import Town

WAYS = (("phone", _("They rang")), ("counter", _("They came to the counter")))
ALOUD = _(
    "Your case number is {number}. {contact} in {unit} answers by {due} at the latest. If it takes "
    "longer, you hear from us before that day."
)
ALOUD_CALL = _(
    "Your case number is {number}. {contact} in {unit} rings you {call_by} at the latest, and "
    "answers by {due} at the latest."
)


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form; after a case was entered, show the words to read to the citizen."""
    written = request.query.get("entered", "")
    case = None
    if written.isascii() and written.isdigit() and len(written) < len(str(2**63)):
        async with context_of(request).store.reading() as unit:
            case = await unit.cases.get(id_of_number(int(written)))
    if case is not None:
        return await _entered(request, case)
    first = {"source": "phone", "kind": "question", "theme": "other"}
    return await new_page(request, new_form(request).filled(first))


async def _entered(request: web.Request, case: Case) -> web.Response:
    """Return the page with the words to read aloud."""
    town = context_of(request).town
    number, aloud = f"{town.number_prefix}-{case.number}", aloud_of(case, town)
    meaning = _("It says: {words}").with_(words=words(request, aloud))
    foreign = case.language != user_of(request).language
    read = Section(
        _("Read this aloud"),
        lines=(
            Quote(words(request, aloud, language=case.language), case.language, "aloud"),
            Line(meaning, "quiet") if foreign else None,
            Block(
                (
                    Link(_("To the case"), f"cases/{case.number}", "button solid"),
                    Link(_("Enter another"), "cases/new", "button"),
                ),
                "buttons",
            ),
        ),
    )
    title = _("{number} is entered").with_(number=number)
    return await record_page(request, RecordPage(title, (read,)))


def aloud_of(case: Case, town: Town) -> Text:
    """Return the words to read to the citizen: case number, contact and date."""
    said = ALOUD_CALL if case.call_by is not None else ALOUD
    return said.with_(
        number=f"{town.number_prefix}-{case.number}",
        contact=case.contact,
        unit=town.contact_for(case.theme).unit,
        due=case.told_on,
        call_by=case.call_by,
    )


def new_form(request: web.Request) -> Form:
    """Return the form to enter a case."""
    kinds = [(str(kind), label) for kind, label in KINDS.items()]
    themes, areas = theme_options(request), area_options(request)
    unknown = _("None, or not known")
    fields = (
        Field("source", _("How did they reach us?"), "radio", options=WAYS),
        Field(
            "name",
            _("Their name"),
            help=_("As they want to be called."),
            required=False,
            longest=LONGEST_NAME,
        ),
        Field(
            "phone",
            _("Phone number"),
            "tel",
            _("So that we can tell them the answer."),
            required=False,
            longest=LONGEST_PHONE,
        ),
        Field(
            "words",
            _("What it is about"),
            "area",
            _("In their own words, and without CPR numbers. The first words become the title."),
            rows=6,
        ),
        (
            Field("kind", FILTERS["kind"], "choice", options=kinds, required=False),
            Field("theme", FILTERS["theme"], "choice", options=themes, required=False),
            Field("area", FILTERS["area"], "choice", options=areas, empty=unknown, required=False),
        ),
    )
    return Form("cases/new", fields, _("Enter the case"), cancel="cases")


async def new_page(request: web.Request, form: Form) -> web.Response:
    """Return the page of the form."""
    about = _(
        "For somebody who rang or came. They get a number and a date, as if they had written."
    )
    section = Section(lines=(Line(about, "quiet"),), forms=(form,))
    return await record_page(request, RecordPage(_("Enter a case"), (section,)))
