"""The import of opportunities from a table, with its faults by row and column."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cells import Line, Part
from bot.console.current_user import user_of
from bot.console.form import Field, Form
from bot.console.pages.opportunities import WAY
from bot.console.record_page import RecordPage, Section, record_page
from bot.i18n import Text, _, ngettext
from bot.service.volunteering.opportunity_file import MOST_ROWS, ROW, Fault
from bot.service.volunteering.opportunity_words import column_name

MOST_SHOWN = 100  # faults on the page
LARGEST_TABLE = 2 * 1024 * 1024  # bytes
HEADING = 1  # a spreadsheet's number of the row with the names of the columns
FAULTS = ngettext(
    "{count} fault, nothing is imported", "{count} faults, nothing is imported", "count"
)


async def show_import(request: web.Request) -> web.StreamResponse:
    """Show the form of the import."""
    return await import_page(request, import_form())


def import_form() -> Form:
    """Return the form of the import."""
    largest = LARGEST_TABLE // (1024 * 1024)
    help_ = _("CSV or XLSX, at most {mib} MiB and {most} rows.").with_(mib=largest, most=MOST_ROWS)
    fields = (
        Field("table", _("The table"), "file", help_),
        Field("publishes", _("Publish them at once"), "tick", required=False),
    )
    return Form("opportunities/import", fields, _("Import"), cancel="opportunities")


async def import_page(
    request: web.Request, form: Form, faults: Sequence[Fault] = ()
) -> web.Response:
    """Return the page of the import; *faults* are those of the table that was sent."""
    about = _(
        "A row with a known code changes that opportunity, every other row adds a draft, also one "
        "without a code. If one "
        "cell is wrong, nothing is imported. The export has the same columns: change it in a "
        "spreadsheet, and import it again."
    )
    language = user_of(request).language
    named = ", ".join(column_name(one, language) for one in ROW)
    columns = _("Columns: {columns}").with_(columns=named)
    sections = [
        Section(
            lines=(Line(about), Line(Part(columns, "quiet"))),
            forms=(form,),
        )
    ]
    if faults:
        rows = [_fault(one, language) for one in faults[:MOST_SHOWN]]
        sections.insert(0, Section(FAULTS.with_(count=len(faults)), rows=rows))
    status = 422 if faults else 200
    shown = RecordPage(_("Import opportunities"), sections, way=WAY, status=status)
    return await record_page(request, shown)


def _fault(one: Fault, language: str) -> Line:
    """Return a fault with its row and column, as the spreadsheet numbers them."""
    return Line((Part(_place(one, language), tag="strong"), ": ", one.why))


def _place(one: Fault, language: str) -> Text:
    if not one.column:
        return _("The table")
    if one.row == 0:
        return _("Column {column}").with_(column=one.column)
    column = column_name(one.column, language)
    return _("Row {row}, column {column}").with_(row=one.row + HEADING, column=column)
