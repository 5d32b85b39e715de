"""A citizen adds words to a case, edits them, and gives a verdict on the answer."""

from __future__ import annotations

from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.case import (
    Case,
    CaseKind,
    CaseMark,
    CaseMessage,
    CaseState,
    CloseReason,
    MessageKind,
    Written,
)
from bot.model.commands.cases import EditWords, FeltWrong, GiveVerdict, JoinCase, SplitOff
from bot.model.staff import May
from bot.service.cases.clock import call_by_after, wind
from bot.service.cases.opening import case_number, new_case, note_opened, receipt, say_asked
from bot.service.cases.thread import goes_on, lane_of, leaders, watchers
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import about_case
from bot.store.events import CITIZEN
from bot.store.unit import Unit

NOT_YOURS = Refused(_("I cannot show that case here."))
OVER = Refused(_("{number} is closed. Write to us again if there is more."))
YES = "yes"


async def join_case(command: JoinCase, unit: Unit) -> Done | Refused:
    """Add a citizen's words to a case; a waiting case resumes, an answered one is reopened."""
    case = await _own(unit, command.case_id, command.person_id)
    if case is None:
        return NOT_YOURS
    over = case.state in (CaseState.RESOLVED, CaseState.CLOSED)
    if over and not command.opens_again:
        return Refused(OVER.why.with_(number=case_number(unit, case)))
    said = await _heard(unit, case, command.words, command.written)
    if case.state is CaseState.WAITING:
        case = await goes_on(unit, case)
    elif over or case.state is CaseState.ANSWERED:
        case = await reopen(unit, case, CITIZEN, "wrote_again")
    case = await unit.cases.change(case, citizen_at=unit.now, **_felt(unit, case, command))
    await unit.events.add(CITIZEN, "wrote", case_id=case.id, said=said.id)
    await alert_staff(unit, await watchers(unit, case), about_case(case.id), "wrote", str(said.id))
    await wind(unit, case, await lane_of(unit, case))
    return Done({**receipt(unit, case), "said": said.id})


def _felt(unit: Unit, case: Case, command: JoinCase) -> dict[str, Any]:
    """Return the changes that angry words make to a case: its mark, and a deadline for a call."""
    if not command.feelings:
        return {}
    marks = tuple(mark for mark in CaseMark if mark in {*case.marks, CaseMark.FEELINGS})
    call_by = call_by_after(case, command.written.sent_at, unit.calendar)
    return {"marks": marks, "call_by": call_by, "no_promo": True}


async def _heard(unit: Unit, case: Case, words: str, written: Written) -> CaseMessage:
    """Add words to the thread; the later parts of an album are added to its first message."""
    if written.album is not None:
        first = await unit.threads.album_of(case.id, written.album)
        if first is not None:
            if written.message_id is not None:
                await unit.cases.link(written.chat_id, written.message_id, case.id, first.id)
            return await unit.threads.change(first, f"{first.text}\n{words}".strip(), None)
    return await say_asked(unit, case, words, written)


async def reopen(unit: Unit, case: Case, actor: str, why: str, reason: str | None = None) -> Case:
    """Reopen an answered or closed case with a new due date, for its previous owner.

    Where that owner has left since, the case is new and without an owner.
    """
    due = unit.calendar.due_date(unit.now, case.working_days)
    owner = await unit.staff.get(case.owner_id) if case.owner_id is not None else None
    owner_id = owner.id if owner is not None and owner.may(May.WORK_CASES) else None
    state = CaseState.OPEN if owner_id is not None else CaseState.NEW
    if case.merged_into is not None:
        await _take_repeats_back(unit, case, case.merged_into)
    await unit.events.add(
        actor, "reopened", case_id=case.id, moved=(case.state, state), reason=reason, why=why
    )
    return await unit.cases.change(
        case,
        state=state,
        owner_id=owner_id,
        due_on=due,
        told_on=due,
        answered_at=None,
        closed_at=None,
        close_reason=None,
        merged_into=None,
        waiting_since=None,
        acted_at=None,
        clock_at=unit.now,
    )


async def _take_repeats_back(unit: Unit, case: Case, merged_into: int) -> None:
    """Let the cases that repeated this one, and went along when it was merged, repeat it again."""
    closed = [one for one in await unit.events.of_case(case.id) if one.verb == "closed"]
    repeats = closed[-1].details.get("repeats", []) if closed else []
    await unit.cases.remerge(repeats, merged_into, case.id)


async def split_off(command: SplitOff, unit: Unit) -> Done | Refused:
    """Move words that had joined a case to a case of their own; a repeat opens no second one."""
    said = await unit.threads.get(command.case_message_id)
    case = await _own(unit, said.case_id, command.person_id) if said else None
    if said is None or case is None or said.kind is not MessageKind.ASKED:
        return NOT_YOURS
    thread = await unit.threads.of_case(case.id, internal=True)
    if thread[0].id == said.id:
        return Done(receipt(unit, case))  # these words are the case's first
    person = await unit.people.get(command.person_id)
    fresh = await unit.cases.add(
        new_case(
            unit,
            CaseKind.QUESTION,
            said.text,
            theme=command.theme or "other",
            received_at=unit.now,  # the time of the split
            person=person,
        )
    )
    await unit.threads.move(said, fresh.id)
    await unit.cases.move_links(said.id, fresh.id)
    await unit.events.add(CITIZEN, "split_off", case_id=case.id, to=fresh.id)
    await note_opened(unit, fresh, CITIZEN, person.lane)
    return Done(receipt(unit, fresh))


