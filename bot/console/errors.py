"""Error pages in the language of the current user."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.console.form_input import SAFE, TOKEN, NotFromOurPage, form_of
from bot.console.render import page
from bot.errors import DatabaseUnavailable
from bot.i18n import Text, _
from bot.model.staff import ROLE_NAMES, May, least_role

log = logging.getLogger("brobygger.console")
ERROR, OUR_FAULT = 400, 500  # the lowest HTTP statuses of an error, and of the server's


class NotAllowed(web.HTTPForbidden):
    """The signed-in user lacks the permission for this route."""

    def __init__(self, what: May) -> None:
        """Keep *what*, the missing permission."""
        super().__init__()
        self.what = what


@dataclass(frozen=True, slots=True)
class Refusal:
    """The title and text of an error page."""

    title: Text
    text: Text


PAGES: Mapping[int, Refusal] = {
    400: Refusal(_("We could not read that"), _("The browser sent something we cannot read.")),
    403: Refusal(
        _("You may not see this"), _("Ask an administrator if you need it for your work.")
    ),
    404: Refusal(_("There is nothing here"), _("The address is wrong, or what was here is gone.")),
    405: Refusal(_("That cannot be done here"), _("Go back, and try from the page itself.")),
    413: Refusal(_("That was too much"), _("Make it shorter, and send it again.")),
    500: Refusal(
        _("Something went wrong"),
        _("It is our fault, not yours, and it has been written down. Go back and try again."),
    ),
    503: Refusal(
        _("The database cannot be reached"),
        _("Nothing is lost. This page tries again by itself in a few seconds."),
    ),
}
NOT_DONE = Refusal(
    _("The database cannot be reached"),
    _("Nothing was sent or changed. Try again in a moment."),
)
# Fields of a form that hold no words of a person, and passwords, which no page shows.
NO_TEXT = frozenset({TOKEN, "do", "next", "seen", "username", "password", "again", "now"})
FORM = Refusal(
    _("The page was too old"),
    _("You were signed in or out since it was opened. Go back, reload it, and send it again."),
)
TRY_AGAIN_AFTER = "5"  # seconds


@web.middleware
async def show_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into a page; log an unexpected error without showing its details."""
    try:
        return await handler(request)
    except NotFromOurPage as error:
        return await _shown(request, error.status, FORM)
    except NotAllowed as error:
        text = _not_allowed(error.what)
        return await _shown(request, error.status, Refusal(PAGES[403].title, text))
    except web.HTTPException as error:
        if error.status < ERROR:
            raise
        return await _shown(request, error.status, PAGES.get(error.status, PAGES[400]))
    except DatabaseUnavailable as error:
        log.warning("database_unavailable", extra={"why": str(error)})
        return await _unavailable(request)
    except Exception as error:  # noqa: BLE001 - every error becomes a page
        seen = {"route": _route(request), "kind": type(error).__name__, "at": _place(error)}
        log.error("console_failed", extra=seen)  # noqa: TRY400 - a traceback may hold a citizen's words
        return await _shown(request, 500, PAGES[500])


def _not_allowed(what: May) -> Text:
    """Return to which members of the staff a page is open."""
    role = least_role(what)
    if role is None:
        return _("An administrator gives the right to see this to single persons.")
    return _("This is for the role {role} and those above it.").with_(role=ROLE_NAMES[role])


async def _unavailable(request: web.Request) -> web.Response:
    """Say that the database is unavailable, and give the words of a form back to their writer."""
    if request.method in SAFE:
        response = await _shown(request, 503, PAGES[503], reload=True)
        response.headers["Retry-After"] = TRY_AGAIN_AFTER
        return response
    try:
        written = await form_of(request)
    except web.HTTPException:
        return await _shown(request, 503, NOT_DONE)
    words = [value for name, value in written.items() if name not in NO_TEXT and value.strip()]
    return await _shown(request, 503, NOT_DONE, words=words)


async def _shown(
    request: web.Request,
    status: int,
    refusal: Refusal,
    *,
    reload: bool = False,
    words: Sequence[str] = (),
) -> web.Response:
    shown = {"refusal": refusal, "code": status, "reload": reload, "words": words}
    counted = status < OUR_FAULT  # else the database may fail again
    return await page(request, "error.html", status=status, counted=counted, **shown)


def _route(request: web.Request) -> str:
    """Return the route's pattern, which contains no value from the address."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else ""


def _place(error: Exception) -> str:
    """Return the file and line that raised *error*, without any data."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
