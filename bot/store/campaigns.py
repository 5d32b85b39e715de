"""Campaigns, and the entries of the catalogue of pledges."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.model.campaign import COUNTING, PUBLIC, REACHED, Campaign, CampaignState
from bot.model.pledge_catalogue import CatalogueEntry, EntryState
from bot.store.by_id import ById
from bot.store.participants import contains, people
from bot.store.row_mapper import RowMapper
from bot.store.tables import campaign, catalogue_entry, pledge

_CAMPAIGN = RowMapper(Campaign, campaign)
_ENTRY = RowMapper(CatalogueEntry, catalogue_entry)


def _counting() -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of `COUNTING`, one for each set of states."""
    for states in set(COUNTING.values()):
        of = [one for one, counting in COUNTING.items() if counting == states]
        yield and_(campaign.c.state.in_(of), pledge.c.state.in_(states))


# How many people have signed a campaign: the one number of console, chat and public pages.
SIGNERS = (
    select(people(pledge))
    .where(
        pledge.c.campaign_id == campaign.c.id,
        or_(*_counting()),
        or_(campaign.c.area.is_(None), pledge.c.area == campaign.c.area),
    )
    .correlate(campaign)
    .scalar_subquery()
)


class Campaigns(ById[Campaign]):
    """Campaigns."""

    mapper, table = _CAMPAIGN, campaign

    async def in_states(
        self,
        states: Collection[CampaignState],
        limit: int | None = None,
        *,
        before: int | None = None,
        words: str = "",
    ) -> list[Campaign]:
        """Return the newest campaigns in *states*, by words."""
        query = _CAMPAIGN.query.where(campaign.c.state.in_(states))
        if before is not None:
            query = query.where(campaign.c.id < before)
        if words:
            query = query.where(contains(campaign.c.title, words))
        query = query.order_by(campaign.c.id.desc()).limit(limit)
        return _CAMPAIGN.all(await self._execute(query))

    async def public(self) -> list[Campaign]:
        """Return the campaigns that everyone may see, the newest first."""
        return await self.in_states(PUBLIC)

    async def of_proposer(self, participant_id: int) -> list[Campaign]:
        """Return the campaigns that a participant proposed, the oldest first."""
        return await self._all(campaign.c.proposer_id == participant_id)

    async def signers(self, campaign_ids: Collection[int]) -> dict[int, int]:
        """Return how many people have signed each campaign."""
        query = select(campaign.c.id, SIGNERS).where(campaign.c.id.in_(campaign_ids))
        return {row[0]: int(row[1]) for row in await self._execute(query)}

    async def success(self) -> tuple[int, int]:
        """Return how many ended campaigns reached their target here, and how many ended."""
        query = (
            select(campaign.c.state, func.count())
            .where(campaign.c.state.in_({*REACHED, CampaignState.EXPIRED_UNMET}))
            .group_by(campaign.c.state)
        )
        counts = {CampaignState(row[0]): int(row[1]) for row in await self._execute(query)}
        reached = sum(number for state, number in counts.items() if state in REACHED)
        return reached, sum(counts.values())


class Catalogue(ById[CatalogueEntry]):
    """The catalogue of pledges."""

    mapper, table = _ENTRY, catalogue_entry

    async def published(self, theme: str | None = None) -> list[CatalogueEntry]:
        """Return the entries that people can choose, of one theme where it is given."""
        of_theme = () if theme is None else (catalogue_entry.c.theme == theme,)
        return await self._all(catalogue_entry.c.state == EntryState.PUBLISHED, *of_theme)

    async def all(self, states: Collection[EntryState] = tuple(EntryState)) -> list[CatalogueEntry]:
        """Return the entries in *states*, the oldest first."""
        return await self._all(catalogue_entry.c.state.in_(states))

    async def codes(self) -> set[str]:
        """Return the codes of the entries that came from a content file."""
        query = select(catalogue_entry.c.code).where(catalogue_entry.c.code.is_not(None))
        return {row[0] for row in await self._execute(query)}
