"""What follows from a call instead of a message: the same as from a tap in the chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.engine.events import Done, Refused
from bot.model.campaign import CAMPAIGN
from bot.model.commands.pledges import AnswerCheckIn, AnswerUnmet
from bot.model.commands.volunteering import (
    AcceptOffer,
    AnswerInvitation,
    DeclineOffer,
    SayComing,
    TakeOver,
    Withdraw,
)
from bot.model.delivery import CallOutcome, Delivery
from bot.model.invitation import INVITATION, Reply
from bot.model.outcome import OUTCOME
from bot.model.pledge import PLEDGE, CheckInAnswer
from bot.model.signup import SIGNUP
from bot.service.pledges import pledge_messages
from bot.service.pledges.check_ins import answer_check_in
from bot.service.pledges.signing import answer_unmet
from bot.service.volunteering import signup_messages as kinds
from bot.service.volunteering.invitations import answer_invitation
from bot.service.volunteering.offers import accept_offer
from bot.service.volunteering.queue import decline_offer
from bot.service.volunteering.signups import say_coming, withdraw
from bot.service.volunteering.standins import take_over
from bot.store.unit import Unit

C = CallOutcome
CommandOf = Callable[[Delivery, str], Any]
Commands = Mapping[CallOutcome, CommandOf | None]


def _comes(one: Delivery, by: str) -> SayComing:
    return SayComing(None, one.subject_id, by)


def _withdraws(one: Delivery, by: str) -> Withdraw:
    return Withdraw(None, one.subject_id, by=by)


def _takes(one: Delivery, by: str) -> AcceptOffer:
    return AcceptOffer(None, one.subject_id, by)


def _declines(one: Delivery, by: str) -> DeclineOffer:
    return DeclineOffer(None, one.subject_id, by)


def _takes_over(one: Delivery, by: str) -> TakeOver:
    wanted = kinds.standin_for(one)
    return TakeOver(None, wanted, participant_id=one.participant_id, by=by)


def _replies(reply: Reply) -> CommandOf:
    """Return the function that makes the command of an answer to an invitation."""

    def make(one: Delivery, by: str) -> AnswerInvitation:
        who = one.participant_id
        return AnswerInvitation(None, one.subject_id, reply, participant_id=who, by=by)

    return make


def _went(answer: CheckInAnswer) -> CommandOf:
    """Return the function that makes the command of an answer to a check-in."""

    def make(one: Delivery, by: str) -> AnswerCheckIn:
        return AnswerCheckIn(None, one.subject_id, one.mark, answer, by=by)

    return make


def _keeps(one: Delivery, by: str) -> AnswerUnmet:
    return AnswerUnmet(None, one.subject_id, keeps=True, by=by)


def _is_released(one: Delivery, by: str) -> AnswerUnmet:
    return AnswerUnmet(None, one.subject_id, keeps=False, by=by)


# What each answer to a message about a sign-up does; None only records it. Other messages tell
# something, so that there is nothing to say no to.
_OF_SIGNUP: Mapping[str, Commands] = {
    kinds.ASK: {C.DONE: _comes, C.CANNOT: _withdraws},
    kinds.MOVED: {C.DONE: _comes, C.CANNOT: _withdraws},
    kinds.NOTE: {C.DONE: _comes, C.CANNOT: _withdraws},
    kinds.CONFIRMED: {C.DONE: None, C.CANNOT: _withdraws},
    kinds.WAITLISTED: {C.DONE: None, C.CANNOT: _declines},
    kinds.CHANGED: {C.DONE: None, C.CANNOT: _withdraws},
    kinds.OFFER: {C.DONE: _takes, C.CANNOT: _declines},
    kinds.FREE: {C.DONE: _takes, C.CANNOT: None},  # the place in the queue is kept
    kinds.STANDIN: {C.DONE: _takes_over, C.CANNOT: None},
}
_TELLS: Commands = {C.DONE: None}
_OF_INVITATION: Commands = {
    C.DONE: _replies(Reply.YES),
    C.CANNOT: _replies(Reply.NO),
}
_OF_CHECK_IN: Commands = {
    C.DONE: _went(CheckInAnswer.DONE),
    C.PARTLY: _went(CheckInAnswer.PARTLY),
    C.CANNOT: _went(CheckInAnswer.NOT),
}
_OF_PLEDGE: Mapping[str, Commands] = {
    pledge_messages.CHECK_IN: _OF_CHECK_IN,
    pledge_messages.FOLLOW_UP: _OF_CHECK_IN,
    pledge_messages.UNMET: {C.DONE: _keeps, C.CANNOT: _is_released},
}
_OF_REMINDER: Commands = {C.DONE: None, C.CANNOT: None}
_SERVICES: Mapping[type, Callable[[Any, Unit], Any]] = {
    SayComing: say_coming,
    Withdraw: withdraw,
    AcceptOffer: accept_offer,
    DeclineOffer: decline_offer,
    TakeOver: take_over,
    AnswerInvitation: answer_invitation,
    AnswerCheckIn: answer_check_in,
    AnswerUnmet: answer_unmet,
}


def answers_to(delivery: Delivery) -> Commands:
    """Return the answers that a call instead of a message can have, with what each does."""
    if delivery.subject_kind == INVITATION:
        return _OF_INVITATION
    if delivery.subject_kind == SIGNUP:
        return _OF_SIGNUP.get(kinds.kind_of(delivery), _TELLS)
    if delivery.subject_kind == PLEDGE:
        return _OF_PLEDGE.get(delivery.kind, _TELLS)
    if delivery.subject_kind in {CAMPAIGN, OUTCOME}:
        return _TELLS
    return _OF_REMINDER


async def carry_out(
    unit: Unit, delivery: Delivery, answer: CallOutcome, by: str, amount: int | None = None
) -> Done | Refused:
    """Do what an answer by phone means; the value says what the person is told, if anything.

    *amount* is how much the person did, where the answer is that it was a part.
    """
    make = answers_to(delivery)[answer]
    if make is None:
        return Done(None)
    command = make(delivery, by)
    if answer is CallOutcome.PARTLY:
        command = replace(command, amount=amount)
    outcome: Done | Refused = await _SERVICES[type(command)](command, unit)
    return outcome
