"""The world over HTTP on loopback: the Bot API as Telegram's server implements it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.errors import ApiError
from bot.json_text import write_json
from bot.simulator.bodies import read_params
from bot.simulator.faults import FaultKind
from bot.simulator.guard import guard, programs_only
from bot.simulator.methods import METHODS
from bot.simulator.params import Params, check_params
from bot.simulator.phone import PEOPLE, ROUTES, WORLD, PhonePerson
from bot.simulator.state import Bot, Change
from bot.simulator.webhooks import deliver_webhooks
from bot.simulator.world import DOWNLOAD, World

LONGEST_POLL = 50.0
LARGEST_REQUEST = 64 * 1024 * 1024


def make_http_app(world: World, people: Iterable[PhonePerson] = ()) -> web.Application:
    """Return the application of *world*; the demo page shows the phones of *people*."""
    app = web.Application(middlewares=[guard], client_max_size=LARGEST_REQUEST)
    app[WORLD] = world
    app[PEOPLE] = {person.id: person for person in people}
    for person in app[PEOPLE].values():
        if person.id not in world.users:
            world.add_user(
                person.id,
                person.first_name,
                last_name=person.last_name,
                language_code=person.language_code,
                started=False,
            )
    app.router.add_get("/file/bot{token}/{path:.+}", download_file)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", call_method)
    app.add_routes(ROUTES)
    app.cleanup_ctx.append(lambda _: deliver_webhooks(world))
    return app


@dataclass(frozen=True, slots=True)
class Served:
    """A world served at *url* until it is closed."""

    url: str
    runner: web.AppRunner

    async def close(self) -> None:
        """Stop serving."""
        await self.runner.cleanup()


async def serve_http(world: World, people: Iterable[PhonePerson] = (), *, port: int = 0) -> Served:
    """Serve *world* on 127.0.0.1 only; port 0 picks a free port."""
    runner = web.AppRunner(make_http_app(world, people), shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return Served(f"http://127.0.0.1:{runner.addresses[0][1]}", runner)


@programs_only
async def call_method(request: web.Request) -> web.StreamResponse:
    """Answer one method call as Telegram does."""
    world, method = request.app[WORLD], request.match_info["method"]
    try:
        params = await read_params(request, method)
        result = await answer_call(request, world, request.match_info["token"], method, params)
    except _HungUpError:
        return web.Response(status=500)  # not sent: the connection is closed
    return web.json_response({"ok": True, "result": result}, dumps=write_json)


async def answer_call(
    request: web.Request, world: World, token: str, method: str, params: Params
) -> Any:
    """Return the result of a call under the active faults; raise `ApiError` or `_HungUpError`."""

    async def carry_out() -> Any:
        if method == "getUpdates":
            return await poll(world, token, params)
        return world.call(token, method, params)

    return await under_faults(request, world, (method, params.get("chat_id")), carry_out)


async def under_faults(
    request: web.Request,
    world: World,
    what: tuple[str, object],
    carry_out: Callable[[], Awaitable[Any]],
) -> Any:
    """Run *carry_out* under the faults AWAY, SLOW and DROP for *what*, a method and its chat."""
    faults = world.faults
    if faults.strike(FaultKind.AWAY, *what):
        raise hang_up(request)
    slow = faults.strike(FaultKind.SLOW, *what)
    drop = faults.strike(FaultKind.DROP, *what)
    try:
        return await carry_out()
    finally:
        if slow:
            await asyncio.sleep(slow.delay)
        if drop:
            raise hang_up(request)


class _HungUpError(Exception):
    """The connection was closed without an answer."""


def hang_up(request: web.Request) -> _HungUpError:
    """Close the connection without an answer; return the error that the caller must raise."""
    if request.transport is not None:
        request.transport.abort()
    return _HungUpError()


async def poll(world: World, token: str, params: Params) -> Any:
    """Return updates, waiting up to `timeout`; a newer getUpdates or a webhook ends it with 409."""
    loop = asyncio.get_running_loop()
    bot = world.bots.get(token)
    if bot is None:
        return world.call(token, "getUpdates", params)  # raises 401
    check_params(METHODS["getUpdates"].takes, params)
    deadline = loop.time() + min(params.get("timeout", 0), LONGEST_POLL)
    bot.polls += 1
    turn, woken = bot.polls, asyncio.Event()
    world.publish(Change("update", bot.id, 0))  # wake an older poll, so that it ends
    unsubscribe = world.subscribe(lambda change: _wake(woken, bot, change))
    try:
        while True:
            woken.clear()
            result = world.call(token, "getUpdates", params)
            left = deadline - loop.time()
            if result or left <= 0:
                return result
            try:
                await asyncio.wait_for(woken.wait(), left)
            except TimeoutError:
                return []
            check_turn(bot, turn)
    finally:
        unsubscribe()


def _wake(woken: asyncio.Event, bot: Bot, change: Change) -> None:
    """Set *woken* at a change that may be an update for *bot*."""
    if change.kind == "update" and change.bot_id == bot.id:
        woken.set()


def check_turn(bot: Bot, turn: int) -> None:
    """Raise `ApiError` 409 where a newer poll or a webhook has taken over."""
    if bot.webhook is not None:
        raise ApiError(409, "Conflict: terminated by setWebhook request")
    if bot.polls != turn:
        raise ApiError(
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )


@programs_only
async def download_file(request: web.Request) -> web.StreamResponse:
    """Answer with the bytes of a file."""
    world, token = request.app[WORLD], request.match_info["token"]

    async def carry_out() -> bytes:
        return world.download(token, request.match_info["path"])

    try:
        content = await under_faults(request, world, (DOWNLOAD, None), carry_out)
    except _HungUpError:
        return web.Response(status=500)  # not sent: the connection is closed
    return web.Response(body=content, content_type="application/octet-stream")
