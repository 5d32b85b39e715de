"""Links: tokens by their hash, and how often they were used."""

from __future__ import annotations

from sqlalchemy import ColumnElement, insert, select, update

from bot.model.link import Link, LinkStep, Opens
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import link

_LINK = RowMapper(Link, link)
_LIVE: ColumnElement[bool] = link.c.revoked_at.is_(None)


class Links(Repository):
    """Links of citizens and staff."""

    async def add(self, new: Link, token_hash: str) -> int:
        """Insert a link; return its id."""
        values = {**_LINK.values(new), "token_hash": token_hash, "created_at": self._now}
        return await self._id_of(insert(link).values(values))

    async def live(self, token_hash: str) -> Link | None:
        """Return a link that is not revoked, or None."""
        query = _LINK.query.where(link.c.token_hash == token_hash, _LIVE)
        return _LINK.first(await self._execute(query))

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

    async def count_done(self, link_id: int) -> None:
        """Count that a visitor has done what a link is for."""
        statement = update(link).where(link.c.id == link_id, _LIVE).values(done=link.c.done + 1)
        await self._execute(statement)

    async def of_subject(self, kind: str, subject_id: int) -> list[Link]:
        """Return the links to a subject, the newest first."""
        query = _LINK.query.where(link.c.subject_kind == kind, link.c.subject_id == subject_id)
        return _LINK.all(await self._execute(query.order_by(link.c.id.desc())))

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
