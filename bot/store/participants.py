"""Participants, their roles and their groups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Table, case, delete, func, insert, or_, select, update

from bot.model.group import Group, Member
from bot.model.participant import CitizenRole, GivenRole, Participant
from bot.store.repository import Repository, parts
from bot.store.row_mapper import RowMapper
from bot.store.tables import group_member, groups, participant, participant_role, person

FEW = 5  # people with one phone number that are named
_PARTICIPANT = RowMapper(Participant, participant)
_ROLE = RowMapper(GivenRole, participant_role)
_GROUP = RowMapper(Group, groups)
# The name that the citizen chose comes before Telegram's and before what staff entered.
SHOWN_NAME = func.coalesce(person.c.called, person.c.first_name, participant.c.first_name)
_SHOWN = RowMapper(Participant, participant, first_name=SHOWN_NAME)
_MEMBER = RowMapper(Member, group_member, first_name=SHOWN_NAME, person_id=participant.c.person_id)
_MEMBERS = group_member.join(participant).outerjoin(person, person.c.id == participant.c.person_id)


def people(table: Table) -> ColumnElement[int]:
    """Return the number of people who have rows of a table; an erased one counts for each row."""
    return func.count(func.coalesce(table.c.participant_id, -table.c.id).distinct())


class Participants(Repository):
    """Participants and the roles that staff gave them."""

    async def get(self, participant_id: int) -> Participant | None:
        """Return a participant, or None."""
        query = _PARTICIPANT.query.where(participant.c.id == participant_id)
        return _PARTICIPANT.first(await self._execute(query))

    async def shown(self, participant_id: int) -> Participant | None:
        """Return a participant with the name that messages use, or None."""
        query = _SHOWN.query.outerjoin(person, person.c.id == participant.c.person_id)
        query = query.where(participant.c.id == participant_id)
        return _SHOWN.first(await self._execute(query))

    async def search(
        self, words: str, limit: int, *, before: int | None = None
    ) -> list[Participant]:
        """Return the newest participants whose name contains *words*, with an id below *before*."""
        query = _SHOWN.query.outerjoin(person, person.c.id == participant.c.person_id)
        query = query.where(participant.c.ended_at.is_(None), contains(SHOWN_NAME, words))
        if before is not None:
            query = query.where(participant.c.id < before)
        return _SHOWN.all(await self._execute(query.order_by(participant.c.id.desc()).limit(limit)))

    async def names(self, participant_ids: Collection[int]) -> dict[int, str]:
        """Return the names that messages use, by participant."""
        query = select(participant.c.id, SHOWN_NAME)
        query = query.outerjoin(person, person.c.id == participant.c.person_id)
        found: dict[int, str] = {}
        for ids in parts(participant_ids):
            some = query.where(participant.c.id.in_(ids))
            found |= {row[0]: row[1] for row in await self._execute(some)}
        return found

    async def shown_of(self, participant_ids: Collection[int]) -> dict[int, Participant]:
        """Return participants with the names that messages use, by id."""
        query = _SHOWN.query.outerjoin(person, person.c.id == participant.c.person_id)
        query = query.where(participant.c.id.in_(participant_ids))
        return {one.id: one for one in _SHOWN.all(await self._execute(query))}

    async def of_person(self, person_id: int, first_name: str = "") -> Participant:
        """Return the participant of a citizen in the chat; create it where there is none."""
        query = _PARTICIPANT.query.where(participant.c.person_id == person_id)
        found = _PARTICIPANT.first(await self._execute(query))
        if found is None:
            statement = self._insert(participant).values(
                person_id=person_id, first_name=first_name, created_at=self._now
            )
            await self._execute(statement.on_conflict_do_nothing(index_elements=["person_id"]))
            found = _PARTICIPANT.read((await self._execute(query)).one())
        return found

    async def add(self, first_name: str, phone: str, staff_id: int) -> int:
        """Insert a participant who is not in the chat; return the id."""
        return await self._id_of(
            insert(participant).values(
                first_name=first_name, phone=phone, created_by=staff_id, created_at=self._now
            )
        )

    async def change(self, participant_id: int, **values: Any) -> None:
        """Write columns of a participant."""
        statement = update(participant).where(participant.c.id == participant_id)
        await self._execute(statement.values(**values))

    async def by_phone(self, phone: str) -> list[Participant]:
        """Return entered participants with a phone number, however it was written."""
        plain = func.replace(participant.c.phone, " ", "")
        digits = phone.replace(" ", "")
        query = _PARTICIPANT.query.where(
            participant.c.ended_at.is_(None), plain.in_((digits, f"+45{digits}"))
        )
        return _PARTICIPANT.all(await self._execute(query.order_by(participant.c.id).limit(FEW)))

    async def complete(self) -> None:
        """Insert a participant for each citizen who has none, such as those of earlier versions.

        A person who was erased gets none.
        """
        missing = select(person.c.id, func.coalesce(person.c.first_name, ""), person.c.created_at)
        missing = missing.where(
            person.c.chat_id != 0,  # of an erased person
            person.c.id.not_in(
                select(participant.c.person_id).where(participant.c.person_id.is_not(None))
            ),
        )
        statement = self._insert(participant).from_select(
            ["person_id", "first_name", "created_at"], missing
        )
        await self._execute(statement.on_conflict_do_nothing(index_elements=["person_id"]))

    async def give_role(self, participant_id: int, role: CitizenRole, staff_id: int) -> bool:
        """Give a role; return False if the participant has it."""
        if role in [given.role for given in await self.roles(participant_id)]:
            return False
        await self._execute(
            insert(participant_role).values(
                participant_id=participant_id, role=role, since=self._now, given_by=staff_id
            )
        )
        return True

    async def end_role(self, participant_id: int, role: CitizenRole) -> bool:
        """End a role; return False if the participant does not have it."""
        result = await self._execute(
            update(participant_role)
            .where(
                participant_role.c.participant_id == participant_id,
                participant_role.c.role == role,
                participant_role.c.ended_at.is_(None),
            )
            .values(ended_at=self._now)
        )
        return bool(result.rowcount)

    async def roles(self, participant_id: int) -> list[GivenRole]:
        """Return the live roles of a participant."""
        query = _ROLE.query.where(
            participant_role.c.participant_id == participant_id,
            participant_role.c.ended_at.is_(None),
        )
        return _ROLE.all(await self._execute(query))

    async def role_history(self, participant_id: int) -> list[GivenRole]:
        """Return all roles of a participant, ended ones too, the newest first."""
        query = _ROLE.query.where(participant_role.c.participant_id == participant_id)
        return _ROLE.all(await self._execute(query.order_by(participant_role.c.id.desc())))


def contains(name: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Return the condition that a name contains *words* in any case.

    SQLite lowers only the letters from A to Z, so "åse" is also tried as "Åse".
    """
    tried = {words, words.lower(), words.title()}
    return or_(*(name.icontains(one, autoescape=True) for one in sorted(tried)))


