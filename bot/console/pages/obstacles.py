"""Obstacles to pledges: those that say alike are grouped under an answer, without names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from aiohttp import web

from bot.console.cells import Block, Cell, Line, Link, Quote, Title, dotted, switch, tag
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form import Field, Form
from bot.console.list_page import BulkAct, ListPage, filters_of, list_page
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.pledge_labels import (
    named_by,
    outcome_tag,
    pledge_theme_options,
    staff_names,
    staff_options,
    themed,
)
from bot.console.record_page import RecordPage, Section, record_page
from bot.i18n import Day, Text, _, ngettext, pgettext
from bot.model.commands.pledges import GroupContributions
from bot.model.outcome import (
    OBSTACLE_NAMES,
    OUTCOME_STATE_NAMES,
    Contribution,
    ContributionKind,
    Obstacle,
    Outcome,
    OutcomeState,
)
from bot.service.pledges.outcomes import LONGEST_TITLE
from bot.store.unit import Unit

WAY = Link(_("Obstacles"), "obstacles")
SAID = ngettext("{count} has said so", "{count} have said so", "count")
CHOSEN = ngettext("Give it an answer of its own", "Group {count} that say alike", "count")
MOST_OPEN = 200  # open answers that can be chosen
SOMETHING_ELSE = _("Something else")
ALL_GROUPED = _("Everything that people said is grouped.")
TO_ANSWERS = Link(_("See the answers"), "outcomes")
NONE_SUCH = _("No one has said such a thing.")


async def show_obstacles(request: web.Request) -> web.StreamResponse:
    """Show what people said that has no answer yet, the newest first."""
    async with context_of(request).store.reading() as unit:
        found = await unit.contributions.ungrouped(
            ContributionKind.OBSTACLE,
            ON_A_PAGE + 1,
            before=asked_before(request),
            theme=request.query.get("theme", ""),
            words=request.query.get("q", "").strip()[:LONGEST_SEARCH],
        )
        titles = await campaign_titles(unit, found)
        zone = unit.calendar
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)
    themes = pledge_theme_options(request)
    theme = Field(
        "theme", _("Theme"), "choice", options=themes, empty=_("All themes"), required=False
    )

    is_narrowed = any(request.query.get(name) for name in ("q", "theme"))
    search = Field(
        "q", _("Words in what they said"), "search", required=False, longest=LONGEST_SEARCH
    )

    def about(one: Contribution) -> Line:
        day = Day(zone.local(one.at).date()) if one.at is not None else None
        return Line(
            dotted(themed(request, one.theme), titles.get(one.campaign_id or 0), day), "quiet"
        )

    return await list_page(
        request,
        ListPage(
            _("Obstacles"),
            shown,
            (lambda one: Block((words_of(one), about(one))),),
            css="todo",
            id_of=lambda one: one.id,
            name_of=lambda one: one.words or key_name(one),
            lead=_(
                "What people said stood in the way. Group those that say alike: each group gets "
                "one answer, and all in it are told."
            ),
            above=(views("obstacles"),),
            filters=filters_of(request, "obstacles", (search, theme)),
            empty=Line(NONE_SUCH if is_narrowed else (ALL_GROUPED, " ", TO_ANSWERS), "empty"),
            paging=paging,
            acts=(GROUP,),
        ),
    )


def views(here: str) -> Line:
    """Return the links to what is not grouped and to the answers; *here* is the shown one."""
    pages = (
        ("contributions", _("All without an outcome")),
        ("obstacles", _("Obstacles that are not grouped")),
        ("outcomes", _("Answers to obstacles")),
    )
    return switch(pages, here)


def key_name(one: Contribution) -> Text:
    """Return the words of the button that a person pressed."""
    return OBSTACLE_NAMES[Obstacle(one.key)] if one.key in list(Obstacle) else SOMETHING_ELSE


def words_of(one: Contribution) -> Cell:
    """Return what a person said: their own words, or the button."""
    if one.words:
        quoted = Quote(one.words, "da")
        return Block((Line(key_name(one), "quiet"), quoted)) if one.key else quoted
    return Title(key_name(one))


async def campaign_titles(unit: Unit, found: Collection[Contribution]) -> dict[int, str]:
    """Return the titles of the campaigns that contributions are about."""
    ids = {one.campaign_id for one in found if one.campaign_id is not None}
    return {one.id: one.title for one in (await unit.campaigns.some(ids)).values()} if ids else {}


async def _title_of(unit: Unit, contribution_id: int) -> Text | str | None:
    """Return what a person said; None where it is under an answer already."""
    found = await unit.contributions.get(contribution_id)
    if found is None or found.outcome_id is not None:
        return None
    return found.words or key_name(found)


def _group(staff_id: int, contribution_id: int, **said: str) -> GroupContributions:
    """Return the command for one contribution; all chosen ones are grouped by one command."""
    return GroupContributions(staff_id, (contribution_id,), title=said.get("title", ""))


GROUP = BulkAct("obstacles/group", _("Group those that say alike …"), "folder", _title_of, _group)


async def grouping_form(request: web.Request, ids: Sequence[int], back: str) -> Form:
    """Return the form that groups the chosen contributions under an answer, new or begun."""
    async with context_of(request).store.reading() as unit:
        open_ = await unit.outcomes.in_states({OutcomeState.OPEN}, MOST_OPEN)
        staff = await staff_options(unit)
    fields = (
        Field(
            "outcome_id",
            _("Under"),
            "choice",
            options=[(str(one.id), one.title) for one in open_],
            empty=_("A new group"),
            required=False,
        ),
        Field(
            "title",
            _("What they have in common"),
            "line",
            _("In your own words. Only for a new group."),
            required=False,
            longest=LONGEST_TITLE,
        ),
        Field("owner_id", _("Who answers"), "choice", options=staff),
    )
    hidden = {"confirmed": "yes", "next": back, "id": tuple(ids)}
    form = Form(GROUP.path, fields, _("Group them"), hidden=hidden, cancel="obstacles")
    return form.filled({"owner_id": staff_of(request).id})


async def grouping_page(request: web.Request, ids: Sequence[int], form: Form) -> web.Response:
    """Return the page that names the chosen contributions, with the form that groups them."""
    async with context_of(request).store.reading() as unit:
        found = await unit.contributions.some(ids)
    loose = [one for _id, one in sorted(found.items()) if one.outcome_id is None]
    section = Section(rows=[words_of(one) for one in loose], acts=(form,))
    title = CHOSEN.with_(count=len(loose))
    return await record_page(request, RecordPage(title, (section,), way=WAY))


async def show_outcomes(request: web.Request) -> web.StreamResponse:
    """Show the answers by state and owner, with how many people each is for."""
    state, whose = request.query.get("state", ""), request.query.get("whose", "")
    states = (OutcomeState(state),) if state in list(OutcomeState) else (OutcomeState.OPEN,)
    async with context_of(request).store.reading() as unit:
        found = await unit.outcomes.in_states(
            states,
            ON_A_PAGE + 1,
            before=asked_before(request),
            staff_id=staff_of(request).id if whose else None,
        )
        counts = await unit.outcomes.counts([one.id for one in found])
        staff = await staff_names(unit)
        today = unit.calendar.local(unit.now).date()
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)

    def about(one: Outcome) -> Line:
        by = DUE.with_(day=one.due_on) if one.state is OutcomeState.OPEN else None
        return Line(
            dotted(
                SAID.with_(count=counts.get(one.id, 0)),
                themed(request, one.theme),
                named_by(staff, one.staff_id),
                by,
            ),
            "quiet",
        )

    return await list_page(
        request,
        ListPage(
            _("Answers to obstacles"),
            shown,
            (
                lambda one: Title(
                    (
                        Link(one.title, f"outcomes/{one.id}"),
                        " ",
                        outcome_tag(one.state),
                        *late_mark(one, today),
                    )
                ),
                about,
            ),
            above=(views("outcomes"),),
            filters=filters_of(request, "outcomes", _filters()),
            empty=Line(_("There is no answer here."), "empty"),
            paging=paging,
        ),
    )


DUE = pgettext("outcome", "answer by {day}")


def late_mark(one: Outcome, today: date) -> tuple[Cell, ...]:
    """Return the mark of an answer whose day has passed."""
    is_late = one.state is OutcomeState.OPEN and one.due_on < today
    return (" ", tag(_("the date has passed"), "wait")) if is_late else ()


def _filters() -> Sequence[Field]:
    answered = [(str(OutcomeState.ANSWERED), OUTCOME_STATE_NAMES[OutcomeState.ANSWERED])]
    waiting = OUTCOME_STATE_NAMES[OutcomeState.OPEN]
    mine = [("mine", pgettext("outcome", "Mine"))]
    everyone = pgettext("outcome", "Everybody's")
    return (
        Field(
            "state",
            pgettext("outcome", "State"),
            "choice",
            options=answered,
            empty=waiting,
            required=False,
        ),
        Field(
            "whose",
            pgettext("outcome", "Who answers"),
            "choice",
            options=mine,
            empty=everyone,
            required=False,
        ),
    )
