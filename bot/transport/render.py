"""Turn rendered HTML text and keyboards into Bot API parameters."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from bot.engine.effects import COPIES

LONGEST_TEXT = 4096  # UTF-16 units, after entities
LONGEST_DATA = 64  # bytes
NO_KEYBOARD = {"remove_keyboard": True}
Keyboard = Sequence[Sequence[tuple[str, str]]]  # rows of (label, callback data)
_TOKEN = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[^<&]|[<&]", re.DOTALL)
# Where to cut a text, in order of preference.
_CUTS = ("\n\n", "\n", ". ", " ")


def message_params(
    chat_id: int, words: str, markup: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the parameters of as many sendMessage calls as *words* (HTML) need.

    The last call has the reply markup.
    """
    calls: list[dict[str, Any]] = [
        {
            "chat_id": chat_id,
            "text": part,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        for part in split(words)
    ]
    if markup:
        calls[-1]["reply_markup"] = markup
    return calls


def inline(keyboard: Keyboard) -> dict[str, Any]:
    """Return the markup of an inline keyboard."""
    return {"inline_keyboard": [list(map(_button, row)) for row in keyboard]}


def place_keyboard(label: str, keyboard: Keyboard) -> dict[str, Any]:
    """Return a reply keyboard: a button that sends the location, and text buttons."""
    return {
        "keyboard": [
            [{"text": label, "request_location": True}],
            *([{"text": words} for words, _data in row] for row in keyboard),
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def _button(button: tuple[str, str]) -> dict[str, Any]:
    """Return one button; raise `ValueError` for callback data that Telegram would refuse.

    Data that begins with `COPIES` makes a button that copies the rest.
    """
    label, data = button
    if data.startswith(COPIES):
        return {"text": label, "copy_text": {"text": data.removeprefix(COPIES)}}
    if not 0 < len(data.encode()) <= LONGEST_DATA:
        message = f"callback data must be 1 to {LONGEST_DATA} bytes, not {len(data.encode())}"
        raise ValueError(message)
    return {"text": label, "callback_data": data}


def split(words: str, limit: int = LONGEST_TEXT) -> list[str]:
    """Split HTML into parts of at most *limit* UTF-16 units of text, preferably at a paragraph.

    A tag that is open at a cut is closed there and opened again in the next part.
    """
    parts: list[str] = []
    open_tags: list[str] = []
    tokens = _TOKEN.findall(words)
    while tokens:
        taken = _fitting(tokens, limit)
        part = "".join(open_tags) + "".join(tokens[:taken])
        open_tags = _still_open(open_tags, tokens[:taken])
        closing = "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))
        if any(map(_shows, tokens[:taken])):  # Telegram refuses a message of blank lines
            parts.append((part + closing).strip())
        tokens = tokens[taken:]
    return parts or [words]


def _fitting(tokens: list[str], limit: int) -> int:
    """Return how many tokens fit into one part, including the separator at the cut."""
    length, end = 0, 0
    for end, token in enumerate(tokens, 1):
        length += _units(token)
        if length > limit:
            end -= 1  # noqa: PLW2901 - this token does not fit
            break
    else:
        return len(tokens)
    text = "".join(token if len(token) == 1 else "\0" for token in tokens[:end])
    for cut in _CUTS:
        place = text.rfind(cut)
        if place > 0:
            return place + len(cut)
    return max(end, 1)


def _shows(token: str) -> bool:
    """Return whether a token is visible: neither a tag nor white space."""
    return not (len(token) > 1 and token.startswith("<")) and not html.unescape(token).isspace()


def _units(token: str) -> int:
    """Return how many UTF-16 units Telegram counts for a token."""
    if len(token) > 1:
        return 0 if token.startswith("<") else len(html.unescape(token).encode("utf-16-le")) // 2
    return 2 if ord(token) > 0xFFFF else 1  # noqa: PLR2004 - the last character of one unit


def _still_open(before: list[str], tokens: Sequence[str]) -> list[str]:
    """Return the tags that are open after *tokens*."""
    stack = list(before)
    for token in tokens:
        if token.startswith("</"):
            if stack:
                stack.pop()
        elif token.startswith("<") and len(token) > 1:
            stack.append(token)
    return stack


def _name(tag: str) -> str:
    """Return the name of an opening tag."""
    return tag[1:-1].split(maxsplit=1)[0]