class Groups(Repository):
    """Groups and their members."""

    async def add(self, group: Group) -> int:
        """Insert a group; return its id."""
        values = {**_GROUP.values(group), "created_at": self._now}
        return await self._id_of(insert(groups).values(values))

    async def get(self, group_id: int) -> Group | None:
        """Return a group, or None."""
        return _GROUP.first(await self._execute(_GROUP.query.where(groups.c.id == group_id)))

    async def live(self) -> list[Group]:
        """Return the groups that have not ended, by name."""
        query = _GROUP.query.where(groups.c.ended_at.is_(None)).order_by(groups.c.name)
        return _GROUP.all(await self._execute(query))

    async def names(self) -> dict[int, str]:
        """Return the names of all groups, ended ones too."""
        rows = await self._execute(select(groups.c.id, groups.c.name))
        return {row[0]: row[1] for row in rows}

    async def sizes(self) -> dict[int, tuple[int, int]]:
        """Return the numbers of members and of leads, by group."""
        leads = func.count(case((group_member.c.is_lead, 1)))
        query = select(group_member.c.group_id, func.count(), leads)
        rows = await self._execute(query.group_by(group_member.c.group_id))
        return {row[0]: (row[1], row[2]) for row in rows}

    async def end(self, group_id: int) -> bool:
        """End a group; return False if it has ended."""
        result = await self._execute(
            update(groups)
            .where(groups.c.id == group_id, groups.c.ended_at.is_(None))
            .values(ended_at=self._now)
        )
        return bool(result.rowcount)

    async def join(self, group_id: int, participant_id: int, *, is_lead: bool) -> None:
        """Add a member, or change whether the member is a lead."""
        statement = self._insert(group_member).values(
            group_id=group_id, participant_id=participant_id, is_lead=is_lead, since=self._now
        )
        await self._execute(
            statement.on_conflict_do_update(
                index_elements=["group_id", "participant_id"], set_={"is_lead": is_lead}
            )
        )

    async def leave(self, group_id: int, participant_id: int) -> bool:
        """Remove a member; return False where there is none."""
        result = await self._execute(
            delete(group_member).where(
                group_member.c.group_id == group_id,
                group_member.c.participant_id == participant_id,
            )
        )
        return bool(result.rowcount)

    async def members(self, group_id: int) -> list[Member]:
        """Return the members of a group, leads first."""
        query = _MEMBER.query.select_from(_MEMBERS).where(group_member.c.group_id == group_id)
        query = query.order_by(group_member.c.is_lead.desc(), participant.c.id)
        return _MEMBER.all(await self._execute(query))

    async def has_member(self, group_id: int, participant_id: int) -> bool:
        """Return whether a participant is a member of a group."""
        query = select(group_member.c.group_id).where(
            group_member.c.group_id == group_id, group_member.c.participant_id == participant_id
        )
        return (await self._execute(query)).first() is not None

    async def led_by(self, participant_id: int) -> list[Group]:
        """Return the live groups that a participant leads."""
        query = (
            _GROUP.query.join(group_member, group_member.c.group_id == groups.c.id)
            .where(
                group_member.c.participant_id == participant_id,
                group_member.c.is_lead,
                groups.c.ended_at.is_(None),
            )
            .order_by(groups.c.name)
        )
        return _GROUP.all(await self._execute(query))

    async def of_participant(self, participant_id: int) -> list[Group]:
        """Return the live groups of a participant."""
        query = (
            _GROUP.query.join(group_member, group_member.c.group_id == groups.c.id)
            .where(group_member.c.participant_id == participant_id, groups.c.ended_at.is_(None))
            .order_by(groups.c.name)
        )
        return _GROUP.all(await self._execute(query))
