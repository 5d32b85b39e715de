"""The public context: the objects and settings that the public pages use."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

from aiohttp import web

from bot.model.town import Town
from bot.public.rate_limit import RateLimit
from bot.settings import DEFAULT_PROXIES, PUBLIC_PATH, networks
from bot.store.store import Store

BASE = PUBLIC_PATH
LISTS = ("opgaver", "lofter", "nyheder")  # search engines may read them


@dataclass(frozen=True, slots=True)
class PublicContext:
    """The objects and settings of the public pages.

    *url* is their public address, *bot_link* the chat's: https://t.me/<name>.
    """

    store: Store
    town: Town
    url: str
    bot_link: str
    proxies: tuple[IPv4Network | IPv6Network, ...] = networks(DEFAULT_PROXIES)
    rate_limit: RateLimit = field(default_factory=RateLimit)

    @property
    def secure(self) -> bool:
        """Return whether visitors reach the pages only over https."""
        return self.url.startswith("https://")


PUBLIC_CONTEXT: web.AppKey[PublicContext] = web.AppKey("public", PublicContext)


def context_of(request: web.Request) -> PublicContext:
    """Return the public context of *request*."""
    return request.config_dict[PUBLIC_CONTEXT]
