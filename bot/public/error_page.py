"""The page that says why an address shows nothing, and where to go instead (HR-27)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web

from bot.i18n import LANGUAGE_NAMES, Text, _, render
from bot.model.link import news_url, opportunities_url
from bot.public.news_words import BACK as ALL_NEWS
from bot.public.opportunity_words import BACK, OPEN_CHAT
from bot.public.pages import language_of, templates
from bot.public.public_context import context_of

NOT_FOUND, TOO_MANY = 404, 429
# The heading and the sentence of a status; other errors of a request have those of 404.
WORDS: Mapping[int, tuple[Text, Text]] = {
    NOT_FOUND: (
        _("There is no page here"),
        _("The link may be too old, or the address may have a mistake."),
    ),
    TOO_MANY: (
        _("Wait a minute"),
        _("Very many pages were opened from your connection. Try again in a minute."),
    ),
}
FAULT = (
    _("The page does not work just now"),
    _("It is our fault, and not yours. Try again in a few minutes."),
)
RING = _("You can also ring us: {phone}, {hours}.")


def error_page(
    request: web.Request, status: int, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return the page of a status; every address that opens nothing has the same one."""
    public, language = context_of(request), language_of(request)
    is_theirs = status < web.HTTPInternalServerError.status_code
    title, why = WORDS.get(status, WORDS[NOT_FOUND] if is_theirs else FAULT)
    town = public.town
    ring = RING.with_(phone=town.phone, hours=town.phone_hours_text(language))
    other = next(one for one in LANGUAGE_NAMES if one != language)

    every, name = opportunities_url(public.url), BACK
    if request.path.startswith(urlsplit(news_url(public.url)).path):
        every, name = news_url(public.url), ALL_NEWS

    def words(text: Text) -> str:
        return render(text, language, escape=str)

    page = templates().get_template("error.html").render(
        language=language,
        title=words(title),
        why=words(why),
        ring=words(ring),
        base=public.url,
        every=every,
        every_name=words(name),
        chat=public.bot_link,
        chat_name=words(OPEN_CHAT),
        other=other,
        other_name=LANGUAGE_NAMES[other],
    )  # fmt: skip
    return web.Response(status=status, text=page, content_type="text/html", headers=headers)
