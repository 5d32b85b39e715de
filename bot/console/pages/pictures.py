"""Pictures that citizens sent: shown small on a case's page, with scripts disabled."""

from __future__ import annotations

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.pages.case import opened

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})
ANYTHING = "application/octet-stream"
INERT = "default-src 'none'; sandbox"


async def show_picture(request: web.Request) -> web.StreamResponse:
    """Record the reading of the case, then return one of its pictures as a download.

    Raise `HTTPNotFound` where the case has no such picture.
    """
    wanted = int(request.match_info["picture"])
    async with opened(request) as (unit, case):
        hanging = await unit.cases.attachments(case.id)
        file_id = next((one["file_id"] for one in hanging if one["id"] == wanted), None)
        found = await unit.files.get(file_id) if file_id is not None else None
    if found is None:
        raise web.HTTPNotFound
    prefix = context_of(request).town.number_prefix
    return web.Response(
        body=found.content,
        content_type=found.mime if found.mime in SHOWN else ANYTHING,
        headers={
            "Content-Disposition": f'attachment; filename="{prefix}-{case.number}-{wanted}.jpg"',
            "Content-Security-Policy": INERT,
        },
    )
