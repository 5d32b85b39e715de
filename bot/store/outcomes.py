"""The ledger of outcomes: contributions of people, and the answers that staff give."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, insert, select, update

from bot.model.outcome import Contribution, ContributionKind, Outcome, OutcomeState
from bot.store.by_id import ById
from bot.store.participants import contains, people
from bot.store.row_mapper import RowMapper
from bot.store.tables import contribution, outcome

_CONTRIBUTION = RowMapper(Contribution, contribution)
_OUTCOME = RowMapper(Outcome, outcome)


class Contributions(ById[Contribution]):
    """What people said."""

    mapper, table = _CONTRIBUTION, contribution

    async def add(self, new: Contribution) -> int:
        """Insert a contribution; return its id."""
        values = {**_CONTRIBUTION.values(new), "at": new.at or self._now}
        return await self._id_of(insert(contribution).values(**values))

    async def about(self, subject_kind: str, subject_id: int) -> list[Contribution]:
        """Return the contributions about a subject, the oldest first."""
        return await self._all(
            contribution.c.subject_kind == subject_kind, contribution.c.subject_id == subject_id
        )

    async def of_outcome(self, outcome_id: int) -> list[Contribution]:
        """Return the contributions under one answer, the oldest first."""
        return await self._all(contribution.c.outcome_id == outcome_id)

    async def ungrouped(
        self,
        kind: ContributionKind,
        limit: int,
        *,
        before: int | None = None,
        theme: str = "",
        words: str = "",
    ) -> list[Contribution]:
        """Return the newest contributions without an answer, of a theme and by words."""
        query = _CONTRIBUTION.query.where(
            contribution.c.kind == kind, contribution.c.outcome_id.is_(None)
        )
        if before is not None:
            query = query.where(contribution.c.id < before)
        if theme:
            query = query.where(contribution.c.theme == theme)
        if words:
            query = query.where(contains(contribution.c.words, words))
        query = query.order_by(contribution.c.id.desc()).limit(limit)
        return _CONTRIBUTION.all(await self._execute(query))

    async def oldest_ungrouped(self) -> Contribution | None:
        """Return the oldest contribution without an answer, or None."""
        found = await self._all(contribution.c.outcome_id.is_(None), limit=1)
        return found[0] if found else None

    async def group(self, contribution_ids: Collection[int], outcome_id: int | None) -> None:
        """Put contributions under an answer, or under none."""
        statement = update(contribution).where(contribution.c.id.in_(contribution_ids))
        await self._execute(statement.values(outcome_id=outcome_id))

    async def unanswered(self, campaign_id: int) -> int:
        """Return how many people said something about a campaign's pledges without an answer."""
        query = (
            select(people(contribution))
            .select_from(contribution)
            .outerjoin(outcome, outcome.c.id == contribution.c.outcome_id)
            .where(
                contribution.c.campaign_id == campaign_id,
                func.coalesce(outcome.c.state, OutcomeState.OPEN) == OutcomeState.OPEN,
            )
        )
        return int((await self._execute(query)).scalar_one())


class Outcomes(ById[Outcome]):
    """The answers that staff give."""

    mapper, table = _OUTCOME, outcome

    async def in_states(
        self,
        states: Collection[OutcomeState],
        limit: int | None = None,
        *,
        before: int | None = None,
        staff_id: int | None = None,
    ) -> list[Outcome]:
        """Return the newest answers in *states*, of one owner where given."""
        query = _OUTCOME.query.where(outcome.c.state.in_(states))
        if before is not None:
            query = query.where(outcome.c.id < before)
        if staff_id is not None:
            query = query.where(outcome.c.staff_id == staff_id)
        return _OUTCOME.all(await self._execute(query.order_by(outcome.c.id.desc()).limit(limit)))

    async def counts(self, outcome_ids: Collection[int]) -> dict[int, int]:
        """Return how many people made the contributions of each answer."""
        query = (
            select(contribution.c.outcome_id, people(contribution))
            .where(contribution.c.outcome_id.in_(outcome_ids))
            .group_by(contribution.c.outcome_id)
        )
        return {row[0]: int(row[1]) for row in await self._execute(query)}
