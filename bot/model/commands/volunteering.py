"""Commands about opportunities, shifts, sign-ups, gates and profiles.

*by* is the actor that events record, such as `staff:3`; *person_id* is the citizen who acts.
It is None where staff act for a volunteer who phoned (HR-27).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.model.case import Written


@dataclass(frozen=True, slots=True)
class AddOpportunity:
    """Create a draft. *fields* are those of `Opportunity` by name."""

    staff_id: int
    fields: Mapping[str, Any]
    staff_contacts: Sequence[int] = ()
    participant_contacts: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class EditOpportunity:
    """Change fields of an opportunity; *version* is the one that staff saw."""

    staff_id: int
    opportunity_id: int
    version: int
    fields: Mapping[str, Any]
    staff_contacts: Sequence[int] | None = None
    participant_contacts: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class PublishOpportunity:
    """Open a draft or a paused opportunity for sign-ups."""

    staff_id: int
    opportunity_id: int


@dataclass(frozen=True, slots=True)
class PauseOpportunity:
    """Close an opportunity for new sign-ups; the volunteers who are signed up still come."""

    staff_id: int
    opportunity_id: int


@dataclass(frozen=True, slots=True)
class EndOpportunity:
    """End an opportunity: coming shifts are cancelled with the reason.

    *reason* is Danish, *other_reasons* has it by other languages.
    """

    staff_id: int
    opportunity_id: int
    reason: str
    other_reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopyOpportunity:
    """Create a draft with the fields of another opportunity."""

    staff_id: int
    opportunity_id: int


@dataclass(frozen=True, slots=True)
class ImportOpportunities:
    """Add or change opportunities by the rows of a table; *publishes* opens them for sign-ups."""

    staff_id: int
    rows: Sequence[Mapping[str, str]]
    publishes: bool = False


@dataclass(frozen=True, slots=True)
class ExportSignups:
    """Record that staff export the sign-ups of an opportunity, or of one of its shifts."""

    staff_id: int
    opportunity_id: int
    shift_id: int | None = None


@dataclass(frozen=True, slots=True)
class AddShift:
    """Add one shift to the shifts of the rule."""

    staff_id: int
    opportunity_id: int
    begins_at: datetime
    ends_at: datetime
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeShift:
    """Change time, place or seats of a shift; *asks* asks the volunteers whether it still suits."""

    staff_id: int
    shift_id: int
    version: int
    begins_at: datetime
    ends_at: datetime
    seats: int | None
    places: Mapping[str, str] | None
    asks: bool = True


@dataclass(frozen=True, slots=True)
class CancelShift:
    """Cancel a shift; everyone signed up is told the reason.

    *reason* is Danish, *other_reasons* has it by other languages.
    """

    staff_id: int
    shift_id: int
    reason: str
    other_reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignUp:
    """Sign a citizen up for a shift, or for an opportunity by agreement (*shift_id* None).

    *knows_overlap* says that the citizen signs up although another shift overlaps. *link_id* is
    the link of staff by which they came.
    """

    person_id: int
    opportunity_id: int
    shift_id: int | None = None
    knows_overlap: bool = False
    needs: Mapping[str, str] | None = None
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignUpFor:
    """Sign up a participant who phoned or came (HR-27), or who is in the chat.

    *agreed* says that the person told staff that they are 15 and that they may be kept.
    """

    staff_id: int
    participant_id: int
    opportunity_id: int
    shift_id: int | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class TellNeeds:
    """Add the practical needs of a person who said yes before they were asked for them."""

    person_id: int
    signup_id: int
    needs: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ReopenRequest:
    """Take back that a request was turned down."""

    staff_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class AskWhy:
    """Ask staff why a sign-up did not work out."""

    person_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class AgreeTime:
    """Add a time that staff agreed on with a volunteer; *minutes* is how long it takes."""

    staff_id: int
    signup_id: int
    begins_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class WriteVolunteer:
    """Write to one volunteer about their sign-up."""

    staff_id: int
    signup_id: int
    words: str


@dataclass(frozen=True, slots=True)
class NoteContact:
    """Note that staff have written to or rung a volunteer who waited for it."""

    staff_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """Become the named person of a request."""

    staff_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class ConfirmRequest:
    """Accept a request; where there is no place left, the person joins the waiting list."""

    staff_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class RejectRequest:
    """Turn a request down, with a reason that the person reads."""

    staff_id: int
    signup_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    """Take a free place that was offered."""

    person_id: int | None
    signup_id: int
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    """Decline an offered place, or leave the waiting list."""

    person_id: int | None
    signup_id: int
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class SayComing:
    """Say that one comes to a shift."""

    person_id: int | None
    signup_id: int
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Say that one cannot come; the contact is told at once after the deadline.

    With *asks_if_late* a late volunteer keeps the place until they choose: a stand-in, or
    the same command without it.
    """

    person_id: int | None
    signup_id: int
    words: str | None = None
    asks_if_late: bool = False
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class WantStandin:
    """Look for a stand-in; the citizen stays responsible until replaced."""

    person_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Take over the place of a citizen who looks for a stand-in.

    Where staff act, *participant_id* is the person who takes over.
    """

    person_id: int | None
    signup_id: int
    participant_id: int | None = None
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class MarkAttendance:
    """Record who was there, excused or absent. *by* is staff, or a contact in the chat."""

    by: str
    signup_id: int
    state: str
    minutes: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AddWalkIn:
    """Record a participant who came without a sign-up; *agreed* is as in `SignUpFor`."""

    by: str
    shift_id: int
    participant_id: int
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class NewCode:
    """Show the code by which volunteers check in to a shift, and make it if there is none.

    With *replaces* an earlier code ends.
    """

    by: str
    shift_id: int
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Check in to a shift by its code.

    *unnamed* says that the citizen will not be kept: then the shift counts one person more.
    """

    person_id: int
    code: str
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class SayAbsent:
    """Say after a shift that one was not there."""

    person_id: int
    signup_id: int


