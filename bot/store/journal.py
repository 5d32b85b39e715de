"""A case as exported to the journal (HR-11): all messages and events, including internal notes.

The content depends only on the state of the case, not on the user or the number of exports.
Events of reading and exporting are therefore left out, and so is the time of the last change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.model.case import FIRST_NUMBER, INTERNAL, Case, CaseMessage, MessageKind
from bot.model.staff import Staff
from bot.store.events import LOOKING, Event, Events, by_staff
from bot.store.people import People
from bot.store.repository import Repository
from bot.store.staff import StaffRows
from bot.store.tables import attachment, file
from bot.store.threads import Threads, Version
from bot.store.transaction import Transaction

FORMAT = "brobygger-journal-1"
IN, OUT, INSIDE = "in", "out", "internal"
_ABOUT = (
    *("kind", "source", "theme", "area", "language", "title", "state", "close_reason", "marks"),
    *("received_at", "working_days", "due_on", "told_on", "call_by", "waiting_since"),
    *("answered_at", "closed_at"),
)


class Journal(Repository):
    """Exports of cases to the journal."""

    def __init__(
        self,
        transaction: Transaction,
        people: People,
        staff: StaffRows,
        threads: Threads,
        events: Events,
    ) -> None:
        """Work in *transaction*; read the parties and the content of a case from the others."""
        super().__init__(transaction)
        self._people, self._staff = people, staff
        self._threads, self._events = threads, events

    async def of(self, case: Case, number: str) -> dict[str, Any]:
        """Return a case as JSON values; *number* is its public number."""
        thread = await self._threads.of_case(case.id, internal=True)
        versions = await self._threads.versions(case.id)
        events = await self._events.of_case(case.id)
        done = [one for one in events if one.verb not in LOOKING]
        merged = case.merged_into
        return {
            "format": FORMAT,
            "case": number,
            **{name: _value(getattr(case, name)) for name in _ABOUT},
            "repeats": merged + FIRST_NUMBER if merged is not None else None,
            "parties": await self._parties(case, thread, versions, done),
            "messages": [_message(one, versions) for one in thread],
            "attachments": await self._attachments(case.id),
            "events": [_event(one) for one in done],
        }

    async def _parties(
        self,
        case: Case,
        thread: Iterable[CaseMessage],
        versions: Iterable[Version],
        events: Iterable[Event],
    ) -> list[dict[str, Any]]:
        """Return the parties of the case with their roles: the citizen first, then staff."""
        citizen = {"role": "citizen", "name": case.asker_name, "phone": case.asker_phone}
        if case.person_id is not None:
            person = await self._people.get(case.person_id)
            citizen["name"] = case.asker_name or person.address or None
        wrote = {one.staff_id for one in thread} | {one.staff_id for one in versions}
        taken = {case.owner_id, *wrote}
        actors = {one.actor for one in events}
        everybody = sorted(await self._staff.all(), key=lambda one: one.id)
        staff = [one for one in everybody if one.id in taken or by_staff(one.id) in actors]
        return [citizen, *(_colleague(one, case) for one in staff)]

    async def _attachments(self, case_id: int) -> list[dict[str, Any]]:
        """Return the attachments of the case; for files their name, type, size and SHA-256 hash."""
        query = (
            select(
                *(attachment.c[name] for name in ("id", "kind", "at", "latitude", "longitude")),
                *(file.c[name] for name in ("name", "mime", "size")),
                file.c.sha256.label("file_sha256"),
            )
            .select_from(attachment.outerjoin(file, file.c.id == attachment.c.file_id))
            .where(attachment.c.case_id == case_id)
            .order_by(attachment.c.id)
        )
        return [
            {name: _value(value) for name, value in row.items()}
            for row in (await self._execute(query)).mappings()
        ]


def _colleague(staff: Staff, case: Case) -> dict[str, Any]:
    """Return a member of the staff as a party."""
    role = "owner" if staff.id == case.owner_id else "staff"
    return {
        "role": role,
        "id": by_staff(staff.id),
        "name": staff.first_name,
        "unit": staff.unit,
    }


def _message(said: CaseMessage, versions: Iterable[Version]) -> dict[str, Any]:
    """Return a message with its earlier versions, the oldest first."""
    return {
        "id": said.id,
        "kind": said.kind.value,
        "direction": direction(said.kind),
        "at": _value(said.at),
        "send_at": _value(said.send_at),
        "state": said.state.value,
        "by": by_staff(said.staff_id) if said.staff_id is not None else None,
        "signed": said.signed,
        "copy_of": said.copy_of,
        "version": said.version,
        "text": said.text,
        "earlier": [
            {
                "version": one.version,
                "text": one.text,
                "changed_at": _value(one.at),
                "changed_by": by_staff(one.staff_id) if one.staff_id is not None else None,
            }
            for one in versions
            if one.message_id == said.id
        ],
    }


def direction(kind: MessageKind) -> str:
    """Return the direction of a message: "in", "out" or "internal"."""
    if kind in INTERNAL:
        return INSIDE
    return IN if kind is MessageKind.ASKED else OUT


def _event(done: Event) -> dict[str, Any]:
    """Return an event as JSON values."""
    return {
        "id": done.id,
        "at": _value(done.at),
        "by": done.actor,
        "did": done.verb,
        "from": done.from_state,
        "to": done.to_state,
        "reason": done.reason,
        "details": done.details,
    }


def _value(value: Any) -> Any:
    """Return a column's value as a JSON value."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case _:
            return value
