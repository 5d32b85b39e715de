"""The list of lent things, and the act that takes them back."""

from __future__ import annotations

from aiohttp import web
from bot.model.commands.loans import EndLoan
from bot.store.loans import Loans

from bot.console.cells import Line, Phone, Title
from bot.console.console_context import context_of
from bot.console.list_page import BulkAct, ListPage, bulk_handler, list_page
from bot.i18n import _, pgettext
from bot.store.unit import Unit

MOST = 100  # loans on the page
BACK_BY = _("Back by {day}")


async def show_loans(request: web.Request) -> web.StreamResponse:
    """Show what is lent, the loan due first at the top."""
    async with context_of(request).store.reading() as unit:
        found = await Loans(unit).open(MOST)
    shown = ListPage(
        _("Lent things"),
        found,
        (
            lambda loan: Title(loan.title),
            lambda loan: Line(BACK_BY.with_(day=loan.back_day), "quiet"),
            lambda loan: Phone(loan.phone) if loan.phone else None,
        ),
        css="todo",
        id_of=lambda loan: loan.id,
        name_of=lambda loan: loan.title,
        empty=Line(_("Nothing is lent."), "empty"),
        acts=(END,),
    )
    return await list_page(request, shown)


async def _title(unit: Unit, loan_id: int) -> str | None:
    """Return the thing of a loan; None where it is back."""
    found = await Loans(unit).get(loan_id)
    return found.title if found else None


END = BulkAct("loans/ended", pgettext("loan", "Is back"), "done", _title, EndLoan)
end_loans = bulk_handler(END)
