"""`brobygger broadcast`: write, check, approve, hold and watch broadcasts from scripts."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import settings
from bot.app.compose import town_context_of
from bot.app.operate import print_line
from bot.clock import SystemClock
from bot.engine.events import Refused
from bot.errors import BrobyggerError
from bot.i18n import render
from bot.model.broadcast import BROADCAST_STATE_NAMES, Broadcast, BroadcastState
from bot.model.commands.broadcasts import (
    AddBroadcast,
    ApproveBroadcast,
    PauseBroadcast,
    ResumeBroadcast,
    StopBroadcast,
    SubmitBroadcast,
)
from bot.model.staff import May, Staff
from bot.service import execute
from bot.service.broadcasts.reaching import all_faults
from bot.service.broadcasts.writing import EDITABLE
from bot.service.content import read_town
from bot.store.broadcast_results import BroadcastResults
from bot.store.store import Store
from bot.store.unit import Unit

MOST_LISTED = 50
FILES = frozenset({"media", "file_id"})  # are uploaded at the console
TIMES = ("starts_at", "expires_at")
HOLDS = {"pause": PauseBroadcast, "resume": ResumeBroadcast, "stop": StopBroadcast}


async def listed() -> int:
    """Print one line for each of the newest broadcasts."""
    async with _store() as store, store.reading() as unit:
        found = await unit.broadcasts.listed(tuple(BroadcastState), MOST_LISTED)
    for one in found:
        print_line(f"{one.id}: {_state(one)}, {one.topic}, {one.title}")
    if not found:
        print_line("There are none. brobygger broadcast new FILE writes one.")
    return 0


async def new(file: Path, username: str, topic: str | None) -> int:
    """Write a draft from a file, and print its id."""
    fields = _fields_of(file)
    if topic is not None:
        fields["topic"] = topic
    async with _store() as store, store.unit() as unit:
        member = await _member(unit, username)
        print_line(str(await _carried_out(AddBroadcast(member.id, fields), unit)))
    return 0


async def check(broadcast_id: int) -> int:
    """Print everything that keeps a broadcast from being sent; return 1 if there is anything."""
    async with _store() as store, store.reading() as unit:
        faults = await all_faults(unit, await _known(unit, broadcast_id))
    for one in faults:
        also = " (a leader may let it stand, with a reason)" if one.can_stand else ""
        also = " (advice)" if one.hint else also
        print_line(f"{one.field}: {render(one.why, 'en', escape=str)}{also}")
    stops = [one for one in faults if not one.hint]
    if not stops:
        print_line("Nothing is wrong.")
    return int(bool(stops))


async def submit(broadcast_id: int, username: str) -> int:
    """Send a draft to its approval."""
    async with _store() as store, store.unit() as unit:
        member = await _member(unit, username)
        await _carried_out(SubmitBroadcast(member.id, broadcast_id), unit)
        print_line(_state(await _known(unit, broadcast_id)))
    return 0


async def approve(broadcast_id: int, username: str, version: int, reason: str) -> int:
    """Approve a broadcast as a leader who did not write it."""
    async with _store() as store, store.unit() as unit:
        member = await _member(unit, username)
        await _carried_out(ApproveBroadcast(member.id, broadcast_id, version, reason), unit)
        print_line(_state(await _known(unit, broadcast_id)))
    return 0


async def hold(act: str, broadcast_id: int, username: str) -> int:
    """Pause, resume or stop a broadcast."""
    async with _store() as store, store.unit() as unit:
        member = await _member(unit, username)
        await _carried_out(HOLDS[act](member.id, broadcast_id), unit)
        print_line(_state(await _known(unit, broadcast_id)))
    return 0


async def progress(broadcast_id: int, *, as_json: bool) -> int:
    """Print how many people a broadcast has reached, and why it did not reach the others."""
    async with _store() as store, store.reading() as unit:
        known = await _known(unit, broadcast_id)
        reached = await BroadcastResults(unit).reached(known)
    numbers = {
        "state": known.state.value,
        "version": known.version,
        "audience": known.audience_size or 0,
        "sent": reached.sent,
        "left": reached.left,
        "not_sent": {
            reason.value if reason is not None else "other": number
            for reason, number in reached.by_reason.items()
        },
        "tapped": reached.tapped,
        "answered": reached.answered,
    }
    if as_json:
        print_line(json.dumps(numbers))
        return 0
    for name, value in numbers.items():
        print_line(f"{name}: {value}")
    return 0


def _fields_of(file: Path) -> dict[str, Any]:
    """Read a draft: JSON with the fields of a broadcast, or a title and below it the Danish text.

    Raise `BrobyggerError` where the file cannot be read as either.
    """
    try:
        words = file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise BrobyggerError(f"{file} cannot be read: {error}") from None
    if file.suffix != ".json":
        title, _line, text = words.strip().partition("\n")
        return {"title": title.strip(), "texts": {"da": text.strip()}}
    try:
        found = json.loads(words)
    except ValueError as error:
        raise BrobyggerError(f"{file} is not JSON: {error}") from None
    if not isinstance(found, Mapping):
        raise BrobyggerError(f"{file} has no fields.")
    unknown = sorted(set(found) - EDITABLE | set(found) & FILES)
    if unknown:
        known = ", ".join(sorted(EDITABLE - FILES))
        raise BrobyggerError(f"There is no field {', '.join(unknown)}. There are: {known}.")
    return {**found, **{name: _moment(name, found[name]) for name in TIMES if found.get(name)}}


def _moment(name: str, words: str) -> datetime:
    """Return a time of a file; raise `BrobyggerError` where it has no zone or is none."""
    try:
        at = datetime.fromisoformat(words)
    except (TypeError, ValueError):
        at = None
    if at is None or at.tzinfo is None:
        raise BrobyggerError(f"Write {name} like this: 2026-12-03T10:00+01:00.")
    return at


def _state(known: Broadcast) -> str:
    """Return the state of a broadcast in words."""
    return render(BROADCAST_STATE_NAMES[known.state], "en", escape=str)


@asynccontextmanager
async def _store() -> AsyncIterator[Store]:
    """Open the store for a few writes, also while a bot runs on it."""
    found = settings.read(token_needed=False)
    context = town_context_of(read_town(found.town), found.console_url)
    store = await Store.open_beside(found.database_url, clock=SystemClock(), town=context)
    try:
        yield store
    finally:
        await store.close()


async def _known(unit: Unit, broadcast_id: int) -> Broadcast:
    """Return a broadcast; raise `BrobyggerError` where there is none."""
    known = await unit.broadcasts.get(broadcast_id)
    if known is None:
        raise BrobyggerError(f"There is no broadcast {broadcast_id}. See brobygger broadcast list.")
    return known


async def _member(unit: Unit, username: str) -> Staff:
    """Return the member of staff who acts; raise `BrobyggerError` where they may not."""
    member = await unit.staff.by_username(username.lower())
    if member is None or not member.active:
        raise BrobyggerError(f"Nobody called {username} comes in. See brobygger staff list.")
    if not member.may(May.BROADCAST):
        raise BrobyggerError(f"{member.username} may not send broadcasts.")
    return member


async def _carried_out(command: Any, unit: Unit) -> Any:
    """Execute a command; raise `BrobyggerError` where it is refused, so nothing is written."""
    answer = await execute(command, unit)
    if isinstance(answer, Refused):
        raise BrobyggerError(render(answer.why, "en", escape=str))
    return answer.value
