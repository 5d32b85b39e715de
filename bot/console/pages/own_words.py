"""Own words of pledges, which staff read before others see them, and the names that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cells import Block, Cell, Line, Link, Quote, dotted, switch
from bot.console.console_context import context_of
from bot.console.form import Field, Form, folded
from bot.console.list_labels import NAMELESS
from bot.console.list_page import ListPage, list_page
from bot.console.pages.participants import ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.pledge_labels import VISIBILITIES, themed
from bot.console.record_page import Section
from bot.i18n import _, pgettext
from bot.model.participant import Participant
from bot.model.person import name_fault
from bot.model.pledge import LONGEST_REASON, Approval, Pledge
from bot.model.staff import tidy_name

WORDS, NAMES = "own-words", "own-words?names=1"
PAGES = ((WORDS, _("Words to read")), (NAMES, _("Names that are shown")))
NAME_REFUSED = _("name not shown")
LEADS = {
    WORDS: _(
        "People wrote these pledges themselves, and want others to see them. Others see "
        "them when one of you has read them. Meanwhile they count in the totals."
    ),
    NAMES: _(
        "These people let everybody see their pledges with their names. On the page of a pledge "
        "you can hide the name."
    ),
}
STATES = {
    Approval.WAITS: _("Read it before others see it. It must not name other people."),
    Approval.GIVEN: _("It is approved: others see it, as far as the person allows it."),
    Approval.REFUSED: _("It is not shown to others. The person has read why:"),
}


async def show_own_words(request: web.Request) -> web.StreamResponse:
    """Show the own words that wait to be read, or pledges with names; the newest first."""
    here = NAMES if "names" in request.query else WORDS
    async with context_of(request).store.reading() as unit:
        read = unit.pledges.named if here == NAMES else unit.pledges.to_read
        found = await read(ON_A_PAGE + 1, before=asked_before(request))
        people = await unit.participants.shown_of({one.participant_id or 0 for one in found})
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)

    def about(one: Pledge) -> Cell:
        person = people.get(one.participant_id or 0)
        name = (person.first_name if person is not None else "") or NAMELESS
        is_refused = person is not None and person.name_refused is not None
        facts = dotted(
            name,
            NAME_REFUSED if is_refused and here == NAMES else None,
            themed(request, one.theme),
            VISIBILITIES[one.visibility],
        )
        see = Link(_("Read it"), f"pledges/{one.id}", "button")
        return Block((Quote(one.words, "da"), Line(facts, "quiet"), see))

    is_words = here == WORDS
    return await list_page(
        request,
        ListPage(
            _("Own words"),
            shown,
            (about,),
            css="todo",
            lead=LEADS[here],
            above=(switch(PAGES, here),),
            empty=Line(_("Everything is read.") if is_words else _("No names are shown."), "empty"),
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


def name_sections(
    known: Pledge, person: Participant | None, refused: Form | None
) -> Sequence[Section]:
    """Return the section that hides a name, or shows it again; none where others see no name."""
    if not known.shows_name or person is None:
        return ()
    title = _("Who sees the name")
    if person.name_refused is not None:
        lines = (Line(_("It is not shown to others. The person has read why:")),)
        allow = Form(f"pledges/{known.id}/allow-name", submit=_("Show the name again"), look="")
        return (Section(title, lines=(*lines, Quote(person.name_refused, "da")), forms=(allow,)),)
    wrong = name_fault(tidy_name(person.first_name))
    line = Line(_("Others see it with the pledge."))
    if wrong is not None:
        line = Line(_("It is no first name, so others see the pledge without it."))
    refuse = folded(_("Do not show the name …"), refuse_name_form(known), "refuse-name", refused)
    return (Section(title, lines=(line,), rows=() if wrong is not None else (refuse,)),)


def refuse_name_form(known: Pledge) -> Form:
    """Return the form that hides a name."""
    reason = Field(
        "reason",
        pgettext("own words", "Why"),
        "area",
        _("The person reads it once. All their pledges are shown without a name."),
        longest=LONGEST_REASON,
        rows=3,
    )
    path = f"pledges/{known.id}/refuse-name"
    return Form(path, (reason,), _("Do not show it"), prefix="refuse-name-", look="")
