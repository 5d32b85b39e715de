"""Answers that caches and other sites may keep for a minute: the same for every visitor."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from aiohttp import web

FRESH = 60  # seconds
# Everybody may find them, and a municipality's own site may show them.
OPEN: Mapping[str, str] = {
    "Cache-Control": f"public, max-age={FRESH}",
    "Vary": "Accept-Language",
    "X-Robots-Tag": "all",
}
FOR_OTHER_SITES: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def open_answer(
    request: web.Request, body: bytes, mime: str, *, for_sites: bool = False
) -> web.Response:
    """Return *body*, or 304 where the visitor has it; *for_sites* lets other sites read it."""
    tag = sha256(body).hexdigest()[:32]
    headers = {**OPEN, **(FOR_OTHER_SITES if for_sites else {})}
    known = {one.value for one in request.if_none_match or ()}
    if known & {tag, "*"}:
        answer = web.Response(status=304, headers=headers)
    else:
        charset = None if mime.startswith("image/") else "utf-8"
        answer = web.Response(body=body, content_type=mime, charset=charset, headers=headers)
    answer.etag = tag
    return answer
