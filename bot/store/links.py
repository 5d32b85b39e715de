"""Links: tokens by their hash, and how often they were used."""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from bot.model.link import Link, LinkStep, Opens
from bot.store.alerts import SUBJECTS, Subject, title_of
from bot.store.participants import contains
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import link, staff

_LINK = RowMapper(Link, link)
PROOF = 16  # letters of the hash
_LIVE: ColumnElement[bool] = link.c.revoked_at.is_(None)


@dataclass(frozen=True, slots=True)
class StaffLink(Link):
    """A link that staff made, with the title of its subject and the first name of its maker."""

    title: str | None = None  # None where the subject is gone
    made_by: str = ""


class Links(Repository):
    """Links of citizens and staff."""

    async def add(self, new: Link, token_hash: str) -> int:
        """Insert a link; return its id."""
        values = {**_LINK.values(new), "token_hash": token_hash, "created_at": self._now}
        return await self._id_of(insert(link).values(values))

    async def get(self, link_id: int) -> Link | None:
        """Return a link, or None."""
        return _LINK.first(await self._execute(_LINK.query.where(link.c.id == link_id)))

    async def proof(self, link_id: int) -> str:
        """Return letters that only who has used a live link can know; empty for no live link."""
        query = select(link.c.token_hash).where(link.c.id == link_id, _LIVE)
        found = (await self._execute(query)).scalar_one_or_none()
        return found[:PROOF] if found is not None else ""

    async def live_to(self, link_id: int, kind: str, subject_id: int, proof: str) -> Link | None:
        """Return the live link of an id if it opens that subject and *proof* is right, or None."""
        found = await self.get(link_id)
        if found is None or not compare_digest(proof, await self.proof(link_id)):
            return None
        opens = (found.subject_kind, found.subject_id)
        return found if found.revoked_at is None and opens == (kind, subject_id) else None

    async def live(self, token_hash: str) -> Link | None:
        """Return a link that is not revoked, or None."""
        query = _LINK.query.where(link.c.token_hash == token_hash, _LIVE)
        return _LINK.first(await self._execute(query))

    async def revoke_of(self, kind: str, subject_id: int) -> None:
        """Revoke the live links to a subject."""
        to_subject = (link.c.subject_kind == kind) & (link.c.subject_id == subject_id)
        await self._execute(update(link).where(to_subject, _LIVE).values(revoked_at=self._now))

    async def use(self, token_hash: str, step: LinkStep, opens: Opens) -> Link | None:
        """Count a step; return the link, or None for an unknown, revoked or different one."""
        counter = link.c[step.value]
        statement = (
            update(link)
            .where(link.c.token_hash == token_hash, _LIVE, link.c.opens == opens)
            .values({counter: counter + 1})
            .returning(*_LINK.columns)
        )
        return _LINK.first(await self._execute(statement))

    async def take(self, link_id: int, participant_id: int) -> bool:
        """Make a participant the owner of a live link; return False if it has one."""
        free = (link.c.id == link_id) & link.c.participant_id.is_(None)
        statement = update(link).where(free, _LIVE).values(participant_id=participant_id)
        return bool((await self._execute(statement)).rowcount)

    async def taken(self, kind: str, subject_id: int) -> Link | None:
        """Return the live link to a subject that has an owner, or None."""
        to_subject = (link.c.subject_kind == kind) & (link.c.subject_id == subject_id)
        query = _LINK.query.where(to_subject, _LIVE, link.c.participant_id.is_not(None))
        return _LINK.first(await self._execute(query.order_by(link.c.id.desc()).limit(1)))

    async def count_done(self, link_id: int) -> None:
        """Count that a visitor has done what a link is for."""
        statement = update(link).where(link.c.id == link_id, _LIVE).values(done=link.c.done + 1)
        await self._execute(statement)

    async def of_staff(
        self,
        limit: int,
        *,
        subject: Subject | None = None,
        before: int | None = None,
        is_live: bool | None = None,
        words: str = "",
    ) -> list[StaffLink]:
        """Return the newest links that staff made, below the id *before*.

        They are links to *subject*, are live or revoked, and have *words* in their label or
        in the title of their subject.
        """
        title = title_of(link.c.subject_kind, link.c.subject_id)
        mapper = RowMapper(StaffLink, link, title=title, made_by=staff.c.first_name)
        query = mapper.query.join(staff, staff.c.id == link.c.staff_id)
        query = query.where(link.c.staff_id.is_not(None))
        if subject is not None:
            of_kind = link.c.subject_kind == subject.kind
            query = query.where(of_kind, link.c.subject_id == subject.id)
        if before is not None:
            query = query.where(link.c.id < before)
        if is_live is not None:
            query = query.where(_LIVE if is_live else ~_LIVE)
        if words:
            query = query.where(or_(contains(link.c.label, words), contains(title, words)))
        return mapper.all(await self._execute(query.order_by(link.c.id.desc()).limit(limit)))

    async def title_of(self, subject: Subject) -> str | None:
        """Return the title of what a link opens; None where it is gone."""
        of = SUBJECTS[subject.kind]
        query = select(of.title).where(of.table.c.id == subject.id)
        return (await self._execute(query)).scalar_one_or_none()

    async def count_live(self, participant_id: int, subject: Subject) -> int:
        """Return how many live links to a subject a participant has."""
        query = select(func.count()).where(
            link.c.participant_id == participant_id,
            link.c.subject_kind == subject.kind,
            link.c.subject_id == subject.id,
            _LIVE,
        )
        return int((await self._execute(query)).scalar_one())

    async def feed_of(self, participant_id: int) -> Link | None:
        """Return a participant's live calendar feed, or None."""
        own = (link.c.participant_id == participant_id) & (link.c.opens == Opens.FEED)
        return _LINK.first(await self._execute(_LINK.query.where(own, _LIVE)))

    async def revoke(self, link_id: int) -> bool:
        """Revoke a link; return False if it is unknown or revoked."""
        query = select(link.c.id).where(link.c.id == link_id, _LIVE).with_for_update()
        if (await self._execute(query)).first() is None:
            return False
        statement = update(link).where(link.c.id == link_id).values(revoked_at=self._now)
        await self._execute(statement)
        return True
