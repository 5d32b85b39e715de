"""Labels of opportunities, sign-ups and gates at the console; a tag has its look."""

from __future__ import annotations

from collections.abc import Mapping

from bot.console.cells import Cell, Part, dotted, tag
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.opportunity import STATE_NAMES, Kind, Opportunity, OpportunityState
from bot.model.profile import GATE_STATE_NAMES, GateState
from bot.model.signup import FAIR, GOOD, POOR, SignupState, Source

Tag = tuple[Text, str]  # the words, and the look
KINDS: Mapping[Kind, Text] = {
    Kind.SHIFTS: pgettext("opportunity", "At set times"),
    Kind.AGREEMENT: pgettext("opportunity", "By agreement"),
}
STATES: Mapping[OpportunityState, Tag] = {
    OpportunityState.DRAFT: (STATE_NAMES[OpportunityState.DRAFT], "wait"),
    OpportunityState.OPEN: (STATE_NAMES[OpportunityState.OPEN], "on"),
    OpportunityState.PAUSED: (STATE_NAMES[OpportunityState.PAUSED], "wait"),
    OpportunityState.ENDED: (STATE_NAMES[OpportunityState.ENDED], "off"),
}
SIGNUPS: Mapping[SignupState, Tag] = {
    SignupState.REQUESTED: (pgettext("sign-up", "Waits for an answer"), "wait"),
    SignupState.CONFIRMED: (pgettext("sign-up", "Has a place"), "on"),
    SignupState.WAITLISTED: (pgettext("sign-up", "On the waiting list"), "wait"),
    SignupState.OFFERED: (pgettext("sign-up", "Is offered a place"), "wait"),
    SignupState.STANDIN_WANTED: (pgettext("sign-up", "Looks for a stand-in"), "wait"),
    SignupState.CHECKED_IN: (pgettext("sign-up", "Has checked in"), "on"),
    SignupState.ATTENDED: (pgettext("sign-up", "Was there"), "on"),
    SignupState.EXCUSED: (pgettext("sign-up", "Excused"), "off"),
    SignupState.NO_SHOW: (pgettext("sign-up", "Did not come"), "wait"),
    SignupState.CANCELLED: (pgettext("sign-up", "Cancelled"), "off"),
    SignupState.CANCELLED_LATE: (pgettext("sign-up", "Cancelled late"), "off"),
    SignupState.CANCELLED_BY_ORGANISER: (pgettext("sign-up", "Cancelled by us"), "off"),
    SignupState.REPLACED: (pgettext("sign-up", "A stand-in took over"), "off"),
    SignupState.OFFER_EXPIRED: (pgettext("sign-up", "Did not answer the offer"), "off"),
    SignupState.DECLINED: (pgettext("sign-up", "Declined the offer"), "off"),
    SignupState.REJECTED: (pgettext("sign-up", "Turned down"), "off"),
    SignupState.NOT_NEEDED: (pgettext("sign-up", "No longer needed"), "off"),
}
SOURCES: Mapping[Source, Text] = {
    Source.PHONE: pgettext("sign-up", "Signed up by phone"),
    Source.INVITATION: pgettext("sign-up", "Came by an invitation"),
    Source.STANDIN: pgettext("sign-up", "Came as a stand-in"),
    Source.WALK_IN: pgettext("sign-up", "Came without a sign-up"),
    Source.AGREED: pgettext("sign-up", "Agreed with us"),
}
RATINGS: Mapping[str, Tag] = {
    GOOD: (pgettext("shift", "It went well"), "on"),
    FAIR: (pgettext("shift", "All right"), "off"),
    POOR: (pgettext("shift", "Not so well"), "wait"),
}
GATES: Mapping[GateState, Tag] = {
    GateState.WANTED: (GATE_STATE_NAMES[GateState.WANTED], "wait"),
    GateState.ORDERED: (GATE_STATE_NAMES[GateState.ORDERED], "wait"),
    GateState.OPEN: (GATE_STATE_NAMES[GateState.OPEN], "on"),
    GateState.REFUSED: (GATE_STATE_NAMES[GateState.REFUSED], "off"),
}
UNREACHABLE = tag(_("Not reachable: has blocked the chat"), "wait")
OF_PLACES = ngettext("{taken} of {count} place", "{taken} of {count} places", "count")
VOLUNTEERS = ngettext("{count} volunteer", "{count} volunteers", "count")
REQUESTS = ngettext("{count} request waits", "{count} requests wait", "count")
AT_RISK = ngettext("{count} at risk", "{count} at risk", "count")
WAITING = ngettext("{count} on the waiting list", "{count} on the waiting list", "count")
HOURS, MINUTES = _("{hours} h"), _("{minutes} min.")
BOTH = _("{hours} h {minutes} min.")


def state_tag(one: Opportunity) -> Part:
    """Return the state of an opportunity as a tag."""
    return tag(*STATES[one.state])


def signup_tag(state: SignupState) -> Part:
    """Return the state of a sign-up as a tag."""
    return tag(*SIGNUPS[state])


def places(taken: int, seats: int | None) -> Text:
    """Return how many places are taken, and of how many."""
    if seats is None:
        return VOLUNTEERS.with_(count=taken)
    return OF_PLACES.with_(taken=taken, count=seats)


def time_given(minutes: int) -> Text:
    """Return a length of time in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    said = HOURS if not rest and hours else BOTH if hours else MINUTES
    return said.with_(hours=hours, minutes=rest)


def quietly(*parts: Cell) -> Cell:
    """Return facts on one quiet line, with dots between them."""
    return Part(dotted(*parts), "quiet")
