"""Cases in their present state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, text, update

from bot.model.case import LIVE, Case, CaseKind, CaseState, id_of_number
from bot.store.repository import Repository
from bot.store.tables import attachment, case_link, cases

COLUMNS = tuple(
    cases.c[name]
    for name in (
        *("id", "person_id", "source", "kind", "theme", "area", "language", "title"),
        *("asker_name", "asker_phone", "conversation_id", "state", "close_reason", "owner_id"),
        *("contact", "received_at", "working_days", "due_on", "told_on", "citizen_at"),
        *(
            "touched_at",
            "clock_at",
            "merged_into",
            "call_by",
            "waiting_since",
            "answered_at",
            "closed_at",
            "episode",
        ),
        *("marks", "no_promo", "read_at", "read_by", "acted_at"),
    )
)
_ABANDON = delete(attachment).where(
    attachment.c.conversation_id == bindparam("of"), attachment.c.case_id.is_(None)
)
LARGEST_ID = 2**63 - 1
# States of the cases that a citizen may still write to.
WRITABLE = (CaseState.NEW, CaseState.OPEN, CaseState.WAITING, CaseState.ANSWERED)


class Cases(Repository):
    """One row for each case; its messages and events are in other tables."""

    async def add(self, new: Case) -> Case:
        """Insert a new case; return it with its id."""
        values = {k: v for k, v in asdict(new).items() if k != "id"}
        values |= {"marks": list(new.marks), "live": new.state in LIVE}
        made = await self._id_of(insert(cases).values(values))
        return Case(**{**asdict(new), "id": made})

    async def get(self, case_id: int) -> Case | None:
        """Return a case; None where there is none of that id."""
        found = (await self._execute(select(*COLUMNS).where(cases.c.id == case_id))).first()
        return case_of(found) if found else None

    async def by_number(self, number: int) -> Case | None:
        """Return the case with the public *number*."""
        wanted = id_of_number(number)
        return await self.get(wanted) if 0 < wanted <= LARGEST_ID else None

    async def lock(self, case_id: int) -> Case | None:
        """Return a case, locked against other transactions until this one ends."""
        query = select(*COLUMNS).where(cases.c.id == case_id).with_for_update()
        found = (await self._execute(query)).first()
        return case_of(found) if found else None

    async def change(self, case: Case, **values: Any) -> Case:
        """Update a case with *values*; return the changed case."""
        after = {"touched_at": self._now, **values}
        state = CaseState(after.get("state", case.state))
        written = {**after, "live": state in LIVE}
        if "marks" in written:
            written["marks"] = list(written["marks"])
        await self._execute(update(cases).where(cases.c.id == case.id).values(written))
        known = {**asdict(case), **after, "state": state}
        return Case(**{**known, "marks": tuple(known["marks"])})

    async def of_conversation(self, conversation_id: int) -> Case | None:
        """Return the case that a conversation opened."""
        query = select(*COLUMNS).where(cases.c.conversation_id == conversation_id)
        found = (await self._execute(query)).first()
        return case_of(found) if found else None

    async def writable(self, person_id: int) -> list[Case]:
        """Return the citizen's cases that can be written to, the one last written to first."""
        query = (
            select(*COLUMNS)
            .where(cases.c.person_id == person_id, cases.c.state.in_(WRITABLE))
            .order_by(cases.c.citizen_at.desc(), cases.c.id.desc())
        )
        return [case_of(row) for row in await self._execute(query)]

    async def of_person(self, person_id: int, limit: int) -> list[Case]:
        """Return the citizen's newest cases in any state."""
        query = (
            select(*COLUMNS)
            .where(cases.c.person_id == person_id)
            .order_by(cases.c.id.desc())
            .limit(limit)
        )
        return [case_of(row) for row in await self._execute(query)]

    async def merged_into(self, case_id: int) -> list[Case]:
        """Return the cases that were closed because they repeat this one."""
        query = select(*COLUMNS).where(cases.c.merged_into == case_id).order_by(cases.c.id)
        return [case_of(row) for row in await self._execute(query)]

    async def remerge(self, case_ids: Sequence[int], before: int, into: int) -> None:
        """Change the target of cases merged into *before* to *into*, of those named."""
        if case_ids:
            repeats = (cases.c.merged_into == before) & cases.c.id.in_(case_ids)
            await self._execute(update(cases).where(repeats).values(merged_into=into))

    async def of_owner(self, staff_id: int) -> list[Case]:
        """Lock and return the live cases of one member of the staff."""
        query = (
            select(*COLUMNS)
            .where(cases.c.owner_id == staff_id, text("cases.live"))
            .order_by(cases.c.id)
            .with_for_update()
        )
        return [case_of(row) for row in await self._execute(query)]

    async def link(
        self, chat_id: int, message_id: int, case_id: int, said_id: int | None = None
    ) -> None:
        """Link a message in a chat to a case and, with *said_id*, to a message of its thread."""
        values = {"case_id": case_id, "said_id": said_id}
        statement = self._insert(case_link).values(chat_id=chat_id, message_id=message_id, **values)
        await self._execute(
            statement.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=values)
        )

    async def linked(self, chat_id: int, message_id: int) -> tuple[int, int | None] | None:
        """Return the case of a message in a chat, and its message in the thread; else None."""
        query = select(case_link.c.case_id, case_link.c.said_id).where(
            case_link.c.chat_id == chat_id, case_link.c.message_id == message_id
        )
        found = (await self._execute(query)).first()
        return (found.case_id, found.said_id) if found else None

    async def is_linked(self, case_id: int) -> bool:
        """Return whether a chat has a message about the case itself, such as its receipt."""
        query = select(case_link.c.case_id).where(
            case_link.c.case_id == case_id, case_link.c.said_id.is_(None)
        )
        return (await self._execute(query.limit(1))).first() is not None

    async def move_links(self, said_id: int, case_id: int) -> None:
        """Move the links of a thread's message to another case."""
        await self._execute(
            update(case_link).where(case_link.c.said_id == said_id).values(case_id=case_id)
        )

    async def attach(self, new: Sequence[dict[str, Any]]) -> None:
        """Insert attachments: pictures and places."""
        if new:
            at = [{"at": self._now, **one} for one in new]
            await self._execute(insert(attachment), at)

    async def abandon(self, conversation_id: int) -> None:
        """Queue the deletion of attachments of a conversation that opened no case."""
        await self._later(_ABANDON, ("sent in", conversation_id), {"of": conversation_id})

    async def adopt(self, conversation_id: int, case_id: int) -> int:
        """Give the attachments of a conversation to the case it opened; return their number."""
        result = await self._execute(
            update(attachment)
            .where(attachment.c.conversation_id == conversation_id, attachment.c.case_id.is_(None))
            .values(case_id=case_id)
        )
        return int(result.rowcount)

    async def attachments(self, case_id: int) -> list[dict[str, Any]]:
        """Return the attachments of a case, the oldest first."""
        query = (
            select(
                attachment.c.id,
                attachment.c.kind,
                attachment.c.file_id,
                attachment.c.latitude,
                attachment.c.longitude,
                attachment.c.at,
            )
            .where(attachment.c.case_id == case_id)
            .order_by(attachment.c.id)
        )
        return [dict(row._mapping) for row in await self._execute(query)]  # noqa: SLF001 - SQLAlchemy's public way to a row's columns


def case_of(row: Row[*tuple[Any, ...]]) -> Case:
    """Return the case of a row."""
    known = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a row's columns
    known |= {"kind": CaseKind(row.kind), "state": CaseState(row.state), "marks": tuple(row.marks)}
    return Case(**known)
