"""The list of campaigns: pledges that bind when enough people have signed."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cells import Line, Link, Title, dotted
from bot.console.console_context import context_of
from bot.console.form import Field
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.pledge_labels import SIGNED, campaign_tag, themed
from bot.i18n import _, pgettext
from bot.model.campaign import CAMPAIGN_STATE_NAMES, CampaignState

WAY = Link(_("Shared pledges"), "campaigns")
UNENDED = (
    CampaignState.DRAFT,
    CampaignState.IN_REVIEW,
    CampaignState.OPEN,
    CampaignState.ACTIVATED,
    CampaignState.FOLLOW_UP,
)


async def show_campaigns(request: web.Request) -> web.StreamResponse:
    """Show the campaigns by state and words, with how many have signed each."""
    state, words = request.query.get("state", ""), request.query.get("q", "").strip()
    states = (CampaignState(state),) if state in list(CampaignState) else UNENDED
    async with context_of(request).store.reading() as unit:
        found = await unit.campaigns.in_states(
            states, ON_A_PAGE + 1, before=asked_before(request), words=words[:LONGEST_SEARCH]
        )
        signers = await unit.campaigns.signers([one.id for one in found])
        today = unit.calendar.local(unit.now).date()
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)
    return await list_page(
        request,
        ListPage(
            _("Shared pledges"),
            shown,
            (
                lambda one: Title(
                    (Link(one.title or UNNAMED, f"campaigns/{one.id}"), " ", campaign_tag(one))
                ),
                lambda one: Line(
                    dotted(
                        SIGNED.with_(signers=signers.get(one.id, 0), count=one.target),
                        BY.with_(day=one.deadline),
                        themed(request, one.theme),
                        OVERDUE if one.is_overdue(today) else None,
                    ),
                    "quiet",
                ),
            ),
            lead=_("“I will, if others do”: it binds when enough people have signed in time."),
            new=Link(_("New shared pledge"), "campaigns/new"),
            filters=filters_of(request, "campaigns", _filters()),
            empty=Line(_("There is no such pledge."), "empty"),
            paging=paging,
        ),
    )


BY = pgettext("deadline", "by {day}")
OVERDUE = _("the municipality's own pledge is overdue")
UNNAMED = _("Without a title in Danish")


def _filters() -> Sequence[Field]:
    states = [(str(one), name) for one, name in CAMPAIGN_STATE_NAMES.items()]
    return (
        Field("q", _("Words in the title"), "search", required=False, longest=LONGEST_SEARCH),
        Field(
            "state",
            pgettext("campaign", "State"),
            "choice",
            options=states,
            empty=_("All but ended"),
            required=False,
        ),
    )
