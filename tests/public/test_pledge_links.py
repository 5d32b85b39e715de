"""The public pages of links to a shared pledge and to a pledge of the catalogue."""

from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestClient
from pledging import Pledging

from bot.engine.events import Done
from bot.model.commands.links import ShareLink
from bot.model.commands.pledges import CancelCampaign
from bot.service import execute
from bot.store.store import Store

Visitor = TestClient[web.Request, web.Application]


async def shared(town: Store, person: int, kind: str, subject_id: int) -> str:
    """Let a citizen make a link; return its token."""
    async with town.unit() as unit:
        made = await execute(ShareLink(person, kind, subject_id), unit)
    assert isinstance(made, Done), made
    return str(made.value)


async def test_a_shared_pledge(town: Store, visitor: Visitor, pledging: Pledging) -> None:
    """The page names the pledge and is counted; of a cancelled one it names nothing."""
    campaign_id = await pledging.campaign()
    person = await pledging.person("Ana")
    token = await shared(town, person, "campaign", campaign_id)
    async with town.reading() as unit:
        known = await unit.campaigns.get(campaign_id)
    assert known is not None
    page = await (await visitor.get(f"/public/l/{token}")).text()
    assert known.title in page
    assert f"start=l-{token}" in page
    assert "Ana" not in page
    async with town.unit() as unit:
        link = await unit.links.get(1)
        assert link is not None
        assert (link.opened, link.started, link.done) == (1, 0, 0)
        assert isinstance(await execute(CancelCampaign(1, campaign_id, "Storm"), unit), Done)
    assert known.title not in await (await visitor.get(f"/public/l/{token}")).text()


async def test_a_pledge_of_the_catalogue(town: Store, visitor: Visitor, pledging: Pledging) -> None:
    """The page names the entry."""
    person = await pledging.person("Ana")
    async with town.reading() as unit:
        entry = (await unit.catalogue.published())[0]
    token = await shared(town, person, "catalogue", entry.id)
    assert entry.title in await (await visitor.get(f"/public/l/{token}")).text()
