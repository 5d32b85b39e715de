"""What staff send: answers, questions, new dates, ends; corrected, scheduled, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.case import (
    BY_STAFF,
    TO_CITIZEN,
    Case,
    CaseMessage,
    Close,
    Said,
    Sent,
    State,
)
from bot.model.commands import (
    AnswerCase,
    AskCitizen,
    CancelScheduled,
    CloseCase,
    CorrectAnswer,
    ExtendCase,
    ToldByHand,
    WithdrawAnswer,
)
from bot.model.staff import May, Staff
from bot.service.cases.clock import wind
from bot.service.cases.joining import reopen
from bot.service.cases.opening import number_of, receipt
from bot.service.cases.thread import NO_CASE, goes_on, lane_of, tell, watchers
from bot.service.cases.wording import CPR, cpr_in, refused_wording
from bot.service.cases.work import NOT_ALLOWED, OVER, at_work, take
from bot.store.events import CLOCK, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

LONGEST_NUMBER = 12
SEND = "case_send"  # the timer of a scheduled answer
GOING = frozenset({Sent.SCHEDULED, Sent.QUEUED, Sent.SENT, Sent.BY_HAND})
NOT_SENT = Refused(_("That message has not been sent."))


async def answer_case(command: AnswerCase, unit: Unit) -> Done | Refused:
    """Answer: at once, or at the time that is chosen."""
    ready = await _ready(unit, command, command.text)
    if isinstance(ready, Refused):
        return ready
    staff, case = ready
    if case.state in (State.RESOLVED, State.CLOSED):
        return OVER
    if (before := await _said_just_now(unit, command, staff, Said.ANSWER)) is not None:
        return Done({"said": before.id})
    if command.send_at is not None and command.send_at <= unit.now:
        return Refused(_("That time has passed. Choose a later one."))
    case = await _begin(unit, command, staff, case)
    said = await _say(unit, case, staff, Said.ANSWER, command.text)
    if command.send_at is None:
        await send_answer(unit, case, said, by_staff(staff.id))
        return Done({"said": said.id})
    await unit.threads.mark(said, state=Sent.SCHEDULED, send_at=command.send_at)
    await unit.timers.set(NewTimer(SEND, str(said.id), await lane_of(unit, case), command.send_at))
    at = command.send_at.isoformat()
    await unit.events.add(by_staff(staff.id), "scheduled", case_id=case.id, said=said.id, at=at)
    await unit.cases.change(case, acted_at=unit.now)
    return Done({"said": said.id})


async def send_answer(unit: Unit, case: Case, said: CaseMessage, actor: str) -> Case:
    """Let an answer go out; whoever asked is asked once whether it helped.

    A second answer, before the citizen has said anything, is not asked about again.
    Those whose cases repeat this one hear it too.
    """
    asks, when = case.live, {"send_at": None, "at": unit.now, "told_as": "answer"}
    if case.person_id is None:
        await unit.threads.mark(said, state=Sent.BY_HAND, **when)
        await unit.events.add(actor, "to_be_told", case_id=case.id, said=said.id)
        return await unit.cases.change(case, acted_at=unit.now)
    said = await unit.threads.mark(said, state=Sent.QUEUED, **when)
    case, event_id = await _answered(unit, case, said, actor)
    await tell(unit, case, event_id, "answer", said=said.id, asks=asks, episode=case.episode)
    for other in await unit.cases.merged_into(case.id):
        await _copy(unit, other, said, event_id, "answer")
    return case


async def _answered(unit: Unit, case: Case, said: CaseMessage, actor: str) -> tuple[Case, int]:
    """Let a case be answered; it leaves the list only now, and a call it waited for is over."""
    event_id = await unit.events.add(
        actor, "answered", case_id=case.id, moved=(case.state, State.ANSWERED), said=said.id
    )
    case = await unit.cases.change(
        case,
        state=State.ANSWERED,
        answered_at=unit.now,
        waiting_since=None,
        call_by=None,
        acted_at=unit.now,
        episode=case.episode + 1 if case.live else case.episode,
    )
    await wind(unit, case, await lane_of(unit, case))
    return case, event_id


async def _copy(unit: Unit, other: Case, said: CaseMessage, event_id: int, what: str) -> None:
    """Let somebody who asked the same hear it too, as a message of their own case."""
    copy = await unit.threads.say(
        replace(
            said,
            id=0,
            case_id=other.id,
            version=1,
            at=unit.now,
            chat_id=None,
            message_id=None,
            told_as=what,
            copy_of=said.id,
        )
    )
    by_hand = other.person_id is None
    await unit.threads.mark(copy, state=Sent.BY_HAND if by_hand else Sent.QUEUED)
    await tell(unit, other, event_id, what, said=copy.id, asks=False)


async def ask_citizen(command: AskCitizen, unit: Unit) -> Done | Refused:
    """Ask the citizen something; the clock stands still until there is an answer."""
    ready = await _ready(unit, command, command.text)
    if isinstance(ready, Refused):
        return ready
    staff, case = ready
    if not case.live:
        return OVER
    if (before := await _said_just_now(unit, command, staff, Said.QUERY)) is not None:
        return Done({"said": before.id})
    case = await _begin(unit, command, staff, case)
    said = await _say(unit, case, staff, Said.QUERY, command.text)
    event_id = await unit.events.add(
        by_staff(staff.id), "asked", case_id=case.id, moved=(case.state, State.WAITING)
    )
    if case.waiting_since is not None:  # each question has its own time to be answered in
        case = await goes_on(unit, case, by_staff(staff.id))
    case = await unit.cases.change(
        case, state=State.WAITING, waiting_since=unit.now, acted_at=unit.now
    )
    await _go(unit, case, said, event_id, "query")
    await wind(unit, case, await lane_of(unit, case))
    return Done({"said": said.id})


async def extend_case(command: ExtendCase, unit: Unit) -> Done | Refused:
    """Give the citizen a new date and the reason; the old alarms are silent from now on."""
    ready = await _ready(unit, command, command.reason)
    if isinstance(ready, Refused):
        return ready
    staff, case = ready
    if not case.live:
        return OVER
    today = unit.hall.calendar.local(unit.now).date()
    if not unit.hall.calendar.is_working_day(command.due_on):
        return Refused(_("The new date must be a day on which we work."))
    if command.due_on <= max(today, case.due_on):
        return Refused(_("The new date must be later than the old one, and not have passed."))
    case = await _begin(unit, command, staff, case)
    said = await _say(unit, case, staff, Said.NOTICE, command.reason)
    event_id = await unit.events.add(
        by_staff(staff.id),
        "extended",
        case_id=case.id,
        reason=command.reason,
        before=case.due_on.isoformat(),
        after=command.due_on.isoformat(),
    )
    case = await unit.cases.change(
        case, due_on=command.due_on, told_on=command.due_on, acted_at=unit.now
    )
    await _go(unit, case, said, event_id, "extended")
    await wind(unit, case, await lane_of(unit, case))
    return Done(receipt(unit, case))


async def close_case(command: CloseCase, unit: Unit) -> Done | Refused:
    """End a case for a reason that the citizen is told, with a way on."""
    ready = await _ready(unit, command, with_where(command.words, command.where))
    if isinstance(ready, Refused):
        return ready
    staff, case = ready
    if not case.live and case.state is not State.ANSWERED:
        return OVER
    if command.reason not in BY_STAFF:
        return Refused(_("Choose why the case is closed."))
    merged = None
    if command.reason == Close.DUPLICATE:
        merged = await _repeated(unit, case, command.where)
    if (wrong := _wrong_place(command, merged)) is not None:
        return wrong
    where = number_of(unit, merged) if merged else command.where
    case = await _begin(unit, command, staff, case)
    said = await _say(unit, case, staff, Said.NOTICE, with_where(command.words, where))
    event_id = await unit.events.add(
        by_staff(staff.id),
        "closed",
        case_id=case.id,
        moved=(case.state, State.CLOSED),
        reason=command.reason,
        where=command.where,
    )
    case = await end(unit, case, Close(command.reason))
    case = await unit.cases.change(
        case, acted_at=unit.now, merged_into=merged.id if merged else None
    )
    await _go(unit, case, said, event_id, "closed")
    if merged is None:
        for other in await unit.cases.merged_into(case.id):
            await _copy(unit, other, said, event_id, "closed")
        return Done(receipt(unit, case))
    await unit.cases.remerge(case.id, merged.id)
    answer = await unit.threads.last_answer(merged.id)
    if merged.state is State.ANSWERED and answer is not None:
        await _copy(unit, case, answer, event_id, "answer")
    return Done(receipt(unit, case))


def _wrong_place(command: CloseCase, merged: Case | None) -> Refused | None:
    """Return what is wrong with the place, or the case, that is right instead."""
    if command.reason == Close.DUPLICATE and merged is None:
        return Refused(_("Write the number of the case that this one repeats."))
    if command.reason in (Close.NOT_US, Close.REFERRED) and not (command.where or "").strip():
        return Refused(_("Write who can help instead, with a phone number or a link."))
    return CPR if cpr_in(command.where or "") else None


def with_where(words: str, where: str | None) -> str:
    """Return what the citizen is told, with the place that is right instead (HR-13)."""
    words, where = words.strip(), (where or "").strip()
    return words if not where or where in words else f"{words}\n{where}"


async def _repeated(unit: Unit, case: Case, where: str | None) -> Case | None:
    """Find the case that another repeats, by its number: one that has, or will have, an answer."""
    digits = "".join(letter for letter in where or "" if letter.isascii() and letter.isdigit())
    other = await unit.cases.by_number(int(digits)) if 0 < len(digits) <= LONGEST_NUMBER else None
    if other is None or other.id == case.id:
        return None
    return other if other.live or other.state is State.ANSWERED else None


async def end(unit: Unit, case: Case, reason: Close) -> Case:
    """Close a case; marks are of the matter and end with it (DOMAIN row 8)."""
    case = await unit.cases.change(
        case,
        state=State.CLOSED,
        close_reason=reason,
        closed_at=unit.now,
        waiting_since=None,
        call_by=None,
        marks=(),
    )
    for said in await unit.threads.of_case(case.id, internal=False):
        if said.state is Sent.SCHEDULED:
            await _unschedule(unit, said)
    await wind(unit, case, await lane_of(unit, case))
    return case


async def cancel_scheduled(command: CancelScheduled, unit: Unit) -> Done | Refused:
    """Keep an answer from being sent that waits for its time."""
    found = await _their_message(unit, command)
    if isinstance(found, Refused):
        return found
    staff, case, said = found
    if said.state is not Sent.SCHEDULED:
        return Refused(_("That answer is on its way already."))
    await _unschedule(unit, said)
    await unit.events.add(by_staff(staff.id), "unscheduled", case_id=case.id, said=said.id)
    return Done()


async def _unschedule(unit: Unit, said: CaseMessage) -> None:
    """Take a scheduled answer out."""
    await unit.threads.mark(said, state=Sent.WITHDRAWN, send_at=None)
    await unit.timers.forget(SEND, str(said.id))


async def correct_answer(command: CorrectAnswer, unit: Unit) -> Done | Refused:
    """Let a sent message say something else, in its place; what it said is kept."""
    found = await _their_message(unit, command)
    if isinstance(found, Refused):
        return found
    staff, case, said = found
    wrong = refused_wording(
        command.text, staff, override=command.override, confirmed=command.confirmed
    )
    if wrong is not None:
        return wrong
    if said.kind not in TO_CITIZEN or said.state is Sent.WITHDRAWN:
        return NOT_SENT
    if cpr_in(command.override or ""):
        return CPR
    if said.text == command.text.strip():
        return Done({"said": said.id})
    await _note_override(unit, command, staff, case)
    after = await unit.threads.change(said, command.text.strip(), staff.id)
    event_id = await unit.events.add(
        by_staff(staff.id), "corrected", case_id=case.id, said=said.id, version=after.version
    )
    await unit.cases.change(case, acted_at=unit.now)
    if said.state is not Sent.SCHEDULED:
        await tell(unit, case, event_id, "corrected", said=said.id)
    for copy, other in await _copies(unit, said):
        await unit.threads.change(copy, command.text.strip(), staff.id)
        await tell(unit, other, event_id, "corrected", said=copy.id)
    return Done({"said": said.id})


async def withdraw_answer(command: WithdrawAnswer, unit: Unit) -> Done | Refused:
    """Take a sent message back; a case it had answered goes on."""
    found = await _their_message(unit, command)
    if isinstance(found, Refused):
        return found
    staff, case, said = found
    if said.kind not in TO_CITIZEN or said.state not in (Sent.SENT, Sent.QUEUED, Sent.BY_HAND):
        return NOT_SENT
    if not command.reason.strip():
        return Refused(_("Write why it is taken back."))
    if cpr_in(command.reason):
        return CPR
    await unit.threads.mark(said, state=Sent.WITHDRAWN)
    event_id = await unit.events.add(
        by_staff(staff.id), "withdrew", case_id=case.id, reason=command.reason, said=said.id
    )
    case = await _comes_back(unit, case, said, by_staff(staff.id), "withdrew")
    case = await unit.cases.change(case, acted_at=unit.now)
    await wind(unit, case, await lane_of(unit, case))
    await tell(unit, case, event_id, "withdrawn", said=said.id)
    for copy, other in await _copies(unit, said):
        await unit.threads.mark(copy, state=Sent.WITHDRAWN)
        await tell(unit, other, event_id, "withdrawn", said=copy.id)
    return Done()


async def _copies(unit: Unit, said: CaseMessage) -> list[tuple[CaseMessage, Case]]:
    """Return what was told of a message to those who asked the same, with their cases."""
    found = []
    for copy in await unit.threads.copies(said.id):
        other = await unit.cases.lock(copy.case_id)
        if other is not None and copy.state is not Sent.WITHDRAWN:
            found.append((copy, other))
    return found


async def _comes_back(unit: Unit, case: Case, said: CaseMessage, actor: str, why: str) -> Case:
    """Let a case go on whose citizen does not have what was sent: it cannot have left a list."""
    if said.kind is Said.ANSWER and not case.live and case.merged_into is None:
        return await reopen(unit, case, actor, why)
    if said.told_as == "closed" and case.state is State.CLOSED:
        return await reopen(unit, case, actor, why)
    asked = await unit.threads.last_query(case.id)
    if said.kind is Said.QUERY and case.state is State.WAITING and asked is None:
        return await goes_on(unit, case, actor)
    return case


async def told_by_hand(command: ToldByHand, unit: Unit) -> Done | Refused:
    """Note that somebody without a chat was told."""
    found = await _their_message(unit, command)
    if isinstance(found, Refused):
        return found
    staff, case, said = found
    if said.state is not Sent.BY_HAND:
        return NOT_SENT
    await unit.threads.mark(said, state=Sent.SENT)
    await unit.events.add(by_staff(staff.id), "told", case_id=case.id, said=said.id)
    case = await unit.cases.change(case, call_by=None, acted_at=unit.now)
    if said.kind is Said.ANSWER and case.live:
        await _answered(unit, case, said, by_staff(staff.id))
    return Done()


async def _ready(unit: Unit, command: Any, text: str) -> tuple[Staff, Case] | Refused:
    """Lock a case for one who may send in it: its owner, or another who says why."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    why = (command.override or "").strip()
    wrong = refused_wording(text, staff, override=why, confirmed=command.confirmed)
    if wrong is not None:
        return wrong
    if cpr_in(why):
        return CPR
    if case.owner_id not in (None, staff.id) and not why:
        owner = await unit.staff.get(case.owner_id)
        name = owner.first_name if owner else "?"
        return Refused(_("{name} has this case. Say why you write instead.").with_(name=name))
    return staff, case


