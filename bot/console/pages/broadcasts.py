"""The list of broadcasts, and the picture or document of one."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.broadcast_labels import all_topics, state_tag, topic_name
from bot.console.cells import Line, Link, Moment, Title, dotted
from bot.console.console_context import context_of
from bot.console.form import Field
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE
from bot.console.pages.pictures import ANYTHING, INERT, SHOWN
from bot.console.paging import asked_before, paged
from bot.i18n import _, ngettext, pgettext
from bot.model.broadcast import BROADCAST_STATE_NAMES, Broadcast, BroadcastState
from bot.store.unit import Unit

WAY = Link(pgettext("staff", "News"), "broadcasts")
SIZE = ngettext("to {count} person", "to {count} people", "count")


async def broadcast_of(request: web.Request, unit: Unit) -> Broadcast:
    """Return the broadcast in the address; raise `HTTPNotFound` for none."""
    found = await unit.broadcasts.get(int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found


async def show_broadcasts(request: web.Request) -> web.StreamResponse:
    """Show the broadcasts by state, topic and words, the newest first."""
    state, topic = request.query.get("state", ""), request.query.get("topic", "")
    words = request.query.get("q", "").strip()[:LONGEST_SEARCH]
    states = (BroadcastState(state),) if state in list(BroadcastState) else tuple(BroadcastState)
    async with context_of(request).store.reading() as unit:
        found = await unit.broadcasts.listed(
            states, ON_A_PAGE + 1, before=asked_before(request), words=words, topic=topic
        )
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)
    return await list_page(
        request,
        ListPage(
            pgettext("staff", "News"),
            shown,
            (
                lambda one: Title(
                    (Link(one.title, f"broadcasts/{one.id}"), " ", state_tag(one)),
                ),
                lambda one: Line(
                    dotted(
                        one.number if one.is_dialogue else None,
                        topic_name(request, one.topic),
                        _size(one),
                        Moment(at) if (at := one.began_at or one.starts_at) else None,
                    ),
                    "quiet",
                ),
            ),
            lead=_("News to the people who said yes to its topic. A leader approves each."),
            new=Link(_("Write news"), "broadcasts/new"),
            filters=filters_of(request, "broadcasts", _filters(request)),
            empty=Line(_("There is no such news."), "empty"),
            paging=paging,
        ),
    )


def _size(one: Broadcast) -> object:
    """Return to how many people a broadcast goes, once that is known."""
    return SIZE.with_(count=one.audience_size) if one.audience_size is not None else None


def _filters(request: web.Request) -> Sequence[Field]:
    states = [(str(one), name) for one, name in BROADCAST_STATE_NAMES.items()]
    return (
        Field("q", _("Words in the title"), "search", required=False, longest=LONGEST_SEARCH),
        Field(
            "state",
            pgettext("broadcast", "State"),
            "choice",
            options=states,
            empty=_("All states"),
            required=False,
        ),
        Field(
            "topic",
            pgettext("reminder", "Topic"),
            "choice",
            options=all_topics(request),
            empty=_("All topics"),
            required=False,
        ),
    )


async def give_file(request: web.Request) -> web.StreamResponse:
    """Return the picture or document of a broadcast, with scripts disabled."""
    async with context_of(request).store.reading() as unit:
        known = await broadcast_of(request, unit)
        found = await unit.files.get(known.file_id) if known.file_id is not None else None
    if found is None:
        raise web.HTTPNotFound
    name = f"broadcast-{known.id}{'.jpg' if found.mime in SHOWN else '.pdf'}"
    return web.Response(
        body=found.content,
        content_type=found.mime if found.mime in SHOWN else ANYTHING,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": INERT,
        },
    )
