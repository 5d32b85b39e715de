"""Cases in their present state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update

from bot.model.case import Case, CaseState, id_of_number
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import attachment, case_link, cases

_CASE = RowMapper(Case, cases)
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
        values = {**_CASE.values(new), "live": new.live}
        return replace(new, id=await self._id_of(insert(cases).values(values)))

    async def get(self, case_id: int) -> Case | None:
        """Return a case; None where there is none of that id."""
        return _CASE.first(await self._execute(_CASE.query.where(cases.c.id == case_id)))

    async def by_number(self, number: int) -> Case | None:
        """Return the case with the public *number*."""
        wanted = id_of_number(number)
        return await self.get(wanted) if 0 < wanted <= LARGEST_ID else None

    async def lock(self, case_id: int) -> Case | None:
        """Return a case, locked against other transactions until this one ends."""
        query = _CASE.query.where(cases.c.id == case_id).with_for_update()
        return _CASE.first(await self._execute(query))

    async def change(self, case: Case, **values: Any) -> Case:
        """Update a case with *values*; return the changed case."""
        written = {"touched_at": self._now, **values}
        changed = replace(case, **written)
        written["live"] = changed.live
        await self._execute(update(cases).where(cases.c.id == case.id).values(written))
        return changed

    async def of_conversation(self, conversation_id: int) -> Case | None:
        """Return the case that a conversation opened."""
        query = _CASE.query.where(cases.c.conversation_id == conversation_id)
        return _CASE.first(await self._execute(query))

    async def writable(self, person_id: int) -> list[Case]:
        """Return the citizen's cases that can be written to, the one last written to first."""
        query = _CASE.query.where(
            cases.c.person_id == person_id, cases.c.state.in_(WRITABLE)
        ).order_by(cases.c.citizen_at.desc(), cases.c.id.desc())
        return _CASE.all(await self._execute(query))

    async def of_person(self, person_id: int, limit: int) -> list[Case]:
        """Return the citizen's newest cases in any state."""
        query = (
            _CASE.query.where(cases.c.person_id == person_id)
            .order_by(cases.c.id.desc())
            .limit(limit)
        )
        return _CASE.all(await self._execute(query))

    async def merged_into(self, case_id: int) -> list[Case]:
        """Return the cases that were closed because they repeat this one."""
        query = _CASE.query.where(cases.c.merged_into == case_id).order_by(cases.c.id)
        return _CASE.all(await self._execute(query))

    async def remerge(self, case_ids: Sequence[int], before: int, into: int) -> None:
        """Change the target of cases merged into *before* to *into*, of those named."""
        if case_ids:
            repeats = (cases.c.merged_into == before) & cases.c.id.in_(case_ids)
            await self._execute(update(cases).where(repeats).values(merged_into=into))

    async def of_owner(self, staff_id: int) -> list[Case]:
        """Lock and return the live cases of one member of the staff."""
        query = (
            _CASE.query.where(cases.c.owner_id == staff_id, text("cases.live"))
            .order_by(cases.c.id)
            .with_for_update()
        )
        return _CASE.all(await self._execute(query))

    async def link(
        self, chat_id: int, message_id: int, case_id: int, case_message_id: int | None = None
    ) -> None:
        """Link a message in a chat to a case, and to a message of its thread where one is given."""
        values = {"case_id": case_id, "case_message_id": case_message_id}
        statement = self._insert(case_link).values(chat_id=chat_id, message_id=message_id, **values)
        await self._execute(
            statement.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=values)
        )

    async def linked(self, chat_id: int, message_id: int) -> tuple[int, int | None] | None:
        """Return the case of a message in a chat, and its message in the thread; else None."""
        query = select(case_link.c.case_id, case_link.c.case_message_id).where(
            case_link.c.chat_id == chat_id, case_link.c.message_id == message_id
        )
        found = (await self._execute(query)).first()
        return (found.case_id, found.case_message_id) if found else None

    async def is_linked(self, case_id: int) -> bool:
        """Return whether a chat has a message about the case itself, such as its receipt."""
        query = select(case_link.c.case_id).where(
            case_link.c.case_id == case_id, case_link.c.case_message_id.is_(None)
        )
        return (await self._execute(query.limit(1))).first() is not None

    async def move_links(self, case_message_id: int, case_id: int) -> None:
        """Move the links of a thread's message to another case."""
        await self._execute(
            update(case_link)
            .where(case_link.c.case_message_id == case_message_id)
            .values(case_id=case_id)
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
        return [dict(row) for row in (await self._execute(query)).mappings()]
