"""The page on which staff choose a participant by name, as a member, a contact or a volunteer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Title
from bot.console.console_context import context_of
from bot.console.form import Field
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE, reached_by
from bot.console.paging import asked_before, paged
from bot.i18n import Text, _
from bot.model.participant import Participant


async def choice_page(
    request: web.Request,
    *,
    title: Text,
    path: str,
    way: Link,
    taken: Collection[int],
    is_taken: Text,
    label: Text,
    above: Sequence[Cell] = (),
    lead: Text | None = None,
    post: str | None = None,
    status: int = 200,
) -> web.Response:
    """Return the page; a button sends the participant to *post*, or to *path* itself.

    *taken* are the people who are chosen already, which *is_taken* says. *above* are other ways.
    """
    words = request.query.get("q", "").strip()[:LONGEST_SEARCH]
    async with context_of(request).store.unit() as unit:
        await unit.participants.complete()
        found = await unit.participants.search(words, ON_A_PAGE + 1, before=asked_before(request))
    last = found[:ON_A_PAGE][-1].id if found else None
    people, paging = paged(request, found, ON_A_PAGE, last)

    def act(one: Participant) -> Cell:
        if one.id in taken:
            return Line(is_taken, "quiet")
        hidden = {"participant": one.id, "lead": ""}
        return Button(post or path, label, "plus", about=one.first_name, hidden=hidden)

    field = Field("q", _("Name"), "search", required=False, longest=LONGEST_SEARCH)
    shown = ListPage(
        title,
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
        way=way,
        lead=lead,
        filters=filters_of(request, path, (field,), submit=_("Search"), icon="search"),
        between=above,
        empty=Line(_("There is no such person."), "empty"),
        paging=paging,
        status=status,
    )
    return await list_page(request, shown)
