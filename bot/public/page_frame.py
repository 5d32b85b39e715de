"""What every page has that can be read in two languages: its title, and a link to the other one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.i18n import LANGUAGE_NAMES
from bot.public.public_context import PublicContext


def frame(
    request: web.Request,
    public: PublicContext,
    language: str,
    title: str,
    kept: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what the template of every page needs; links keep the parts *kept* of the address."""
    other = next(one for one in LANGUAGE_NAMES if one != language)
    lang = request.query.get("lang")
    return {
        "language": language,
        "title": title,
        "base": public.url,
        "kept": "?" + urlencode({"lang": lang}) if lang else "",
        "other": other,
        "other_name": LANGUAGE_NAMES[other],
        "other_address": "?" + urlencode({**(kept or {}), "lang": other}),
    }