async def _begin(unit: Unit, command: Any, staff: Staff, case: Case) -> Case:
    """Write down who sends, once nothing can be refused any more.

    A case that nobody has is taken by whoever writes in it first.
    """
    if case.owner_id is None:
        case = await take(unit, staff, case)
    await _note_override(unit, command, staff, case)
    return case


async def _note_override(unit: Unit, command: Any, staff: Staff, case: Case) -> None:
    """Write down why somebody writes in another's case, or why a leader lets words stand."""
    why = (command.override or "").strip()
    if why and (case.owner_id != staff.id or staff.may(May.OVERRIDE)):
        await unit.events.add(by_staff(staff.id), "override", case_id=case.id, reason=why)


async def _their_message(unit: Unit, command: Any) -> tuple[Staff, Case, CaseMessage] | Refused:
    """Lock the case of a message that a member of the staff wrote, or a leader may change."""
    staff = await unit.staff.get(command.staff_id)
    if staff is None or not staff.may(May.WORK_CASES):
        return NOT_ALLOWED
    said = await unit.threads.get(command.said_id)
    case = await unit.cases.lock(said.case_id) if said else None
    said = await unit.threads.get(command.said_id) if case else None  # as it is under the lock
    if said is None or case is None:
        return NO_CASE
    own = staff.id in (said.staff_id, case.owner_id)
    if not own and not staff.may(May.OVERRIDE):
        return NOT_ALLOWED
    return staff, case, said


