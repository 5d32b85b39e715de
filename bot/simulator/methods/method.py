"""A Bot API method's definition, and the parsing of its text or caption."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.simulator.entities import Formatted, trim, utf16_length, with_found
from bot.simulator.markup import MarkupError, read_html
from bot.simulator.params import Params, ParamType, bad_request
from bot.simulator.realm import Realm
from bot.simulator.state import Bot

Run = Callable[[Realm, Bot, Params], Any]

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Method:
    """A Bot API method: its name, function, and parameter types."""

    name: str
    run: Run
    takes: Mapping[str, ParamType]


def read_text(params: Params) -> Formatted:
    """Return `text` parsed by its `parse_mode`; raise a 400 error where empty or too long."""
    formatted = _read(params, "text")
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_caption(params: Params) -> Formatted:
    """Return `caption` parsed by its `parse_mode`; raise a 400 error where too long."""
    formatted = _read(params, "caption")
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def _read(params: Params, name: str) -> Formatted:
    """Return a parameter's text with entities; raise a 400 error for a bad text or mode."""
    source: str = params.get(name, "")
    mode: str = params.get("parse_mode", "")
    if mode and mode.lower() != "html":
        raise bad_request("unsupported parse_mode")  # Markdown is not simulated
    if _SURROGATE.search(source):
        raise bad_request("strings must be encoded in UTF-8")
    try:
        formatted = read_html(source) if mode else Formatted(source)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None
    return with_found(trim(formatted))
