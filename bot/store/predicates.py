"""The predicates of audiences in SQL: each is true or false for a participant, never NULL."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from bot.model.audience import (
    AGREES,
    ANSWERED,
    AREA,
    CAMPAIGN,
    CHECKED,
    COMES,
    ENTRY,
    EVERYONE,
    FREE,
    GOT,
    GROUP,
    HELPED,
    INTEREST,
    LANGUAGE,
    PERSON,
    PLEDGED,
    PLEDGES,
    RESTED,
    ROLE,
    SEEN,
    SHIFT,
    SKILL,
    THEME,
    TIME,
    VOLUNTEER,
    Is,
)
from bot.model.broadcast import BROADCAST
from bot.model.delivery import ARRIVED, GOES_OUT, NEWS
from bot.model.invitation import INVITATION
from bot.model.pledge import LIVE, PledgeState
from bot.model.signup import COMES as IS_TO_COME
from bot.model.signup import WAS_THERE
from bot.model.stance import ALSO_BY, OF_GROUP
from bot.store.moment import When
from bot.store.participants import contains
from bot.store.tables import (
    check_in,
    consent,
    contribution,
    delivery,
    group_member,
    groups,
    participant,
    participant_role,
    person,
    pledge,
    profile,
    shift,
    signup,
)

Instant = datetime | ColumnElement[datetime]
Condition = ColumnElement[bool]
Predicate = Callable[[Is, When], Condition]


def _by(make: Callable[[str], Condition]) -> Predicate:
    """Return a predicate that depends on its subject alone."""
    return lambda one, _when: make(one.subject)


def _has_role(value: str) -> Condition:
    return exists().where(
        participant_role.c.participant_id == participant.c.id,
        participant_role.c.role == value,
        participant_role.c.ended_at.is_(None),
    )


def _is_member(value: str) -> Condition:
    return exists().where(
        group_member.c.participant_id == participant.c.id,
        group_member.c.group_id == int(value),
        groups.c.id == group_member.c.group_id,
        groups.c.ended_at.is_(None),
    )


def _lives_in(value: str) -> Condition:
    return and_(person.c.area.is_not(None), person.c.area == value)


def _comes_to_shift(value: str) -> Condition:
    return exists().where(
        signup.c.participant_id == participant.c.id,
        signup.c.shift_id == int(value),
        signup.c.state.in_(IS_TO_COME),
    )


def _has_volunteered(one: Is, when: When) -> Condition:
    return exists().where(
        signup.c.participant_id == participant.c.id,
        *when.within(signup.c.created_at, one.period),
    )


def comes_elsewhere(begins_at: Instant, ends_at: Instant) -> Condition:
    """Return the condition that a person comes to a shift within a span."""
    other = shift.alias("other_shift")
    return exists().where(
        signup.c.participant_id == participant.c.id,
        signup.c.state.in_(IS_TO_COME),
        other.c.id == signup.c.shift_id,
        other.c.begins_at < ends_at,
        other.c.ends_at > begins_at,
    )


def _is_free(value: str) -> Condition:
    wanted = shift.alias("wanted_shift")
    times = (wanted.c.begins_at, wanted.c.ends_at)
    begins_at, ends_at = (
        select(one).where(wanted.c.id == int(value)).scalar_subquery() for one in times
    )
    return ~comes_elsewhere(begins_at, ends_at)


def _comes(one: Is, when: When) -> Condition:
    """Return the condition that a person comes to a coming shift, or helps by agreement."""
    is_ahead = exists().where(shift.c.id == signup.c.shift_id, shift.c.ends_at > when.now)
    return exists().where(
        signup.c.participant_id == participant.c.id,
        signup.c.opportunity_id == int(one.subject),
        signup.c.state.in_(IS_TO_COME),
        or_(signup.c.shift_id.is_(None), is_ahead),
    )


def _has_helped(one: Is, when: When) -> Condition:
    """Return the condition that a person was there, or helps by agreement, in a period.

    Being at a shift counts at its beginning, an agreement from the day on which it was made.
    """
    of = [signup.c.opportunity_id == int(one.subject)] if one.subject else []
    held = shift.alias("held_shift")
    began = when.within(held.c.begins_at, one.period)
    in_time = [exists().where(held.c.id == signup.c.shift_id, *began)] if began else []
    at_shift = and_(signup.c.shift_id.is_not(None), signup.c.state.in_(WAS_THERE), *in_time)
    by_agreement = and_(
        signup.c.shift_id.is_(None),
        signup.c.state.in_(IS_TO_COME | WAS_THERE),
        *when.within(signup.c.created_at, one.period),
    )
    return exists().where(
        signup.c.participant_id == participant.c.id, *of, or_(at_shift, by_agreement)
    )


def not_invited(since: datetime) -> Condition:
    """Return the condition that a person got no invitation after a moment, and expects none."""
    return _not_invited([delivery.c.planned_at > since])


def _not_invited(conditions: list[Condition]) -> Condition:
    # Not correlated: the database collects these once, not for each person.
    asked = select(delivery.c.participant_id).where(
        delivery.c.subject_kind == INVITATION, delivery.c.state.in_(GOES_OUT), *conditions
    )
    return participant.c.id.not_in(asked)


def _has_rested(one: Is, when: When) -> Condition:
    return _not_invited(when.within(delivery.c.planned_at, one.period))


def lists(column: Column[object], value: str) -> Condition:
    """Return the condition that a JSON list of words has *value*, in any case."""
    return contains(cast(column, Text), json.dumps(value, ensure_ascii=False))


def _says(column: Column[object]) -> Callable[[str], Condition]:
    """Return the predicate that a person's profile lists a value."""
    return lambda value: exists().where(
        profile.c.participant_id == participant.c.id, lists(column, value)
    )


