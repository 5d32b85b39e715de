"""Forms: read once, bounded, and believed only with the token of the session."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.typedefs import Handler
from multidict import MultiDict

from bot.console.current_user import session_of

TOKEN = "csrf"  # noqa: S105 - the name of the field, not a token
TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105 - a name as well
LARGEST_FORM = 256 * 1024  # bytes
MOST_FIELDS = 200
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORM: web.RequestKey[MultiDict[str]] = web.RequestKey("form", MultiDict)


class NotFromOurPage(web.HTTPForbidden):
    """The form was not on a page of ours, or that page has become too old."""


def token_of(request: web.Request) -> str:
    """Return the token that a form must bring; the answer sets the cookie it belongs to.

    It is derived from the cookie, which nobody else knows, so that it need not
    be kept, and changes whenever the cookie does.
    """
    session = session_of(request)
    if session is None:
        return ""  # no form of this page can be sent anyhow
    if session.new:
        session.changed()
    return _token(str(session.identity))


def _token(identity: str) -> str:
    return hashlib.sha256(f"{TOKEN}:{identity}".encode()).hexdigest()


@web.middleware
async def believe_own_forms(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse whatever would change something without the token of its session."""
    if request.method not in SAFE:
        form = await form_of(request)
        session = session_of(request)
        brought = request.headers.get(TOKEN_HEADER) or form.get(TOKEN) or ""
        wanted = _token(str(session.identity)) if session is not None else ""
        if not wanted or not hmac.compare_digest(brought.encode(), wanted.encode()):
            raise NotFromOurPage
    return await handler(request)


async def form_of(request: web.Request) -> MultiDict[str]:
    """Return what was written in the form; never more than fits, and never a NUL."""
    if _FORM not in request:
        request[_FORM] = await _read(request)
    return request[_FORM]


async def _read(request: web.Request) -> MultiDict[str]:
    """Read the body of a form."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > LARGEST_FORM:
            raise web.HTTPRequestEntityTooLarge(LARGEST_FORM, len(body))
    try:
        written = body.decode("ascii").replace("%00", "")
        pairs = parse_qsl(written, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise web.HTTPBadRequest from None
    return MultiDict(pairs)
