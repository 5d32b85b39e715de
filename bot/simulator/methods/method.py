"""What a method is: a name, what it takes, and what it does."""

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
    """A method of the Bot API."""

    name: str
    run: Run
    takes: Mapping[str, ParamType]


def read_text(params: Params) -> Formatted:
    """Read `text` with its `parse_mode`, within Telegram's bounds."""
    formatted = _read(params, "text")
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_caption(params: Params) -> Formatted:
    """Read `caption` with its `parse_mode`, within Telegram's bounds."""
    formatted = _read(params, "caption")
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def _read(params: Params, name: str) -> Formatted:
    """Read a text and style it as Telegram does."""
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
