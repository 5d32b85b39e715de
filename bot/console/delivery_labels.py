"""What messages about a sign-up are called on the pages of staff."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _, pgettext
from bot.model.delivery import Delivery
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
A_MESSAGE = _("A message")


def message_name(one: Delivery) -> Text:
    """Return what a message about a sign-up is called; its occasion begins with its kind."""
    return NAMES.get(one.occasion.partition(":")[0], A_MESSAGE)
