"""Render pages from templates in the current user's language, escaping every value once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import cache, partial
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from aiohttp_session import Session
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.console.console_context import BASE, context_of
from bot.console.current_user import session_of, user_of
from bot.console.form_input import token_of
from bot.console.navigation import items_for
from bot.console.sidebar import sidebar_counts
from bot.console.static import STYLES, address_of
from bot.console.times import full, when
from bot.i18n import (
    LANGUAGE_NAMES,
    LANGUAGES,
    ByLanguage,
    Day,
    Text,
    _,
    ngettext,
    pgettext,
    render,
    show,
)
from bot.model.staff import ROLE_NAMES, May
from bot.model.town import Town

FLASHES = "flashes"  # the session's key for messages to show on the next page
_TAG = re.compile(r"(</?[bi]>|<a href=\"[^\"<>]*\">|</a>)")
_KEYS: Mapping[str, web.AppKey[Environment]] = {
    language: web.AppKey(f"templates_{language}", Environment) for language in LANGUAGES
}


def set_up_templates(app: web.Application, zone: str) -> None:
    """Give *app* one template environment per language."""
    for language, key in _KEYS.items():
        app[key] = templates(language, zone)


@cache  # templates hold no data of a user, and compiling them takes seconds
def templates(language: str, zone: str) -> Environment:
    """Return the template environment of a language; instants are shown in *zone*."""
    environment = Environment(
        autoescape=True,
        loader=PackageLoader("bot.console", "templates"),
        undefined=StrictUndefined,
        finalize=shower(language, zone),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=marked,
        pgettext=marked_in,
        ngettext=marked_plural,
        at=at,
        day=Day,
        when=partial(when, zone=zone),
        full=partial(full, zone=zone),
        static=address_of,
        May=May,
        ROLE_NAMES=ROLE_NAMES,
        LANGUAGES=LANGUAGE_NAMES,
        STYLES=STYLES,
    )
    return environment


def marked(message: str, /, **params: Any) -> Text:
    """Mark a template's message for translation; *params* are its values."""
    return _(message).with_(**params)


def marked_in(context: str, message: str, /, **params: Any) -> Text:
    """Mark a message for translation that has several meanings; *context* says which."""
    return pgettext(context, message).with_(**params)


def marked_plural(singular: str, plural: str, count: str, /, **params: Any) -> Text:
    """Mark a message with two forms; *count* names the parameter that selects the form."""
    return ngettext(singular, plural, count).with_(**params)


def shower(language: str, zone: str) -> Callable[[Any], Any]:
    """Return the function that renders values in a template: texts and times in *language*."""

    def shown(value: Any) -> Any:
        match value:
            case None:
                return ""
            case Text():
                return show_text(value, language, zone)
            case date() | time() | Day():  # datetime is a subclass of date
                return show(value, language, zone=zone)
            case ByLanguage():
                return value.said_in(language)
            case _:
                return value

    return shown


def show_text(text: Text, language: str, zone: str) -> Markup:
    """Return a text as HTML: values escaped, its own tags kept, quotes escaped for attributes."""
    said = render(text, language, escape=lambda value: str(escape(value)), zone=zone)
    parts = _TAG.split(said)  # each tag comes from the text itself, as values are escaped
    plain = [part if n % 2 else part.replace('"', "&#34;") for n, part in enumerate(parts)]
    return Markup("".join(plain))  # noqa: S704 - made of escaped values and our own words


def at(path: str = "") -> str:
    """Return the address of a page of the console."""
    return f"{BASE}/{path}"


async def page(
    request: web.Request, template: str, *, status: int = 200, counted: bool = True, **shown: Any
) -> web.Response:
    """Return a whole page; without *counted*, its sidebar has no numbers."""
    counts = await sidebar_counts(request) if counted else {}
    context = {
        **_around(request),
        "navigation": items_for(request, counts),
        "sidebar": counts,
        "flashes": _take_flashes(session_of(request)),
        **shown,
    }
    return _rendered(request, template, context, status)


def fragment(request: web.Request, template: str, **shown: Any) -> web.Response:
    """Return a part of a page, for a script that inserts it."""
    return _rendered(request, template, {**_around(request), **shown}, 200)


def document(template: str, language: str, town: Town, **shown: Any) -> bytes:
    """Return a standalone page without the console's frame and without data of its reader."""
    found = templates(language, town.zone).get_template(template)
    return found.render(language=language, town=town, **shown).encode()


def _around(request: web.Request) -> dict[str, Any]:
    return {
        "user": user_of(request),
        "town": context_of(request).town,
        "token": partial(token_of, request),  # called only by forms, because it sets the cookie
        "here": request.path_qs,
        "now": context_of(request).store.clock.now(),
    }


def _rendered(
    request: web.Request, template: str, context: Mapping[str, Any], status: int
) -> web.Response:
    key = _KEYS[user_of(request).language]
    return aiohttp_jinja2.render_template(template, request, context, app_key=key, status=status)


def flash(request: web.Request, text: Text, *, kind: str = "done") -> None:
    """Show *text* on the next page; *kind* is done or refused."""
    session = session_of(request)
    if session is not None:
        said = str(words(request, text))
        session[FLASHES] = [*session.get(FLASHES, []), [kind, said]]


def words(request: web.Request, text: Text, *, language: str | None = None) -> Markup:
    """Return *text* as HTML, in *language* or the current user's."""
    return show_text(text, language or user_of(request).language, context_of(request).town.zone)


def _take_flashes(session: Session | None) -> list[tuple[str, Markup]]:
    """Remove and return the session's messages for the next page."""
    if session is None or FLASHES not in session:
        return []
    return [(kind, Markup(said)) for kind, said in session.pop(FLASHES)]  # noqa: S704 - rendered by us
