"""Invitations to volunteer: who is still to be asked, and the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)

from bot.model import audience as audiences
from bot.model.delivery import (
    ALL_TOPICS,
    ARRIVED,
    Answer,
    DeliveryState,
    Outcome,
    Reason,
    outcome_of,
)
from bot.model.invitation import (
    CREDITED_WITHIN,
    INVITATION,
    RESTS,
    InvitationResults,
    VolunteerInvitation,
)
from bot.model.opportunity import Opportunity, Shift
from bot.model.profile import GateState
from bot.model.signup import HOLDS_PLACE, LIVE, SignupState
from bot.model.stance import Stance
from bot.store.audiences import (
    ALL,
    RECIPIENT,
    Recipient,
    holds,
)
from bot.store.by_id import ById
from bot.store.predicates import comes_elsewhere, lists, not_invited
from bot.store.row_mapper import RowMapper
from bot.store.stances import Stances
from bot.store.tables import (
    consent,
    delivery,
    gate_check,
    mute,
    participant,
    person,
    profile,
    signup,
    volunteer_invitation,
)

_INVITATION = RowMapper(VolunteerInvitation, volunteer_invitation)
# In these states a person is found: they have a place, had it, or wait for a decision.
_FOUND = HOLDS_PLACE | {SignupState.REQUESTED, SignupState.ATTENDED}
_OF_INVITATION = delivery.c.subject_kind == INVITATION
_own = profile.alias("own")  # not the table of an audience's predicates


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where an invitation is for, as its candidates are chosen.

    *slot* is the weekday and part of the shift, as in `Profile.times`. *purposes* are the
    consents of which a person must have given one.
    """

    invitation: VolunteerInvitation
    opportunity: Opportunity
    shift: Shift | None
    slot: str | None
    purposes: Collection[str]