async def edit_words(command: EditWords, unit: Unit) -> Done | Refused:
    """Store an edited chat message as a new version; ignore unchanged words."""
    asked = await unit.questions.at(command.chat_id, command.message_id)
    if asked is not None and asked.person_id == command.person_id:
        await unit.questions.rewrite(asked.id, command.words)
        return Done()
    linked = await unit.cases.linked(command.chat_id, command.message_id)
    case = await _own(unit, linked[0], command.person_id) if linked else None
    said = await unit.threads.get(linked[1]) if linked and linked[1] else None
    if (
        case is None
        or said is None
        or said.kind is not MessageKind.ASKED
        or said.text == command.words
    ):
        return Done()
    after = await unit.threads.change(said, command.words, None)
    await unit.events.add(CITIZEN, "edited", case_id=case.id, said=said.id, version=after.version)
    case = await unit.cases.change(case, citizen_at=unit.now)
    occasion = f"{said.id}.{after.version}"
    await alert_staff(unit, await watchers(unit, case), about_case(case.id), "wrote", occasion)
    return Done()


async def give_verdict(command: GiveVerdict, unit: Unit) -> Done | Refused:
    """Record the citizen's verdict on an answer: yes ends the case, anything else reopens it.

    Only the newest answer can get a verdict. A no takes effect at the tap, even if the line with
    the missing information never comes. Until staff have acted on it, the no may be repeated or
    become a yes.
    """
    case = await _own(unit, command.case_id, command.person_id)
    if case is None:
        return NOT_YOURS
    asked = open_to_verdict(case, command.episode)
    if not asked and command.line:
        return await _too_late(command, unit)
    if not asked and not await _just_said_no(unit, case, command.episode):
        return _settled(unit, case)
    if command.verdict == YES:
        case = await _solved(unit, case)
    elif asked:
        case = await _not_solved(unit, case, command)
    return Done(receipt(unit, case))


def _settled(unit: Unit, case: Case) -> Refused:
    """Return why a verdict changes nothing: the case is open already, or has ended."""
    if not case.live:
        return Refused(_("That is settled already. Write to us again if there is more."))
    text = _("{number} is open, and {contact} looks at it. You get an answer by {due}.")
    number = case_number(unit, case)
    return Refused(text.with_(number=number, contact=case.contact, due=case.told_on))


async def _solved(unit: Unit, case: Case) -> Case:
    """Resolve a case by the citizen's verdict."""
    await unit.events.add(
        CITIZEN, "verdict", case_id=case.id, moved=(case.state, CaseState.RESOLVED), verdict=YES
    )
    # Marks belong to the matter, and are removed when it ends (DOMAIN row 8).
    case = await unit.cases.change(
        case, state=CaseState.RESOLVED, close_reason=None, closed_at=unit.now, marks=()
    )
    await wind(unit, case, await lane_of(unit, case))
    return case


async def _not_solved(unit: Unit, case: Case, command: GiveVerdict) -> Case:
    """Reopen a case for its owner after a no, with the citizen's line where there is one."""
    said = await say_asked(unit, case, command.line, command.written) if command.line else None
    await unit.events.add(CITIZEN, "verdict", case_id=case.id, verdict=command.verdict)
    case = await reopen(unit, case, CITIZEN, command.verdict)
    case = await unit.cases.change(case, citizen_at=unit.now)
    occasion = str(said.id) if said else f"answer {command.episode}"
    await alert_staff(unit, await watchers(unit, case), about_case(case.id), "verdict", occasion)
    await wind(unit, case, await lane_of(unit, case))
    return case


async def _just_said_no(unit: Unit, case: Case, episode: int) -> bool:
    """Return whether nothing but messages followed the citizen's no to this answer."""
    if not case.live or case.episode != episode or case.acted_at:
        return False
    thread = await unit.threads.of_case(case.id, internal=False)
    answer = await unit.threads.last_answer(case.id)
    if answer is None:
        return False
    return all(said.id <= answer.id or said.kind is MessageKind.MESSAGE for said in thread)


async def _too_late(command: GiveVerdict, unit: Unit) -> Done | Refused:
    """Add the citizen's line to the case, although the answer has been settled since."""
    joins = JoinCase(
        command.person_id,
        command.case_id,
        command.line or "",
        command.written,
        opens_again=True,
    )
    return await join_case(joins, unit)


def open_to_verdict(case: Case, episode: int) -> bool:
    """Return whether a case can get a verdict on this answer; silence does not exclude it."""
    silent = case.state is CaseState.CLOSED and case.close_reason == CloseReason.NO_VERDICT
    return (case.state is CaseState.ANSWERED or silent) and case.episode == episode


async def felt_wrong(command: FeltWrong, unit: Unit) -> Done | Refused:
    """Alert leaders that an answer did not feel right, except its author (HR-15).

    Where no other leader exists, add a task instead.
    """
    case = await _own(unit, command.case_id, command.person_id)
    if case is None:
        return NOT_YOURS
    await unit.events.add(CITIZEN, "felt_wrong", case_id=case.id)
    answer = await unit.threads.last_answer(case.id)
    wrote = {case.owner_id, answer.staff_id if answer else None}
    near = [*await leaders(unit, case), *await unit.staff.heads()]
    everybody = [one for one in await unit.staff.all() if one.may(May.OVERRIDE)]
    told = [one.id for one in near if one.id not in wrote]
    told = told or [one.id for one in everybody if one.id not in wrote]
    if told:
        occasion = str(answer.id if answer else case.episode)
        await alert_staff(unit, told, about_case(case.id), "felt_wrong", occasion)
    else:
        await unit.tasks.add("felt_wrong", str(case.id), case.person_id)
    return Done(receipt(unit, case))


async def _own(unit: Unit, case_id: int, person_id: int) -> Case | None:
    """Lock and return the citizen's own case; None where it belongs to another (HR-6)."""
    case = await unit.cases.lock(case_id)
    return case if case is not None and case.person_id == person_id else None
