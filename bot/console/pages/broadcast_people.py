"""The recipients of a broadcast: a list by what became of each, and a file of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.console.broadcast_numbers import WAITS, not_sent_name
from bot.console.cells import Cell, Line, Link, Moment, Title, dotted
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form import Field
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.broadcasts import broadcast_of
from bot.console.pages.participants import ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.reminder_labels import NOT_SENT, moved_name
from bot.console.responses import ask
from bot.console.table_files import file_links, local_time, table_file
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext
from bot.model.broadcast import Broadcast
from bot.model.commands.broadcasts import ExportBroadcast
from bot.model.delivery import WITHHELD, Delivery, DeliveryState, Reason
from bot.model.staff import May
from bot.store.broadcast_results import BroadcastResults

AT_ONCE = 1000  # deliveries read by one statement
LISTS = (
    ("sent", pgettext("broadcast", "Sent to")),
    ("waiting", _("Waits for its turn")),
    ("withheld", pgettext("outcome", "Not sent")),
    ("doubted", _("Perhaps sent twice")),
)
COLUMNS = (
    _("Name"),
    _("What became of it"),
    pgettext("result", "Reason"),
    pgettext("result", "Sent"),
    _("Tapped a button"),
    pgettext("result", "Answered"),
    _("Answer"),
    _("Text number"),
)
FILE_NAME = _("Recipients - {title}")


def state_name(one: Delivery) -> Text:
    """Return what became of a message, without the reason."""
    return WAITS.get(one.state, pgettext("outcome", "Not sent"))


def why(one: Delivery) -> Text | None:
    """Return why a person does not get it or gets it later, or that they perhaps got it twice."""
    if one.state in WITHHELD:
        return not_sent_name(one.reason)
    if one.reason is Reason.REPEATED:
        return NOT_SENT[Reason.REPEATED]
    return moved_name(one) if one.state is DeliveryState.PLANNED else None


async def show_recipients(request: web.Request) -> web.StreamResponse:
    """Show the recipients with what became of each, the newest first."""
    of = request.query.get("of", "")
    async with context_of(request).store.reading() as unit:
        known = await broadcast_of(request, unit)
        found = await BroadcastResults(unit).listed(
            known.id, ON_A_PAGE + 1, before=asked_before(request), of=of
        )
        names = await unit.participants.names({one.participant_id for one in found})
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)
    path = f"broadcasts/{known.id}/recipients"
    list_ = Field(
        "of",
        _("What became of it"),
        "choice",
        options=LISTS,
        empty=_("All in the audience"),
        required=False,
    )
    may_export = user_of(request).may(May.EXPORT_PERSONS)

    def name(one: Delivery) -> Cell:
        known_as = names.get(one.participant_id) or _("A citizen")
        return Title(Link(known_as, f"participants/{one.participant_id}"))

    return await list_page(
        request,
        ListPage(
            _("Recipients"),
            shown,
            (name, _state),
            way=Link(known.title, f"broadcasts/{known.id}"),
            filters=filters_of(request, path, (list_,)),
            above=(Line(file_links(path), "acts"),) if may_export else (),
            empty=Line(_("There is no such person."), "empty"),
            paging=paging,
        ),
    )


def _state(one: Delivery) -> Cell:
    """Return what became of a message, and when."""
    at = one.sent_at if one.state is DeliveryState.SENT else None
    tapped = _("tapped") if one.tapped_at is not None else None
    answered = _("answered") if one.answered_at is not None else None
    moment = Moment(at) if at is not None else None
    return Line(dotted(state_name(one), why(one), moment, tapped, answered), "quiet")


async def give_file(request: web.Request) -> web.StreamResponse:
    """Return all recipients as a CSV or Excel file, after recording that."""
    async with context_of(request).store.reading() as unit:
        known = await broadcast_of(request, unit)
    answer = await ask(request, ExportBroadcast(staff_of(request).id, known.id))
    if isinstance(answer, Refused):
        raise web.HTTPNotFound
    rows = await _rows(request, known)
    name = FILE_NAME.with_(title=known.title)
    return await table_file(request, f"recipients-{known.id}", COLUMNS, rows, said=name)


async def _rows(request: web.Request, known: Broadcast) -> Sequence[Sequence[Any]]:
    """Return a row for each recipient, in the order in which they were written down."""
    rows: list[Sequence[Any]] = []
    after = 0
    labels = _option_labels(known)
    async with context_of(request).store.reading() as unit:
        while found := await unit.broadcasts.recipients(known.id, AT_ONCE, after=after):
            after = found[-1].id
            names = await unit.participants.names({one.participant_id for one in found})
            rows += [
                (
                    names.get(one.participant_id, ""),
                    state_name(one),
                    why(one),
                    local_time(unit, one.sent_at) if one.state is DeliveryState.SENT else None,
                    local_time(unit, one.tapped_at),
                    local_time(unit, one.answered_at),
                    _answer(one, labels),
                    one.version,
                )
                for one in found
            ]
    return rows


def _option_labels(known: Broadcast) -> Mapping[str, str]:
    options = (known.question or {}).get("options") or []
    return {str(one["key"]): str(one["labels"]["da"]) for one in options}


def _answer(one: Delivery, labels: Mapping[str, str]) -> Text | str | None:
    """Return the option that was chosen, or that the answer is in own words."""
    if one.answered_at is None:
        return None
    return labels.get(one.choice or "", _("In their own words"))
