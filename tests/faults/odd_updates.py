"""Updates of every kind in the Bot API, made from python-telegram-bot's own types, and odd."""

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
# Optional to python-telegram-bot, which raises without them.
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
# What nobody's type says: Telegram may send it all the same, tomorrow or by mistake.
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**31, 2**63, -(2**70), 1e308, -0.5, "", "\0", "\ud800", " " * 5000),
    *("😀" * 4096, "min mand slår mig", "170461-5007", "STOP", "0" * 10_000, "2026-11-23"),
    *([], {}, [[]], [None], [{}], {"id": None}, {"id": "x"}, {"id": {}}, {"": {"": [{"": 1}]}}),
)


@cache
def shape(kind: type) -> Mapping[str, tuple[Any, bool]]:
    """Return the fields of a type of the Bot API: what each holds, and whether it must be there."""
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
    """Return something within something, and so on."""
    inner: Any = "170461-5007"
    for level in range(depth):
        inner = [inner] if level % 2 else {"text": inner}
    return inner


class Odd:
    """Makes updates, all from one seed."""

    def __init__(self, seed: int) -> None:
        """Begin with *seed*."""
        self._chance = random.Random(seed)  # noqa: S311 - to be repeatable, not secret
        self._wrong = 0.0

    def update(self, update_id: int) -> dict[str, Any]:
        """Return an update of any kind; half of them are of a citizen's own chat."""
        self._wrong = self._chance.choice((0.0, 1 / 100, 1 / 20))
        kinds = shape(telegram.Update)
        kind = self._chance.choice([*(name for name in kinds if name != "update_id"), "message"])
        body = self.value(kinds[kind][0], 0)
        if self._chance.random() < 1 / 2 and isinstance(body, dict):
            body |= {"from": dict(JENS)} | ({} if kind == "callback_query" else {"chat": PRIVATE})
        made = {"update_id": update_id, kind: body}
        if self._chance.random() < 1 / 50:
            made[f"new_{kind}"] = made.pop(kind)  # of a kind that nobody knows yet
        if self._chance.random() < 1 / 50:
            made["poll"] = self.odd()
        return made

    def odd(self) -> Any:
        """Return what does not belong here."""
        if self._chance.random() < 1 / 20:
            return deep(self._chance.choice((5, 50, 200)))
        return self._chance.choice(ODD)

    def value(self, hint: Any, depth: int) -> Any:
        """Return a value of a type, now and then an odd one."""
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
        """Return a thing of the Bot API: what must be there mostly is, and some of the rest."""
        rare = 1 / 10 if depth else 1 / 4
        made = {}
        for name, (hint, needed) in shape(kind).items():
            likely = rare if depth <= DEEPEST else 0
            if needed or name in _NEEDED:
                likely = 1 - self._wrong
            if self._chance.random() < likely:
                made[name] = self.value(hint, depth + 1)
        return made