async def _said_just_now(
    unit: Unit, command: AnswerCase | AskCitizen, staff: Staff, kind: Said
) -> CaseMessage | None:
    """Return the same words, where they are the last in the thread: a button pressed twice."""
    thread = await unit.threads.of_case(command.case_id, internal=False)
    if not thread or thread[-1].state not in GOING:
        return None
    last = thread[-1]
    send_at = command.send_at if isinstance(command, AnswerCase) else None
    this = (staff.id, kind, command.text.strip(), send_at)
    return last if (last.staff_id, last.kind, last.text, last.send_at) == this else None


async def _say(unit: Unit, case: Case, staff: Staff, kind: Said, text: str) -> CaseMessage:
    """Put words for the citizen into the thread, signed."""
    return await unit.threads.say(
        CaseMessage(
            id=0,
            case_id=case.id,
            kind=kind,
            staff_id=staff.id,
            signed=staff.first_name,
            text=text.strip(),
            version=1,
            state=Sent.KEPT,
            at=unit.now,
        )
    )


async def _go(unit: Unit, case: Case, said: CaseMessage, event_id: int, what: str) -> None:
    """Let words for the citizen go out, or be told by hand."""
    by_hand = case.person_id is None
    await unit.threads.mark(said, state=Sent.BY_HAND if by_hand else Sent.QUEUED, told_as=what)
    await tell(unit, case, event_id, what, said=said.id)


async def say_by_clock(unit: Unit, case: Case, text: str, event_id: int, what: str) -> None:
    """Put words of the clock into the thread, unsigned, and let them go out."""
    said = await unit.threads.say(
        CaseMessage(
            id=0,
            case_id=case.id,
            kind=Said.NOTICE,
            staff_id=None,
            signed=None,
            text=text,
            version=1,
            state=Sent.KEPT,
            at=unit.now,
        )
    )
    await _go(unit, case, said, event_id, what)


async def not_delivered(unit: Unit, case: Case, said: CaseMessage) -> None:
    """Give a case back whose citizen did not get what was sent: it cannot have left a list."""
    said = await unit.threads.mark(said, state=Sent.FAILED)
    await unit.events.add(CLOCK, "not_delivered", case_id=case.id, said=said.id)
    case = await _comes_back(unit, case, said, CLOCK, "not_delivered")
    await wind(unit, case, await lane_of(unit, case))
    await unit.alerts.ring(await watchers(unit, case), case.id, "not_delivered", str(said.id))
