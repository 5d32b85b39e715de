"""Words of danger in a message: which help lines it needs (HR-29).

This runs on every message before anything else, so an ordinary one must leave at
once: only its set of words is compared with the triggers of the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.letters import LONGEST_MESSAGE, fold
from bot.redact import danger_da, danger_en
from bot.redact.danger_rule import CLOSES, Rule


class Kind(StrEnum):
    """What a message tells of, the most urgent first."""

    EMERGENCY = "emergency"
    SUICIDE = "suicide"
    CHILD = "child"
    VIOLENCE = "violence"
    POLICE = "police"


@dataclass(frozen=True, slots=True)
class Danger:
    """What a message tells of: every kind that was found, the most urgent first."""

    kinds: tuple[Kind, ...]

    @property
    def kind(self) -> Kind:
        """Return the most urgent kind."""
        return self.kinds[0]


_WORDS = re.compile(r"[^\W_]+|[.!?;:\n]+")

_RULES = (*danger_da.RULES, *danger_en.RULES)
_CLASSES = {**danger_da.CLASSES, **danger_en.CLASSES, "closes": CLOSES}


def _expand(phrase: str) -> str:
    """Put the classes in the place of their names."""
    while "{" in phrase and (name := re.search(r"\{([a-z_]+)\}", phrase)):
        phrase = phrase.replace(name[0], f"(?:{_CLASSES[name[1]]})")
    return phrase


@dataclass(frozen=True, slots=True)
class _Sign:
    """A rule that is ready for use."""

    kind: Kind
    phrases: re.Pattern[str]


def _ready(rule: Rule) -> _Sign:
    """Compile a rule; its letters are folded as the messages are."""
    either = "|".join(f"(?:{_expand(phrase)})" for phrase in rule.phrases)
    return _Sign(Kind(rule.kind), re.compile(rf"(?<!\w)(?:{fold(either)})(?!\w)"))


def _index() -> dict[str, tuple[_Sign, ...]]:
    """List the rules under each of their trigger words."""
    index: dict[str, tuple[_Sign, ...]] = {}
    for rule in _RULES:
        sign = _ready(rule)
        for word in fold(rule.triggers).split():
            index[word] = (*index.get(word, ()), sign)
    return index


_SIGNS = _index()


def danger(text: str) -> Danger | None:
    """Tell what danger *text* speaks of, if any."""
    words = _WORDS.findall(fold(text[:LONGEST_MESSAGE]))
    triggers = _SIGNS.keys() & set(words)
    if not triggers:
        return None
    # `<` and `>` close the message, `|` a sentence: no phrase reaches over one by chance.
    whole = " ".join(["<", *(word if word[0].isalnum() else "|" for word in words), ">"])
    signs = {sign for trigger in triggers for sign in _SIGNS[trigger]}
    kinds = {sign.kind for sign in signs if sign.phrases.search(whole)}
    return Danger(tuple(kind for kind in Kind if kind in kinds)) if kinds else None
