"""Remove CPR numbers from a raw Telegram update (HR-1, HR-2).

All values of an update of any type are visited, so that future types work too. A
string is scanned if its *key* shows that a person wrote it or gave it as a name. All other
strings are left unchanged: ids, dates, file ids, our own callback data. (Every Unix second
from 26 January to 14 June 2027 has the form of a CPR number, and so have some chat ids.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import OversizedUpdate
from bot.json_text import DEEPEST
from bot.redact.cpr import MARK, CprNumber, find_cpr_numbers
from bot.redact.entities import cut, realign
from bot.redact.rich import redact_pieces

LARGEST = 128 * 1024  # characters and values of one update; Telegram's longest text is much shorter
WRITTEN_KEYS = frozenset(
    {
        # Messages with quoted and forwarded ones, polls, checklists, rich texts;
        # `label` and `summary` are keys of rich blocks.
        *("text", "caption", "question", "explanation", "description", "option_text", "quote"),
        *("title", "query", "credit", "summary", "label", "expression", "alternative_text"),
        *("reason", "comment", "message", "new_chat_title", "prize_description", "placeholder"),
        # Names of people, chats and topics, including authors of forwarded messages.
        *("first_name", "last_name", "middle_name", "username", "active_usernames", "bio"),
        *("sender_user_name", "sender_name", "forward_sender_name", "forward_signature"),
        *("author_signature", "sender_tag", "tag", "custom_title", "name", "nickname"),
        # Contact cards, orders and places.
        *("phone_number", "vcard", "email", "email_address", "address", "country", "state"),
        *("city", "street", "street_line1", "street_line2", "post_code"),
        # Files, and links, which can be hidden behind other words.
        *("file_name", "performer", "url", "button_text"),
    }
)
# `data` is our own in a callback query and encrypted in a passport; a person writes it only
# in a web app.
_WRITTEN_IN = {"web_app_data": frozenset({"data"})}
# Keys of rich texts, which may be split into pieces.
_RUNNING = frozenset({"text", "caption", "credit", "summary", "title", "label"})

# Parts that deleting the message does not delete: profiles, chats, and other messages.
_ELSEWHERE = frozenset(
    {
        *("from", "chat", "sender_chat", "sender_business_bot", "via_bot", "user", "actor_chat"),
        *("voter_chat", "reply_to_message", "pinned_message", "new_chat_members"),
        *("new_chat_member", "old_chat_member", "left_chat_member", "new_chat_participant"),
        *("left_chat_participant", "user_chat", "receiver_user", "sender_tag", "author_signature"),
        "callback_query",
    }
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """An update without CPR numbers, and the findings.

    *cpr*: the update's own content had a number. *clock*: its content may have a number
    or a time ("23.11.26 1630"), so ask the citizen. *elsewhere*: a name or an older message
    had a number, so deleting this message would not remove it.
    """

    update: dict[str, Any]
    cpr: bool = False
    clock: bool = False
    elsewhere: bool = False


@dataclass(slots=True)
class _Seen:
    """The kinds of numbers found so far."""

    cpr: bool = False
    clock: bool = False
    elsewhere: bool = False

    def note(self, numbers: Sequence[CprNumber], *, elsewhere: bool) -> None:
        """Record found numbers by their place."""
        if numbers and elsewhere:
            self.elsewhere = True
        elif numbers:
            self.clock = self.clock or any(one.clock for one in numbers)
            self.cpr = self.cpr or any(not one.clock for one in numbers)


@dataclass(frozen=True, slots=True)
class _Node:
    """A copied container still to be visited, and its key."""

    value: dict[Any, Any] | list[Any]
    key: Any
    elsewhere: bool
    depth: int


def redact_update(update: dict[str, Any]) -> Redacted:
    """Return a copy of *update* with each number replaced by ``[CPR fjernet]``.

    Values nested deeper than `DEEPEST` become None, so that the update can be stored.
    Raise `OversizedUpdate` where the update is larger than `LARGEST`.
    """
    seen = _Seen()
    new = dict(update)
    # A list instead of recursion, so that deep nesting cannot raise an error in the intake.
    waiting = [_Node(new, None, elsewhere=False, depth=1)]
    running: list[_Node] = []
    size = 0
    while waiting:
        node = waiting.pop()
        size += _size(node.value)
        if size > LARGEST:
            raise OversizedUpdate
        _redact_strings(node, seen)
        for key, child in _items(node.value):
            if isinstance(child, (dict, list)):
                if node.depth == DEEPEST:
                    node.value[key] = None
                    continue
                under = node.key if isinstance(node.value, list) else key
                copy = _Node(
                    child.copy(),
                    under,
                    elsewhere=node.elsewhere or under in _ELSEWHERE,
                    depth=node.depth + 1,
                )
                node.value[key] = copy.value
                waiting.append(copy)
                if key in _RUNNING:
                    running.append(copy)
    for node in running:
        seen.note(redact_pieces(node.value, find_cpr_numbers, MARK), elsewhere=node.elsewhere)
    return Redacted(new, seen.cpr, seen.clock, seen.elsewhere)


def _size(container: dict[Any, Any] | list[Any]) -> int:
    """Return the size of *container* itself: characters of its strings, plus 1 for each value."""
    values = container.values() if isinstance(container, dict) else container
    return len(container) + sum([len(value) for value in values if isinstance(value, str)])


def _items(container: dict[Any, Any] | list[Any]) -> list[tuple[Any, Any]]:
    """Return the items of *container* as a list, so that it can be changed during iteration."""
    return list(container.items() if isinstance(container, dict) else enumerate(container))


def _redact_strings(node: _Node, seen: _Seen) -> None:
    """Remove the numbers from the strings directly in *node*, in place."""
    for key, text in _items(node.value):
        if not isinstance(text, str):
            continue
        under = node.key if isinstance(node.value, list) else key
        if under not in WRITTEN_KEYS and under not in _WRITTEN_IN.get(node.key, ()):
            continue
        numbers = find_cpr_numbers(text)
        if not numbers:
            continue
        seen.note(numbers, elsewhere=node.elsewhere or under in _ELSEWHERE)
        spans = [(one.start, one.end) for one in numbers]
        node.value[key] = cut(text, spans, MARK)
        if isinstance(node.value, dict):
            _realign_beside(node.value, key, text, spans)


def _realign_beside(
    holder: dict[Any, Any], key: Any, text: str, spans: list[tuple[int, int]]
) -> None:
    """Adjust the entities of the text *key* in *holder*, in place."""
    for beside in (f"{key}_entities", "entities" if key == "text" else None):
        entities = holder.get(beside)
        if isinstance(entities, list):
            holder[beside] = realign(entities, text, spans, MARK)
