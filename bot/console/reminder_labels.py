"""The console's labels for reminders, their deliveries and the reasons of these."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _, pgettext
from bot.model.delivery import Delivery, Outcome, Reason
from bot.model.participant import CitizenRole
from bot.model.reminder import ReminderState
from bot.store.audiences import FIRST_CONTACT, ROLE_GIVEN

STATES: Mapping[ReminderState, tuple[Text, str]] = {
    ReminderState.ACTIVE: (pgettext("reminder", "Active"), "on"),
    ReminderState.PAUSED: (pgettext("reminder", "Paused"), "wait"),
    ReminderState.ENDED: (pgettext("reminder", "Ended"), "off"),
}
# A date of each person, from which a reminder counts.
OWN_DATES: Mapping[str, Text] = {
    FIRST_CONTACT: _("the first contact with the person"),
    ROLE_GIVEN + CitizenRole.AMBASSADOR: _("the day the person became an ambassador"),
}
# Why a message comes at another time.
MOVED: Mapping[Reason, Text] = {
    Reason.QUIET: _("moved, because of quiet hours"),
    Reason.SNOOZED: _("moved, because the citizen chose a later time"),
    Reason.CAP: _("moved, because the week already has two messages of news"),
}
# Why a message is not sent.
NOT_SENT: Mapping[Reason, Text] = {
    Reason.MUTED: _("the topic is turned off"),
    Reason.PAUSED: _("the citizen takes a break from messages"),
    Reason.NO_CONSENT: _("no consent to news about the topic"),
    Reason.NO_PROMO: _("the citizen has a case that bars news"),
    Reason.CAP: _("the week already had two messages of news"),
    Reason.DIGEST: _("it went out as a line of another message"),
    Reason.IN_CASE: _("the citizen is in a case with staff"),
    Reason.ANSWERED: _("already answered"),
    Reason.UNREACHABLE: _("the citizen has blocked the chat"),
    Reason.NOT_IN_AUDIENCE: _("no longer among the recipients"),
    Reason.TOO_LATE: _("it was too late"),
    Reason.MISSED: _("a later one is sent instead"),
    Reason.ENDED: _("it has ended"),
    Reason.HELD: _("the reminder is paused"),
    Reason.EDITED: _("the reminder was changed"),
    Reason.FILLED: _("enough people have said yes"),
    Reason.FAILED: _("Telegram refused it"),
    Reason.REPEATED: _("Perhaps sent twice"),
    Reason.UNCONFIRMED: _("Perhaps sent: Telegram never confirmed it"),
    Reason.NOT_REACHED: _("nobody answered the phone"),
}
NOT_REACHED = _("Not reached by phone")
OTHER_REASON = _("for another reason")
OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.DONE: pgettext("outcome", "Done"),
    Outcome.LATER: pgettext("outcome", "Later"),
    Outcome.CANNOT: pgettext("outcome", "Cannot"),
    Outcome.SILENT: pgettext("outcome", "No answer yet"),
    Outcome.SENT: pgettext("outcome", "Sent"),
    Outcome.PHONED: pgettext("outcome", "To be rung"),
    Outcome.WITHHELD: pgettext("outcome", "Not sent"),
    Outcome.WAITING: pgettext("outcome", "Planned"),
}
# To an invitation to volunteer people say yes or no.
ANSWERS: Mapping[Outcome, Text] = {
    **OUTCOMES,
    Outcome.DONE: pgettext("outcome", "Says yes"),
    Outcome.LATER: pgettext("outcome", "Decides later"),
    Outcome.CANNOT: pgettext("outcome", "Says no"),
}


def reason_name(reason: Reason | None) -> Text:
    """Return why a message is not sent, in words."""
    return NOT_SENT.get(reason, OTHER_REASON) if reason is not None else OTHER_REASON


def moved_name(delivery: Delivery) -> Text | None:
    """Return why a message comes at another time, in words; None where it comes at its own."""
    return MOVED.get(delivery.reason) if delivery.reason is not None else None


def outcome_name(
    outcome: Outcome, reason: Reason | None, names: Mapping[Outcome, Text] = OUTCOMES
) -> Text:
    """Return what became of a message, in words; where it was not sent, why."""
    if outcome is Outcome.PHONED and reason is Reason.NOT_REACHED:
        return NOT_REACHED
    if outcome is Outcome.WITHHELD:
        return _("Not sent: {reason}").with_(reason=reason_name(reason))
    return names[outcome]
