"""Read forms once, with a size limit, and only with the session's CSRF token."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from aiohttp.typedefs import Handler
from multidict import MultiDict

from bot.console.current_user import session_of, user_of

TOKEN = "csrf"  # noqa: S105 - the name of the field, not a token
TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105 - a name as well
LARGEST_FORM = 256 * 1024  # bytes
LARGEST_UPLOAD = 10 * 1024 * 1024  # bytes of one file; Telegram takes no larger picture
LARGEST_BODY = 64 * 1024 * 1024  # bytes of a form with files; more is not even read
UPLOAD = "multipart/form-data"
MOST_FIELDS = 200
MOST_DIGITS = 15
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORM: web.RequestKey[MultiDict[str]] = web.RequestKey("form", MultiDict)
_NAMES: web.RequestKey[dict[str, str]] = web.RequestKey("names", dict)
_FILES: web.RequestKey[dict[str, bytes | None]] = web.RequestKey("files", dict)


class NotFromOurPage(web.HTTPForbidden):
    """The form has no token or a wrong one: from another site, or from before a sign-in or -out."""


def token_of(request: web.Request) -> str:
    """Return the CSRF token for a form; the response sets the session's cookie.

    The token is derived from the secret cookie, so it need not be stored, and it
    changes with the cookie.
    """
    session = session_of(request)
    if session is None:
        return ""  # without a session the server refuses every form
    if session.new:
        session.changed()
    return _token(str(session.identity))


def _token(identity: str) -> str:
    return hashlib.sha256(f"{TOKEN}:{identity}".encode()).hexdigest()


@web.middleware
async def refuse_nul(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse an address with a NUL character, which no page writes and PostgreSQL cannot read."""
    if any("\0" in written for written in (request.path, *request.query.values())):
        raise web.HTTPBadRequest
    return await handler(request)


@web.middleware
async def require_token(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Raise `NotFromOurPage` for any request but GET, HEAD and OPTIONS without its token."""
    if request.method not in SAFE:
        form = await form_of(request)
        session = session_of(request)
        brought = request.headers.get(TOKEN_HEADER) or form.get(TOKEN) or ""
        wanted = _token(str(session.identity)) if session is not None else ""
        if not wanted or not hmac.compare_digest(brought.encode(), wanted.encode()):
            raise NotFromOurPage
    return await handler(request)


def number_of(written: str | None) -> int | None:
    """Return a number sent by the browser; None unless *written* is 1 to 15 digits."""
    text = written or ""
    return int(text) if 0 < len(text) <= MOST_DIGITS and text.isdecimal() else None


async def form_of(request: web.Request) -> MultiDict[str]:
    """Return the form's fields, without NUL characters, read once per request.

    Only staff who are signed in may send files with it. Raise `HTTPUnsupportedMediaType` for
    another content type, `HTTPRequestEntityTooLarge` above 256 KiB, or 64 MiB with files, and
    `HTTPBadRequest` for an unreadable body or more than 200 fields. A file above 10 MiB is
    dropped, and the other fields are kept (see `is_too_large`).
    """
    if _FORM not in request:
        has_files = request.content_type == UPLOAD and user_of(request).staff is not None
        request[_FORM] = await (_read_parts(request) if has_files else _read(request))
    return request[_FORM]


async def file_of(request: web.Request, name: str) -> bytes:
    """Return the content of the file that was sent in a field; empty without one."""
    await form_of(request)
    return bytes(request.get(_FILES, {}).get(name) or b"")


async def name_of_file(request: web.Request, name: str) -> str:
    """Return the name that a sent file has on the sender's disk; empty without one."""
    await form_of(request)
    return str(request.get(_NAMES, {}).get(name, ""))


async def is_too_large(request: web.Request, name: str) -> bool:
    """Return whether a file was sent in a field that is above 10 MiB; it is not kept."""
    await form_of(request)
    return request.get(_FILES, {}).get(name, b"") is None


async def _read_parts(request: web.Request) -> MultiDict[str]:
    """Read the fields and files of a form with files, within the limit."""
    fields: MultiDict[str] = MultiDict()
    files: dict[str, bytes | None] = {}
    names: dict[str, str] = {}
    read = written = 0
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or not part.name:
                raise web.HTTPBadRequest
            body, is_file = bytearray(), part.filename is not None
            size = 0
            while chunk := await part.read_chunk():
                read, size = read + len(chunk), size + len(chunk)
                written += 0 if is_file else len(chunk)
                if read > LARGEST_BODY or written > LARGEST_FORM:
                    raise web.HTTPRequestEntityTooLarge(LARGEST_BODY, read)
                if size <= LARGEST_UPLOAD:
                    body += chunk
            if len(fields) + len(files) >= MOST_FIELDS:
                raise web.HTTPBadRequest
            if not is_file:
                fields.add(part.name, body.decode().replace("\0", ""))
            else:
                names[part.name] = part.filename or ""
                files[part.name] = bytes(body) if size <= LARGEST_UPLOAD else None
    except (ValueError, RuntimeError):  # aiohttp's errors of a body that it cannot read
        raise web.HTTPBadRequest from None
    request[_FILES], request[_NAMES] = files, names
    return fields


async def _read(request: web.Request) -> MultiDict[str]:
    """Read and parse the body of a form."""
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
