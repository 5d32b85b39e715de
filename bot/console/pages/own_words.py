"""Own words of pledges, which staff read before others than the person see them."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cells import Block, Cell, Line, Link, Quote, dotted
from bot.console.console_context import context_of
from bot.console.form import Field, Form, folded
from bot.console.list_labels import NAMELESS
from bot.console.list_page import ListPage, list_page
from bot.console.pages.participants import ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.pledge_labels import VISIBILITIES, themed
from bot.console.record_page import Section
from bot.i18n import _, pgettext
from bot.model.pledge import LONGEST_REASON, Approval, Pledge

STATES = {
    Approval.WAITS: _("Read it before others see it. It must not name other people."),
    Approval.GIVEN: _("It is approved: others see it, as far as the person allows it."),
    Approval.REFUSED: _("It is not shown to others. The person has read why:"),
}


async def show_own_words(request: web.Request) -> web.StreamResponse:
    """Show the own words that wait to be read, the newest first."""
    async with context_of(request).store.reading() as unit:
        found = await unit.pledges.to_read(ON_A_PAGE + 1, before=asked_before(request))
        names = await unit.participants.names({one.participant_id or 0 for one in found})
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)

    def about(one: Pledge) -> Cell:
        name = names.get(one.participant_id or 0) or NAMELESS
        facts = dotted(name, themed(request, one.theme), VISIBILITIES[one.visibility])
        read = Link(_("Read it"), f"pledges/{one.id}", "button")
        return Block((Quote(one.words, "da"), Line(facts, "quiet"), read))

    return await list_page(
        request,
        ListPage(
            _("Own words"),
            shown,
            (about,),
            css="todo",
            lead=_(
                "People wrote these pledges themselves, and want others to see them. Others see "
                "them when one of you has read them. Meanwhile they count in the totals."
            ),
            empty=Line(_("Everything is read."), "empty"),
            paging=paging,
        ),
    )


def words_sections(known: Pledge, refused: Form | None) -> Sequence[Section]:
    """Return the section that approves own words; none where others are not to see them."""
    if not known.has_own_words or not known.is_for_others:
        return ()
    lines: list[Cell] = [Line(STATES[known.approval])]
    if known.approval_reason:
        lines.append(Quote(known.approval_reason, "da"))
    approve = Form(
        f"pledges/{known.id}/approve-words",
        submit=_("Show the words"),
        hidden={"version": known.version},
    )
    refuse = folded(_("Do not show the words …"), refuse_form(known), "refuse-words", refused)
    return (
        Section(
            _("Who sees the words"),
            lines=lines,
            forms=() if known.approval is Approval.GIVEN else (approve,),
            rows=() if known.approval is Approval.REFUSED else (refuse,),
        ),
    )


def refuse_form(known: Pledge) -> Form:
    """Return the form that does not show own words."""
    reason = Field(
        "reason",
        pgettext("own words", "Why"),
        "area",
        _("The person reads it once, and can change the words or keep the pledge to themselves."),
        longest=LONGEST_REASON,
        rows=3,
    )
    return Form(
        f"pledges/{known.id}/refuse-words",
        (reason,),
        _("Do not show them"),
        hidden={"version": known.version},
        prefix="refuse-",
        look="",
    )
