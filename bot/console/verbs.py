"""What was done, in words: every verb of the events has a name here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import LANGUAGE_NAMES, Text, _
from bot.model.staff import ROLE_NAMES
from bot.store.events import CITIZEN, CLOCK, OPERATOR

VERBS: Mapping[str, Text] = {
    "staff_added": _("added somebody to the staff"),
    "staff_invited": _("gave a link to choose a password"),
    "staff_changed": _("changed what is known of somebody"),
    "staff_disabled": _("shut somebody out"),
    "unassigned": _("left a case for others to take"),
    "password_chosen": _("chose a password"),
    "password_changed": _("changed the password"),
    "language_changed": _("changed the language"),
    "signed_in": _("signed in"),
    "session_ended": _("signed out"),
    "sessions_ended": _("signed out everywhere else"),
    # questions and answers
    "faq_added": _("wrote a new answer"),
    "faq_changed": _("changed an answer"),
    "faq_checked": _("found that an answer is still right"),
    "faq_rolled_back": _("let an answer say again what it said before"),
    "faq_retired": _("took an answer out of the chat"),
    "faq_brought_back": _("brought an answer back into the chat"),
    "faq_phrased": _("taught the chat another way to ask"),
    "missed_settled": _("dealt with a question that found nothing"),
}
ACTORS: Mapping[str, Text] = {
    CITIZEN: _("A citizen"),
    CLOCK: _("The clock"),
    OPERATOR: _("The operator"),
}
# What something was and became; a case's states stand beside these.
STATES: Mapping[str, Text] = {str(role): name for role, name in ROLE_NAMES.items()}
SOMEBODY = _("Somebody who no longer works here")


def actor_name(actor: str, names: Mapping[int, str]) -> Text | str:
    """Return who an actor is; *names* are first names by the ids of the staff."""
    kind, _colon, staff_id = actor.partition(":")
    if kind == "staff":
        return names.get(int(staff_id), SOMEBODY)
    return ACTORS.get(actor, actor)


def verb_name(verb: str) -> Text | str:
    """Return what a verb means; one of another version stands for itself."""
    return VERBS.get(verb, verb)


def state_name(state: str) -> Text | str:
    """Return what a state is called; a language by its own name."""
    return STATES.get(state) or LANGUAGE_NAMES.get(state, state)
