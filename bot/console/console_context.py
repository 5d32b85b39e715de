"""The console context: the objects and settings that the console's handlers use."""

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
from bot.settings import DEFAULT_MAP, DEFAULT_PROXIES, networks
from bot.store.store import Store

BASE = "/console"


@dataclass(frozen=True, slots=True)
class ConsoleContext:
    """The objects and settings of one console.

    *bot_link* is the chat's address, https://t.me/<name>. *url* is the console's public
    address, and *public_url* that of the public pages, empty where there are none.
    *clock* is real time, for sessions, sign-in attempts and invitations; the store's
    clock is the town's, which the demo may move. *index* is the FAQ index that the
    chat uses, too.
    """

    store: Store
    town: Town
    bot_link: str
    url: str = f"http://127.0.0.1:8080{BASE}"
    clock: Clock = field(default_factory=SystemClock)
    passwords: Passwords = field(default_factory=Passwords)
    index: IndexKeeper = field(default_factory=IndexKeeper)
    proxies: tuple[IPv4Network | IPv6Network, ...] = networks(DEFAULT_PROXIES)
    map_url: str = DEFAULT_MAP
    public_url: str = ""
    sends_mail: bool = False  # whether staff can choose e-mail about alerts
    demo: bool = False  # True lets the town's invented staff sign in by a click

    @property
    def today(self) -> date:
        """Return the current date in the town's time zone."""
        return self.store.clock.now().astimezone(ZoneInfo(self.town.zone)).date()

    @property
    def secure(self) -> bool:
        """Return whether browsers reach the console only over https."""
        return self.url.startswith("https://")


CONSOLE_CONTEXT: web.AppKey[ConsoleContext] = web.AppKey("console", ConsoleContext)


def context_of(request: web.Request) -> ConsoleContext:
    """Return the console context of *request*."""
    return request.config_dict[CONSOLE_CONTEXT]
