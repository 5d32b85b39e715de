"""Ask once whether a decision about a person is meant; the page names the person."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cells import Cell
from bot.console.console_context import BASE
from bot.console.form import Form
from bot.console.form_input import form_of
from bot.console.record_page import RecordPage, Section, record_page
from bot.i18n import Text

SURE = "sure"  # a field of the form that is sent the second time


async def unless_sure(
    request: web.Request,
    question: Text,
    submit: Text,
    back: str,
    *,
    lines: Sequence[Cell] = (),
    look: str = "danger",
) -> web.Response | None:
    """Return the page that asks whether an act is meant; None where that was confirmed.

    The form of the page sends the same fields to the same address.
    """
    written = await form_of(request)
    if SURE in written:
        return None
    kept = {name: tuple(written.getall(name)) for name in written if name != "csrf"}
    form = Form(
        request.path.removeprefix(f"{BASE}/"),
        submit=submit,
        hidden={**kept, SURE: "yes"},
        cancel=back,
        look=look,
    )
    return await record_page(request, RecordPage(question, (Section(lines=lines, forms=(form,)),)))
