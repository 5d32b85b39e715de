"""Enter a case for a citizen who phoned or came: the form, then the words to read aloud (HR-27)."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.console.cases.labels import KINDS
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.list_labels import NARROW
from bot.console.render import page, words
from bot.i18n import Text, _
from bot.model.case import Case, id_of_number
from bot.model.commands.casework import LONGEST_PHONE
from bot.model.staff import LONGEST_NAME
from bot.model.town import Town

WAYS = {"phone": _("They rang"), "counter": _("They came to the counter")}
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
    if case is None:
        return await new_page(request, {})
    town = context_of(request).town
    aloud = aloud_of(case, town)
    return await page(
        request,
        "case_entered.html",
        case=case,
        number=f"{town.number_prefix}-{case.number}",
        aloud=words(request, aloud, language=case.language),
        meant=words(request, aloud) if case.language != user_of(request).language else None,
    )


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


async def new_page(
    request: web.Request, written: Mapping[str, str], *, refused: Text | None = None
) -> web.Response:
    """Return the page of the form with the input *written*; status 422 where it is refused."""
    town, language = context_of(request).town, user_of(request).language
    return await page(
        request,
        "case_new.html",
        status=422 if refused else 200,
        written=written,
        refused=refused,
        ways=WAYS,
        NARROW=NARROW,
        kinds=KINDS,
        themes=[(theme.key, theme.labels[language]) for theme in town.themes],
        areas=[(area.key, area.name) for area in town.areas],
        longest_name=LONGEST_NAME,
        longest_phone=LONGEST_PHONE,
    )
