"""Run a simulated Telegram as its own process: `python telegram_apart.py 200`.

It outlives every kill of the bot, and prints its address on the first line. Besides the Bot API it
serves `/say`, which sends as citizens, and `/heard`, which returns what they received.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web

from bot.clock import SystemClock
from bot.simulator import TOKEN, Fault, FaultKind, World
from bot.simulator.http import make_http_app

FIRST = 2000  # the first citizen's id; the others follow
ANSWERS_AFTER = 0.15  # seconds; a kill within this time may double a send


def make_world(citizens: int) -> World:
    """Return a simulated Telegram on the system clock, with *citizens* who are all called Bo."""
    world = World(SystemClock().now)
    world.add_bot(TOKEN, name="Dialog Klintsund", username="dialog_klintsund_bot")
    for number in range(citizens):
        world.add_user(FIRST + number, "Bo", language_code="da")
    world.faults.add(Fault(FaultKind.SLOW, method="sendMessage", delay=ANSWERS_AFTER))
    return world


def make_app(world: World) -> web.Application:
    """Return the Bot API and the two routes for the test."""
    app = make_http_app(world)

    async def say(request: web.Request) -> web.Response:
        for user, words in await request.json():
            world.say(user, words)
        return web.json_response({})

    async def received(_request: web.Request) -> web.Response:
        chats = world.bots[TOKEN].chats
        return web.json_response(
            {
                user: [seen.text for seen in chat.log if seen.kind == "sent"]
                for user, chat in chats.items()
            }
        )

    async def break_out(request: web.Request) -> web.Response:
        told = await request.json()
        kind = FaultKind(told.pop("kind"))
        world.faults.add(Fault(kind, **told))
        return web.json_response({})

    async def sent(_request: web.Request) -> web.Response:
        """Return what each citizen was sent and how often it was edited, with the times."""
        chats = world.bots[TOKEN].chats
        return web.json_response(
            {
                user: [(seen.kind, seen.text, seen.at.timestamp()) for seen in chat.log]
                for user, chat in chats.items()
            }
        )

    app.router.add_post("/break", break_out)
    app.router.add_get("/sent", sent)
    app.router.add_post("/say", say)
    app.router.add_get("/heard", received)
    return app


async def main(citizens: int) -> None:
    """Serve until the process is killed."""
    runner = web.AppRunner(make_app(make_world(citizens)), shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
