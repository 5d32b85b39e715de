"""Staff in a transcript: each line becomes a command of the console."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.engine.events import Refused
from bot.i18n import render
from bot.model.case import MessageKind, id_of_number
from bot.model.commands.casework import (
    AddWords,
    AnswerCase,
    AskCitizen,
    ClaimCase,
    CloseCase,
    CorrectAnswer,
    EnterCase,
    ExtendCase,
    HandOver,
    LogCall,
    MarkCase,
    ReadCase,
    ReopenCase,
    WithdrawAnswer,
    WriteCitizen,
    WriteNote,
)
from bot.model.staff import Staff
from bot.service import execute
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing.staff_broadcasts import broadcast_command
from bot.testing.staff_reminders import reminder_command
from bot.testing.staff_volunteering import volunteering_command

LANGUAGE = "da"
_ACT = re.compile(
    r"(?P<verb>claims|reads|notes|calls|answers|writes|asks|extends|closes|reopens|corrects|withdraws|"
    r"hands|marks|schedules|adds to) (?P<prefix>\w+)-(?P<number>\d+)(?: (?P<how>[^:]*))?"
    r"(?:: (?P<words>.*))?",
    re.DOTALL,
)
_OUTCOME = re.compile(r"as (?P<verdict>\w+)(?: by (?P<decided_by>.+))?")
_ENTERS = re.compile(r"enters (?P<name>[^,:]+), (?P<phone>[^:]+): (?P<words>.*)", re.DOTALL)


async def act(store: Store, name: str, line: str) -> str | None:
    """Perform *line* as the staff member *name*; return the reason where it is refused.

    Raises `ValueError` where the name or the line is unknown.
    """
    async with store.unit() as unit:
        staff = await unit.staff.by_username(name.lower())
        if staff is None:
            message = f"nobody called {name} works here"
            raise ValueError(message)
        done = await execute(await _command(unit, staff, line), unit)
    return render(done.why, LANGUAGE, escape=str) if isinstance(done, Refused) else None


async def _command(unit: Unit, staff: Staff, line: str) -> Any:
    """Return a line as a command; raise `ValueError` where it is unknown."""
    entered = _ENTERS.fullmatch(line)
    if entered is not None:
        name, phone, words = entered.groups()
        return EnterCase(staff.id, "phone", "question", name, phone, "other", None, words)
    found = _ACT.fullmatch(line)
    if found is None:
        for reads in (broadcast_command, reminder_command, volunteering_command):
            command = await reads(unit, staff, line)
            if command is not None:
                return command
        message = f"nobody knows how to do this at the console: {line}"
        raise ValueError(message)
    case_id = id_of_number(int(found["number"]))
    return await _of_case(unit, staff.id, case_id, found)


async def _of_case(unit: Unit, own: int, case_id: int, found: re.Match[str]) -> Any:  # noqa: C901, PLR0911, PLR0912 - one return per kind of line
    """Return a line about a case as a command."""
    words, how = found["words"] or "", found["how"] or ""
    match found["verb"]:
        case "claims":
            return ClaimCase(own, case_id)
        case "reads":
            return ReadCase(own, case_id)
        case "notes":
            return WriteNote(own, case_id, words)
        case "calls":
            return LogCall(own, case_id, words)
        case "answers":
            decided = _OUTCOME.fullmatch(how)
            if decided is not None:
                verdict, by = decided.groups()
                return AnswerCase(own, case_id, words, verdict=verdict, decided_by=by)
            return AnswerCase(own, case_id, words, override=how or None)
        case "writes":
            later = _moment(how, unit) if how.startswith("for ") else None
            why = None if later else how or None
            return WriteCitizen(own, case_id, words, send_at=later, override=why)
        case "schedules":
            when, _as, decided_as = how.partition(" as ")
            verdict = decided_as or None
            return AnswerCase(own, case_id, words, send_at=_moment(when, unit), verdict=verdict)
        case "asks":
            return AskCitizen(own, case_id, words)
        case "extends":
            day = date.fromisoformat(how.removeprefix("to "))
            return ExtendCase(own, case_id, day, words)
        case "closes":
            reason, _at, where = how.removeprefix("as ").partition(" at ")
            return CloseCase(own, case_id, reason, words, where or None)
        case "reopens":
            return ReopenCase(own, case_id, words)
        case "hands":
            heir = await unit.staff.by_username(how.removeprefix("to ").lower())
            return HandOver(own, case_id, heir.id if heir else 0, words)
        case "marks":
            return MarkCase(own, case_id, tuple(words.split(", ")) if words else ())
        case "adds to":
            return AddWords(own, case_id, words)
    newest = await _newest_sent(unit, case_id)
    if found["verb"] == "corrects":
        return CorrectAnswer(own, newest, words)
    return WithdrawAnswer(own, newest, words)


def _moment(how: str, unit: Unit) -> datetime:
    """Read “for 2026-11-24 09.00” as a time in the town's zone."""
    written = datetime.fromisoformat(how.removeprefix("for ").replace(".", ":"))
    return written.replace(tzinfo=ZoneInfo(unit.calendar.zone)).astimezone(UTC)


async def _newest_sent(unit: Unit, case_id: int) -> int:
    """Return the id of the newest message that staff sent in a case."""
    thread = await unit.threads.of_case(case_id, internal=False)
    return [said.id for said in thread if said.kind is not MessageKind.ASKED][-1]
