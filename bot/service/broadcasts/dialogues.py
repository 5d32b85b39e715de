"""Dialogues: what people answer to a broadcast, its outcomes, and the poll after it (row 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _, ngettext
from bot.model.broadcast import BEGUN, BROADCAST, FOLLOWING, Broadcast, BroadcastState, Verdict
from bot.model.commands.broadcasts import (
    AnswerBroadcast,
    AnswerPoll,
    CloseDialogue,
    GiveOutcomes,
    RemindSilent,
    UndoAnswer,
)
from bot.model.delivery import Answer, Delivery, MessageClass
from bot.model.outcome import LONGEST_ANSWER, LONGEST_DECIDER, Contribution, ContributionKind
from bot.redact import redact_text
from bot.service import deliveries
from bot.service.broadcasts import sending
from bot.service.texts import texts_fault
from bot.store.events import CITIZEN, by_staff
from bot.store.polls import KEEP_POLL
from bot.store.unit import Unit
from flows import broadcast_cards

OUTCOME = "outcome"  # the occasion of the message to each author
LONGEST_REASON = 600
LOWEST, HIGHEST = 1, 5
NO_DIALOGUE = Refused(_("There is no such dialogue."))
OVER = Refused(_("That one is over. There is nothing more to do."))
CLOSED = Refused(_("That question is closed. Write to us if you want to say something about it."))
NO_MORE = Refused(broadcast_cards.OVER)
HAS_OUTCOME = Refused(
    _(
        "There is an outcome of your answer already, so it cannot be changed. You hear it when the "
        "question is closed. Write to us if you want to say more."
    )
)
NOTHING_TO_UNDO = Refused(_("There is no answer to take back."))
TOO_LONG = Refused(_("That is very long. Please write the most important in one message."))
POLL_OVER = Refused(_("It was possible to answer that for 30 days. Thank you all the same."))
NOT_TOLD = Refused(_("You are asked that when you have heard what came of your answer."))
NO_REASON = Refused(
    _("Write the reason: the authors read why it is not used, or only partly."), "reasons"
)
TOO_SOON = _("The question was asked {day}. Nothing was decided about the answers before that.")
TOO_EARLY = Refused(
    _("It is still being sent. Ask again when it is sent: a person is asked a day after it.")
)
STILL_SENT = _("It is still being sent. Stop it, or wait.")
TOO_LATE = Refused(_("The last day for answers has passed."))
MISSING = ngettext(
    "{count} contribution has no outcome yet.",
    "{count} contributions have no outcome yet.",
    "count",
)


async def answer_broadcast(command: AnswerBroadcast, unit: Unit) -> Done | Refused:
    """Store the answer of a citizen; it can be changed until it has an outcome.

    An option and own words are two parts: each replaces its own kind alone.
    """
    asked = await _asked(unit, command.person_id, command.delivery_id)
    if isinstance(asked, Refused):
        return asked
    delivery, known, earlier = asked
    wrong = _answer_fault(known, command)
    if wrong is not None:
        return wrong
    words = (command.words or "").strip() or None
    if earlier is not None:
        said = {"key": command.key or earlier.key, "words": words or earlier.words}
        await unit.contributions.change(earlier.id, **said, at=unit.now)
    else:
        new = Contribution(
            id=0,
            kind=ContributionKind.ANSWER,
            subject_kind=BROADCAST,
            subject_id=known.id,
            participant_id=delivery.participant_id,
            theme=known.topic,
            key=command.key,
            words=words,
        )
        await unit.contributions.add(new)
    given = {"answer": Answer.DONE, "answered_at": unit.now}
    chosen = {"choice": command.key} if command.key is not None else {}
    tapped = {"tapped_at": delivery.tapped_at or unit.now}
    await unit.deliveries.change(delivery, **given, **chosen, **tapped)
    if delivery.asked_again_at is not None:  # the question may still wait in the outbox
        lane = await unit.people.lane(command.person_id)
        await unit.outbox.take_back([lane], [delivery.id])
    await unit.events.add(CITIZEN, "contributed", broadcast=known.id)
    return Done(known.id)


async def _asked(
    unit: Unit, person_id: int, delivery_id: int
) -> tuple[Delivery, Broadcast, Contribution | None] | Refused:
    """Return a person's message with its dialogue and their answer so far, which may be changed.

    Telegram may never have confirmed the message: a person who answers it has it.
    """
    delivery = await unit.deliveries.get(delivery_id)
    participant = await unit.participants.of_person(person_id)
    if delivery is None or delivery.subject_kind != BROADCAST:
        return OVER
    # Held, so that the dialogue is not closed before this answer is written.
    known = await unit.broadcasts.hold(delivery.subject_id)
    if known is None or known.question is None or delivery.participant_id != participant.id:
        return OVER
    if known.state is BroadcastState.CLOSED:
        return CLOSED
    if not known.takes_answers(unit.calendar.local(unit.now).date()):
        return NO_MORE
    # Read again, and held: its sending or its correction may have changed it meanwhile.
    delivery = await unit.deliveries.get(delivery_id, held=True) or delivery
    earlier = await unit.contributions.of(BROADCAST, known.id, participant.id, held=True)
    if earlier is not None and earlier.verdict is not None:
        return HAS_OUTCOME
    return delivery, known, earlier


async def takes_answers(unit: Unit, person_id: int, delivery_id: int) -> Refused | None:
    """Return why a person can no longer answer a dialogue; None where they can."""
    asked = await _asked(unit, person_id, delivery_id)
    return asked if isinstance(asked, Refused) else None


def _answer_fault(known: Broadcast, command: AnswerBroadcast) -> Refused | None:
    question = known.question or {}
    keys = {str(option["key"]) for option in question.get("options") or []}
    if command.key is not None:
        return None if command.key in keys else Refused(_("Choose one of the options."))
    words = (command.words or "").strip()
    if not question.get("own_words") or not words:
        return Refused(_("Choose one of the options."))
    if len(words) > LONGEST_ANSWER:
        return TOO_LONG
    if redact_text(words).text != words:
        return Refused(_("Do not write a CPR number here."))
    return None


async def undo_answer(command: UndoAnswer, unit: Unit) -> Done | Refused:
    """Take back an option or own words."""
    asked = await _asked(unit, command.person_id, command.delivery_id)
    if isinstance(asked, Refused):
        return asked
    delivery, known, earlier = asked
    if earlier is None or (earlier.words if command.is_words else earlier.key) is None:
        return NOTHING_TO_UNDO
    left = replace(earlier, words=None) if command.is_words else replace(earlier, key=None)
    if left.key is None and left.words is None:
        await unit.contributions.drop(earlier.id)
        await unit.deliveries.change(delivery, answer=None, choice=None, answered_at=None)
    else:
        await unit.contributions.change(earlier.id, key=left.key, words=left.words, at=unit.now)
        await unit.deliveries.change(delivery, choice=left.key)
    await unit.events.add(CITIZEN, "contribution_undone", broadcast=known.id)
    return Done(known.id)


async def remind_silent(command: RemindSilent, unit: Unit) -> Done | Refused:
    """Ask those again who have not answered, once; the value is whether it was asked before."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    if known is None or not known.is_dialogue or known.state not in BEGUN:
        return NO_DIALOGUE
    wrong = why_not_reminded(known, unit)
    if wrong is not None:
        return wrong
    if known.reminded_at is not None:
        return Done(known.id)
    await unit.broadcasts.change(known.id, reminded_at=unit.now)
    await sending.look_at(unit, known.id, unit.now)
    await unit.events.add(by_staff(command.staff_id), "silent_reminded", broadcast=known.id)
    return Done(known.id)


