"""What staff do next with a campaign: submit, approve, return, extend or complete it."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cells import Cell, Line, Link
from bot.console.current_user import staff_of
from bot.console.form import Field, Form, folded
from bot.console.language_fields import texts_shown
from bot.console.record_page import Section
from bot.i18n import _, pgettext
from bot.model.campaign import Campaign, CampaignState

LONGEST_REASON = 500


def next_sections(request: web.Request, known: Campaign, refused: Form | None) -> Sequence[Section]:
    """Return the section of what can follow now; none where nothing can."""
    heading = pgettext("campaign", "Next")
    path = f"campaigns/{known.id}"
    match known.state:
        case CampaignState.DRAFT:
            lead = _("Another member of the staff reads and approves it before others see it.")
            acts = (Form(f"{path}/submit", submit=_("Send it to approval"), lead=lead),)
            return (Section(heading, acts=acts),)
        case CampaignState.IN_REVIEW:
            return (_approval(request, known, refused),)
        case CampaignState.OPEN | CampaignState.EXPIRED_UNMET if known.extended_from is None:
            about = Line(_("The deadline can be extended once. All who signed are told why."))
            link = Link(_("Extend the deadline …"), f"{path}/extend", "button")
            return (Section(heading, lines=(about,), rows=(link,)),)
        case CampaignState.FOLLOW_UP:
            lead = _("The result is published. It completes itself when all had time to answer.")
            act = Form(f"{path}/complete", submit=_("Complete it now"), lead=lead, look="")
            return (Section(heading, acts=(act,)),)
    return ()


def _approval(request: web.Request, known: Campaign, refused: Form | None) -> Section:
    """Return the words that an approval freezes, with the forms that approve and return them."""
    words = texts_shown(
        [
            (_("Title"), known.titles),
            (_("What one promises"), known.texts),
            (_("What the municipality promises itself"), known.counter),
        ]
    )
    path = f"campaigns/{known.id}"
    give_back = folded(_("Return it with a reason …"), return_form(known), "return", refused)
    if known.staff_id == staff_of(request).id:
        own: Cell = Line(_("You wrote it, so another member of the staff approves it."), "notice")
        return Section(_("To approve"), lines=(own, *words), rows=(give_back,))
    if not known.titles.get("da") or not known.texts.get("da"):
        no_danish = Line(_("Write title and text in Danish first: change it."), "notice")
        return Section(_("To approve"), lines=(no_danish, *words), rows=(give_back,))
    lead = _("These words cannot be changed afterwards. People can sign at once.")
    approve = Form(
        f"{path}/approve", submit=_("Approve it"), lead=lead, hidden={"version": known.version}
    )
    about = Line(_("Read every word: they cannot be changed after the approval."))
    return Section(_("To approve"), lines=(about, *words), forms=(approve,), rows=(give_back,))


def return_form(known: Campaign) -> Form:
    """Return the form that sends a campaign back to its draft."""
    reason = Field(
        "reason",
        pgettext("campaign", "Reason"),
        "area",
        _("Who wrote or proposed it reads the reason."),
        longest=LONGEST_REASON,
        rows=3,
    )
    return Form(
        f"campaigns/{known.id}/return", (reason,), _("Return it"), prefix="return-", look=""
    )
