"""The demo: an invented town and its citizens, a simulated Telegram, and a controlled clock."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot import settings, watch
from bot.app.compose import Bot, BotParts, build, prepare, town_context_of
from bot.app.demo_cases import case_scenes
from bot.app.demo_news import NewsStory
from bot.app.demo_pledges import PledgeStory
from bot.app.demo_reminders import ReminderStory
from bot.app.demo_story import BEFORE, NEIGHBOURS, Story, play
from bot.app.demo_volunteering import VolunteerStory
from bot.app.time_travel import pass_time, tomorrow_at
from bot.clock import SystemClock, TravelClock
from bot.console.app import console_app, mount
from bot.console.console_context import ConsoleContext
from bot.errors import ConfigurationError
from bot.model.link import page_url
from bot.model.town import Town
from bot.public.app import mount as mount_public
from bot.public.app import public_app
from bot.public.public_context import PublicContext
from bot.scheduler import seal
from bot.service.content import employ, read_town
from bot.settings import PUBLIC_PATH
from bot.simulator import World, new_token
from bot.simulator.demo import add_page
from bot.simulator.http import make_http_app
from bot.simulator.inprocess import InProcessApi
from bot.simulator.phone import PhonePerson
from bot.store.store import Store
from bot.transport.pacing import Unpaced

HOST = "127.0.0.1"
LOOK_EVERY = 1.0  # seconds between steps of the bot without an update
STRIDE = timedelta(hours=12)  # per step: Telegram drops unfetched updates after 24 hours
USERNAME = "dialog_klintsund_bot"


@dataclass(slots=True)
class TownClock:
    """The demo's time control; its lock keeps `_live` from stepping the bot during a move."""

    clock: TravelClock
    zone: str
    bot: Bot | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def now(self) -> datetime:
        """Return the demo clock's present instant."""
        return self.clock.now()

    async def move_to(self, to: str) -> None:
        """Move by an hour, to tomorrow at 9, or by a week, stopping at every due time."""
        target = {
            "hour": self.now() + timedelta(hours=1),
            "tomorrow": tomorrow_at(self.clock, self.zone, 9),
            "week": self.now() + timedelta(weeks=1),
        }[to]
        if self.bot is not None:
            async with self.turn:
                await pass_time(self.bot, self.clock, target, stride=STRIDE)


def refuse_token() -> None:
    """Raise `ConfigurationError` where a bot token is set: the demo never runs as a real bot."""
    environ = settings.environment()
    names = (settings.PREFIX + name for name in ("BOT_TOKEN", "BOT_TOKEN_FILE"))
    if any(environ.get(name, "").strip() for name in names):
        raise ConfigurationError(
            "BROBYGGER_BOT_TOKEN is set. The demo takes no token: unset it, or use brobygger run."
        )


async def demo(port: int) -> int:
    """Serve the demo until it is stopped, then delete its data."""
    refuse_token()
    watch.set_up_logging("text")
    town = read_town(None)
    present = SystemClock().now()
    clock = TravelClock(present - BEFORE, tick=True)
    time_travel = TownClock(clock, town.zone)
    with tempfile.TemporaryDirectory(prefix="brobygger-demo-") as folder:
        url = f"sqlite:///{Path(folder) / 'demo.sqlite3'}"
        store = await Store.open(url, clock=clock, town=town_context_of(town))
        token, address = new_token(), f"http://{HOST}:{port}"
        world = make_world(clock, town, token)
        api = InProcessApi(world, token)
        parts = BotParts(
            store,
            api,
            token,
            town,
            pacing=Unpaced(),
            long_poll=0,
            public_url=f"{address}{PUBLIC_PATH}",
        )
        bot = await build(parts)
        try:
            await prepare(parts)
            async with store.unit() as unit:
                await employ(town, unit)
            app = make_http_app(world, [*phones(town), *NEIGHBOURS])
            link = await tell_story(bot, world, clock, present)
            time_travel.bot = bot
            add_page(app, time_travel, poster=page_url(parts.public_url, link))
            phone = f"{address}/{USERNAME}"  # links lead to it, and not to Telegram
            console = ConsoleContext(
                store,
                town,
                phone,
                f"{address}/console",
                index=parts.index,
                public_url=parts.public_url,
                demo=True,
            )
            mount(app, console_app(console))
            public = PublicContext(store, town, parts.public_url, phone)
            mount_public(app, public_app(public))
            await _serve(app, port, "The demo is at", _live(bot, world, time_travel))
        finally:
            await bot.close()
            await store.close()
    return 0


async def tell_story(bot: Bot, world: World, clock: TravelClock, present: datetime) -> str:
    """Play the 8 days before *present*; return the token of a link to a reminder."""
    calendar = town_context_of(bot.parts.town).calendar
    reminders, volunteers = ReminderStory(present, calendar), VolunteerStory(present, calendar)
    stories = (reminders, volunteers, PledgeStory(present), NewsStory(present))
    scenes = (*case_scenes(present), *(scene for one in stories for scene in one.scenes()))
    await play(Story(bot, world, clock), scenes, present)
    return reminders.link


async def simulator(port: int) -> int:
    """Serve the simulated Telegram for a bot in another process.

    Generate and print the bot's token, unless the setting BOT_TOKEN gives it.
    """
    given = settings.read(token_needed=False, takes_updates=False).bot_token
    token, town = given or new_token(), read_town(None)
    app = make_http_app(make_world(SystemClock(), town, token), phones(town))
    add_page(app, None)
    sys.stdout.write(f"{settings.PREFIX}TELEGRAM_API_URL=http://{HOST}:{port}\n")
    if not given:
        sys.stdout.write(f"{settings.PREFIX}BOT_TOKEN={token}\n")
    await _serve(app, port, "The simulator is at", None)
    return 0


def make_world(clock: TravelClock | SystemClock, town: Town, token: str) -> World:
    """Return a simulated world with the town's bot."""
    world = World(clock.now)
    world.add_bot(token, name=town.bot_name, username=USERNAME)
    return world


def phones(town: Town) -> list[PhonePerson]:
    """Return the demo phones of the town's invented citizens."""
    return [
        PhonePerson(p.id, p.first_name, None, p.language_code, dict(p.about)) for p in town.people
    ]


async def _live(bot: Bot, world: World, time_travel: TownClock) -> None:
    """Step the bot at each update, and at least once a second."""
    stirred = asyncio.Event()
    world.subscribe(lambda change: stirred.set() if change.kind == "update" else None)
    while True:
        async with time_travel.turn:
            await bot.settle()
            await seal(bot.parts.store)
        with suppress(TimeoutError):
            await asyncio.wait_for(stirred.wait(), LOOK_EVERY)
        stirred.clear()


async def _listen(runner: web.AppRunner, port: int) -> None:
    """Listen on *port*; raise `ConfigurationError` where it is in use."""
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError:
        raise ConfigurationError(f"Port {port} is in use. Choose another: --port.") from None


async def _serve(
    app: web.Application, port: int, what: str, life: asyncio.Future[None] | object
) -> None:
    """Serve *app* on 127.0.0.1 and run *life* until Ctrl-C or SIGTERM."""
    runner = web.AppRunner(app, shutdown_timeout=0.5)
    await runner.setup()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop.set)
    tasks = [asyncio.create_task(stop.wait())]
    try:
        await _listen(runner, port)
        sys.stdout.write(f"{what} http://{HOST}:{port}/ (Ctrl-C ends it).\n")
        sys.stdout.flush()
        if asyncio.iscoroutine(life):
            tasks.append(asyncio.create_task(life))
        done, _late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            await task
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await runner.cleanup()