def why_not_reminded(known: Broadcast, unit: Unit) -> Refused | None:
    """Return why the silent cannot be asked again now; None where they can, or were asked."""
    if known.state is BroadcastState.CLOSED:
        return CLOSED
    if known.reminded_at is not None:
        return None
    if not known.takes_answers(unit.calendar.local(unit.now).date()):
        return TOO_LATE
    if known.state is BroadcastState.SENDING:
        return TOO_EARLY
    return None if known.state is BroadcastState.SENT else sending.NOT_NOW


async def wrong_outcome(command: GiveOutcomes, unit: Unit) -> Refused | None:
    """Return what is wrong with an outcome; None where nothing is."""
    return _wrong_words(command) or await _wrong_day(command, unit)


def _wrong_words(command: GiveOutcomes) -> Refused | None:
    if command.verdict not in list(Verdict):
        return Refused(_("Choose what came of it."), "verdict")
    reasons = reasons_of(command)
    if command.verdict != Verdict.USED and not reasons:
        return NO_REASON
    if reasons:
        wrong = texts_fault(reasons, LONGEST_REASON)
        if wrong is not None:
            return Refused(wrong, "reasons")
    if not command.decided_by.strip():
        return Refused(_("Say who decided: a name or a committee."), "decided_by")
    for name, text in (
        *(("reasons", one) for one in reasons.values()),
        ("decided_by", command.decided_by),
    ):
        if redact_text(text).text != text:
            return Refused(_("Do not write a CPR number here."), name)
    return None


