"""Outcomes of ideas and reports: the answer to such a case says whether they are used (row 4).

The words of the answer are the reason, and stay in the thread alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.events import Refused
from bot.i18n import _
from bot.model.broadcast import Verdict
from bot.model.case import Case, CaseKind, CloseReason
from bot.model.commands.casework import AnswerCase
from bot.model.outcome import LONGEST_DECIDER, Contribution, ContributionKind
from bot.model.staff import Staff
from bot.service.cases.wording import CPR, cpr_in
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import CASE, about_case
from bot.store.unit import Unit

KINDS: Mapping[CaseKind, ContributionKind] = {
    CaseKind.IDEA: ContributionKind.IDEA,
    CaseKind.REPORT: ContributionKind.REPORT,
}
NOT_CHOSEN = Refused(_("Choose what came of it."), "verdict")


async def note_contribution(unit: Unit, case: Case) -> None:
    """Record a new case as a contribution, where it is an idea or a report."""
    kind = KINDS.get(case.kind)
    if kind is None:
        return
    author = await unit.participants.of_person(case.person_id) if case.person_id else None
    new = Contribution(
        id=0,
        kind=kind,
        subject_kind=CASE,
        subject_id=case.id,
        participant_id=author.id if author else None,
        theme=case.theme,
    )
    await unit.contributions.add(new)


async def contribution_of(unit: Unit, case: Case) -> Contribution | None:
    """Return the contribution that a case is; None for another kind of case."""
    if case.kind not in KINDS:
        return None
    return next(iter(await unit.contributions.about(CASE, case.id)), None)


async def is_missing(unit: Unit, case: Case) -> bool:
    """Return whether a case is a contribution that lacks its outcome."""
    one = await contribution_of(unit, case)
    return one is not None and one.verdict is None


async def outcome_fault(unit: Unit, command: AnswerCase, case: Case) -> Refused | None:
    """Return why an answer is refused for the outcome that it gives or lacks."""
    if cpr_in(command.decided_by or ""):
        return CPR
    if command.verdict is not None:
        return None if command.verdict in list(Verdict) else NOT_CHOSEN
    return NOT_CHOSEN if await is_missing(unit, case) else None


async def decide(unit: Unit, command: AnswerCase, staff: Staff, case: Case) -> None:
    """Record the outcome that an answer gives; its author is told when the answer is sent."""
    if command.verdict is None or case.kind not in KINDS:
        return
    name = (command.decided_by or "").strip()[:LONGEST_DECIDER] or staff.first_name
    decided = {"verdict": Verdict(command.verdict), "decided_by": name, "decided_at": unit.now}
    await unit.contributions.set_about(CASE, [case.id], **decided, told_at=None)


async def tell(unit: Unit, case: Case) -> None:
    """Record that the outcome is told, also to the authors of cases that repeat this one."""
    one = await contribution_of(unit, case)
    if one is not None and one.verdict is not None:
        repeats = [other.id for other in await unit.cases.merged_into(case.id)]
        await _give(unit, [case.id, *repeats], one)


async def follow(unit: Unit, case: Case, merged: Case) -> None:
    """Give a case the outcome of the answered case that it repeats."""
    one = await contribution_of(unit, merged)
    if one is not None and one.told_at is not None:
        await _give(unit, [case.id], one)


async def _give(unit: Unit, case_ids: list[int], one: Contribution) -> None:
    """Record the outcome *one* has for several cases, and that it is told."""
    values = {"verdict": one.verdict, "decided_by": one.decided_by, "decided_at": one.decided_at}
    await unit.contributions.set_about(CASE, case_ids, **values, told_at=unit.now)


async def closed(unit: Unit, case: Case, staff: Staff, reason: CloseReason) -> None:
    """Record the outcome of a case that staff close: it is not used, for the reason that they tell.

    Words that were taken back are no contribution, and a repeated case has the other one's outcome.
    """
    if reason is CloseReason.WITHDRAWN:
        await unit.contributions.drop_about(CASE, case.id)
    elif reason is not CloseReason.DUPLICATE and await is_missing(unit, case):
        decided = {"decided_by": staff.first_name, "decided_at": unit.now, "told_at": unit.now}
        await unit.contributions.set_about(CASE, [case.id], verdict=Verdict.NOT_USED, **decided)


async def take_back(unit: Unit, case: Case, *, only_untold: bool = False) -> None:
    """Remove the outcome of a case whose answer was taken back, and of cases that repeat it.

    With *only_untold* it is kept where an earlier answer has told it.
    """
    one = await contribution_of(unit, case)
    if one is None or (only_untold and one.told_at is not None):
        return
    repeats = [other.id for other in await unit.cases.merged_into(case.id)]
    nothing = dict.fromkeys(("verdict", "decided_by", "decided_at", "told_at"))
    await unit.contributions.set_about(CASE, [case.id, *repeats], **nothing)


async def waits(unit: Unit, case: Case, watchers: list[int]) -> bool:
    """Return whether a clock may not end a case yet; its staff are alerted to the lack."""
    if not await is_missing(unit, case):
        return False
    await alert_staff(unit, watchers, about_case(case.id), "no_outcome", str(case.episode))
    return True
