"""Execute a form's command, and redirect to the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from aiohttp import web

from bot.console.console_context import BASE, context_of
from bot.console.render import at, flash
from bot.engine.events import Done, Refused
from bot.i18n import Text
from bot.service import execute
from bot.store.unit import Unit


async def ask(request: web.Request, command: Any) -> Done | Refused:
    """Execute *command* in its own transaction, and return the outcome."""
    async with context_of(request).store.unit() as unit:
        return await execute(command, unit)


class _TakenBack(Exception):
    """The second command was refused, so that what the first one wrote is taken back."""

    def __init__(self, answer: Refused) -> None:
        """Keep the refusal."""
        super().__init__()
        self.answer = answer


async def ask_both(
    request: web.Request, first: Any, second: Callable[[Any], Any]
) -> Done | Refused:
    """Execute *first*, and the command that *second* makes of its value, in one transaction.

    Nothing is written where one of them is refused.
    """
    try:
        async with context_of(request).store.unit() as unit:
            return await _both(unit, first, second)
    except _TakenBack as taken_back:
        return taken_back.answer


async def _both(unit: Unit, first: Any, second: Callable[[Any], Any]) -> Done | Refused:
    """Execute two commands; raise `_TakenBack` where the second one is refused."""
    made = await execute(first, unit)
    if isinstance(made, Refused):
        return made
    answer = await execute(second(made.value), unit)
    if isinstance(answer, Refused):
        raise _TakenBack(answer)
    return answer


async def act(request: web.Request, command: Any, said: Text, back: str) -> web.Response:
    """Execute the command of a button, say that it is done or why not, and show a page again."""
    answer = await ask(request, command)
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        flash(request, said)
    return go(back)


def go(path: str) -> web.Response:
    """Redirect (303) to a page of the console after a form's command was executed."""
    return web.Response(status=303, headers={"Location": at(path)})


def go_back(wanted: str) -> web.Response:
    """Redirect (303) to *wanted* where it is a page of the console, else to the first page."""
    return web.Response(status=303, headers={"Location": own_address(wanted)})


def own_address(wanted: str) -> str:
    """Return *wanted* where it is an address of the console, else the first page.

    Browsers read a backslash as a slash, ignore invisible characters, and go up
    a level at two dots, even where these are percent-encoded.
    """
    odd = not wanted.isascii() or not wanted.isprintable() or "\\" in wanted
    up = ".." in unquote(wanted.partition("?")[0])
    if odd or up or not wanted.startswith(f"{BASE}/"):
        return at()
    parts = urlsplit(wanted)
    return at() if parts.scheme or parts.netloc else wanted
