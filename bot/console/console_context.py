"""What the console is given to work with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Network, IPv6Network
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.console.passwords import Passwords
from bot.model.town import Town
from bot.service.faq import IndexKeeper
from bot.settings import DEFAULT_MAP, networks
from bot.store.store import Store

BASE = "/console"


@dataclass(frozen=True, slots=True)
class ConsoleContext:
    """The parts of one console.

    *url* is the console's public address. *clock* is real time, for sessions,
    tries and invitations: they do not travel with the town's clock, which is
    the store's. *index* is what the chat finds its answers with.
    """

    store: Store
    town: Town
    url: str = f"http://127.0.0.1:8080{BASE}"
    clock: Clock = field(default_factory=SystemClock)
    passwords: Passwords = field(default_factory=Passwords)
    index: IndexKeeper = field(default_factory=IndexKeeper)
    proxies: tuple[IPv4Network | IPv6Network, ...] = networks("127.0.0.0/8,::1/128")
    map_url: str = DEFAULT_MAP
    demo: bool = False  # the town's invented staff come in by a click

    @property
    def today(self) -> date:
        """Return the town's own date."""
        return self.store.clock.now().astimezone(ZoneInfo(self.town.zone)).date()

    @property
    def secure(self) -> bool:
        """Tell whether browsers reach the console by https alone."""
        return self.url.startswith("https://")


CONSOLE_CONTEXT: web.AppKey[ConsoleContext] = web.AppKey("console", ConsoleContext)


def context_of(request: web.Request) -> ConsoleContext:
    """Return the parts of the console that *request* came to."""
    return request.config_dict[CONSOLE_CONTEXT]