def _has_time(value: str) -> Condition:
    """Return the condition that a profile has a time, or any of a day or a part of the day."""
    begins, ends = "" if value.startswith("-") else '"', "" if value.endswith("-") else '"'
    return exists().where(
        profile.c.participant_id == participant.c.id,
        contains(cast(profile.c.times, Text), f"{begins}{value}{ends}"),
    )


def _of_pledge(subject: str) -> list[Condition]:
    """Return the conditions that a pledge is of an entry, a theme or a campaign; none for any."""
    kind, _dot, value = subject.partition(".")
    match kind:
        case "":
            return []
        case _ if kind == ENTRY:
            return [pledge.c.catalogue_id == int(value)]
        case _ if kind == THEME:
            return [pledge.c.theme == value]
        case _ if kind == CAMPAIGN:
            return [pledge.c.campaign_id == int(value)]
        case _:
            raise ValueError(subject)


def _has_pledged(one: Is, when: When) -> Condition:
    return exists().where(
        pledge.c.participant_id == participant.c.id,
        pledge.c.state != PledgeState.ALREADY,  # no promise
        *_of_pledge(one.subject),
        *when.within(pledge.c.created_at, one.period),
    )


def _has_live_pledge(subject: str) -> Condition:
    return exists().where(
        pledge.c.participant_id == participant.c.id,
        pledge.c.state.in_(LIVE),
        *_of_pledge(subject),
    )


def _has_checked_in(one: Is, when: When) -> Condition:
    return exists().where(
        pledge.c.participant_id == participant.c.id,
        *_of_pledge(one.subject),
        check_in.c.pledge_id == pledge.c.id,
        check_in.c.undone_at.is_(None),
        *when.within(check_in.c.answered_at, one.period),
    )


def _has_answered(value: str) -> Condition:
    return exists().where(
        contribution.c.participant_id == participant.c.id,
        contribution.c.subject_kind == BROADCAST,
        contribution.c.subject_id == int(value),
    )


def _got(value: str) -> Condition:
    return exists().where(
        delivery.c.participant_id == participant.c.id,
        delivery.c.subject_kind == BROADCAST,
        delivery.c.subject_id == int(value),
        delivery.c.occasion == "sent",
        delivery.c.state.in_(ARRIVED),
    )


def _was_seen(one: Is, when: When) -> Condition:
    first, last = when.days(one.period)
    days: list[Condition] = [person.c.seen_on.is_not(None)]
    if first is not None:
        days.append(person.c.seen_on >= literal(first, Date()))
    if last is not None:
        days.append(person.c.seen_on <= literal(last, Date()))
    return and_(*days)


def consents_to(topic: ColumnElement[str]) -> Condition:
    """Return the condition that a person agreed to news about a topic, as `agrees` says it."""
    purpose = consent.c.purpose
    others = [and_(topic == one, purpose.in_(by)) for one, by in ALSO_BY.items()]
    own = and_(topic.not_in(ALSO_BY), purpose == literal(NEWS) + topic)
    of_topic = exists().where(
        consent.c.person_id == person.c.id, or_(own, *others), consent.c.withdrawn_at.is_(None)
    )
    is_member = and_(person.c.id.is_not(None), topic.startswith(OF_GROUP))
    return func.coalesce(or_(is_member, of_topic), false())


def agrees_to(topic: str, by: datetime | None = None) -> Condition:
    """Return the condition that a person agrees to news about a topic, and did *by* a moment."""
    if topic.startswith(OF_GROUP):
        return person.c.id.is_not(None)
    return exists().where(
        consent.c.person_id == person.c.id,
        consent.c.purpose.in_(ALSO_BY.get(topic, (NEWS + topic,))),
        consent.c.withdrawn_at.is_(None),
        *((consent.c.given_at <= by,) if by is not None else ()),
    )


# Every predicate; later features add theirs here, its words in `bot.model.audience_words`, and
# the reason why no sensitive trait follows from it in `tests/store/test_audience_predicates.py`.
PREDICATES: Mapping[str, Predicate] = {
    EVERYONE: _by(lambda _value: true()),
    PERSON: _by(lambda value: participant.c.id == int(value)),
    ROLE: _by(_has_role),
    GROUP: _by(_is_member),
    SHIFT: _by(_comes_to_shift),
    AREA: _by(_lives_in),
    # A participant outside the chat is told by phone, in Danish.
    LANGUAGE: _by(lambda value: func.coalesce(person.c.language, "da") == value),
    VOLUNTEER: _has_volunteered,
    INTEREST: _by(_says(profile.c.interests)),
    SKILL: _by(_says(profile.c.skills)),
    TIME: _by(_has_time),
    FREE: _by(_is_free),
    COMES: _comes,
    HELPED: _has_helped,
    RESTED: _has_rested,
    PLEDGED: _has_pledged,
    PLEDGES: _by(_has_live_pledge),
    CHECKED: _has_checked_in,
    ANSWERED: _by(_has_answered),
    GOT: _by(_got),
    SEEN: _was_seen,
    AGREES: _by(agrees_to),
}
