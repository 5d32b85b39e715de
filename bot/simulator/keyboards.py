"""Read `reply_markup`: inline keyboards, reply keyboards, and their removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.simulator.params import bad_request
from bot.simulator.state import Button, Json, Keyboard

MOST_DATA_BYTES = 64
MOST_IN_A_ROW = 8
MOST_BUTTONS = 100
_KINDS = frozenset({"callback_data", "url", "copy_text"})  # a button has exactly one
_INLINE_FIELDS = _KINDS | {"text"}
LONGEST_COPY = 256  # characters
_REPLY_FIELDS = frozenset({"text", "request_contact", "request_location", "request_poll"})
_REPLY_OPTIONS = frozenset(
    {
        "keyboard",
        "resize_keyboard",
        "one_time_keyboard",
        "is_persistent",
        "input_field_placeholder",
        "selective",
    }
)


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed `reply_markup`; *buttons* None leaves the reply keyboard unchanged."""

    inline: Json | None = None
    buttons: Keyboard | None = None

    @property
    def data(self) -> set[str]:
        """Return the callback data of all buttons."""
        rows = (self.inline or {}).get("inline_keyboard", ())
        return {
            button["callback_data"] for row in rows for button in row if "callback_data" in button
        }


NO_MARKUP = Markup()


def read_markup(markup: Mapping[str, Any] | None, *, only_inline: bool = False) -> Markup:
    """Return the parsed *markup*; raise Telegram's error for a faulty one."""
    if not markup:
        return NO_MARKUP
    if "inline_keyboard" in markup:
        _known(markup, {"inline_keyboard"}, "inline keyboard")
        rows = [[_inline(button) for button in row] for row in _rows(markup["inline_keyboard"])]
        rows = [row for row in rows if row]
        return Markup({"inline_keyboard": rows}) if rows else NO_MARKUP
    if only_inline:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        _known(markup, _REPLY_OPTIONS, "reply keyboard")
        rows_of_buttons = (map(_below, row) for row in _rows(markup["keyboard"]))
        return Markup(buttons=tuple(tuple(row) for row in rows_of_buttons))
    if markup.get("remove_keyboard") is True:
        _known(markup, {"remove_keyboard", "selective"}, "keyboard removal")
        return Markup(buttons=())
    if markup.get("force_reply") is True:
        _known(markup, {"force_reply", "input_field_placeholder", "selective"}, "forced reply")
        return NO_MARKUP
    raise bad_request("object expected as reply markup")


def _rows(rows: Any) -> list[list[Any]]:
    """Return *rows* as lists of buttons; raise `ApiError` over Telegram's limits."""
    if not isinstance(rows, list | tuple):
        raise bad_request('can\'t parse keyboard: field "keyboard" must be of type Array')
    if any(not isinstance(row, list | tuple) for row in rows):
        raise bad_request("can't parse keyboard: a row must be of type Array")
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return [list(row) for row in rows]


def _known(given: Mapping[str, Any], fields: frozenset[str] | set[str], what: str) -> None:
    """Raise `ApiError` for a field that *what* does not have."""
    unknown = sorted(set(given) - fields)
    if unknown:
        raise bad_request(f'unknown field "{unknown[0]}" in the {what}')


def _inline(button: Any) -> Json:
    """Return one inline button; raise `ApiError` for a faulty one."""
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    _known(button, _INLINE_FIELDS, "inline keyboard button")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if len(_KINDS & set(button)) != 1:
        words = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {words}")
    data, url = button.get("callback_data"), button.get("url")
    if "url" in button:
        if not isinstance(url, str) or not url.startswith(("https://", "http://", "tg://")):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    elif "copy_text" in button:
        copied = button["copy_text"]
        text = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= LONGEST_COPY:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif not isinstance(data, str) or not 1 <= len(data.encode()) <= MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return dict(button)


def _below(button: Any) -> Button:
    """Return one reply keyboard button, also from a plain string; raise `ApiError`."""
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    _known(button, _REPLY_FIELDS, "keyboard button")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return Button(button["text"], asks_place=button.get("request_location") is True)