class VolunteerInvitations(ById[VolunteerInvitation]):
    """Invitations to volunteer."""

    mapper, table = _INVITATION, volunteer_invitation

    async def of_opportunity(
        self, opportunity_id: int, limit: int, *, shift_id: int | None = None
    ) -> list[VolunteerInvitation]:
        """Return the newest invitations of an opportunity or of its shift, ended ones too."""
        query = _INVITATION.query.where(volunteer_invitation.c.opportunity_id == opportunity_id)
        if shift_id is not None:
            query = query.where(volunteer_invitation.c.shift_id == shift_id)
        query = query.order_by(volunteer_invitation.c.id.desc()).limit(limit)
        return _INVITATION.all(await self._execute(query))

    async def found(self, invitation_id: int) -> int:
        """Return how many people have come by an invitation and have not cancelled."""
        query = select(func.count()).where(
            signup.c.invitation_id == invitation_id, signup.c.state.in_(_FOUND)
        )
        return int((await self._execute(query)).scalar_one())

    async def undecided(self, invitation_id: int, since: datetime) -> int:
        """Return how many people are to be asked, or were asked *since* and may still say yes."""
        has_it = ARRIVED | {DeliveryState.PHONED}
        query = select(func.count()).where(
            _OF_INVITATION,
            delivery.c.subject_id == invitation_id,
            or_(delivery.c.answer.is_(None), delivery.c.answer == Answer.LATER),
            or_(
                delivery.c.state == DeliveryState.PLANNED,
                delivery.c.state.in_(has_it) & (delivery.c.sent_at > since),
            ),
        )
        return int((await self._execute(query)).scalar_one())

    async def credited(
        self, participant_id: int, opportunity_id: int, shift_id: int | None
    ) -> int | None:
        """Return the invitation to which a sign-up counts that is made now, or None."""
        asked = volunteer_invitation
        query = (
            select(asked.c.id)
            .join(delivery, _OF_INVITATION & (delivery.c.subject_id == asked.c.id))
            .where(
                delivery.c.participant_id == participant_id,
                delivery.c.state.in_(ARRIVED | {DeliveryState.PHONED}),
                delivery.c.sent_at >= self._now - CREDITED_WITHIN,
                asked.c.opportunity_id == opportunity_id,
                or_(asked.c.shift_id.is_(None), asked.c.shift_id == shift_id),
            )
            .order_by(delivery.c.sent_at.desc(), delivery.c.id.desc())
        )
        return (await self._execute(query.limit(1))).scalar_one_or_none()

    async def candidates(self, wanted: Wanted, limit: int) -> list[Recipient]:
        """Return people who are still to be asked, the best first.

        People who blocked the bot are among them: staff ring them.
        """
        earlier = (
            select(delivery.c.participant_id, func.max(delivery.c.wanted_at).label("at"))
            .where(_OF_INVITATION)
            .group_by(delivery.c.participant_id)
            .subquery()
        )
        last = earlier.c.at
        query = (
            select(*RECIPIENT)
            .select_from(
                ALL.outerjoin(_own, _own.c.participant_id == participant.c.id).outerjoin(
                    earlier, earlier.c.participant_id == participant.c.id
                )
            )
            .where(*self._is_candidate(wanted))
        )
        # Among equals, those come first who were never invited, then those longest ago.
        query = query.order_by(
            _points(wanted).desc(), case((last.is_(None), 0), else_=1), last, participant.c.id
        )
        return [Recipient(*row) for row in await self._execute(query.limit(limit))]

    async def stances(self, wanted: Wanted) -> Mapping[Stance, int]:
        """Return the number of people who are still to be asked, by their stance to the topic."""
        found = select(participant.c.id).select_from(
            ALL.outerjoin(_own, _own.c.participant_id == participant.c.id)
        )
        ids = found.where(*self._is_candidate(wanted))
        topic = wanted.invitation.topic
        return await Stances(self._transaction).where(participant.c.id.in_(ids), topic)

    def _is_candidate(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        """Return the conditions of people who are still to be asked."""
        known = wanted.invitation
        return [
            participant.c.ended_at.is_(None),
            holds(audiences.readable(known.audience), self._when),
            or_(_own.c.over_15.is_(None), _own.c.over_15),
            participant.c.id.not_in(_asked(known.id)),
            ~_is_signed_up(wanted),
            *(self._shortage(wanted) if known.shortage else ()),
        ]

    def _shortage(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        """Return what a shortage call asks of people: eligible, available, not asked lately."""
        gates = (
            exists().where(
                gate_check.c.participant_id == participant.c.id,
                gate_check.c.gate == gate,
                gate_check.c.state == GateState.OPEN,
            )
            for gate in wanted.opportunity.gates
        )
        agrees = exists().where(
            consent.c.person_id == participant.c.person_id,
            consent.c.purpose.in_(wanted.purposes),
            consent.c.withdrawn_at.is_(None),
        )
        is_muted = exists().where(
            mute.c.person_id == participant.c.person_id,
            mute.c.topic.in_((ALL_TOPICS, wanted.invitation.topic)),
            or_(mute.c.until.is_(None), mute.c.until > self._now),
        )
        has_phone = or_(participant.c.phone.is_not(None), _own.c.phone.is_not(None))
        found = [*gates, or_(participant.c.person_id.is_(None), agrees), ~is_muted]
        found.append(not_invited(self._now - RESTS))
        found.append(or_(participant.c.person_id.is_(None), person.c.reachable, has_phone))
        if wanted.shift is not None:
            found.append(~comes_elsewhere(wanted.shift.begins_at, wanted.shift.ends_at))
            said_no = exists().where(
                signup.c.participant_id == participant.c.id, signup.c.shift_id == wanted.shift.id
            )
            found.append(~said_no)
        if wanted.slot is not None:
            times = _own.c.times
            states_none = or_(times.is_(None), cast(times, Text) == "[]")
            found.append(or_(states_none, lists(times, wanted.slot)))
        return found

    async def results(self, invitation_id: int) -> InvitationResults:
        """Return what became of an invitation."""
        columns = (delivery.c.state, delivery.c.answer, delivery.c.reason)
        came = (
            select(
                signup.c.participant_id,
                func.max(case((signup.c.state.in_(_FOUND), 1), else_=0)).label("found"),
            )
            .where(signup.c.invitation_id == invitation_id)
            .group_by(signup.c.participant_id)
            .subquery()
        )
        query = (
            select(
                *columns,
                func.count(),
                func.count(came.c.participant_id),
                func.coalesce(func.sum(came.c.found), 0).cast(Integer),
            )
            .select_from(
                delivery.outerjoin(came, came.c.participant_id == delivery.c.participant_id)
            )
            .where(_OF_INVITATION, delivery.c.subject_id == invitation_id)
            .group_by(*columns)
        )
        numbers: Counter[Outcome] = Counter()
        missed: Counter[Reason] = Counter()
        credited = found = 0
        for state, answer, reason, number, came_by_it, have_place in await self._execute(query):
            said = Answer(answer) if answer else None
            outcome = outcome_of(DeliveryState(state), said, asks=True)
            numbers[outcome] += number
            if outcome is Outcome.WITHHELD:
                missed[Reason(reason)] += number
            credited += came_by_it
            found += have_place
        return InvitationResults(
            yes=numbers[Outcome.DONE],
            no=numbers[Outcome.CANNOT],
            later=numbers[Outcome.LATER],
            silent=numbers[Outcome.SILENT],
            planned=numbers[Outcome.WAITING],
            to_ring=numbers[Outcome.PHONED],
            credited=credited,
            found=found,
            not_reached=dict(missed),
        )


def _asked(invitation_id: int) -> Select[int]:
    """Select the people who have a delivery, but for those that may come again."""
    return select(delivery.c.participant_id).where(
        _OF_INVITATION,
        delivery.c.subject_id == invitation_id,
        or_(delivery.c.reason.is_(None), delivery.c.reason != Reason.FILLED),
    )


def _is_signed_up(wanted: Wanted) -> ColumnElement[bool]:
    """Return the condition that a person has a live sign-up there."""
    where = (
        (signup.c.opportunity_id == wanted.opportunity.id) & signup.c.shift_id.is_(None)
        if wanted.shift is None
        else signup.c.shift_id == wanted.shift.id
    )
    return exists().where(
        signup.c.participant_id == participant.c.id, signup.c.state.in_(LIVE), where
    )


def _points(wanted: Wanted) -> ColumnElement[int]:
    """Return how well a person fits: times first, then interests, area, skills and languages."""
    known = wanted.opportunity
    fits: list[tuple[int, ColumnElement[bool]]] = []
    if wanted.slot is not None:
        fits.append((8, lists(_own.c.times, wanted.slot)))
    if known.theme is not None:
        fits.append((4, lists(_own.c.interests, known.theme)))
    if known.area is not None:
        fits.append((3, func.coalesce(_own.c.area, person.c.area) == known.area))
    if known.skills:
        fits.append((2, or_(*(lists(_own.c.skills, one) for one in known.skills))))
    if known.languages:
        fits.append((1, or_(*(lists(_own.c.languages, one) for one in known.languages))))
    return sum((case((holds, points), else_=0) for points, holds in fits), start=_NOTHING)


_NOTHING: ColumnElement[int] = case((participant.c.id.is_(None), 1), else_=0)
