"""Broadcasts as everybody may read them: the public archive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, and_, cast, exists, func, or_, select, true

from bot.json_text import read_json
from bot.model.audience import GROUP
from bot.model.broadcast import BROADCAST, Broadcast, BroadcastState
from bot.model.delivery import DeliveryState, Reason
from bot.model.stance import OF_GROUP
from bot.store.participants import people
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import broadcast, contribution, delivery

_BROADCAST = RowMapper(Broadcast, broadcast)
# Staff stopped it before it had reached everybody. A closed dialogue has no other trace of it.
_WAS_STOPPED = exists().where(
    delivery.c.subject_kind == BROADCAST,
    delivery.c.subject_id == broadcast.c.id,
    delivery.c.state == DeliveryState.CANCELLED,
    delivery.c.reason == Reason.ENDED,
)
# Staff stop or pause what may be wrong, so that is not shown; a stopped one is shown again when
# its text is corrected after the stop. News to the members of a group are theirs alone.
SHOWN = and_(
    broadcast.c.is_public,
    broadcast.c.began_at.is_not(None),  # no series, but its occurrences
    broadcast.c.topic.not_like(f"{OF_GROUP}%"),
    cast(broadcast.c.audience, Text).not_like(f'%"{GROUP}"%'),  # a group among other people, too
    or_(
        broadcast.c.state.in_((BroadcastState.SENDING, BroadcastState.SENT)),
        and_(
            broadcast.c.state == BroadcastState.CLOSED,
            or_(broadcast.c.corrected_at.is_not(None), ~_WAS_STOPPED),
        ),
        and_(
            broadcast.c.state == BroadcastState.STOPPED,
            broadcast.c.corrected_at > broadcast.c.ended_at,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class PublicVerdict:
    """One outcome of answers to a dialogue, and how many people got it."""

    verdict: str
    reasons: Mapping[str, str] | None
    decided_by: str
    decided_at: datetime | None
    people: int


class PublicBroadcasts(Repository):
    """What everybody may read about broadcasts."""

    async def some(self, limit: int, *, skip: int = 0, only: int | None = None) -> list[Broadcast]:
        """Return the newest broadcasts of the archive, or one of it."""
        is_over = and_(broadcast.c.is_warning, broadcast.c.expires_at < self._now)
        query = _BROADCAST.query.where(SHOWN, func.coalesce(~is_over, true()))
        if only is not None:
            query = query.where(broadcast.c.id == only)
        query = query.order_by(broadcast.c.began_at.desc(), broadcast.c.id.desc())
        return _BROADCAST.all(await self._execute(query.limit(limit).offset(skip)))

    async def verdicts(self, broadcast_ids: Collection[int]) -> dict[int, list[PublicVerdict]]:
        """Return the outcomes of closed dialogues, the most frequent first."""
        if not broadcast_ids:
            return {}
        reasons = cast(contribution.c.reasons, Text)  # equal ones are written equally
        number = people(contribution)
        alike = (
            contribution.c.subject_id,
            contribution.c.verdict,
            reasons,
            contribution.c.decided_by,
        )
        at = contribution.c.decided_at
        query = (
            select(*alike, func.max(at, type_=at.type), number)
            .where(
                contribution.c.subject_kind == BROADCAST,
                contribution.c.subject_id.in_(broadcast_ids),
                contribution.c.verdict.is_not(None),
            )
            .group_by(*alike)
            .order_by(number.desc(), reasons)
        )
        found: dict[int, list[PublicVerdict]] = {}
        for about, verdict, why, decided_by, decided_at, count in await self._execute(query):
            told = PublicVerdict(
                verdict,
                read_json(why) if why is not None else None,
                decided_by or "",
                decided_at,
                int(count),
            )
            found.setdefault(about, []).append(told)
        return found
