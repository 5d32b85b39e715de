"""Lines of staff about broadcasts and dialogues, as commands of the console."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.model import audience as audiences
from bot.model.broadcast import BROADCAST, WARNINGS, Broadcast, BroadcastState
from bot.model.commands.broadcasts import (
    AddBroadcast,
    ApproveBroadcast,
    ApproveCorrection,
    CloseDialogue,
    CorrectBroadcast,
    GiveOutcomes,
    PauseBroadcast,
    RemindSilent,
    ResumeBroadcast,
    ReturnBroadcast,
    StopBroadcast,
    SubmitBroadcast,
)
from bot.model.staff import Staff
from bot.store.unit import Unit
from bot.testing.staff_reminders import audience_of, participant_of

_LINES = tuple(
    re.compile(line, re.DOTALL)
    for line in (
        (
            r"(?P<verb>writes|asks|warns) (?!to )(?P<who>[^:]+?)(?: about (?P<topic>\w+))?:"
            r" (?P<words>.+?)(?: with the agenda (?P<agenda>\S+))?"
        ),
        r"(?P<verb>submits|stops|pauses|resumes) the news",
        r"(?P<verb>approves) the (?P<what>news|correction)(?: because (?P<why>.+))?",
        r"(?P<verb>returns) the news: (?P<words>.+)",
        r"(?P<verb>corrects) the news: (?P<words>.+)",
        r"(?P<verb>reminds) the silent",
        r"(?P<verb>decides) (?P<verdict>\w+) on (?P<name>[^:]+)(?:: (?P<words>.+))?",
        r"(?P<verb>closes) the dialogue",
    )
)
DECIDER = "Natur- og miljøudvalget"


async def broadcast_command(unit: Unit, staff: Staff, line: str) -> Any | None:
    """Return a line as a command; None where it is about something else."""
    found = next((match for one in _LINES if (match := one.fullmatch(line))), None)
    if found is None:
        return None
    told = found.groupdict()
    if told["verb"] in {"writes", "asks", "warns"}:
        return await _new(unit, staff, told)
    newest = (await unit.broadcasts.listed(tuple(BroadcastState), 1))[0]
    return await _about(unit, staff.id, newest, told)


async def _new(unit: Unit, staff: Staff, told: Mapping[str, Any]) -> AddBroadcast:
    """Return the draft of a line: words in Danish and English, and answers in brackets."""
    words, *options = re.split(r"\s*\[([^\]]+)\]\s*", told["words"])
    danish, _bar, english = words.partition(" / ")
    texts = {"da": danish.strip(), "en": english.strip()}
    question = None
    if told["verb"] == "asks":
        shown = [one for one in options if one]
        question = {
            "options": [
                {"key": str(number), "labels": {"da": label}} for number, label in enumerate(shown)
            ],
            "own_words": True,
        }
    is_warning = told["verb"] == "warns"
    fields = {
        "title": danish.strip().split(".")[0][:60],
        "texts": texts,
        "topic": WARNINGS if is_warning else told["topic"] or "nature",
        "audience": audiences.to_json(await audience_of(unit, told["who"])),
        "question": question,
        "decider": DECIDER if question else None,
        "agenda_url": told["agenda"],
        "is_warning": is_warning,
    }
    return AddBroadcast(staff.id, fields)


async def _about(unit: Unit, own: int, newest: Broadcast, told: Mapping[str, Any]) -> Any:  # noqa: C901, PLR0911 - one return per kind of line
    """Return a line about the newest broadcast as a command."""
    match told["verb"]:
        case "submits":
            return SubmitBroadcast(own, newest.id)
        case "approves" if told["what"] == "correction":
            return ApproveCorrection(own, newest.id, newest.edition + 1, told["why"] or "")
        case "approves":
            return ApproveBroadcast(own, newest.id, newest.version, told["why"] or "")
        case "returns":
            return ReturnBroadcast(own, newest.id, told["words"])
        case "pauses":
            return PauseBroadcast(own, newest.id)
        case "resumes":
            return ResumeBroadcast(own, newest.id)
        case "stops":
            return StopBroadcast(own, newest.id)
        case "corrects":
            danish, _bar, english = told["words"].partition(" / ")
            texts = {"da": danish, "en": english}
            return CorrectBroadcast(own, newest.id, texts)
        case "reminds":
            return RemindSilent(own, newest.id)
        case "closes":
            return CloseDialogue(own, newest.id)
    participant = await participant_of(unit, told["name"])
    said = await unit.contributions.of(BROADCAST, newest.id, participant)
    reasons = {"da": told["words"]} if told["words"] else None
    ids = [said.id] if said is not None else []
    return GiveOutcomes(own, ids, told["verdict"], DECIDER, None, reasons)