async def _wrong_day(command: GiveOutcomes, unit: Unit) -> Refused | None:
    """Return why the day of a decision is refused: it is to come, or before the question."""
    if command.decided_at is None:
        return None
    if command.decided_at > unit.now:
        return Refused(_("That day has not come yet."), "decided_on")
    asked = await unit.contributions.asked_at(command.contribution_ids)
    day = unit.calendar.local(asked).date() if asked is not None else None
    if day is not None and unit.calendar.local(command.decided_at).date() < day:
        return Refused(TOO_SOON.with_(day=day), "decided_on")
    return None


def reasons_of(command: GiveOutcomes) -> dict[str, str]:
    """Return the reasons of an outcome by language, without empty ones."""
    return {key: text.strip() for key, text in (command.reasons or {}).items() if text.strip()}


async def give_outcomes(command: GiveOutcomes, unit: Unit) -> Done | Refused:
    """Give contributions to dialogues their outcome; the value is their number."""
    wrong = await wrong_outcome(command, unit)
    if wrong is not None:
        return wrong
    done = await unit.contributions.decide(
        {ContributionKind.ANSWER},
        list(command.contribution_ids),
        verdict=Verdict(command.verdict),
        reasons=reasons_of(command) or None,
        decided_by=command.decided_by.strip()[:LONGEST_DECIDER],
        decided_at=command.decided_at or unit.now,
    )
    about = await unit.contributions.get(done[0]) if done else None
    details: dict[str, Any] = {"verdict": command.verdict, "count": len(done)}
    if about is not None:
        details["broadcast"] = about.subject_id
    await unit.events.add(by_staff(command.staff_id), "outcomes_given", **details)
    return Done(len(done))


async def close_dialogue(command: CloseDialogue, unit: Unit) -> Done | Refused:
    """Close a dialogue in which every contribution has its outcome; each author is told once."""
    known = await unit.broadcasts.lock(command.broadcast_id)
    if known is None or not known.is_dialogue:
        return NO_DIALOGUE
    if known.state is BroadcastState.CLOSED:
        return Done(known.id)
    if BroadcastState.CLOSED not in FOLLOWING[known.state]:
        return Refused(STILL_SENT)
    given = await unit.contributions.about(BROADCAST, known.id)
    missing = [one for one in given if one.verdict is None]
    if missing:
        return Refused(MISSING.with_(count=len(missing)), "outcomes")
    closed = replace(known, state=BroadcastState.CLOSED)
    await unit.broadcasts.change(known.id, state=closed.state, ended_at=unit.now)
    await sending.take_back_later(unit, closed)
    await _tell_authors(unit, known, given)
    await unit.events.add(by_staff(command.staff_id), "dialogue_closed", broadcast=known.id)
    return Done(known.id)


async def _tell_authors(unit: Unit, known: Broadcast, given: Sequence[Contribution]) -> None:
    """Plan one message to each author, which quotes their words and the outcome."""
    found = await unit.audiences.find_all({one.participant_id or 0 for one in given})
    planned = []
    for recipient in found.values():
        at = unit.calendar.next_allowed(unit.now, recipient.own_quiet)
        delivery = Delivery(
            id=0,
            subject_kind=BROADCAST,
            subject_id=known.id,
            occasion=OUTCOME,
            participant_id=recipient.participant_id,
            message_class=MessageClass.ANSWER,
            version=1,
            wanted_at=unit.now,
            planned_at=at,
            topic=known.topic,
        )
        planned.append((recipient, delivery))
    await deliveries.plan(unit, planned)
    await unit.contributions.mark_told(BROADCAST, known.id)


async def answer_poll(command: AnswerPoll, unit: Unit) -> Done | Refused:
    """Count an answer to the poll, once, without the person; the value says if it counted."""
    if not LOWEST <= command.value <= HIGHEST:
        return Refused(_("Choose one of the options."))
    participant = await unit.participants.of_person(command.person_id)
    said = await unit.contributions.of(BROADCAST, command.broadcast_id, participant.id)
    if said is None or said.told_at is None:
        return NOT_TOLD
    # That a person has answered is deleted so long after: a later answer would count twice.
    if unit.now - said.told_at >= KEEP_POLL:
        return POLL_OVER
    counted = await unit.polls.take(command.broadcast_id, participant.id, command.value)
    return Done(counted)
