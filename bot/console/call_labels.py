"""How a call instead of a message can have gone, and what followed, in words for staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.console.delivery_labels import ABOUT_PLEDGES
from bot.console.form import Options
from bot.i18n import Text, _
from bot.model.delivery import CallOutcome, Delivery
from bot.model.invitation import INVITATION
from bot.model.signup import SIGNUP
from bot.service.phone_calls import outcomes_of
from bot.service.pledges import pledge_messages
from bot.service.volunteering import invitations
from bot.service.volunteering import signup_messages as kinds

Labels = Mapping[CallOutcome, Text]

NOT_REACHED: Labels = {
    CallOutcome.TODAY: _("Not reached: ring again in two hours"),
    CallOutcome.TOMORROW: _("Not reached: ring again tomorrow at 9"),
    CallOutcome.GIVEN_UP: _("Not reached: ring no more"),
}
OF_REMINDER: Labels = {
    CallOutcome.DONE: _("Reached: it is done, or will be"),
    CallOutcome.CANNOT: _("Reached: cannot"),
}
COMES: Labels = {
    CallOutcome.DONE: _("Reached: comes"),
    CallOutcome.CANNOT: _("Reached: cannot come"),
}
TAKES: Labels = {
    CallOutcome.DONE: _("Reached: takes the place"),
    CallOutcome.CANNOT: _("Reached: does not take the place"),
}
TOLD = _("Reached: knows it now")
TELLS: Labels = {CallOutcome.DONE: TOLD}
OF_INVITATION: Labels = {
    CallOutcome.DONE: _("Reached: says yes"),
    CallOutcome.CANNOT: _("Reached: not this time"),
}
OF_CHECK_IN: Labels = {
    CallOutcome.DONE: _("Reached: it is done"),
    CallOutcome.PARTLY: _("Reached: some of it"),
    CallOutcome.CANNOT: _("Reached: not this time"),
}
OF_UNMET: Labels = {
    CallOutcome.DONE: _("Reached: does it anyway"),
    CallOutcome.CANNOT: _("Reached: would like to be released"),
}
OF_PLEDGE: Mapping[str, Labels] = {
    pledge_messages.CHECK_IN: OF_CHECK_IN,
    pledge_messages.FOLLOW_UP: OF_CHECK_IN,
    pledge_messages.UNMET: OF_UNMET,
}
OF_SIGNUP: Mapping[str, Labels] = {
    kinds.ASK: COMES,
    kinds.MOVED: COMES,
    kinds.NOTE: COMES,
    kinds.CONFIRMED: {**COMES, CallOutcome.DONE: TOLD},
    kinds.WAITLISTED: {
        CallOutcome.DONE: TOLD,
        CallOutcome.CANNOT: _("Reached: does not want to wait"),
    },
    kinds.OFFER: TAKES,
    kinds.FREE: TAKES,
    kinds.STANDIN: TAKES,
}
WRITTEN = _("It is written down.")
FOLLOWED: Mapping[str, Text] = {
    invitations.COMES: _("It is written down: they have a place."),
    invitations.REQUESTED: _("It is written down: they are a request that needs an answer."),
    invitations.FILLED: _("The places were taken already. Tell them, and thank them."),
    invitations.OVER: _("The invitation was over already. Tell them, and thank them."),
}


def call_options(delivery: Delivery) -> Options:
    """Return how a call about a message can have gone, in the words that fit the message."""
    labels = {**_labels(delivery), **NOT_REACHED}
    return tuple((one, labels[one]) for one in outcomes_of(delivery))


def _labels(delivery: Delivery) -> Labels:
    """Return the words for the answers to a message."""
    if delivery.subject_kind == INVITATION:
        return OF_INVITATION
    if delivery.subject_kind == SIGNUP:
        return OF_SIGNUP.get(kinds.kind_of(delivery), TELLS)
    if delivery.subject_kind in ABOUT_PLEDGES:
        return OF_PLEDGE.get(delivery.kind, TELLS)
    return OF_REMINDER


def followed(value: Any) -> Text:
    """Return what followed from the answer, where staff must know it."""
    told = value.get("told") if isinstance(value, dict) else None
    return FOLLOWED.get(told, WRITTEN) if told is not None else WRITTEN
