"""The people of a broadcast's audience before it is sent, by what decides whether they get it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, true

from bot.model.audience import readable
from bot.model.broadcast import BROADCAST, Broadcast
from bot.model.delivery import ARRIVED
from bot.model.stance import Stance
from bot.store.audiences import holds
from bot.store.broadcast_statements import in_case
from bot.store.predicates import agrees_to
from bot.store.repository import Repository
from bot.store.stances import Stances
from bot.store.tables import delivery, participant, person


@dataclass(frozen=True, slots=True)
class Alike:
    """People of an audience who are alike in all that decides whether they get a broadcast."""

    stance: Stance
    language: str
    is_in_case: bool
    has_earlier: bool
    number: int


class BroadcastReach(Repository):
    """Counts the audience of a broadcast."""

    async def alike(self, known: Broadcast, *, everybody: bool = False) -> list[Alike]:
        """Return the audience by groups of people who are alike.

        With *everybody* the people are counted too who have not said yes to the topic.
        """
        audience = holds(readable(known.audience), self._when)
        agreeing: ColumnElement[bool] = true()
        if not everybody:
            agreeing = and_(participant.c.person_id.is_not(None), agrees_to(known.topic))
        earlier = exists().where(
            delivery.c.participant_id == participant.c.id,
            delivery.c.subject_kind == BROADCAST,
            delivery.c.subject_id.in_(list(known.excludes) or [0]),
            delivery.c.state.in_(ARRIVED),
        )
        more = (func.coalesce(person.c.language, "da"), in_case(self._now), earlier)
        found = await Stances(self._transaction).alike(and_(audience, agreeing), known.topic, more)
        return [
            Alike(stance, language, bool(is_in_case), bool(has_earlier), number)
            for stance, (language, is_in_case, has_earlier), number in found
        ]
