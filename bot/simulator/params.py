"""Types and checks of the methods' parameters.

They are stricter than Telegram, which ignores unknown parameters and reads
numbers from strings: here such a mistake is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import orjson

from bot.errors import ApiError
from bot.simulator.state import Upload

Params = dict[str, Any]


class ParamType(StrEnum):
    """The type of a parameter."""

    INT = "Integer"
    FLOAT = "Float"
    TEXT = "String"
    BOOL = "Boolean"
    CHAT = "Integer or String"
    OBJECT = "Object"
    LIST = "Array"
    FILE = "InputFile or String"


_TYPES: dict[ParamType, tuple[type, ...]] = {
    ParamType.INT: (int,),
    ParamType.FLOAT: (float, int),
    ParamType.TEXT: (str,),
    ParamType.BOOL: (bool,),
    ParamType.CHAT: (int, str),
    ParamType.OBJECT: (dict,),
    ParamType.LIST: (list, tuple),
    ParamType.FILE: (str, bytes, Upload),
}
DEEPEST_JSON = 32  # nesting levels; the Bot API's parameters have six at most
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def bad_request(words: str) -> ApiError:
    """Return a 400 error in Telegram's words."""
    return ApiError(400, f"Bad Request: {words}")


def check_params(takes: Mapping[str, ParamType], given: Mapping[str, Any]) -> Params:
    """Return *given* as a dict; raise `ApiError` for an unknown parameter or a wrong type."""
    for name, value in given.items():
        kind = takes.get(name)
        if kind is None:
            raise bad_request(f'unknown parameter "{name}"')
        truth_for_number = isinstance(value, bool) and kind is not ParamType.BOOL
        if truth_for_number or not isinstance(value, _TYPES[kind]):
            raise bad_request(f'parameter "{name}" must be of type {kind}')
    return dict(given)


def decode_form(takes: Mapping[str, ParamType], form: Mapping[str, Any]) -> Params:
    """Convert the strings of a form to the types in *takes*."""
    return {name: _decode(name, takes.get(name), value) for name, value in form.items()}


def _decode(name: str, kind: ParamType | None, value: Any) -> Any:
    """Convert one string of a form; keep a bad one for `check_params`; raise for bad JSON."""
    if not isinstance(value, str):
        return value
    if kind is ParamType.BOOL:
        return _TRUTH.get(value.lower(), value)
    if kind in {ParamType.INT, ParamType.CHAT}:
        digits = value.removeprefix("-")
        return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 20 else value  # noqa: PLR2004 - longer exceeds 64 bits
    if kind is ParamType.FLOAT and _DECIMAL.fullmatch(value):
        return float(value)
    if kind in {ParamType.OBJECT, ParamType.LIST}:
        try:
            return parse_json(value)
        except ValueError:
            raise bad_request(f'can\'t parse parameter "{name}" as JSON') from None
    return value


def parse_json(text: bytes | str) -> Any:
    """Return parsed JSON; raise `ValueError` for other text and for more than 32 levels."""
    value = orjson.loads(text)
    level, depth = [value], 0
    while level := [inner for each in level for inner in _inside(each)]:
        depth += 1
        if depth > DEEPEST_JSON:
            raise ValueError("the JSON is nested too deep")
    return value


def _inside(value: Any) -> Iterable[Any]:
    """Return the values of an object or an array."""
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def need(params: Params, name: str, words: str) -> Any:
    """Return a required parameter; raise a 400 error with *words* where it is missing."""
    try:
        return params[name]
    except KeyError:
        raise bad_request(words) from None
