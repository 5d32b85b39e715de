"""Taking CPR numbers out of a raw Telegram update (HR-1, HR-2).

A walk over the whole update, whatever its type, also one that Telegram has not
thought of yet: a string is scanned where its *key* says that a person wrote or
named it. Everything else is left alone: ids, dates, file ids, our own callback
data. (Every Unix second from 26 January to 14 June 2027 has the form of a CPR
number; so have some chat ids.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import OversizedUpdate
from bot.json_text import DEEPEST
from bot.redact.cpr import MARK, Number, find_numbers
from bot.redact.entities import cut, realign
from bot.redact.rich import redact_pieces
from bot.redact.split_cpr import begins_with_half, ends_with_half, own_text

LARGEST = 128 * 1024  # characters and values of one update; Telegram's longest text is far shorter
WRITTEN_KEYS = frozenset(
    {
        # Messages and what is quoted or forwarded with them, polls, checklists,
        # rich texts; `label` and `summary` stand in rich blocks.
        *("text", "caption", "question", "explanation", "description", "option_text", "quote"),
        *("title", "query", "credit", "summary", "label", "expression", "alternative_text"),
        *("reason", "comment", "message", "new_chat_title", "prize_description", "placeholder"),
        # Names of people, chats and topics, also of those who wrote what was forwarded.
        *("first_name", "last_name", "middle_name", "username", "active_usernames", "bio"),
        *("sender_user_name", "sender_name", "forward_sender_name", "forward_signature"),
        *("author_signature", "sender_tag", "tag", "custom_title", "name", "nickname"),
        # Contact cards, orders and places.
        *("phone_number", "vcard", "email", "email_address", "address", "country", "state"),
        *("city", "street", "street_line1", "street_line2", "post_code"),
        # Files, and what a person can hide behind words: a link.
        *("file_name", "performer", "url", "button_text"),
    }
)
# `data` is ours in a callback query and a cipher in a passport; only a web app's is a person's.
_WRITTEN_IN = {"web_app_data": frozenset({"data"})}
# Where a rich text may stand in pieces.
_RUNNING = frozenset({"text", "caption", "credit", "summary", "title", "label"})

# What deleting the message would not take away: profiles, chats, and other messages.
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
    """An update without CPR numbers, and what was seen.

    *cpr*: a number stood in what this update itself brought. *clock*: something
    there may be a number or a time ("23.11.26 1630"): ask. *elsewhere*: a number
    stood in a name or in an older message, so deleting this message helps nothing.
    *tail*: the text ends in a date that may be a number's first half; *head*: it
    begins with exactly four digits.
    """

    update: dict[str, Any]
    cpr: bool = False
    clock: bool = False
    elsewhere: bool = False
    tail: bool = False
    head: bool = False


@dataclass(slots=True)
class _Seen:
    """What the walk has met so far."""

    cpr: bool = False
    clock: bool = False
    elsewhere: bool = False

    def note(self, numbers: Sequence[Number], *, elsewhere: bool) -> None:
        """Remember numbers by where they stood."""
        if numbers and elsewhere:
            self.elsewhere = True
        elif numbers:
            self.clock = self.clock or any(one.clock for one in numbers)
            self.cpr = self.cpr or any(not one.clock for one in numbers)


@dataclass(frozen=True, slots=True)
class _Node:
    """A copied container that is still to be gone through, and the key it stood under."""

    value: dict[Any, Any] | list[Any]
    key: Any
    elsewhere: bool
    depth: int


def redact_update(update: dict[str, Any]) -> Redacted:
    """Return *update* with ``[CPR fjernet]`` in the place of each number; it is not changed.

    What is nested deeper than `DEEPEST` becomes None, so that the update can be stored.
    Raises `OversizedUpdate` where the update is larger than `LARGEST`.
    """
    seen = _Seen()
    new = dict(update)
    # A list instead of recursion: how deeply a sender nests must not stop the intake.
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
        seen.note(redact_pieces(node.value, find_numbers, MARK), elsewhere=node.elsewhere)
    text = own_text(new)
    return Redacted(
        new, seen.cpr, seen.clock, seen.elsewhere, ends_with_half(text), begins_with_half(text)
    )


def _size(container: dict[Any, Any] | list[Any]) -> int:
    """Count what stands directly in *container*: the characters of its strings, and 1 a value."""
    values = container.values() if isinstance(container, dict) else container
    return len(container) + sum(len(value) for value in values if isinstance(value, str))


def _items(container: dict[Any, Any] | list[Any]) -> list[tuple[Any, Any]]:
    """List what *container* holds, so that it may be changed meanwhile."""
    return list(container.items() if isinstance(container, dict) else enumerate(container))


def _redact_strings(node: _Node, seen: _Seen) -> None:
    """Cut the numbers out of the strings that stand directly in *node*, which is changed."""
    for key, text in _items(node.value):
        if not isinstance(text, str):
            continue
        under = node.key if isinstance(node.value, list) else key
        if under not in WRITTEN_KEYS and under not in _WRITTEN_IN.get(node.key, ()):
            continue
        numbers = find_numbers(text)
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
    """Move the entities that stand beside the text *key* of *holder*."""
    for beside in (f"{key}_entities", "entities" if key == "text" else None):
        entities = holder.get(beside)
        if isinstance(entities, list):
            holder[beside] = realign(entities, text, spans, MARK)
