"""Counts for the console: work about pledges, and pledges of an entry."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from bot.model.campaign import PUBLIC, CampaignState, CounterState
from bot.model.outcome import OutcomeState
from bot.model.pledge import LIVES
from bot.store.pledges import TO_READ
from bot.store.repository import Repository
from bot.store.tables import campaign, contribution, outcome, pledge


@dataclass(frozen=True, slots=True)
class PledgeWork:
    """Work of a member of the staff: campaigns, obstacles without an answer, words to read."""

    campaigns: int
    obstacles: int
    own_words: int


@dataclass(frozen=True, slots=True)
class Made:
    """How many pledges came from something, and how many of them live."""

    all: int = 0
    live: int = 0


class PledgeDesk(Repository):
    """Counts for the console's pages of pledges."""

    async def waiting(self, staff_id: int, until: date) -> PledgeWork:
        """Return the work of a member of the staff, by one statement.

        A campaign waits for its approval by another than its author. The municipality's own
        pledge waits for its owner, if it is due by the day *until*. An obstacle waits to be
        grouped, then for the owner of its answer. Own words wait for any of them.
        """
        review = self._count(
            campaign.c.id,
            campaign.c.state == CampaignState.IN_REVIEW,
            or_(campaign.c.staff_id.is_(None), campaign.c.staff_id != staff_id),
        )
        counter = self._count(
            campaign.c.id,
            campaign.c.counter_staff_id == staff_id,
            campaign.c.counter_state == CounterState.PROMISED,
            campaign.c.counter_on <= until,
            campaign.c.state.in_(PUBLIC),
        )
        ungrouped = self._count(contribution.c.id, contribution.c.outcome_id.is_(None))
        open_ = self._count(
            outcome.c.id, outcome.c.staff_id == staff_id, outcome.c.state == OutcomeState.OPEN
        )
        words = self._count(pledge.c.id, TO_READ)
        row = (await self._execute(select(review + counter, ungrouped + open_, words))).one()
        return PledgeWork(int(row[0]), int(row[1]), int(row[2]))

    @staticmethod
    def _count(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return select(func.count(column)).where(*conditions).scalar_subquery()

    async def made_from(self, entry_ids: Collection[int]) -> dict[int, Made]:
        """Return the counts of pledges by the entry of the catalogue that they came from."""
        query = (
            select(
                pledge.c.catalogue_id,
                func.count(),
                func.count().filter(pledge.c.state.in_(LIVES)),
            )
            .where(pledge.c.catalogue_id.in_(entry_ids))
            .group_by(pledge.c.catalogue_id)
        )
        return {row[0]: Made(int(row[1]), int(row[2])) for row in await self._execute(query)}
