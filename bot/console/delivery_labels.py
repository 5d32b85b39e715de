"""What messages about sign-ups and pledges are called on the pages of staff."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _, pgettext
from bot.model.campaign import CAMPAIGN
from bot.model.delivery import Delivery
from bot.model.outcome import OUTCOME
from bot.model.pledge import PLEDGE
from bot.service.pledges import campaign_clock, campaigns, outcomes, pledge_messages
from bot.service.volunteering import signup_messages as kinds

# How far a certificate is, is only for staff who handle certificates: it has no name here.
NAMES: Mapping[str, Text] = {
    kinds.ASK: pgettext("message", "Asked whether they come"),
    kinds.NOTE: pgettext("message", "Practical note"),
    kinds.THANKS: pgettext("message", "Thanks, and how it was"),
    kinds.CONFIRMED: pgettext("message", "They have a place"),
    kinds.WAITLISTED: pgettext("message", "They are on the waiting list"),
    kinds.REJECTED: pgettext("message", "It does not work out"),
    kinds.CANCELLED: pgettext("message", "It is cancelled"),
    kinds.REPLACED: pgettext("message", "A stand-in has taken over"),
    kinds.OFFER: pgettext("message", "A place is offered"),
    kinds.FREE: pgettext("message", "A place is free, the first answer takes it"),
    kinds.MOVED: pgettext("message", "Time or place has changed"),
    kinds.CHANGED: pgettext("message", "Time or place has changed"),
    kinds.STANDIN: pgettext("message", "Somebody looks for a stand-in"),
    kinds.NOT_NEEDED: pgettext("message", "There was no place for them"),
    kinds.UNANSWERED: pgettext("message", "Their request got no answer in time"),
    kinds.NO_SHOW: pgettext("message", "They are marked as absent"),
    kinds.STAYS: pgettext("message", "They stay marked as absent"),
    kinds.CORRECTED: pgettext("message", "They are marked as present after all"),
    kinds.NEEDS: pgettext("message", "Something must be in order before they help"),
    kinds.WROTE: pgettext("message", "What staff wrote"),
    kinds.REOPENED: pgettext("message", "Their request is open again"),
}
# Messages about a pledge, to the proposer of a shared one, and about an answer.
OF_PLEDGES: Mapping[str, Text] = {
    pledge_messages.CHECK_IN: pgettext("message", "Asked how the pledge goes"),
    pledge_messages.PLAN: pgettext("message", "Reminded of their plan"),
    pledge_messages.ENDED: pgettext("message", "The time of the pledge is over"),
    pledge_messages.NOT_SHOWN: pgettext("message", "Their words are not shown to others"),
    pledge_messages.NO_NAME: pgettext("message", "Their name is not shown to others"),
    pledge_messages.ACTIVATED: pgettext("message", "Enough have signed: the pledge counts"),
    pledge_messages.UNMET: pgettext("message", "Too few have signed: do it anyway?"),
    pledge_messages.EXTENDED: pgettext("message", "The deadline to sign is later"),
    pledge_messages.CANCELLED: pgettext("message", "The shared pledge is cancelled"),
    pledge_messages.FOLLOW_UP: pgettext("message", "Asked whether they did it"),
    pledge_messages.MOVED: pgettext("message", "There is a new version of the shared pledge"),
    campaigns.APPROVED: pgettext("message", "Their shared pledge is approved"),
    campaigns.RETURNED: pgettext("message", "Their shared pledge was returned"),
    campaign_clock.MET: pgettext("message", "Enough have signed their shared pledge"),
    campaign_clock.FAILED: pgettext("message", "Too few have signed their shared pledge"),
    campaigns.DECLINED: pgettext("message", "Their shared pledge was declined"),
    outcomes.ANSWERED: pgettext("message", "The answer to what stood in the way"),
}
ABOUT_PLEDGES = frozenset({PLEDGE, CAMPAIGN, OUTCOME})
A_MESSAGE = _("A message")


def message_name(one: Delivery) -> Text:
    """Return what a message is called; its occasion begins with its kind."""
    names = OF_PLEDGES if one.subject_kind in ABOUT_PLEDGES else NAMES
    return names.get(one.kind, A_MESSAGE)
