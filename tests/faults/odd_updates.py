"""Generate valid and malformed updates of every Bot API type from python-telegram-bot's classes."""

from __future__ import annotations

import datetime as dt
import inspect
import random
import types
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import telegram

JENS = {"id": 102, "is_bot": False, "first_name": "Jens", "language_code": "da"}
PRIVATE = {"id": 102, "type": "private", "first_name": "Jens"}
DEEPEST = 4
_NAMES = {"from_user": "from"}
# Optional in python-telegram-bot's signatures, but its constructors raise without them.
_NEEDED = frozenset({"persistent_id", "option_persistent_ids", "allows_revoting", "members_only"})
_LEFT_OUT = frozenset({"self", "api_kwargs"})
_SCALARS: Mapping[Any, tuple[Any, ...]] = {
    str: ("", "a", "private", "/start", "/hjælp", ":menu", "Hvornår åbner I?", "170461-5007"),
    int: (0, 1, 5, 102, 4096, 1_795_424_400),
    float: (0.0, 55.67, 12.56),
    bool: (True, False),
    dt.datetime: (1_795_424_400, 1_795_424_401),
    dt.timedelta: (1, 60),
}
# Values outside every declared type. Telegram may send them after a change or by mistake.
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**31, 2**63, -(2**70), 1e308, -0.5, "", "\0", "\ud800", " " * 5000),
    *("😀" * 4096, "min mand slår mig", "170461-5007", "STOP", "0" * 10_000, "2026-11-23"),
    *([], {}, [[]], [None], [{}], {"id": None}, {"id": "x"}, {"id": {}}, {"": {"": [{"": 1}]}}),
)


@cache
def shape(kind: type) -> Mapping[str, tuple[Any, bool]]:
    """Return each field of a Bot API type with its type hint and whether it is required."""
    given = inspect.signature(kind.__init__).parameters  # type: ignore[misc]  # it is the class's own
    names = {**vars(telegram), **vars(inspect.getmodule(kind)), "Sequence": Sequence}
    try:
        hints = get_type_hints(kind.__init__, names)  # type: ignore[misc]  # the same
    except NameError:
        hints = {}
    return {
        _NAMES.get(name, name): (hints.get(name, str), parameter.default is parameter.empty)
        for name, parameter in given.items()
        if name not in _LEFT_OUT and parameter.kind is not parameter.VAR_KEYWORD
    }


def deep(depth: int) -> Any:
    """Return a value nested *depth* levels deep."""
    inner: Any = "170461-5007"
    for level in range(depth):
        inner = [inner] if level % 2 else {"text": inner}
    return inner


class Odd:
    """Generate updates from one seed, so that a failure can be repeated."""

    def __init__(self, seed: int) -> None:
        """Seed the generator."""
        self._chance = random.Random(seed)  # noqa: S311 - to be repeatable, not secret
        self._wrong = 0.0

    def update(self, update_id: int) -> dict[str, Any]:
        """Return an update of a random kind; half of them come from a citizen's private chat."""
        self._wrong = self._chance.choice((0.0, 1 / 100, 1 / 20))
        kinds = shape(telegram.Update)
        kind = self._chance.choice([*(name for name in kinds if name != "update_id"), "message"])
        body = self.value(kinds[kind][0], 0)
        if self._chance.random() < 1 / 2 and isinstance(body, dict):
            body |= {"from": dict(JENS)} | ({} if kind == "callback_query" else {"chat": PRIVATE})
        made = {"update_id": update_id, kind: body}
        if self._chance.random() < 1 / 50:
            made[f"new_{kind}"] = made.pop(kind)  # a kind that the Bot API does not have
        if self._chance.random() < 1 / 50:
            made["poll"] = self.odd()
        return made

    def odd(self) -> Any:
        """Return a value that does not fit the field."""
        if self._chance.random() < 1 / 20:
            return deep(self._chance.choice((5, 50, 200)))
        return self._chance.choice(ODD)

    def value(self, hint: Any, depth: int) -> Any:
        """Return a value for a type hint, occasionally a malformed one."""
        if self._chance.random() < self._wrong:
            return self.odd()
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self.value(self._chance.choice([h for h in inner if h is not type(None)]), depth)
        if origin is not None and isinstance(origin, type) and issubclass(origin, Sequence):
            most = 0 if depth > DEEPEST else 2
            return [self.value(inner[0], depth + 1) for _ in range(self._chance.randint(0, most))]
        if inspect.isclass(hint) and issubclass(hint, telegram.TelegramObject):
            return self.thing(hint, depth)
        return self._chance.choice(_SCALARS.get(hint, _SCALARS[str]))

    def thing(self, kind: type, depth: int) -> dict[str, Any]:
        """Return a Bot API object: most required fields and some optional ones."""
        rare = 1 / 10 if depth else 1 / 4
        made = {}
        for name, (hint, needed) in shape(kind).items():
            likely = rare if depth <= DEEPEST else 0
            if needed or name in _NEEDED:
                likely = 1 - self._wrong
            if self._chance.random() < likely:
                made[name] = self.value(hint, depth + 1)
        return made
