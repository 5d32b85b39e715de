"""Labels for the audit: every event verb, actor and state has its text here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.console.cases import labels as case_labels
from bot.i18n import LANGUAGE_NAMES, Text, _, pgettext
from bot.model.staff import ROLE_NAMES
from bot.model.staff_messages import STAFF_MESSAGES
from bot.store.events import CITIZEN, CLOCK, CONTACT, OPERATOR

VERBS: Mapping[str, Text] = {
    "staff_added": _("added somebody to the staff"),
    "staff_invited": _("gave a link to choose a password"),
    "staff_changed": _("changed what is known of somebody"),
    "staff_disabled": _("shut somebody out"),
    "unassigned": _("left a case for others to take"),
    "password_chosen": _("chose a password"),
    "password_changed": _("changed the password"),
    "language_changed": _("changed the language"),
    "mail_address_changed": _("changed where e-mail about alerts goes"),
    "chat_link_made": _("made a link for their own chat"),
    "chat_linked": _("linked their own chat"),
    "chat_unlinked": _("unlinked their own chat"),
    "signed_in": _("signed in"),
    "session_ended": _("signed out"),
    "sessions_ended": _("signed out everywhere else"),
    # the FAQ
    "faq_added": _("wrote a new answer"),
    "faq_changed": _("changed an answer"),
    "faq_checked": _("found that an answer is still right"),
    "faq_rolled_back": _("let an answer say again what it said before"),
    "faq_retired": _("took an answer out of the chat"),
    "faq_brought_back": _("brought an answer back into the chat"),
    "faq_phrased": _("taught the chat another way to ask"),
    "missed_settled": _("dealt with a question that found nothing"),
    # participants, groups and reminders
    "participant_added": _("entered somebody who is not in the chat"),
    "participant_edited": _("changed the name or phone of somebody who is not in the chat"),
    "participant_ended": _("deleted somebody who is not in the chat"),
    "rang": _("rang somebody about a reminder"),
    "role_given": _("gave a citizen a role"),
    "role_ended": _("ended a citizen's role"),
    "group_added": _("created a group"),
    "group_ended": _("ended a group"),
    "group_joined": _("added a member to a group"),
    "group_left": _("removed a member of a group"),
    "reminder_set": _("set a reminder"),
    "reminder_edited": _("changed a reminder"),
    "reminder_paused": _("paused a reminder"),
    "reminder_resumed": _("resumed a reminder"),
    "reminder_ended": _("ended a reminder"),
    "reminder_exported": _("exported the results of a reminder"),
    # volunteering
    "opportunity_added": _("added an opportunity to volunteer"),
    "opportunity_edited": _("changed an opportunity"),
    "opportunity_published": _("opened an opportunity for sign-ups"),
    "opportunity_paused": _("paused an opportunity"),
    "opportunity_ended": _("ended an opportunity"),
    "shift_added": _("added a shift"),
    "shift_changed": _("changed a shift"),
    "shift_cancelled": _("cancelled a shift"),
    "signed_up": _("signed up to volunteer"),
    "request_taken": _("took a volunteer's request"),
    "request_late": _("a volunteer's request is late"),
    "request_soon": _("a volunteer's request is to be answered soon"),
    "promise_late": _("a date that a volunteer was told has passed"),
    "asked_why": _("asked why it did not work out"),
    "time_agreed": _("agreed on a time with a volunteer"),
    "volunteer_written": _("wrote to a volunteer"),
    "volunteer_contacted": _("contacted a volunteer"),
    "request_reopened": _("took back that a volunteer was turned down"),
    "request_confirmed": _("accepted a volunteer"),
    "request_rejected": _("turned a volunteer down"),
    "offer_taken": _("took a free place"),
    "offer_declined": _("declined a free place"),
    "offer_expired": _("a free place was not answered"),
    "invitation_set": _("invited people to volunteer"),
    "invitation_ended": _("ended an invitation to volunteer"),
    "signup_withdrawn": _("cancelled a sign-up"),
    "standin_wanted": _("looked for a stand-in"),
    "took_over": _("took over a place"),
    "said_absent": _("said that they were not there"),
    "attendance_marked": _("recorded who was there"),
    "walk_in": _("came without a sign-up"),
    "walk_in_unnamed": _("was counted without a name"),
    "checked_in": _("checked in"),
    "no_show_disputed": _("said that they were there after all"),
    "gate_set": _("set a certificate or a course"),
    "left_volunteering": _("withdrew the consent to volunteering"),
    "signups_exported": _("exported the volunteers of an opportunity"),
    # pledges
    "pledged": _("made a pledge"),
    "pledge_changed": _("changed a pledge"),
    "words_approved": _("approved the own words of a pledge"),
    "words_refused": _("did not show the own words of a pledge"),
    "name_refused": _("did not show the name of a person with their pledges"),
    "name_allowed": _("showed the name of a person with their pledges again"),
    "pledge_paused": _("took a break from a pledge"),
    "pledge_resumed": _("ended the break of a pledge"),
    "pledge_stopped": _("stopped a pledge"),
    "pledge_kept": _("a pledge was kept to its end"),
    "pledge_withdrawn": _("took a pledge back"),
    "broadcast_added": _("wrote news"),
    "broadcast_edited": _("changed news"),
    "broadcast_dropped": _("deleted a draft of news"),
    "broadcast_submitted": _("sent news to its approval"),
    "broadcast_approved": _("approved news"),
    "broadcast_returned": _("returned news to its author"),
    "broadcast_tested": _("sent news to their own chat"),
    "broadcast_began": _("news began to be sent"),
    "broadcast_paused": _("paused news"),
    "news_file_refused": _("paused news because its picture or document could not be sent"),
    "broadcast_resumed": _("resumed news"),
    "broadcast_stopped": _("stopped news"),
    "broadcast_sent": _("news was sent to all"),
    "broadcast_exported": _("exported the recipients of news"),
    "correction_proposed": _("proposed a correction of news"),
    "correction_approved": _("approved a correction of news"),
    "correction_dropped": _("withdrew a correction of news"),
    "silent_reminded": _("asked the silent again"),
    "audience_saved": _("saved an audience"),
    "audience_dropped": _("deleted a saved audience"),
    "contributed": _("answered a question"),
    "contribution_undone": _("took back an answer to a question"),
    "outcomes_given": _("gave contributions their outcome"),
    "dialogue_closed": _("closed a dialogue"),
    "left_pledging": _("withdrew the consent to pledges"),
    "checked_in_pledge": _("said how a pledge went"),
    "check_in_undone": _("took back how a pledge went"),
    "obstacle_told": _("said what stood in the way of a pledge"),
    "entry_added": _("added a pledge to the catalogue"),
    "entry_edited": _("changed a pledge of the catalogue"),
    "entry_published": _("published a pledge of the catalogue"),
    "entry_retired": _("retired a pledge of the catalogue"),
    "campaign_proposed": _("proposed a shared pledge"),
    "campaign_revised": _("changed a returned proposal of a shared pledge"),
    "campaign_added": _("added a shared pledge"),
    "campaign_edited": _("changed a shared pledge"),
    "campaign_submitted": _("sent a shared pledge to its approval"),
    "campaign_approved": _("approved a shared pledge"),
    "campaign_returned": _("returned a shared pledge"),
    "campaign_cancelled": _("cancelled a shared pledge"),
    "campaign_extended": _("extended a shared pledge"),
    "campaign_completed": _("completed a shared pledge"),
    "campaign_activated": _("enough people signed a shared pledge"),
    "campaign_unmet": _("too few people signed a shared pledge"),
    "counter_answered": _("said what became of the municipality's own pledge"),
    "signed_campaign": _("signed a shared pledge"),
    "unmet_answered": _("decided what to do after too few had signed"),
    "contributions_grouped": _("grouped what stood in the way"),
    "contributions_ungrouped": _("took something out of a group of obstacles"),
    "outcome_assigned": _("let another answer what stood in the way"),
    "outcome_answered": _("answered what stood in the way"),
    "exported_pledges": _("exported the pledges"),
    # links
    "link_made": _("made a link"),
    "link_revoked": _("revoked a link"),
    # cases
    "opened": _("opened the case"),
    "claimed": _("took the case"),
    "handed_over": _("handed the case over"),
    "noted": _("wrote a note"),
    "called": _("wrote down a phone call"),
    "marked": _("marked the case"),
    "sorted": _("sorted the case"),
    "reopened": _("opened the case again"),
    "told_reopened": _("let the citizen know that the case is open again"),
    "entered": _("wrote down what the citizen said"),
    "read": _("read the case"),
    "exported": _("took the case out for the journal"),
    **{message.verb: message.done for message in STAFF_MESSAGES},
    "scheduled": _("wrote something to be sent later"),
    "unscheduled": _("kept something from being sent"),
    "corrected": _("corrected a message"),
    "withdrew": _("took a message back"),
    "to_be_told": _("wrote an answer to be told by phone or at the counter"),
    "told": _("told the citizen by phone or at the counter"),
    "override": _("said why to write in another's case"),
    "journaled": _("put changed cases in the journal's folder"),
    "let_stand": _("let a sentence stand, and said why"),
    "not_delivered": _("could not deliver a message"),
    "put_off": _("gave the citizen a new date"),
    "reminded": _("reminded the citizen of our question"),
    "wrote": pgettext("verb", "wrote"),
    "goes_on": _("let the time run again"),
    "verdict": _("said whether the answer helped"),
    "edited": _("changed what they had written"),
    "split_off": _("made a case of its own of a part"),
    "felt_wrong": _("said that an answer did not feel right"),
    "asked_for_a_call": _("asked to be rung"),
    "took_data": _("fetched what is kept about them"),
    "did_task": _("did something on the list of things to do"),
}
ACTORS: Mapping[str, Text] = {
    CITIZEN: _("A citizen"),
    CLOCK: _("The clock"),
    CONTACT: _("A contact"),
    OPERATOR: _("The operator"),
}
# States before and after an event.
STATES: Mapping[str, Text] = {
    "ambassador": _("Ambassador"),  # a role of earlier versions
    "brobygger": _("Bridge-builder"),  # the same
    **{str(role): name for role, name in ROLE_NAMES.items()},
    **{str(state): name for state, name in case_labels.STATES.items()},
}
SOMEBODY = _("Somebody who no longer works here")


def actor_name(actor: str, names: Mapping[int, str]) -> Text | str:
    """Return the name of an actor; *names* maps staff ids to first names."""
    kind, _colon, staff_id = actor.partition(":")
    if kind == "staff":
        return names.get(int(staff_id), SOMEBODY)
    return ACTORS.get(actor, actor)


def verb_name(verb: str) -> Text | str:
    """Return the text of a verb; a verb of another version is returned unchanged."""
    return VERBS.get(verb, verb)


def state_name(state: str) -> Text | str:
    """Return the name of a state; a language's own name; any other value unchanged."""
    return STATES.get(state) or LANGUAGE_NAMES.get(state, state)
