"""Post updates to webhooks as Telegram does: concurrently, but in order for each user.

No request leaves this machine: for a URL that is not loopback, getWebhookInfo
shows an error.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial
from itertools import islice
from urllib.parse import urlsplit

import aiohttp

from bot.simulator.methods.intake import LOOPBACK
from bot.simulator.state import Bot, Change, Webhook
from bot.simulator.updates import Pending
from bot.simulator.world import World

PATIENCE = 60.0  # seconds for the bot's answer
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
LOOKED_AT = 500  # pending updates searched for a free lane
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


async def deliver_webhooks(world: World) -> AsyncIterator[None]:
    """Post updates while the application runs; for aiohttp's `cleanup_ctx`."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
        postman = Postman(world, session)
        unsubscribe = world.subscribe(postman.receive)
        running = asyncio.create_task(postman.run())
        yield
        unsubscribe()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


class Postman:
    """Posts pending updates to webhooks, one request at a time for each lane."""

    def __init__(self, world: World, session: aiohttp.ClientSession) -> None:
        """Deliver the updates of *world*."""
        self._world = world
        self._session = session
        self._woken = asyncio.Event()
        self._busy: dict[tuple[int, int], asyncio.Task[None]] = {}

    def receive(self, change: Change) -> None:
        """Wake `run` at a new update."""
        if change.kind == "update":
            self._woken.set()

    async def run(self) -> None:
        """Post until cancelled; check for new webhooks every 0.5 seconds."""
        try:
            while True:
                self._woken.clear()
                for bot in tuple(self._world.bots.values()):
                    self.dispatch(bot)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), 0.5)
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def dispatch(self, bot: Bot) -> None:
        """Start posting for every waiting lane, up to the webhook's `max_connections`."""
        hook = bot.webhook
        if hook is None:
            return
        bot.updates.expire(self._world.seconds())
        for pending in islice(bot.updates, LOOKED_AT):
            lane = (bot.id, pending.lane)
            if len(self._busy) >= hook.max_connections:
                return
            if lane not in self._busy:
                task = asyncio.create_task(self.post_lane(bot, hook, pending.lane))
                self._busy[lane] = task
                task.add_done_callback(partial(self._done, lane))

    def _done(self, lane: tuple[int, int], _: asyncio.Task[None]) -> None:
        """Mark a lane as free and wake `run`."""
        self._busy.pop(lane, None)
        self._woken.set()

    async def post_lane(self, bot: Bot, hook: Webhook, lane: int) -> None:
        """Post the oldest update of *lane*, retrying until success or a change of the webhook."""
        pause = FIRST_PAUSE
        while bot.webhook is hook:
            pending = next((each for each in bot.updates if each.lane == lane), None)
            if pending is None:
                return
            fault = await self.post(hook, pending)
            if bot.webhook is not hook:
                return
            if fault is None:
                bot.updates.confirm(pending.update_id)
                return
            hook.last_error, hook.last_error_at = fault, int(self._world.seconds())
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def post(self, hook: Webhook, pending: Pending) -> str | None:
        """Post one update; return None, or the error as text."""
        if urlsplit(hook.url).hostname not in LOOPBACK:
            return "Connection refused"
        headers = {"Content-Type": "application/json"}
        if hook.secret_token is not None:
            headers[SECRET_HEADER] = hook.secret_token
        try:
            async with self._session.post(
                hook.url, data=pending.text.encode(), headers=headers, allow_redirects=False
            ) as response:
                if response.ok and response.status < 300:  # noqa: PLR2004 - the first status after 2xx
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"
