"""Sign-ups of volunteers: their states, and how they follow each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SIGNUP = "signup"  # the subject kind of a sign-up's deliveries


class SignupState(StrEnum):
    """The state of a sign-up."""

    REQUESTED = "requested"  # staff or a contact decide
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"  # a free place is held until `offered_until`
    STANDIN_WANTED = "standin_wanted"  # still responsible until replaced
    CHECKED_IN = "checked_in"
    ATTENDED = "attended"
    EXCUSED = "excused"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"  # by the volunteer, before the deadline
    CANCELLED_LATE = "cancelled_late"
    CANCELLED_BY_ORGANISER = "cancelled_by_org"
    REPLACED = "replaced"
    OFFER_EXPIRED = "offer_expired"
    DECLINED = "declined"  # an offered place
    REJECTED = "rejected"  # a request
    NOT_NEEDED = "not_needed"


S = SignupState
# A place of a shift is held by sign-ups in these states.
HOLDS_PLACE = frozenset({S.OFFERED, S.CONFIRMED, S.STANDIN_WANTED, S.CHECKED_IN})
# A person has at most one sign-up of a shift in these states.
LIVE = HOLDS_PLACE | {S.REQUESTED, S.WAITLISTED}
REPLACEABLE = frozenset({S.CONFIRMED, S.STANDIN_WANTED})  # by a stand-in
COMES = frozenset({S.CONFIRMED, S.STANDIN_WANTED, S.CHECKED_IN})
WAS_THERE = frozenset({S.CHECKED_IN, S.ATTENDED})
# The states that may follow a state. A correction by staff is among them.
FOLLOWING: Mapping[SignupState, frozenset[SignupState]] = {
    S.REQUESTED: frozenset({S.CONFIRMED, S.WAITLISTED, S.REJECTED, S.NOT_NEEDED, S.CANCELLED})
    | {S.CANCELLED_BY_ORGANISER},
    S.CONFIRMED: frozenset({S.STANDIN_WANTED, S.CANCELLED, S.CANCELLED_LATE, S.CHECKED_IN})
    | {S.CANCELLED_BY_ORGANISER, S.ATTENDED, S.EXCUSED, S.NO_SHOW, S.REPLACED},
    S.WAITLISTED: frozenset({S.OFFERED, S.CONFIRMED, S.CANCELLED, S.NOT_NEEDED, S.REQUESTED})
    | {S.CANCELLED_BY_ORGANISER},
    S.OFFERED: frozenset({S.CONFIRMED, S.DECLINED, S.OFFER_EXPIRED, S.CANCELLED_BY_ORGANISER})
    | {S.REQUESTED, S.WAITLISTED},  # a gate was added; the shift was moved near
    S.STANDIN_WANTED: frozenset({S.REPLACED, S.CONFIRMED, S.CANCELLED, S.CANCELLED_LATE})
    | {S.CHECKED_IN, S.CANCELLED_BY_ORGANISER, S.ATTENDED, S.EXCUSED, S.NO_SHOW},
    S.CHECKED_IN: frozenset({S.ATTENDED, S.EXCUSED, S.NO_SHOW, S.CONFIRMED, S.CANCELLED_LATE})
    | {S.CANCELLED_BY_ORGANISER},
    S.ATTENDED: frozenset({S.EXCUSED, S.NO_SHOW, S.CONFIRMED}),
    S.EXCUSED: frozenset({S.ATTENDED, S.NO_SHOW, S.CHECKED_IN}),
    S.NO_SHOW: frozenset({S.ATTENDED, S.EXCUSED}),
    S.REJECTED: frozenset({S.REQUESTED}),  # staff take it back
    S.CANCELLED_BY_ORGANISER: frozenset({S.REQUESTED}),  # a refused gate is taken back
}


GOOD, FAIR, POOR = RATINGS = ("good", "fair", "poor")  # how a volunteer says that it went


class Source(StrEnum):
    """How a sign-up came about."""

    CHAT = "chat"
    PHONE = "phone"  # staff entered it (HR-27)
    INVITATION = "invitation"
    STANDIN = "standin"
    WALK_IN = "walk_in"
    AGREED = "agreed"  # a time of an opportunity by agreement


@dataclass(frozen=True, slots=True)
class Signup:
    """One person's sign-up for a shift, or for an opportunity by agreement (*shift_id* None).

    *queued_at* orders the waiting list. *handled_by* and *due_at* are the name and the date of
    what they wait for: an answer, a reason, to be contacted, a second look. *reason* says why the
    sign-up ended or was marked, *written* what the staff *written_by* wrote last, and *objection*
    what the volunteer says to a mark of absent. *minutes* is the time that the volunteer gave,
    *rating* one of `RATINGS`, *feedback* are their words.
    """

    id: int
    opportunity_id: int
    shift_id: int | None
    participant_id: int
    state: SignupState
    source: Source = Source.CHAT
    queued_at: datetime | None = None
    offered_until: datetime | None = None
    says_coming_at: datetime | None = None
    handled_by: int | None = None
    due_at: datetime | None = None
    replaces: int | None = None
    reason: str | None = None
    reasons: Mapping[str, str] | None = None
    written: str | None = None
    written_by: int | None = None
    objection: str | None = None
    minutes: int | None = None
    rating: str | None = None
    feedback: str | None = None
    needs: Mapping[str, str] | None = None
    invitation_id: int | None = None
    disputed_at: datetime | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Return whether the sign-up is not over."""
        return self.state in LIVE


ASKED_BEFORE = timedelta(hours=48)  # the question whether a volunteer comes
AT_RISK_FROM = timedelta(hours=20)


def is_silent(signup: Signup, begins_at: datetime, now: datetime) -> bool:
    """Return whether a volunteer who comes was asked before a shift, and has not answered.

    A sign-up that was made or confirmed after the question is an answer itself.
    """
    asked_at = begins_at - ASKED_BEFORE
    since = signup.changed_at or signup.created_at
    is_later = since is not None and since > asked_at
    return (
        signup.state is SignupState.CONFIRMED
        and signup.says_coming_at is None
        and now >= asked_at
        and not is_later
    )


def is_at_risk(signup: Signup, begins_at: datetime, now: datetime) -> bool:
    """Return whether a silent volunteer may not come, so that the contact had better ring."""
    return is_silent(signup, begins_at, now) and now >= begins_at - AT_RISK_FROM


OFFER_LEAST, OFFER_MOST = timedelta(hours=1), timedelta(hours=24)
# From here on, a free place is offered to the whole waiting list.
ALL_AT_ONCE = timedelta(hours=12)


def offer_length(left: timedelta) -> timedelta:
    """Return how long a free place is held for one person, when *left* is the time until it."""
    return min(max(left / 4, OFFER_LEAST), OFFER_MOST)