@dataclass(frozen=True, slots=True)
class DisputeNoShow:
    """Say that one was there after all, within 14 days."""

    person_id: int
    signup_id: int
    words: str


@dataclass(frozen=True, slots=True)
class TellContact:
    """Send words about a task to its contact."""

    person_id: int
    signup_id: int
    words: str
    written: Written


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """Say how a shift was, and for how many minutes one helped where it differs."""

    person_id: int
    signup_id: int
    words: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class SetGate:
    """Set the state of a person's gate, by staff with the permission for gates."""

    staff_id: int
    participant_id: int
    gate: str
    state: str


@dataclass(frozen=True, slots=True)
class AgreeToGate:
    """Acknowledge confidentiality in the chat."""

    person_id: int
    gate: str


@dataclass(frozen=True, slots=True)
class BecomeVolunteer:
    """Store whether a citizen is over 15 (HR-20); of who is, store the consent and the phone."""

    person_id: int
    over_15: bool | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class SaveProfile:
    """Store answers of a volunteer's profile. None leaves an answer, an empty one erases it."""

    person_id: int
    interests: Sequence[str] | None = None
    times: Sequence[str] | None = None
    area: str | None = None
    languages: Sequence[str] | None = None
    skills: Sequence[str] | None = None
    phone: str | None = None
    over_15: bool | None = None
    wish: str | None = None


@dataclass(frozen=True, slots=True)
class LeaveVolunteering:
    """Withdraw the consent: the profile is erased and live sign-ups end."""

    person_id: int


@dataclass(frozen=True, slots=True)
class AddInvitation:
    """Ask people for a shift, or without a shift for a task by agreement.

    *texts* are words of staff by language, *audience* is JSON, *quota* is how many are wanted.
    A *shortage* call asks only people who fit and were not asked lately, a few at a time.
    Without *ends_at* it ends when sign-ups for the shift close, or after two weeks.
    """

    staff_id: int
    opportunity_id: int
    shift_id: int | None
    texts: Mapping[str, str]
    audience: Mapping[str, Any]
    quota: int
    shortage: bool = False
    ends_at: datetime | None = None
    let_stand: str | None = None


@dataclass(frozen=True, slots=True)
class InviteGroup:
    """Ask the members of a group, by its lead.

    *place* is a task of the group, such as ``12``, or one of its shifts, such as ``12-34``.
    """

    person_id: int
    place: str
    words: str
    quota: int


@dataclass(frozen=True, slots=True)
class EndInvitation:
    """End an invitation; what is planned is withdrawn."""

    by: str
    invitation_id: int


@dataclass(frozen=True, slots=True)
class AnswerInvitation:
    """Answer an invitation: yes, no or later.

    *knows_overlap* is the yes to a shift that overlaps another one. Where staff act,
    *participant_id* is the person who was asked, and it is not asked.
    """

    person_id: int | None
    invitation_id: int
    reply: str
    knows_overlap: bool = False
    participant_id: int | None = None
    by: str = "citizen"
